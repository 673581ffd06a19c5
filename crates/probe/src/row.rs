//! The rows of the card: one rule each, what it rests on, and what looking at it costs.

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
    /// Whether it presents a code or a token a second time, which is refused on a company's real
    /// data.
    pub reuses: bool,
    /// The rows that must pass before this one can be checked, the most basic first.
    pub premises: &'static [RowId],
}

use RowId as R;

/// What every exchange of a code rests on.
const EXCHANGE: &[RowId] = &[
    R::Server,
    R::TokenCors,
    R::State,
    R::AnswerForm,
    R::Issuer,
    R::NoSecret,
];

/// The same, where the expected answer is a refusal, which has to be readable.
const REFUSAL: &[RowId] = &[
    R::Server,
    R::TokenCors,
    R::ErrorCors,
    R::State,
    R::AnswerForm,
    R::Issuer,
    R::NoSecret,
];

/// What every answer of the authorization endpoint rests on.
const ANSWER: &[RowId] = &[R::Server, R::State, R::AnswerForm, R::Issuer];

/// The rules in the order on screen.
pub const RULES: &[CheckRule] = &[
    CheckRule {
        id: R::Server,
        title: "The authorization server can be reached",
        about: "Everything else rests on it.",
        remedy: "Compare authorizationServer in config.json with what Pleo gave you, and ask whether it is up.",
        agree: None,
        reuses: false,
        premises: &[],
    },
    CheckRule {
        id: R::TokenCors,
        title: "CORS on the token endpoint",
        about: "A page of another origin reads an answer only where the server allows its origin \
                (Fetch standard, CORS protocol). Pleo does not document whether it does.",
        remedy: "Have the server allow this site's origin, or put the proxy of this app's hosting guide in front.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State, R::AnswerForm, R::Issuer],
    },
    CheckRule {
        id: R::ApiCors,
        title: "CORS on the API",
        about: "A call with a bearer token is preceded by a preflight, which has to be allowed too.",
        remedy: "Have the API allow this site's origin, or put the proxy of this app's hosting guide in front.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State, R::AnswerForm, R::Issuer, R::NoSecret],
    },
    CheckRule {
        id: R::ErrorCors,
        title: "CORS on errors too",
        about: "Where an error cannot be read, a client cannot distinguish a refusal from a lost answer: \
                it must treat the session as lost.",
        remedy: "Have the servers send their CORS headers with errors too.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::TokenCors, R::ApiCors],
    },
    CheckRule {
        id: R::NoSecret,
        title: "A client without a secret is accepted",
        about: "A browser can keep no secret; PKCE takes its place (RFC 6749 §2.1, RFC 7636).",
        remedy: "Ask Pleo to register a public client: PKCE, no secret.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::TokenCors, R::State, R::AnswerForm, R::Issuer],
    },
    CheckRule {
        id: R::State,
        title: "state comes back unchanged",
        about: "It ties the answer to the request and stands against forged answers \
                (RFC 6749 §4.1.2, §10.12).",
        remedy: "The server has to return state unchanged, once. Do not go live before it does.",
        agree: None,
        reuses: false,
        premises: &[R::Server],
    },
    CheckRule {
        id: R::AnswerForm,
        title: "The answer comes back in the query",
        about: "With response_type=code the parameters are in the query of the redirect URI (RFC 6749 \
                §4.1.2). An answer behind the #, in a form, or in an address that was rewritten on its \
                way is not read.",
        remedy: "Have the server answer in the query (response_mode=query), separate the parameters by &, and \
                 let nothing on the way change the address.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State],
    },
    CheckRule {
        id: R::Issuer,
        title: "iss names the right server",
        about: "It stands against mixing up two servers (RFC 9207).",
        remedy: "The server has to name itself in iss, as its metadata does; a wrong one may be another server's answer.",
        agree: None,
        reuses: false,
        premises: &[R::Server, R::State, R::AnswerForm],
    },
    CheckRule {
        id: R::Plain,
        title: "PKCE: plain is refused",
        about: "With plain, anyone who sees the request can redeem the code (RFC 7636 §7.2, RFC 9700 \
                §2.1.1). Pleo: S256 only.",
        remedy: "The server has to refuse the method plain. Ask its operator to accept S256 only.",
        agree: None,
        reuses: false,
        premises: ANSWER,
    },
    CheckRule {
        id: R::Challenge,
        title: "PKCE: a missing challenge is refused",
        about: "Else an attacker leaves PKCE out (RFC 9700 §4.8). Pleo: required of public clients.",
        remedy: "The server has to refuse a public client's request without code_challenge. Ask whether PKCE is \
                 required of this client.",
        agree: None,
        reuses: false,
        premises: ANSWER,
    },
    CheckRule {
        id: R::Verifier,
        title: "PKCE: a wrong verifier is refused",
        about: "Without this check the challenge is a decoration (RFC 7636 §4.6).",
        remedy: "The server has to compare the verifier's SHA-256 with the challenge. Do not go live before it does.",
        agree: Some(
            "It burns a code: one more sign-in, whose code is presented with a wrong verifier.",
        ),
        reuses: false,
        premises: REFUSAL,
    },
    CheckRule {
        id: R::Redirect,
        title: "A changed redirect URI is refused",
        about: "Only the registered address, character for character, may receive a code (RFC 9700 \
                §4.1.3). The browser must not be sent anywhere else, not even with an error.",
        remedy: "Compare redirect_uri with the registered ones character for character.",
        agree: None,
        reuses: false,
        premises: &[R::Server],
    },
    CheckRule {
        id: R::CodeOnce,
        title: "A code works once",
        about: "A second use is refused (RFC 6749 §4.1.2).",
        remedy: "The server has to refuse a code that was used, and should end what came of it.",
        agree: Some(
            "It presents a code twice: one more sign-in, whose session the server may end.",
        ),
        reuses: true,
        premises: REFUSAL,
    },
    CheckRule {
        id: R::ExpiresIn,
        title: "expires_in is there",
        about: "Without it a client cannot renew in time (RFC 6749 §5.1). Pleo: take the life from it.",
        remedy: "The server has to name the token's life in expires_in. Without it the app renews only after the API \
                 has said no.",
        agree: None,
        reuses: false,
        premises: EXCHANGE,
    },
    CheckRule {
        id: R::TokenForm,
        title: "Token answers have the standard form",
        about: "JSON, errors with a status from 400 on, and scopes separated by spaces (RFC 6749 §5.1, §5.2, \
                §3.3). The app reads some other forms; other clients do not.",
        remedy: "Have the server answer as RFC 6749 sections 5.1 and 5.2 require.",
        agree: None,
        reuses: false,
        premises: EXCHANGE,
    },
    CheckRule {
        id: R::Rotation,
        title: "A refresh works, and brings a new refresh token",
        about: "A public client's refresh tokens are used once (RFC 9700 §4.14.2). Pleo: a new pair \
                every time.",
        remedy: "The server has to answer a public client's refresh with a new refresh token and end the old one.",
        agree: None,
        reuses: false,
        premises: EXCHANGE,
    },
    CheckRule {
        id: R::Replaced,
        title: "A replaced refresh token is refused",
        about: "So a stolen one is of no use for long (RFC 9700 §4.14.2).",
        remedy: "The server has to refuse a replaced refresh token, and should end the whole session.",
        agree: Some("It presents a refresh token twice: the server may end this check's session."),
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
        title: "Scopes are narrowed or refused",
        about: "What is not approved is not granted, and nothing is granted unasked (RFC 6749 §3.3).",
        remedy: "The server has to grant what was asked for and allowed, no more, and to name it in scope.",
        agree: None,
        reuses: false,
        premises: ANSWER,
    },
    CheckRule {
        id: R::Introspect,
        title: "/v1/introspect names the token's subject",
        about: "The only way to name the company of a connection, and to distinguish a revoked token from a \
                missing permission.",
        remedy: "Compare apiBase in config.json with what Pleo gave you; without this answer no connection has a name.",
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
        remedy: "Compare revocationEndpoint in config.json with what Pleo gave you; take it out if there is none.",
        agree: Some(
            "It ends a session and presents its refresh token afterwards: one more sign-in.",
        ),
        reuses: true,
        premises: REFUSAL,
    },
    CheckRule {
        id: R::Metadata,
        title: "Metadata agrees with the configuration",
        about: "/.well-known/oauth-authorization-server, where a server publishes it (RFC 8414).",
        remedy: "Put right whichever of the two is wrong: config.json, or what the server publishes.",
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
            Some("config.json names no revocationEndpoint, and Pleo documents none.")
        } else if self.reuses && kind == EnvironmentKind::Production {
            Some(
                "It presents a code or a token a second time, which is not done to a company's real \
                 data. Check it with staging.",
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
