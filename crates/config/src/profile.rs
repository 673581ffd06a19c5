//! One profile of the file: its keys, their defaults and their rules.

use crate::config::Kind;
use crate::fields::Fields;
use crate::location::{Location, Scheme, is_path};
use outlay_wire::Value;

const KEYS: [&str; 14] = [
    "id",
    "name",
    "kind",
    "authorizationServer",
    "authorizationEndpoint",
    "tokenEndpoint",
    "revocationEndpoint",
    "apiBase",
    "issuer",
    "redirectUri",
    "clientId",
    "scopes",
    "refreshGraceSeconds",
    "subject",
];

/// A profile before it is known where the page is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) authorization_server: Location,
    pub(crate) authorization_endpoint: Location,
    pub(crate) token_endpoint: Target,
    pub(crate) revocation_endpoint: Option<Target>,
    pub(crate) api_base: Target,
    pub(crate) issuer: Option<String>,
    pub(crate) redirect_uri: Option<Location>,
    pub(crate) client_id: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) refresh_grace_seconds: u32,
    pub(crate) subject: Option<String>,
}

/// An address that may lie on the page's own origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// On an origin that the file names.
    Absolute(Location),
    /// A path of at least one segment on the page's own origin.
    Path(String),
}

impl Draft {
    /// Reads a profile. None if something that everything else hangs on is wrong; a problem has
    /// been noted then, as for every lesser fault.
    pub(crate) fn read(mut fields: Fields<'_>) -> Option<Self> {
        fields.refuse_unknown(&KEYS);
        let id = read_id(&mut fields);
        let name = fields.text("name", 60);
        let kind = read_kind(&mut fields);
        let server = if fields.require(
            "authorizationServer",
            "Add the address that users log in at, for example https://auth.pleo.io.",
        ) {
            read_location(&mut fields, "authorizationServer", false).map(without_final_slash)
        } else {
            None
        };
        let authorization_endpoint = read_location(&mut fields, "authorizationEndpoint", true);
        let token_endpoint = read_target(&mut fields, "tokenEndpoint", true);
        let revocation_endpoint = read_target(&mut fields, "revocationEndpoint", true);
        let api_base = if fields.require(
            "apiBase",
            "Add the address of the API, for example https://external.pleo.io.",
        ) {
            read_target(&mut fields, "apiBase", false)
        } else {
            None
        };
        if fields.value("tokenEndpoint").is_none() {
            refuse_ipv6(&mut fields, "authorizationServer", server.as_ref());
        }
        let issuer = fields.visible_ascii("issuer", 2048).map(str::to_owned);
        let redirect_uri = read_redirect_uri(&mut fields, id.as_deref());
        let client_id = fields.visible_ascii("clientId", 256).map(str::to_owned);
        let scopes = read_scopes(&mut fields);
        let refresh_grace_seconds = fields.number("refreshGraceSeconds", 0, 0, 300);
        let subject = read_subject(&mut fields);
        let (id, server) = (id?, server?);
        Some(Self {
            name: name.unwrap_or(&id).to_owned(),
            id,
            kind,
            authorization_endpoint: authorization_endpoint
                .unwrap_or_else(|| below(&server, "/oauth/authorize")),
            token_endpoint: token_endpoint
                .unwrap_or_else(|| Target::Absolute(below(&server, "/oauth/token"))),
            authorization_server: server,
            revocation_endpoint,
            api_base: api_base?,
            issuer,
            redirect_uri,
            client_id,
            scopes,
            refresh_grace_seconds,
            subject,
        })
    }
}

fn read_id(fields: &mut Fields<'_>) -> Option<String> {
    if !fields.require("id", "Add a short name such as \"production\".") {
        return None;
    }
    let id = fields.text("id", 32)?;
    if id
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return Some(id.to_owned());
    }
    fields.problem(
        "id",
        "has other characters than a-z, 0-9 and -",
        "Use small letters, digits and hyphens only; it becomes part of the redirect URI.",
    );
    None
}

fn read_kind(fields: &mut Fields<'_>) -> Kind {
    match fields.value("kind").map(Value::as_str) {
        None | Some(Some("production")) => return Kind::Production,
        Some(Some("staging")) => return Kind::Staging,
        Some(Some("sandbox")) => return Kind::Sandbox,
        Some(_) => {}
    }
    fields.problem(
        "kind",
        "is none of the known kinds",
        "Write \"production\", \"staging\" or \"sandbox\".",
    );
    Kind::Production
}

