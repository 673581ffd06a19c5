//! The rows of the report: one rule each, the rules that it depends on, and the side effect of its
//! test.

use outlay_config::EnvironmentKind;

use crate::report::{ReportRow, Verdict};
pub use crate::row_id::RowId;

/// The constant part of a row: texts, side effect and premises.
#[derive(Debug, Clone, Copy)]
pub struct CheckRule {
    /// Id of the row, as exports name it.
    pub id: RowId,
    /// Short name of the rule, for tables.
    pub title: &'static str,
    /// Why the rule matters, and the standard that states it.
    pub about: &'static str,
    /// Remedy if the rule is broken and the observations suggest no more exact one.
    pub remedy: &'static str,
    /// Side effect that the user has to agree to; `None` for a check without one.
    pub agree: Option<&'static str>,
    /// Whether the test sends a code or a token a second time. Such tests are not run in
    /// production.
    pub reuses: bool,
    /// The rows that must pass before this one can be checked, the most basic first.
    pub premises: &'static [RowId],
}

use RowId as R;

/// The premises of every exchange of a code.
const EXCHANGE: &[RowId] = &[
    R::Server,
    R::TokenCors,
    R::State,
    R::AnswerForm,
    R::Issuer,
    R::NoSecret,
];

/// The same if the expected response is a refusal, which must be readable.
const REFUSAL: &[RowId] = &[
    R::Server,
    R::TokenCors,
    R::ErrorCors,
    R::State,
    R::AnswerForm,
    R::Issuer,
    R::NoSecret,
];

/// The premises of every response of the authorization endpoint.
const ANSWER: &[RowId] = &[R::Server, R::State, R::AnswerForm, R::Issuer];

