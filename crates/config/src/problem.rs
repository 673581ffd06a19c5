//! What is wrong with a configuration, as a record: which key, and which rule.

use core::fmt;
use outlay_wire::{record, string_enum};

use crate::messages::message_of;

/// One thing that is wrong with `config.json`. It never repeats a value of the file, since a value
/// may be something that should not be shown. Its sentences are made by [`Problem::message`], outside
/// the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is, for example `profiles[0].apiBase`; `config.json` for the file as a whole.
    pub key: String,
    /// What does not hold.
    pub rule: ConfigRule,
    /// A number that belongs to it: `line:column` of a syntax error, the status of an answer.
    pub detail: Option<String>,
}

record!(Problem { key = "key", rule = "rule", detail = "detail" });

/// What can be wrong, each with a stable word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigRule {
    /// The file was not to be had; the detail is the status of the answer, if one came.
    Unreachable,
    /// The file is a web page.
    WebPage,
    /// The file is larger than 64 kB.
    TooLarge,
    /// The file is not JSON; the detail is line and column.
    Syntax,
    /// Not an object.
    NotObject,
    /// A key that stands in its object already.
    RepeatedKey,
    /// A key that means nothing here.
    UnknownKey,
    /// A key that has to be there and is not.
    Missing,
    /// Not a list.
    NotList,
    /// A list with too few or too many entries.
    Count,
    /// Not a whole number of the key's range.
    Range,
    /// Not a text.
    NotText,
    /// An empty text.
    Empty,
    /// A text that is longer than the key allows.
    TooLong,
    /// A control character, or space around a text.
    Unclean,
    /// A space, or a character outside ASCII.
    NotAscii,
    /// An id with other characters than `a-z`, `0-9` and `-`.
    IdForm,
    /// The id of an earlier profile.
    IdTaken,
    /// None of the kinds.
    KindUnknown,
    /// An address that does not begin with `https://` or `http://`.
    AddressScheme,
    /// A user name or password before the host.
    AddressUser,
    /// No host, or one that is not in its canonical ASCII spelling.
    AddressHost,
    /// A port that is 0, over 65535, not in plain digits, or the scheme's own.
    AddressPort,
    /// A character that must be percent-encoded, an empty segment, or a dot segment.
    AddressPath,
    /// A `?` or a `#`.
    AddressQuery,
    /// An address that the policy cannot name.
    AddressIpv6,
    /// Plain `http` to another machine.
    PlainHttp,
    /// Plain `http`, while the page itself is not on loopback.
    PlainHttpHere,
    /// An endpoint without a path.
    NoPath,
    /// Not a path of at least one segment.
    SitePath,
    /// A redirect URI that does not end in `/callback/` and the profile's id.
    CallbackPath,
    /// A redirect URI that leads to another place than this page.
    CallbackElsewhere,
    /// Not a scope.
    ScopeForm,
    /// A scope that stands in the list already.
    ScopeTwice,
    /// A subject that is no URN.
    SubjectForm,
    /// A login on the page's own origin.
    OwnOrigin,
    /// A proxy that takes up the whole of the page's own origin.
    WholeOrigin,
    /// The page's own address is not an origin.
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
    ScopeTwice = "scope-twice", SubjectForm = "subject-form", OwnOrigin = "own-origin",
    WholeOrigin = "whole-origin", SiteOrigin = "site-origin", SiteBase = "site-base",
});

impl ConfigRule {
    /// The stable word.
    #[must_use]
    pub fn name(self) -> String {
        outlay_wire::to_text(&self).trim_matches('"').to_owned()
    }
}

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemMessage {
    /// What is wrong, to be read after the key: "is missing".
    pub what: String,
    /// What to do about it, as a sentence.
    pub fix: String,
    /// Where the rule comes from.
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

    /// What is wrong and what to do, for people. The vault never calls this: the sentences are no
    /// part of its download.
    #[must_use]
    pub fn message(&self) -> ProblemMessage {
        message_of(self)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ProblemMessage { what, fix, .. } = self.message();
        write!(f, "{} {what}. {fix}", self.key)
    }
}

impl std::error::Error for Problem {}
