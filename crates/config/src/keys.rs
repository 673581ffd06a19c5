//! Every key of `config.json`, once: what the parser, the words and the published schema go by.

/// The shape that the value of a key must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyShape {
    /// Text in one line, without control characters.
    Text,
    /// Visible ASCII without space, so that it needs no encoding in a URL's query.
    Ascii,
    /// An id of `a-z`, `0-9` and `-`.
    Id,
    /// One of [`KINDS`].
    Kind,
    /// An absolute address: a URL with scheme and host.
    Server,
    /// An absolute address with a path, not on the site's origin.
    Endpoint,
    /// An absolute address with a path, or a path of at least one segment on the page's origin.
    Target,
    /// As [`KeyShape::Target`], but the absolute address needs no path.
    Base,
    /// An absolute address that ends in `/callback/` and the profile's id.
    Redirect,
    /// A URN in visible ASCII.
    Subject,
    /// A whole number from `least` to `most`, both included.
    Number,
    /// A list of `least` to `most` scopes (RFC 6749 §3.3).
    Scopes,
    /// A list of `least` to `most` origins: absolute addresses without a path.
    Origins,
    /// A list of `least` to `most` profile objects.
    Profiles,
}

/// A key of `config.json`, at the top level or of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfigKey {
    /// Name of the key, in camelCase.
    pub name: &'static str,
    /// The shape that the value must have.
    pub shape: KeyShape,
    /// Whether the key must be present; an absent optional key has a default.
    pub required: bool,
    /// Smallest number, length or count.
    pub least: u32,
    /// Largest number, length (in characters) or count.
    pub most: u32,
    /// Value of an absent number; 0 for other shapes.
    pub default: u32,
}

/// The valid values of `kind`, see [`crate::EnvironmentKind`].
pub const KINDS: [&str; 3] = ["production", "staging", "sandbox"];

/// Longest valid scope, in characters.
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

/// The keys at the top level of the file.
pub const FILE: [ConfigKey; 4] = [
    number("idleSignOutMinutes", 1, 1440, 30),
    number("absoluteSignOutHours", 1, 168, 12),
    list("profiles", KeyShape::Profiles, 20),
    // For editors: where the schema is.
    text("$schema", KeyShape::Text, 2048),
];

/// The keys of a profile, in the order of `KeyPath`.
pub const PROFILE: [ConfigKey; 15] = [
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
    text("receiptOrigins", KeyShape::Origins, 10),
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
    Receipts,
}

impl KeyPath {
    pub(crate) fn field(self) -> &'static ConfigKey {
        &PROFILE[self as usize]
    }
}
