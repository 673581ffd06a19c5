//! What the vault holds in memory, by kind and age; it comes from what the vault tells of itself.

use outlay_vault::message::{Phase, Snapshot};

/// A secret that the vault holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What kind of secret.
    pub kind: &'static str,
    /// Whose: the number of the connection or the sign-in.
    pub whose: String,
    /// Milliseconds since it came, where that is told.
    pub age: Option<u64>,
    /// Milliseconds until it is of no use, where that is known.
    pub left: Option<u64>,
}

/// Everything secret that the vault holds.
pub fn held(snapshot: &Snapshot) -> Vec<Held> {
    let mut held = Vec::new();
    for (number, connection) in (1..).zip(&snapshot.connections) {
        if matches!(connection.phase, Phase::Ended { .. }) {
            continue;
        }
        let whose = format!("Connection {number}");
        held.push(Held {
            kind: "Access token",
            whose: whose.clone(),
            age: Some(connection.token_age),
            left: connection.expires_in,
        });
        if connection.refreshable {
            held.push(Held {
                kind: "Refresh token",
                whose,
                age: Some(connection.token_age),
                left: Some(connection.session_left),
            });
        }
    }
    for sign_in in &snapshot.sign_ins {
        let whose = format!("Sign-in {}", sign_in.id);
        let kinds: &[&str] = match sign_in.exchanging {
            true => &["Authorization code", "Verifier"],
            false => &["State", "Verifier"],
        };
        held.extend(kinds.iter().map(|kind| Held {
            kind,
            whose: whose.clone(),
            age: None,
            left: None,
        }));
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_vault::message::{Connection, SignIn};

    fn connection(phase: Phase, refreshable: bool) -> Connection {
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
    fn what_lives_holds_tokens_and_what_ended_holds_none() {
        let ended = Phase::Ended {
            reason: "idle".to_owned(),
            server_code: None,
        };
        let snapshot = Snapshot {
            connections: vec![
                connection(ended, true),
                connection(Phase::Active, true),
                connection(Phase::Unsure, false),
            ],
            sign_ins: vec![SignIn {
                id: 7,
                profile: "p".to_owned(),
                exchanging: false,
            }],
            idle_left: None,
            config_waits: None,
        };
        let held = held(&snapshot);
        let told: Vec<_> = held.iter().map(|it| (it.kind, it.whose.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Access token", "Connection 2"),
                ("Refresh token", "Connection 2"),
                ("Access token", "Connection 3"),
                ("State", "Sign-in 7"),
                ("Verifier", "Sign-in 7"),
            ]
        );
        assert_eq!((held[0].age, held[0].left), (Some(240_000), Some(60_000)));
    }
}
