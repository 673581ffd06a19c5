//! The words that partners mix up, each in a paragraph.

use super::source::{self, RuleSource};

/// A term of Pleo's documentation with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The term in Pleo's spelling, in sentence case.
    pub name: &'static str,
    /// Meaning in one paragraph of plain text.
    pub meaning: &'static str,
    /// The page or standard that defines the term.
    pub source: &'static RuleSource,
}

const fn term(name: &'static str, source: &'static RuleSource, meaning: &'static str) -> Term {
    Term {
        name,
        meaning,
        source,
    }
}

/// The terms, ordered so that each uses only earlier ones.
pub const TERMS: &[Term] = &[
    term(
        "Integration",
        &source::PLEO_OVERVIEW,
        "The system outside Pleo that a partner builds: its code, its servers and pages, what it does with the \
         data. Pleo never sees it whole; it sees the OAuth client that the integration uses.",
    ),
    term(
        "Application",
        &source::PLEO_OVERVIEW,
        "What users see: the name and the logo on the consent screen, the entry in Pleo's marketplace. It is \
         the integration's face. Registering an OAuth client neither creates nor publishes one.",
    ),
    term(
        "OAuth client",
        &source::PLEO_OVERVIEW,
        "The technical identity that Pleo registers: a client ID, redirect URIs, scopes, and a secret if the client \
         is confidential. The authorization server knows the integration by it, shows its name and logo, checks its \
         redirect URIs character by character and keeps it to its scopes. This form asks for one of these.",
    ),
    term(
        "Installation",
        &source::PLEO_MARKETPLACE,
        "The record that an application is connected to one company or one organisation. Pleo makes it by itself \
         when the OAuth flow has succeeded. Deleting it ends every access and refresh token that the client has \
         there; the OAuth client itself stays registered.",
    ),
    term(
        "Company",
        &source::PLEO_MULTI_ENTITY,
        "One legal entity at Pleo, with an id of its own. Every expense, employee, wallet and export belongs to \
         exactly one. For accounting, a token reaches the one company it was granted for; a customer with several \
         companies connects each of them.",
    ),
    term(
        "Organisation",
        &source::PLEO_MULTI_ENTITY,
        "A group of companies. Its tokens serve to discover and administer the companies in it, not to keep their \
         accounts. Pleo writes organisation in URNs and organization_id in queries.",
    ),
    term(
        "Subject",
        &source::PLEO_INTROSPECT,
        "The resource that a token acts for, written as a URN: urn:pleo:company:<id> or urn:pleo:organisation:<id>. \
         It is neither the user who gave consent nor the client. GET /v1/introspect returns the subject of a token.",
    ),
    term(
        "Client ID",
        &source::PLEO_REGISTRATION,
        "Says which client is asking. It is shaped like a UUID, stands in every authorization request in the \
         user's address bar, and may be public: anyone may know it, and knowing it proves nothing.",
    ),
    term(
        "Client secret",
        &source::PLEO_REGISTRATION,
        "Proves to the token endpoint that the request comes from the client. Only a server may hold it: never a \
         page, an app on a device, a repository or a file that is handed out. Anyone who reads it can pose as the client; \
         then it has to be replaced, and refresh tokens may end with it.",
    ),
    term(
        "Confidential client",
        &source::PLEO_CONFIGURATION,
        "A client whose code runs on a server and which can keep a secret there. It sends client ID and secret with \
         HTTP Basic when it redeems a code or a refresh token, and uses PKCE as well.",
    ),
    term(
        "Public client",
        &source::PLEO_PKCE,
        "A client whose code runs where others can read it: a page in a browser, an app on a phone. It must not use a \
         secret, says Pleo's configuration page; it may not require one, says the registration page. In its place, PKCE \
         with S256 binds each code to the one instance that asked for it: the client makes a random verifier, sends its \
         SHA-256 ahead, and shows the verifier when it redeems the code. If Pleo hands out a secret all the same, keep it \
         on a server or not at all.",
    ),
];
