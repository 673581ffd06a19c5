//! Every key of `config.json`, once: what the parser, the words and the published schema go by.

/// What a key's value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
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
    /// As [`Shape::Target`], but the absolute address needs no path.
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
pub struct Field {
    /// As it is written.
    pub name: &'static str,
    /// What its value must look like.
    pub shape: Shape,
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

const fn text(name: &'static str, shape: Shape, most: u32) -> Field {
    Field {
        name,
        shape,
        required: false,
        least: 1,
        most,
        default: 0,
    }
}

const fn number(name: &'static str, least: u32, most: u32, default: u32) -> Field {
    Field {
        name,
        shape: Shape::Number,
        required: false,
        least,
        most,
        default,
    }
}

const fn list(name: &'static str, shape: Shape, most: u32) -> Field {
    required(text(name, shape, most))
}

const fn required(field: Field) -> Field {
    Field {
        required: true,
        ..field
    }
}

/// The keys of the file.
pub const FILE: [Field; 4] = [
    number("idleSignOutMinutes", 1, 1440, 30),
    number("absoluteSignOutHours", 1, 168, 12),
    list("profiles", Shape::Profiles, 20),
    // For editors: where the schema is.
    text("$schema", Shape::Text, 2048),
];

/// The keys of a profile, in the order of `At`.
pub const PROFILE: [Field; 14] = [
    required(text("id", Shape::Id, 32)),
    text("name", Shape::Text, 60),
    text("kind", Shape::Kind, 32),
    required(text("authorizationServer", Shape::Server, 2048)),
    text("authorizationEndpoint", Shape::Endpoint, 2048),
    text("tokenEndpoint", Shape::Target, 2048),
    text("revocationEndpoint", Shape::Target, 2048),
    required(text("apiBase", Shape::Base, 2048)),
    text("issuer", Shape::Ascii, 2048),
    text("redirectUri", Shape::Redirect, 2048),
    text("clientId", Shape::Ascii, 256),
    list("scopes", Shape::Scopes, 100),
    number("refreshGraceSeconds", 0, 300, 0),
    text("subject", Shape::Subject, 256),
];

/// The places of [`PROFILE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
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

impl At {
    pub(crate) fn field(self) -> &'static Field {
        &PROFILE[self as usize]
    }
}
