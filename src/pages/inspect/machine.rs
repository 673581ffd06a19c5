//! Where the machines stand, by what the record tells; for the picture and for a replay.

use outlay_vault::message::{Phase, Snapshot};

/// A state of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody is signed in.
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

impl State {
    /// Every state, in the order in which a session meets them.
    pub const ALL: [State; 7] = [
        State::SignedOut,
        State::Pending,
        State::Exchanging,
        State::Active,
        State::Refreshing,
        State::Unsure,
        State::Ended,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            State::SignedOut => "Signed out",
            State::Pending => "Pending",
            State::Exchanging => "Exchanging",
            State::Active => "Active",
            State::Refreshing => "Refreshing",
            State::Unsure => "Unsure",
            State::Ended => "Ended",
        }
    }

    /// What is so while it lasts.
    pub fn meaning(self) -> &'static str {
        match self {
            State::SignedOut => "Nobody is signed in, and there is no token.",
            State::Pending => {
                "The user is at Pleo. A verifier and a state wait in memory, for ten minutes at most."
            }
            State::Exchanging => {
                "The code was sent to the token endpoint, once. Whatever comes, it is never sent again."
            }
            State::Active => {
                "A pair of tokens is there. Calls bear the access token; a refresh is planned ahead."
            }
            State::Refreshing => {
                "The refresh token is at the token endpoint. Calls go on with the old access token while it lives."
            }
            State::Unsure => {
                "No clear answer came: the refresh token may be spent, so it is not sent again. The access token is used up."
            }
            State::Ended => {
                "Everything secret is wiped. Calls settle at once, and nothing is sent."
            }
        }
    }

    /// The state after a line of the record; a line that tells of no change leaves it.
    pub fn after(self, event: &str, outcome: Option<&str>) -> State {
        match event {
            "sign_in_started" if !self.lives() => State::Pending,
            "exchange_sent" if !self.lives() => State::Exchanging,
            "sign_in_failed" if !self.lives() => State::SignedOut,
            "connected" => State::Active,
            "refresh_sent" => State::Refreshing,
            "refresh_answered" if outcome == Some("ok") => State::Active,
            "unsure" => State::Unsure,
            "ended" => State::Ended,
            "signed_out" => State::SignedOut,
            _ => self,
        }
    }

    /// Where things stand now, for the connection in view or the newest one.
    pub fn now(snapshot: &Snapshot, in_view: Option<&str>) -> State {
        let all = &snapshot.connections;
        let chosen = all.iter().find(|it| Some(it.id.as_str()) == in_view);
        let live = all
            .iter()
            .rev()
            .find(|it| !matches!(it.phase, Phase::Ended { .. }));
        if let Some(connection) = chosen.or(live) {
            return match connection.phase {
                Phase::Active => State::Active,
                Phase::Refreshing => State::Refreshing,
                Phase::Unsure => State::Unsure,
                Phase::Ended { .. } => State::Ended,
            };
        }
        match snapshot.sign_ins.last() {
            Some(sign_in) if sign_in.exchanging => State::Exchanging,
            Some(_) => State::Pending,
            None if all.is_empty() => State::SignedOut,
            None => State::Ended,
        }
    }

    fn lives(self) -> bool {
        matches!(self, State::Active | State::Refreshing | State::Unsure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(events: &[(&str, Option<&str>)]) -> State {
        events
            .iter()
            .fold(State::SignedOut, |state, (event, outcome)| {
                state.after(event, *outcome)
            })
    }

    #[test]
    fn a_session_is_followed_from_its_record() {
        let ok = Some("ok");
        let begin = [
            ("sign_in_started", None),
            ("callback", ok),
            ("exchange_sent", None),
        ];
        assert_eq!(after(&begin[..1]), State::Pending);
        assert_eq!(after(&begin[..2]), State::Pending);
        assert_eq!(after(&begin), State::Exchanging);
        let live = [
            &begin[..],
            &[("exchange_answered", ok), ("connected", Some("new"))],
        ]
        .concat();
        assert_eq!(after(&live), State::Active);
        let renewing = [
            &live[..],
            &[("refresh_asked", Some("due")), ("refresh_sent", None)],
        ]
        .concat();
        assert_eq!(after(&renewing), State::Refreshing);
        for (rest, state) in [
            (&[("refresh_answered", ok)][..], State::Active),
            (
                &[("refresh_answered", Some("token_busy"))],
                State::Refreshing,
            ),
            (
                &[
                    ("refresh_answered", Some("token_network")),
                    ("unsure", None),
                ],
                State::Unsure,
            ),
            (
                &[
                    ("refresh_answered", Some("refused")),
                    ("ended", Some("refused")),
                ],
                State::Ended,
            ),
            (&[("signed_out", None)], State::SignedOut),
        ] {
            assert_eq!(after(&[&renewing[..], rest].concat()), state, "{rest:?}");
        }
    }

    #[test]
    fn another_sign_in_leaves_a_live_connection_in_the_picture() {
        let live = [("connected", None)];
        for event in ["sign_in_started", "exchange_sent", "sign_in_failed"] {
            assert_eq!(
                after(&[&live[..], &[(event, None)]].concat()),
                State::Active
            );
        }
    }

    #[test]
    fn every_state_has_words_of_its_own() {
        for state in State::ALL {
            assert!(state.meaning().len() > 20);
            let same = State::ALL.iter().filter(|it| it.name() == state.name());
            assert_eq!(same.count(), 1);
        }
    }
}
