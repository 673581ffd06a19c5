//! The states of a session, derived from the record, for the diagram and the replay.

use outlay_codes::{RecordKind, RecordNote, RecordOutcome};
use outlay_vault::message::{ConnectionPhase, Snapshot};

use super::messages::state as messages;

/// A state in the diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineState {
    /// There is no connection.
    SignedOut,
    /// The user is at Pleo.
    Pending,
    /// The code is being exchanged.
    Exchanging,
    /// The connection has tokens.
    Active,
    /// A refresh request is in progress.
    Refreshing,
    /// The outcome of a refresh is unknown.
    Unsure,
    /// The connection has ended.
    Ended,
}

impl MachineState {
    /// Every state, in the order of a session.
    pub const ALL: [MachineState; 7] = [
        MachineState::SignedOut,
        MachineState::Pending,
        MachineState::Exchanging,
        MachineState::Active,
        MachineState::Refreshing,
        MachineState::Unsure,
        MachineState::Ended,
    ];

    /// Returns the label in the diagram.
    pub fn name(self) -> &'static str {
        match self {
            MachineState::SignedOut => messages::SIGNED_OUT,
            MachineState::Pending => messages::PENDING,
            MachineState::Exchanging => messages::EXCHANGING,
            MachineState::Active => messages::ACTIVE,
            MachineState::Refreshing => messages::REFRESHING,
            MachineState::Unsure => messages::UNKNOWN,
            MachineState::Ended => messages::ENDED,
        }
    }

    /// Returns the description below the diagram.
    pub fn meaning(self) -> &'static str {
        match self {
            MachineState::SignedOut => messages::SIGNED_OUT_MEANING,
            MachineState::Pending => messages::PENDING_MEANING,
            MachineState::Exchanging => messages::EXCHANGING_MEANING,
            MachineState::Active => messages::ACTIVE_MEANING,
            MachineState::Refreshing => messages::REFRESHING_MEANING,
            MachineState::Unsure => messages::UNKNOWN_MEANING,
            MachineState::Ended => messages::ENDED_MEANING,
        }
    }

    /// Returns the state after an event; `self` if the event does not change the state.
    pub fn after(self, event: RecordKind, outcome: Option<RecordOutcome>) -> MachineState {
        match event {
            RecordKind::SignInStarted if !self.lives() => MachineState::Pending,
            RecordKind::ExchangeSent if !self.lives() => MachineState::Exchanging,
            RecordKind::SignInFailed if !self.lives() => MachineState::SignedOut,
            RecordKind::Connected => MachineState::Active,
            RecordKind::RefreshSent => MachineState::Refreshing,
            RecordKind::RefreshAnswered if outcome == Some(RecordNote::Ok.into()) => {
                MachineState::Active
            }
            RecordKind::Unsure => MachineState::Unsure,
            RecordKind::Ended => MachineState::Ended,
            RecordKind::SignedOut => MachineState::SignedOut,
            RecordKind::SignInStarted
            | RecordKind::ExchangeSent
            | RecordKind::SignInFailed
            | RecordKind::RefreshAnswered
            | RecordKind::Callback
            | RecordKind::ExchangeAnswered
            | RecordKind::TokenAnswerOdd
            | RecordKind::IntrospectionSent
            | RecordKind::IntrospectionAnswered
            | RecordKind::Replaced
            | RecordKind::RefreshAsked
            | RecordKind::NetworkChecked
            | RecordKind::Woke
            | RecordKind::RevocationSent
            | RecordKind::AnswerDropped
            | RecordKind::QueueFormed
            | RecordKind::QueueCleared
            | RecordKind::CallRepeated => self,
        }
    }

    /// Returns the current state of the connection in view, else of the newest one.
    pub fn now(snapshot: &Snapshot, in_view: Option<&str>) -> MachineState {
        let all = &snapshot.connections;
        let chosen = all.iter().find(|it| Some(it.id.as_str()) == in_view);
        let live = all
            .iter()
            .rev()
            .find(|it| !matches!(it.phase, ConnectionPhase::Ended(_)));
        if let Some(connection) = chosen.or(live) {
            return match connection.phase {
                ConnectionPhase::Active => MachineState::Active,
                ConnectionPhase::Refreshing => MachineState::Refreshing,
                ConnectionPhase::Unsure => MachineState::Unsure,
                ConnectionPhase::Ended(_) => MachineState::Ended,
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
    use outlay_codes::ErrorCode;

    fn after(events: &[(RecordKind, Option<RecordOutcome>)]) -> MachineState {
        events
            .iter()
            .fold(MachineState::SignedOut, |state, (event, outcome)| {
                state.after(*event, *outcome)
            })
    }

    #[test]
    fn session_state_is_derived_from_its_record() {
        let ok = Some(RecordOutcome::from(RecordNote::Ok));
        let begin = [
            (RecordKind::SignInStarted, None),
            (RecordKind::Callback, ok),
            (RecordKind::ExchangeSent, None),
        ];
        assert_eq!(after(&begin[..1]), MachineState::Pending);
        assert_eq!(after(&begin[..2]), MachineState::Pending);
        assert_eq!(after(&begin), MachineState::Exchanging);
        let live = [
            &begin[..],
            &[
                (RecordKind::ExchangeAnswered, ok),
                (RecordKind::Connected, Some(RecordNote::New.into())),
            ],
        ]
        .concat();
        assert_eq!(after(&live), MachineState::Active);
        let renewing = [
            &live[..],
            &[
                (RecordKind::RefreshAsked, Some(RecordNote::Due.into())),
                (RecordKind::RefreshSent, None),
            ],
        ]
        .concat();
        assert_eq!(after(&renewing), MachineState::Refreshing);
        for (rest, state) in [
            (
                &[(RecordKind::RefreshAnswered, ok)][..],
                MachineState::Active,
            ),
            (
                &[(
                    RecordKind::RefreshAnswered,
                    Some(ErrorCode::TokenBusy.into()),
                )],
                MachineState::Refreshing,
            ),
            (
                &[
                    (
                        RecordKind::RefreshAnswered,
                        Some(ErrorCode::TokenNetwork.into()),
                    ),
                    (RecordKind::Unsure, None),
                ],
                MachineState::Unsure,
            ),
            (
                &[
                    (RecordKind::RefreshAnswered, Some(ErrorCode::Refused.into())),
                    (RecordKind::Ended, Some(ErrorCode::Refused.into())),
                ],
                MachineState::Ended,
            ),
            (&[(RecordKind::SignedOut, None)], MachineState::SignedOut),
        ] {
            assert_eq!(after(&[&renewing[..], rest].concat()), state, "{rest:?}");
        }
    }

    #[test]
    fn second_sign_in_keeps_the_live_connection_in_the_diagram() {
        let live = [(RecordKind::Connected, None)];
        for event in [
            RecordKind::SignInStarted,
            RecordKind::ExchangeSent,
            RecordKind::SignInFailed,
        ] {
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
