//! What is wrong with a configuration, as a record: which key, and which rule.

use outlay_wire::{record, string_enum};

/// One thing that is wrong with `config.json`. It never repeats a value of the file, since a value
/// may be something that should not be shown. Its sentences are made by [`Problem::message`], outside
/// the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is, for example `profiles[0].apiBase`; `config.json` for the file as a whole.
    pub key: String,
    /// The rule that the key breaks; [`Problem::message`] has its sentences.
    pub rule: ConfigRule,
    /// A number that belongs to it: `line:column` of a syntax error, the status of an answer.
    pub detail: Option<String>,
}

record!(Problem { key = "key", rule = "rule", detail = "detail" });

/// The rules for `config.json`, each with a stable kebab-case name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigRule {
    /// The file was not to be had; the detail is the status of the answer, if one came.
    Unreachable,
    /// The file is HTML: the host answered with its fallback page.
    WebPage,
    /// The file is larger than 64 kB.
    TooLarge,
    /// The file is not JSON (RFC 8259); the detail is line and column.
    Syntax,
    /// The value is not a JSON object.
    NotObject,
    /// The key occurs twice in its object (RFC 8259 §4).
    RepeatedKey,
    /// The key is not one of `keys.rs`.
    UnknownKey,
    /// A required key is absent.
    Missing,
    /// The value is not a JSON array.
    NotList,
    /// The list has fewer or more entries than the key allows.
    Count,
    /// The number is outside the key's range, or has a fraction.
    Range,
    /// The value is not a JSON string.
    NotText,
    /// The text is empty.
    Empty,
    /// The text is longer than the key allows, in characters.
    TooLong,
    /// The text has a control character, or a space at one end.
    Unclean,
    /// The text has a space or a character outside ASCII.
    NotAscii,
    /// The id has a character other than `a-z`, `0-9` and `-`.
    IdForm,
    /// An earlier profile has the same id.
    IdTaken,
    /// None of the kinds.
    KindUnknown,
    /// The address does not begin with `https://` or `http://`.
    AddressScheme,
    /// The address has a user name or a password.
    AddressUser,
    /// The host is empty or not in canonical ASCII form.
    AddressHost,
    /// A port that is 0, over 65535, not in plain digits, or the scheme's own.
    AddressPort,
    /// A character that must be percent-encoded, an empty segment, or a dot segment.
    AddressPath,
    /// The address has a query (`?`) or a fragment (`#`).
    AddressQuery,
    /// The host is an IPv6 address, which a Content-Security-Policy cannot name.
    AddressIpv6,
    /// Plain `http` to a host that is not loopback.
    PlainHttp,
    /// Plain `http` to loopback from a page that is not on loopback.
    PlainHttpHere,
    /// The endpoint has no path.
    NoPath,
    /// The address on the site is not a path of at least one segment.
    SitePath,
    /// The redirect URI does not end in `/callback/` and the profile's id.
    CallbackPath,
    /// The redirect URI is not on this page's origin and base path.
    CallbackElsewhere,
    /// The text is no scope of RFC 6749 §3.3.
    ScopeForm,
    /// The scope is in the list already.
    ScopeTwice,
    /// The address has a path, and is to be an origin.
    OriginForm,
    /// The origin is in the list already.
    OriginTwice,
    /// The subject is no URN (RFC 8141).
    SubjectForm,
    /// The authorization endpoint is on the page's own origin.
    OwnOrigin,
    /// The proxy path covers the whole origin of the page.
    WholeOrigin,
    /// The page's address gives no origin.
    SiteOrigin,
    /// The page's base path does not begin and end with a slash.
    SiteBase,
}

string_enum!(ConfigRule {
    Unreachable = "unreachable", WebPage = "web-page", TooLarge = "too-large", Syntax = "syntax",
    NotObject = "not-object", RepeatedKey = "repeated-key", UnknownKey = "unknown-key", Missing = "missing",
    NotList = "not-list", Count = "count", Range = "range", NotText = "not-text",
    Empty = "empty", TooLong = "too-long", Unclean = "unclean", NotAscii = "not-ascii",
    IdForm = "id-form", IdTaken = "id-taken", KindUnknown = "kind-unknown",
    AddressScheme = "address-scheme", AddressUser = "address-user", AddressHost = "address-host",
    AddressPort = "address-port", AddressPath = "address-path", AddressQuery = "address-query",
    AddressIpv6 = "address-ipv6", PlainHttp = "plain-http", PlainHttpHere = "plain-http-here",
    NoPath = "no-path", SitePath = "site-path", CallbackPath = "callback-path",
    CallbackElsewhere = "callback-elsewhere", ScopeForm = "scope-form",
    ScopeTwice = "scope-twice", OriginForm = "origin-form", OriginTwice = "origin-twice",
    SubjectForm = "subject-form", OwnOrigin = "own-origin",
    WholeOrigin = "whole-origin", SiteOrigin = "site-origin", SiteBase = "site-base",
});

impl ConfigRule {
    /// Returns the stable name in kebab-case, for `config check` and tests.
    #[must_use]
    pub fn name(self) -> String {
        outlay_wire::to_text(&self).trim_matches('"').to_owned()
    }
}

/// A problem as text: predicate, remedy and source of the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemMessage {
    /// Predicate after the key, for example "is missing".
    pub what: String,
    /// Remedy as a full sentence.
    pub fix: String,
    /// The standard or document that states the rule, for example `RFC 8259`.
    pub source: &'static str,
}

impl Problem {
    /// A rule that does not hold at `key`.
    #[must_use]
    pub fn new(key: &str, rule: ConfigRule) -> Self {
        Self {
            key: key.to_owned(),
            rule,
            detail: None,
        }
    }
}
