//! The states of the machines, derived from the record; for the diagram and for a replay.

use outlay_vault::message::{Phase, Snapshot};

/// A state of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineState {
    /// There is no connection.
    SignedOut,
    /// The user is at Pleo.
    Pending,
    /// The code is being exchanged.
    Exchanging,
    /// A pair of tokens is there.
    Active,
    /// A refresh is under way.
    Refreshing,
    /// A refresh went unanswered.
    Unsure,
    /// Over.
    Ended,
}

impl MachineState {
    /// Every state, in the order in which a session meets them.
    pub const ALL: [MachineState; 7] = [
        MachineState::SignedOut,
        MachineState::Pending,
        MachineState::Exchanging,
        MachineState::Active,
        MachineState::Refreshing,
        MachineState::Unsure,
        MachineState::Ended,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            MachineState::SignedOut => "Signed out",
            MachineState::Pending => "Pending",
            MachineState::Exchanging => "Exchanging",
            MachineState::Active => "Active",
            MachineState::Refreshing => "Refreshing",
            MachineState::Unsure => "Unsure",
            MachineState::Ended => "Ended",
        }
    }

    /// What is so while it lasts.
    pub fn meaning(self) -> &'static str {
        match self {
            MachineState::SignedOut => "Nobody is signed in, and there is no token.",
            MachineState::Pending => {
                "The user is at Pleo. A verifier and a state wait in memory, for ten minutes at most."
            }
            MachineState::Exchanging => {
                "The code was sent to the token endpoint, once. Whatever comes, it is never sent again."
            }
            MachineState::Active => {
                "A pair of tokens is there. Calls bear the access token; a refresh is planned ahead."
            }
            MachineState::Refreshing => {
                "The refresh token is at the token endpoint. Calls go on with the old access token while it lives."
            }
            MachineState::Unsure => {
                "No clear answer came: the refresh token may be spent, so it is not sent again. The access token is used up."
            }
            MachineState::Ended => {
                "Everything secret is wiped. Calls settle at once, and nothing is sent."
            }
        }
    }

    /// The state after a line of the record; a line without a change leaves it.
    pub fn after(self, event: &str, outcome: Option<&str>) -> MachineState {
        match event {
            "sign_in_started" if !self.lives() => MachineState::Pending,
            "exchange_sent" if !self.lives() => MachineState::Exchanging,
            "sign_in_failed" if !self.lives() => MachineState::SignedOut,
            "connected" => MachineState::Active,
            "refresh_sent" => MachineState::Refreshing,
            "refresh_answered" if outcome == Some("ok") => MachineState::Active,
            "unsure" => MachineState::Unsure,
            "ended" => MachineState::Ended,
            "signed_out" => MachineState::SignedOut,
            _ => self,
        }
    }

    /// Where things stand now, for the connection in view or the newest one.
    pub fn now(snapshot: &Snapshot, in_view: Option<&str>) -> MachineState {
        let all = &snapshot.connections;
        let chosen = all.iter().find(|it| Some(it.id.as_str()) == in_view);
        let live = all
            .iter()
            .rev()
            .find(|it| !matches!(it.phase, Phase::Ended { .. }));
        if let Some(connection) = chosen.or(live) {
            return match connection.phase {
                Phase::Active => MachineState::Active,
                Phase::Refreshing => MachineState::Refreshing,
                Phase::Unsure => MachineState::Unsure,
                Phase::Ended { .. } => MachineState::Ended,
            };
        }
        match snapshot.sign_ins.last() {
            Some(sign_in) if sign_in.exchanging => MachineState::Exchanging,
            Some(_) => MachineState::Pending,
            None if all.is_empty() => MachineState::SignedOut,
            None => MachineState::Ended,
        }
    }

    fn lives(self) -> bool {
        matches!(
            self,
            MachineState::Active | MachineState::Refreshing | MachineState::Unsure
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(events: &[(&str, Option<&str>)]) -> MachineState {
        events
            .iter()
            .fold(MachineState::SignedOut, |state, (event, outcome)| {
                state.after(event, *outcome)
            })
    }

    #[test]
    fn session_state_is_derived_from_its_record() {
        let ok = Some("ok");
        let begin = [
            ("sign_in_started", None),
            ("callback", ok),
            ("exchange_sent", None),
        ];
        assert_eq!(after(&begin[..1]), MachineState::Pending);
        assert_eq!(after(&begin[..2]), MachineState::Pending);
        assert_eq!(after(&begin), MachineState::Exchanging);
        let live = [
            &begin[..],
            &[("exchange_answered", ok), ("connected", Some("new"))],
        ]
        .concat();
        assert_eq!(after(&live), MachineState::Active);
        let renewing = [
            &live[..],
            &[("refresh_asked", Some("due")), ("refresh_sent", None)],
        ]
        .concat();
        assert_eq!(after(&renewing), MachineState::Refreshing);
        for (rest, state) in [
            (&[("refresh_answered", ok)][..], MachineState::Active),
            (
                &[("refresh_answered", Some("token_busy"))],
                MachineState::Refreshing,
            ),
            (
                &[
                    ("refresh_answered", Some("token_network")),
                    ("unsure", None),
                ],
                MachineState::Unsure,
            ),
            (
                &[
                    ("refresh_answered", Some("refused")),
                    ("ended", Some("refused")),
                ],
                MachineState::Ended,
            ),
            (&[("signed_out", None)], MachineState::SignedOut),
        ] {
            assert_eq!(after(&[&renewing[..], rest].concat()), state, "{rest:?}");
        }
    }

    #[test]
    fn second_sign_in_keeps_the_live_connection_in_the_diagram() {
        let live = [("connected", None)];
        for event in ["sign_in_started", "exchange_sent", "sign_in_failed"] {
            assert_eq!(
                after(&[&live[..], &[(event, None)]].concat()),
                MachineState::Active
            );
        }
    }

    #[test]
    fn every_state_has_its_own_description() {
        for state in MachineState::ALL {
            assert!(state.meaning().len() > 20);
            let same = MachineState::ALL
                .iter()
                .filter(|it| it.name() == state.name());
            assert_eq!(same.count(), 1);
        }
    }
}
