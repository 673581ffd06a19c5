//! How a connection ended, in words. The words stand once, in the table of codes; the page in its
//! place, the session chip, what is copied and the support bundle all take them from here.

use outlay_vault::code::{Explanation, explain};
use outlay_vault::message::{Connection, Phase, Snapshot};

use super::trouble::Trouble;
use super::view::View;

/// An end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The stable code of the end.
    pub reason: String,
    /// The authorization server's own code, with `refused`.
    pub server_code: Option<String>,
}

impl End {
    /// Of a connection that is over.
    pub fn of(connection: &Connection) -> Option<End> {
        match &connection.phase {
            Phase::Ended {
                reason,
                server_code,
            } => Some(End {
                reason: reason.clone(),
                server_code: server_code.clone(),
            }),
            _ => None,
        }
    }

    /// What happened, what it means, what to do.
    pub fn words(&self) -> &'static Explanation {
        explain(&self.reason)
    }

    /// The same in the form of an error.
    pub fn trouble(&self) -> Trouble {
        let answer = |code: &String| ["Pleo's answer: ", code].concat();
        Trouble {
            detail: self.server_code.as_ref().map(answer),
            ..Trouble::of(&self.reason)
        }
    }
}

/// The stable code of why nothing is connected in `view`, where there is one.
pub fn code(view: &View) -> Option<String> {
    match view {
        View::Broken(code) => Some((*code).to_owned()),
        View::Misconfigured => Some("config_invalid".to_owned()),
        View::Ended(connection) => End::of(connection).map(|end| end.reason),
        _ => None,
    }
}

/// What is said once the last connection has left; none where one is there, or none ever was.
pub fn farewell(before: &Snapshot, now: &Snapshot) -> Option<&'static str> {
    (!before.connections.is_empty() && now.connections.is_empty()).then_some("signed_out")
}

/// What is said on arrival with the address of a connection that the vault does not know.
/// `outlives`: the vault outlives a reload of the only page.
pub fn missed(chosen: Option<&str>, now: &Snapshot, outlives: bool) -> Option<&'static str> {
    let missed = chosen.is_some() && now.connections.is_empty();
    missed.then_some(if outlives {
        "connection_unknown"
    } else {
        "reload_ended"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_vault::code::TABLE;

    /// Every way in which a connection ends, or is found to have ended.
    const REASONS: &[&str] = &[
        "refused",
        "expired",
        "unsure",
        "revoked",
        "idle",
        "absolute",
        "vault_lost",
        "signed_out",
        "disconnected",
        "reload_ended",
    ];

    #[test]
    fn every_end_has_words_of_its_own() {
        for reason in REASONS {
            let words = explain(reason);
            assert_eq!(words.code, *reason);
            let alike = |row: &&Explanation| {
                row.code != *reason && (row.happened == words.happened || row.means == words.means)
            };
            // Idle and absolute protect the same thing in the same way.
            let twins = TABLE.iter().filter(alike).map(|row| row.code);
            let twins: Vec<_> = twins.filter(|code| !REASONS[4..6].contains(code)).collect();
            assert_eq!(twins, Vec::<&str>::new(), "{reason}");
        }
    }

    #[test]
    fn nobody_claims_to_know_who_withdrew_access() {
        for reason in ["refused", "revoked"] {
            let words = explain(reason);
            let all = [words.happened, words.means, words.next].join(" ");
            assert!(all.contains("does not say"), "{all}");
            for claim in ["was withdrawn", "you revoked", "most likely", "has revoked"] {
                assert!(!all.contains(claim), "{all}");
            }
        }
    }

    #[test]
    fn a_refusal_tells_the_servers_own_code() {
        let end = End {
            reason: "refused".to_owned(),
            server_code: Some("invalid_grant".to_owned()),
        };
        let trouble = end.trouble();
        assert_eq!(trouble.code, "refused");
        assert_eq!(
            trouble.detail.as_deref(),
            Some("Pleo's answer: invalid_grant")
        );
    }

    #[test]
    fn an_unknown_address_says_why_where_the_browser_is_the_cause() {
        let nobody = Snapshot::default();
        assert_eq!(missed(None, &nobody, false), None);
        assert_eq!(missed(Some("x"), &nobody, false), Some("reload_ended"));
        assert_eq!(missed(Some("x"), &nobody, true), Some("connection_unknown"));
    }
}
