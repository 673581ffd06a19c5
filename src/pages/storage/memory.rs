//! The contents of the vault's memory, by kind and age, as the vault reports them.

use outlay_vault::message::{ConnectionPhase, Snapshot};

use super::messages;

/// A secret that the vault holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSecrets {
    /// What kind of secret.
    pub kind: &'static str,
    /// Whose: the number of the connection or the sign-in.
    pub owner_label: String,
    /// Milliseconds since it arrived, if the vault reports it.
    pub age: Option<u64>,
    /// Milliseconds until it is of no use, where that is known.
    pub left: Option<u64>,
}

/// Everything secret that the vault holds.
pub fn previous_owner(snapshot: &Snapshot) -> Vec<HeldSecrets> {
    let mut previous_owner = Vec::new();
    for (number, connection) in (1..).zip(&snapshot.connections) {
        if matches!(connection.phase, ConnectionPhase::Ended(_)) {
            continue;
        }
        let owner_label = messages::connection(number);
        previous_owner.push(HeldSecrets {
            kind: messages::ACCESS_TOKEN,
            owner_label: owner_label.clone(),
            age: Some(connection.token_age),
            left: connection.expires_in,
        });
        if connection.refreshable {
            previous_owner.push(HeldSecrets {
                kind: messages::REFRESH_TOKEN,
                owner_label,
                age: Some(connection.token_age),
                left: Some(connection.session_left),
            });
        }
    }
    for sign_in in &snapshot.sign_ins {
        let owner_label = messages::sign_in(sign_in.id);
        let kinds: &[&str] = match sign_in.exchanging {
            true => &[messages::CODE, messages::VERIFIER],
            false => &[messages::STATE, messages::VERIFIER],
        };
        previous_owner.extend(kinds.iter().map(|kind| HeldSecrets {
            kind,
            owner_label: owner_label.clone(),
            age: None,
            left: None,
        }));
    }
    previous_owner
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
        };
        let previous_owner = previous_owner(&snapshot);
        let reported: Vec<_> = previous_owner
            .iter()
            .map(|it| (it.kind, it.owner_label.as_str()))
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
            (previous_owner[0].age, previous_owner[0].left),
            (Some(240_000), Some(60_000))
        );
    }
}