/// An absolute address; plain `http` for loopback only.
fn read_location(fields: &mut Fields<'_>, key: &str, endpoint: bool) -> Option<Location> {
    let text = fields.text(key, 2048)?;
    let location = match Location::parse(text) {
        Ok(location) => location,
        Err(error) => {
            fields.problem(key, error.message(), error.fix());
            return None;
        }
    };
    if location.scheme == Scheme::Http && !location.is_loopback() {
        let fix = "Use https; http is for localhost only.";
        fields.problem(key, "is plain http", fix);
        return None;
    }
    if endpoint && location.path.len() < 2 {
        let fix = "Add the endpoint's path, for example /oauth/token.";
        fields.problem(key, "has no path", fix);
        return None;
    }
    Some(location)
}

/// An absolute address, or a path of at least one segment on the page's own origin.
fn read_target(fields: &mut Fields<'_>, key: &str, endpoint: bool) -> Option<Target> {
    let text = fields.value(key)?.as_str();
    let Some(path) = text.filter(|text| text.starts_with('/')) else {
        let location = read_location(fields, key, endpoint)?;
        refuse_ipv6(fields, key, Some(&location));
        let location = if endpoint {
            location
        } else {
            without_final_slash(location)
        };
        return Some(Target::Absolute(location));
    };
    let trimmed = path.strip_suffix('/').unwrap_or(path);
    if path.len() <= 2048 && !trimmed.is_empty() && is_path(path) {
        return Some(Target::Path(
            if endpoint { path } else { trimmed }.to_owned(),
        ));
    }
    fields.problem(
        key,
        "is not a path of at least one segment on this site",
        "Write a path such as /pleo-api, or an absolute https:// address.",
    );
    None
}

/// A policy's `connect-src` cannot name an IPv6 address, so the vault could never call it.
fn refuse_ipv6(fields: &mut Fields<'_>, key: &str, location: Option<&Location>) {
    if location.is_some_and(|location| location.host.starts_with('[')) {
        fields.problem(
            key,
            "is an IPv6 address, which a content security policy cannot name",
            "Use a host name, for example localhost.",
        );
    }
}

fn read_redirect_uri(fields: &mut Fields<'_>, id: Option<&str>) -> Option<Location> {
    let location = read_location(fields, "redirectUri", true)?;
    let ending = ["/callback/", id?].concat();
    if !location.path.ends_with(&ending) {
        let fix = ["Let it end in ", &ending, ", or leave the key out."].concat();
        fields.problem(
            "redirectUri",
            "does not lead to this profile's callback page",
            &fix,
        );
        return None;
    }
    Some(location)
}

fn read_scopes(fields: &mut Fields<'_>) -> Vec<String> {
    let fix = "Write the scopes approved at registration, for example [\"companies:read\"].";
    if !fields.require("scopes", fix) {
        return Vec::new();
    }
    let Some(list) = fields.value("scopes").and_then(Value::as_list) else {
        fields.problem("scopes", "is not a list", fix);
        return Vec::new();
    };
    if list.is_empty() || list.len() > 100 {
        fields.problem("scopes", "has no entry, or more than 100", fix);
    }
    let mut scopes: Vec<String> = Vec::new();
    for (at, value) in list.iter().enumerate() {
        let key = ["scopes[", &at.to_string(), "]"].concat();
        match value.as_str() {
            Some(scope) if !is_scope(scope) => fields.problem(
                &key,
                "is not a scope",
                "Use 1 to 128 visible ASCII characters, without space, quote or backslash.",
            ),
            Some(scope) if scopes.iter().any(|earlier| earlier == scope) => {
                fields.problem(&key, "stands in the list already", "Remove the repetition.");
            }
            Some(scope) => scopes.push(scope.to_owned()),
            None => fields.problem(&key, "is not a text", "Write it in double quotes."),
        }
    }
    scopes
}

/// A `scope-token` of RFC 6749, section 3.3.
fn is_scope(scope: &str) -> bool {
    (1..=128).contains(&scope.len())
        && scope
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
}

fn read_subject(fields: &mut Fields<'_>) -> Option<String> {
    let subject = fields.visible_ascii("subject", 256)?;
    if subject.starts_with("urn:") {
        return Some(subject.to_owned());
    }
    let fix = "Write it as urn:pleo:company:<id>.";
    fields.problem("subject", "is not a URN", fix);
    None
}

fn without_final_slash(mut location: Location) -> Location {
    if location.path.ends_with('/') {
        location.path.pop();
    }
    location
}

fn below(base: &Location, path: &str) -> Location {
    let mut location = base.clone();
    location.path.push_str(path);
    location
}
