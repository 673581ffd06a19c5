//! Every problem in words: the one table for the page, the build and the sandbox.
//!
//! The vault must not call it; then the linker leaves it out of the vault.

use std::fmt;

use crate::keys::{ConfigKey, FILE, KINDS, PROFILE};
use crate::problem::{ConfigRule, Problem, ProblemMessage};

const APP: &str = "Outlay";
const URL: &str = "URL Standard";
const JSON: &str = "RFC 8259";
const OAUTH: &str = "RFC 6749";

impl Problem {
    /// The problem and its remedy in words. The vault never calls this: the linker then leaves the
    /// sentences out of its module.
    #[must_use]
    pub fn message(&self) -> ProblemMessage {
        if self.rule == ConfigRule::UnknownKey {
            return unknown(&self.key);
        }
        let (what, fix, source) = table(self);
        let number = number(self);
        ProblemMessage {
            what: what.replace("{}", &number),
            fix: fix.replace("{}", &number),
            source,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ProblemMessage { what, fix, .. } = self.message();
        write!(f, "{} {what}. {fix}", self.key)
    }
}

impl std::error::Error for Problem {}

/// The problem, the remedy and the source of the rule; `{}` is replaced by [`number`].
#[rustfmt::skip]
fn table(problem: &Problem) -> (&'static str, &'static str, &'static str) {
    match problem.rule {
        ConfigRule::Unreachable if problem.detail.is_some() => ("could not be read: the server answered {}", "Put config.json next to index.html, and load this page again.", APP),
        ConfigRule::Unreachable => ("could not be read: no answer came", "Check that the site can be reached, and load this page again.", APP),
        ConfigRule::WebPage => ("is a web page, not config.json: the host falls back to index.html", "Put config.json next to index.html on the host, and load this page again.", APP),
        ConfigRule::TooLarge => ("is larger than 64 kB", "Remove what does not belong in it.", APP),
        ConfigRule::Syntax => ("is not valid JSON at {}", "Look there for a missing comma, quote or bracket.", JSON),
        ConfigRule::NotObject if problem.key == "config.json" => ("is not a JSON object", "Write { \"profiles\": [ … ] }.", APP),
        ConfigRule::NotObject => ("is not a JSON object", "Write the profile between { and }.", APP),
        ConfigRule::RepeatedKey => ("occurs twice", "Keep one of the two.", "RFC 8259, section 4"),
        // `unknown` has the texts.
        ConfigRule::UnknownKey => ("is not a known key", "Remove it.", APP),
        ConfigRule::Missing => ("is missing", example(problem), APP),
        ConfigRule::NotList => ("is not a list", example(problem), APP),
        ConfigRule::Count => ("must have {} entries", example(problem), APP),
        ConfigRule::Range => ("is not a whole number from {}", "Write a whole number from {}, without quotes.", APP),
        ConfigRule::NotText => ("is not a string", "Write it in double quotes.", APP),
        ConfigRule::Empty => ("is empty", "Fill it in, or leave the key out if it is optional.", APP),
        ConfigRule::TooLong => ("is longer than {} characters", "Shorten it.", APP),
        ConfigRule::Unclean => ("has a control character, or space around it", "Remove line breaks, tabs and outer spaces.", APP),
        ConfigRule::NotAscii => ("has a space or a character outside ASCII", "Copy it again exactly as it was given to you.", "RFC 6749, appendix A"),
        ConfigRule::IdForm => ("has characters other than a-z, 0-9 and -", "Use small letters, digits and hyphens only; it becomes part of the redirect URI.", APP),
        ConfigRule::IdTaken => ("is already the ID of an earlier profile", "Give every profile an id of its own.", APP),
        ConfigRule::KindUnknown => ("is none of the known kinds", "Write {}.", APP),
        ConfigRule::AddressScheme => ("is not an absolute https:// address", "Begin it with https:// (http:// for localhost), in small letters.", URL),
        ConfigRule::AddressUser => ("holds a user name or password", "Leave out everything up to the @; a secret has no place here.", URL),
        ConfigRule::AddressHost => ("has no valid host", "Write the host in small ASCII letters, digits, hyphens and dots (xn-- for others).", URL),
        ConfigRule::AddressPort => ("has a port that is not valid", "Give a port from 1 to 65535, and leave out :443 of https and :80 of http.", URL),
        ConfigRule::AddressPath => ("has a path that is not valid", "Percent-encode unusual characters, and leave out //, ./ and ../ and backslashes.", URL),
        ConfigRule::AddressQuery => ("holds a ? or a #", "Leave out the query and the fragment.", APP),
        ConfigRule::AddressIpv6 => ("is an IPv6 address, which a content security policy cannot name", "Use a host name, for example localhost.", "Content Security Policy, host-source"),
        ConfigRule::PlainHttp => ("is plain http", "Use https; http is for localhost only.", "RFC 6749, sections 3.1 and 3.2"),
        ConfigRule::PlainHttpHere => ("is plain http, and this site is not on localhost", "Use https.", "RFC 6749, sections 3.1 and 3.2"),
        ConfigRule::NoPath => ("has no path", "Add the endpoint's path, for example /oauth/token.", OAUTH),
        ConfigRule::SitePath => ("is not a path of at least one segment on this site", "Write a path such as /pleo-api, or an absolute https:// address.", APP),
        ConfigRule::CallbackPath => ("does not lead to this profile's callback page", "It must end in /callback/ and the profile's id, or leave the key out.", APP),
        ConfigRule::CallbackElsewhere => ("does not lead back to this page", "Write this site's address, then callback/ and the profile's id; or leave the key out to get that.", "RFC 9700, section 2.1"),
        ConfigRule::ScopeForm => ("is not a scope", "Use 1 to 128 visible ASCII characters, without space, quote or backslash.", "RFC 6749, section 3.3"),
        ConfigRule::ScopeTwice => ("is already in the list", "Remove the repetition.", APP),
        ConfigRule::OriginForm => ("is not an origin: it has a path", "Write scheme, host and port only, without a slash at the end.", URL),
        ConfigRule::OriginTwice => ("names an origin of the list again", "Keep each origin once.", APP),
        ConfigRule::SubjectForm => ("is not a URN", "Write it as urn:pleo:company:<id>.", "Pleo, subject of the authorization"),
        ConfigRule::OwnOrigin => ("is on this site's own origin", "Name the authorization server's own address; users do not log in on this site.", APP),
        ConfigRule::WholeOrigin => ("is the whole of this site's own origin", "Give the proxy a path of its own, such as /pleo-api.", APP),
        ConfigRule::SiteOrigin => ("has an address that is no web origin", "Serve the site over https; give its path apart from its origin.", APP),
        ConfigRule::SiteBase => ("has a base path that is not valid", "Let the base path begin and end with a single slash.", APP),
    }
}

fn example(problem: &Problem) -> &'static str {
    match field(&problem.key).map(|field| field.name) {
        Some("profiles") => "Write a list with at least one profile between [ and ].",
        Some("id") => "Add a short name such as \"production\".",
        Some("authorizationServer") => {
            "Add the address that users log in at, for example https://auth.pleo.io."
        }
        Some("apiBase") => "Add the address of the API, for example https://external.pleo.io.",
        Some("scopes") => {
            "Write the scopes approved at registration, for example [\"companies:read\"]."
        }
        Some("receiptOrigins") => {
            "Write the origins that serve receipts, for example [\"https://files.example\"], or leave the key out."
        }
        _ => "Add it.",
    }
}