/// The rules in the order on screen.
pub const RULES: &[CheckRule] = &[
    CheckRule {
        id: R::Server,
        title: "The authorization server can be reached",
        about: "Every other test depends on it.",
        remedy: "Compare authorizationServer in config.json with the address that Pleo gave you, \
            and ask Pleo whether the server is running.",
        agree: None,
        reuses: false,
        premises: &[],
    },
    CheckRule {
        id: R::TokenCors,
        title: "CORS on the token endpoint",
        about: "A page can read a response from another origin only if the server allows the \
            page's origin (Fetch standard, CORS protocol). Pleo does not document whether it does.",
        remedy: "Have the server allow this site's origin, or set up the proxy of this app's \
            hosting guide.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State, R::AnswerForm, R::Issuer],
    },
    CheckRule {
        id: R::ApiCors,
        title: "CORS on the API",
        about: "Before a request with a bearer token, the browser sends a preflight request. The \
            server must allow that too (Fetch standard).",
        remedy: "Have the API allow this site's origin, or set up the proxy of this app's hosting \
            guide.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State, R::AnswerForm, R::Issuer, R::NoSecret],
    },
    CheckRule {
        id: R::ErrorCors,
        title: "CORS on error responses",
        about: "Without CORS headers on error responses, a client cannot distinguish a refusal \
            from a network failure, and must treat the session as lost.",
        remedy: "Have the servers send their CORS headers with error responses too.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::TokenCors, R::ApiCors],
    },
    CheckRule {
        id: R::NoSecret,
        title: "A client without a secret is accepted",
        about: "A client in a browser cannot keep a secret. PKCE replaces it (RFC 6749 §2.1, RFC \
            7636).",
        remedy: "Ask Pleo to register a public client, with PKCE and without a secret.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::TokenCors, R::State, R::AnswerForm, R::Issuer],
    },
    CheckRule {
        id: R::State,
        title: "state is returned unchanged",
        about: "state ties the response to the request and protects against forged responses (RFC \
            6749 §4.1.2, §10.12).",
        remedy: "Have the server return state once and unchanged. Do not go live before it does.",
        agree: None,
        reuses: false,
        premises: &[R::Server],
    },
    CheckRule {
        id: R::AnswerForm,
        title: "The response is in the query",
        about: "With response_type=code, the parameters are in the query of the redirect URI (RFC \
            6749 §4.1.2). The app rejects a response in the fragment, in a form, or in an address \
            that was rewritten on its way.",
        remedy: "Have the server respond in the query (response_mode=query) and separate the \
            parameters by &. Make sure that nothing on the way changes the address.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State],
    },
    CheckRule {
        id: R::Issuer,
        title: "iss names the expected server",
        about: "iss protects against mix-up attacks between two servers (RFC 9207).",
        remedy: "Have the server send its issuer identifier in iss, the same as in its metadata. \
            With another value, the response may come from another server.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State, R::AnswerForm],
    },
    CheckRule {
        id: R::Plain,
        title: "PKCE: plain is refused",
        about: "With plain, anyone who sees the request can redeem the code (RFC 7636 §7.2, RFC \
            9700 §2.1.1). Pleo documents S256 only.",
        remedy: "Have the server refuse the code challenge method \"plain\" and accept S256 only.",
        agree: None,
        reuses: false,
        premises: ANSWER,
    },
    CheckRule {
        id: R::Challenge,
        title: "PKCE: a missing challenge is refused",
        about: "If the challenge is optional, an attacker can omit PKCE (RFC 9700 §4.8). Pleo \
            requires PKCE of public clients.",
        remedy: "Have the server refuse a public client's request without code_challenge. Ask \
            Pleo whether PKCE is required of this client.",
        agree: None,
        reuses: false,
        premises: ANSWER,
    },
    CheckRule {
        id: R::Verifier,
        title: "PKCE: a wrong verifier is refused",
        about: "If the server does not compare the verifier with the challenge, PKCE has no \
            effect (RFC 7636 §4.6).",
        remedy: "Have the server compare the verifier's SHA-256 with the challenge. Do not go \
            live before it does.",
        agree: Some(
            "Uses up one authorization code: one more sign-in, whose code is sent with a wrong \
                verifier.",
        ),
        reuses: false,
        premises: REFUSAL,
    },
    CheckRule {
        id: R::Redirect,
        title: "A changed redirect URI is refused",
        about: "Only the registered address, compared character for character, may receive a code \
            (RFC 9700 §4.1.3). The server must not redirect to any other address, not even with \
            an error.",
        remedy: "Have the server compare redirect_uri with the registered addresses character for \
            character.",
        agree: None,
        reuses: false,
        premises: &[R::Server],
    },
    CheckRule {
        id: R::CodeOnce,
        title: "A code works once",
        about: "The server must refuse a second use of a code (RFC 6749 §4.1.2).",
        remedy: "Have the server refuse a used code. It should also revoke the tokens that were \
            issued for it.",
        agree: Some(
            "Sends one authorization code twice: one more sign-in, whose session the server may \
                end.",
        ),
        reuses: true,
        premises: REFUSAL,
    },
    CheckRule {
        id: R::ExpiresIn,
        title: "expires_in is present",
        about: "Without expires_in a client cannot refresh in time (RFC 6749 §5.1). Pleo's \
            documentation takes the token's lifetime from it.",
        remedy: "Have the server send the token's lifetime in expires_in. Without it, the app \
            refreshes only after the API has refused the token.",
        agree: None,
        reuses: false,
        premises: EXCHANGE,
    },
    CheckRule {
        id: R::TokenForm,
        title: "Token responses have the standard format",
        about: "JSON, errors with a status of 400 or above, and scopes separated by spaces (RFC \
            6749 §5.1, §5.2, §3.3). The app accepts some other formats; other clients may not.",
        remedy: "Have the server respond as RFC 6749 sections 5.1 and 5.2 require.",
        agree: None,
        reuses: false,
        premises: EXCHANGE,
    },
    CheckRule {
        id: R::Rotation,
        title: "A refresh returns a new refresh token",
        about: "A public client's refresh token must work only once (RFC 9700 §4.14.2). Pleo \
            documents a new pair of tokens for each refresh.",
        remedy: "Have the server return a new refresh token for each refresh of a public client, \
            and end the old one.",
        agree: None,
        reuses: false,
        premises: EXCHANGE,
    },
    CheckRule {
        id: R::Replaced,
        title: "A replaced refresh token is refused",
        about: "A stolen refresh token then works only until the next refresh (RFC 9700 §4.14.2).",
        remedy: "Have the server refuse a replaced refresh token. It should also end the whole \
            session.",
        agree: Some("Sends one refresh token twice: the server may end the session of this test."),
        reuses: true,
        premises: &[
            R::Server,
            R::TokenCors,
            R::ErrorCors,
            R::State,
            R::AnswerForm,
            R::Issuer,
            R::NoSecret,
            R::Rotation,
        ],
    },
    CheckRule {
        id: R::Scopes,
        title: "Only requested and approved scopes are granted",
        about: "The server must not grant a scope that is not approved or that was not requested \
            (RFC 6749 §3.3).",
        remedy: "Have the server grant only scopes that were requested and approved, and list \
            them in scope.",
        agree: None,
        reuses: false,
        premises: ANSWER,
    },
    CheckRule {
        id: R::Introspect,
        title: "/v1/introspect returns the token's subject",
        about: "Only this request shows which company a connection belongs to, and whether a \
            refusal means a revoked token or a missing permission.",
        remedy: "Compare apiBase in config.json with the address that Pleo gave you. Without this \
            response, no connection has a name.",
        agree: None,
        reuses: false,
        premises: &[
            R::Server,
            R::TokenCors,
            R::State,
            R::AnswerForm,
            R::Issuer,
            R::NoSecret,
            R::ApiCors,
        ],
    },
    CheckRule {
        id: R::Revocation,
        title: "Revocation has effect",
        about: "Signing out should end the grant at the server too (RFC 7009).",
        remedy: "Compare revocationEndpoint in config.json with the address that Pleo gave you. \
            Remove the key if Pleo has no such endpoint.",
        agree: Some("Ends a session and sends its refresh token afterwards: one more sign-in."),
        reuses: true,
        premises: REFUSAL,
    },
    CheckRule {
        id: R::Metadata,
        title: "Metadata matches the configuration",
        about: "The metadata at /.well-known/oauth-authorization-server, if the server publishes \
            any (RFC 8414).",
        remedy: "Correct config.json or the published metadata, whichever is wrong.",
        agree: None,
        reuses: false,
        premises: &[R::Server],
    },
];

