//! Every key of `config.json`, once: what the parser, the words and the published schema go by.

/// What a key's value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyShape {
    /// Any text in one line.
    Text,
    /// Visible ASCII: what may stand in a URL's query as it is.
    Ascii,
    /// `a-z`, `0-9` and `-`.
    Id,
    /// One of [`KINDS`].
    Kind,
    /// An absolute address.
    Server,
    /// An absolute address with a path.
    Endpoint,
    /// An absolute address with a path, or a path of at least one segment on the page's origin.
    Target,
    /// As [`KeyShape::Target`], but the absolute address needs no path.
    Base,
    /// An absolute address that ends in `/callback/` and the profile's id.
    Redirect,
    /// A URN in visible ASCII.
    Subject,
    /// A whole number from `least` to `most`.
    Number,
    /// A list of `least` to `most` scopes.
    Scopes,
    /// A list of `least` to `most` profiles.
    Profiles,
}

/// One key of an object of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfigKey {
    /// As it is written.
    pub name: &'static str,
    /// What its value must look like.
    pub shape: KeyShape,
    /// Whether it has to be there.
    pub required: bool,
    /// The least number or length.
    pub least: u32,
    /// The greatest number or length; of a text, in characters.
    pub most: u32,
    /// The number that stands in for an absent one.
    pub default: u32,
}

/// The values of `kind`.
pub const KINDS: [&str; 3] = ["production", "staging", "sandbox"];

/// The longest scope, in characters.
pub const LONGEST_SCOPE: usize = 128;

const fn text(name: &'static str, shape: KeyShape, most: u32) -> ConfigKey {
    ConfigKey {
        name,
        shape,
        required: false,
        least: 1,
        most,
        default: 0,
    }
}

const fn number(name: &'static str, least: u32, most: u32, default: u32) -> ConfigKey {
    ConfigKey {
        name,
        shape: KeyShape::Number,
        required: false,
        least,
        most,
        default,
    }
}

const fn list(name: &'static str, shape: KeyShape, most: u32) -> ConfigKey {
    required(text(name, shape, most))
}

const fn required(field: ConfigKey) -> ConfigKey {
    ConfigKey {
        required: true,
        ..field
    }
}

/// The keys of the file.
pub const FILE: [ConfigKey; 4] = [
    number("idleSignOutMinutes", 1, 1440, 30),
    number("absoluteSignOutHours", 1, 168, 12),
    list("profiles", KeyShape::Profiles, 20),
    // For editors: where the schema is.
    text("$schema", KeyShape::Text, 2048),
];

/// The keys of a profile, in the order of `KeyPath`.
pub const PROFILE: [ConfigKey; 14] = [
    required(text("id", KeyShape::Id, 32)),
    text("name", KeyShape::Text, 60),
    text("kind", KeyShape::Kind, 32),
    required(text("authorizationServer", KeyShape::Server, 2048)),
    text("authorizationEndpoint", KeyShape::Endpoint, 2048),
    text("tokenEndpoint", KeyShape::Target, 2048),
    text("revocationEndpoint", KeyShape::Target, 2048),
    required(text("apiBase", KeyShape::Base, 2048)),
    text("issuer", KeyShape::Ascii, 2048),
    text("redirectUri", KeyShape::Redirect, 2048),
    text("clientId", KeyShape::Ascii, 256),
    list("scopes", KeyShape::Scopes, 100),
    number("refreshGraceSeconds", 0, 300, 0),
    text("subject", KeyShape::Subject, 256),
];

/// The places of [`PROFILE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyPath {
    Id,
    Name,
    Kind,
    Server,
    Authorize,
    Token,
    Revoke,
    Api,
    Issuer,
    Redirect,
    ClientId,
    Scopes,
    Grace,
    Subject,
}

impl KeyPath {
    pub(crate) fn field(self) -> &'static ConfigKey {
        &PROFILE[self as usize]
    }
}