fn number(problem: &Problem) -> String {
    let field = field(&problem.key);
    match (problem.rule, &problem.detail, field) {
        (ConfigRule::Syntax, Some(place), _) => place.split_once(':').map_or_else(
            || place.clone(),
            |(line, column)| format!("line {line}, column {column}"),
        ),
        (_, Some(detail), _) => detail.clone(),
        (ConfigRule::KindUnknown, ..) => KINDS.map(|kind| format!("\"{kind}\"")).join(" or "),
        (ConfigRule::TooLong, _, field) => field.map_or(2048, |field| field.most).to_string(),
        (ConfigRule::Range | ConfigRule::Count, _, Some(field)) => {
            format!("{} to {}", field.least, field.most)
        }
        _ => String::new(),
    }
}

/// The keys of the object that a key belongs to, and the key's own name.
fn split(key: &str) -> (&'static [ConfigKey], &str) {
    match key
        .strip_prefix("profiles[")
        .and_then(|it| it.split_once("]."))
    {
        Some((_, name)) => (&PROFILE, name),
        None => (&FILE, key),
    }
}

fn field(key: &str) -> Option<&'static ConfigKey> {
    let (fields, name) = split(key);
    fields.iter().find(|field| field.name == name)
}

fn unknown(key: &str) -> ProblemMessage {
    let (fields, name) = split(key);
    let plain = plain(name);
    if SECRETS.iter().any(|word| plain.contains(word)) {
        return ProblemMessage {
            what: "would hold a secret, and a public client has none".to_owned(),
            fix: "Remove the key, and treat its value as known to everybody: anyone can read this file.".to_owned(),
            source: "RFC 6749, section 2.1",
        };
    }
    let meant = fields.iter().find(|field| self::plain(field.name) == plain);
    let known: Vec<_> = fields.iter().map(|field| field.name).collect();
    ProblemMessage {
        what: "is not a known key".to_owned(),
        fix: meant.map_or_else(
            || format!("Remove it. Known keys: {}.", known.join(", ")),
            |meant| format!("Write {}.", meant.name),
        ),
        source: APP,
    }
}

/// What a key's name holds that would keep a secret.
const SECRETS: [&str; 7] = [
    "secret",
    "password",
    "passphrase",
    "privatekey",
    "apikey",
    "accesstoken",
    "refreshtoken",
];

/// A key without its style of writing: `client_id` and `clientID` are the same word.
fn plain(key: &str) -> String {
    key.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect()
}