impl RowId {
    /// Returns the constant part of the row.
    #[must_use]
    pub fn rule(self) -> &'static CheckRule {
        let found = RULES.iter().find(|rule| rule.id == self);
        found.unwrap_or(&RULES[0])
    }
}

/// Makes the rows before a run. `revocation` states whether the profile has a revocation endpoint.
#[must_use]
pub fn fresh(kind: EnvironmentKind, revocation: bool) -> Vec<ReportRow> {
    RULES
        .iter()
        .map(|rule| rule.fresh(kind, revocation))
        .collect()
}

impl CheckRule {
    fn fresh(&self, kind: EnvironmentKind, revocation: bool) -> ReportRow {
        let reason = if self.id == R::Revocation && !revocation {
            Some("config.json has no revocationEndpoint, and Pleo documents none.")
        } else if self.reuses && kind == EnvironmentKind::Production {
            Some(
                "Not tested in production, because the test sends a code or a token of a real \
                    company a second time. Test it in staging.",
            )
        } else {
            None
        };
        ReportRow {
            id: self.id,
            title: self.title.to_owned(),
            about: self.about.to_owned(),
            agree: self.agree.filter(|_| reason.is_none()).map(str::to_owned),
            verdict: match reason {
                Some(_) => Verdict::Unknown,
                None => Verdict::Waiting,
            },
            reason: reason.map(str::to_owned),
            premise: None,
            evidence: Vec::new(),
            fix: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_is_listed_once_and_has_known_prerequisites() {
        for rule in RULES {
            assert_eq!(RULES.iter().filter(|other| other.id == rule.id).count(), 1);
            assert_eq!(rule.id.rule().title, rule.title);
            assert!(!rule.premises.contains(&rule.id), "{:?}", rule.id);
            assert!(!rule.reuses || rule.agree.is_some(), "{:?}", rule.id);
        }
    }

    #[test]
    fn reuse_checks_are_refused_in_production() {
        for rule in RULES {
            let row = rule.fresh(EnvironmentKind::Production, true);
            assert_eq!(
                row.verdict == Verdict::Unknown,
                rule.reuses,
                "{:?}",
                rule.id
            );
            assert_eq!(row.reason.is_some(), rule.reuses);
            let row = rule.fresh(EnvironmentKind::Staging, true);
            assert_eq!(row.verdict, Verdict::Waiting);
            assert_eq!(row.agree.is_some(), rule.agree.is_some());
        }
        let without = R::Revocation.rule().fresh(EnvironmentKind::Sandbox, false);
        assert_eq!((without.verdict, without.agree), (Verdict::Unknown, None));
    }
}
