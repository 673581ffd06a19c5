//! The secrets in the vault's memory by type and age, as the vault reports them.

use outlay_vault::message::{ConnectionPhase, Snapshot};

use super::messages;

/// A secret in the vault's memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSecret {
    /// The type of secret.
    pub kind: &'static str,
    /// The connection or sign-in that it belongs to, by number.
    pub owner: String,
    /// Milliseconds since it arrived; `None` if the vault does not report it.
    pub age: Option<u64>,
    /// Milliseconds until it expires; `None` if that is not known.
    pub left: Option<u64>,
}

/// Returns the secrets of the connections and sign-ins of a snapshot, as far as it states them.
pub fn held_secrets(snapshot: &Snapshot) -> Vec<HeldSecret> {
    let mut held_secrets = Vec::new();
    for (number, connection) in (1..).zip(&snapshot.connections) {
        if matches!(connection.phase, ConnectionPhase::Ended(_)) {
            continue;
        }
        let owner = messages::connection(number);
        held_secrets.push(HeldSecret {
            kind: messages::ACCESS_TOKEN,
            owner: owner.clone(),
            age: Some(connection.token_age),
            left: connection.expires_in,
        });
        if connection.refreshable {
            held_secrets.push(HeldSecret {
                kind: messages::REFRESH_TOKEN,
                owner,
                age: Some(connection.token_age),
                left: Some(connection.session_left),
            });
        }
    }
    for sign_in in &snapshot.sign_ins {
        let owner = messages::sign_in(sign_in.id);
        let kinds: &[&str] = match sign_in.exchanging {
            true => &[messages::CODE, messages::VERIFIER],
            false => &[messages::STATE, messages::VERIFIER],
        };
        held_secrets.extend(kinds.iter().map(|kind| HeldSecret {
            kind,
            owner: owner.clone(),
            age: None,
            left: None,
        }));
    }
    held_secrets
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_vault::message::{Connection, SignIn};

    fn connection(phase: ConnectionPhase, refreshable: bool) -> Connection {
        Connection {
            id: "x".to_owned(),
            profile: "p".to_owned(),
            phase,
            generation: 1,
            subject: None,
            application: None,
            scopes_asked: Vec::new(),
            scopes_granted: Vec::new(),
            expires_in: Some(60_000),
            lifetime: Some(300_000),
            token_age: 240_000,
            refreshable,
            session_left: 7_200_000,
        }
    }

    #[test]
    fn live_connection_has_tokens_and_ended_one_has_none() {
        let ended = ConnectionPhase::Ended(outlay_codes::EndReason::Idle);
        let snapshot = Snapshot {
            connections: vec![
                connection(ended, true),
                connection(ConnectionPhase::Active, true),
                connection(ConnectionPhase::Unsure, false),
            ],
            sign_ins: vec![SignIn {
                id: 7,
                profile: "p".to_owned(),
                exchanging: false,
            }],
            idle_left: None,
            config_waits: None,
            last_in_view: None,
        };
        let held_secrets = held_secrets(&snapshot);
        let reported: Vec<_> = held_secrets
            .iter()
            .map(|it| (it.kind, it.owner.as_str()))
            .collect();
        assert_eq!(
            reported,
            [
                ("Access token", "Connection 2"),
                ("Refresh token", "Connection 2"),
                ("Access token", "Connection 3"),
                ("State", "Sign-in 7"),
                ("Code verifier", "Sign-in 7"),
            ]
        );
        assert_eq!(
            (held_secrets[0].age, held_secrets[0].left),
            (Some(240_000), Some(60_000))
        );
    }
}
