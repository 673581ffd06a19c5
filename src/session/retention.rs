//! Decides whether loaded company data is shown, hidden or dropped when the connection in view changes.
//!
//! After a refusal, an expiry, a refresh with an unknown outcome or a revocation the data is
//! hidden, and shown again once the same company is connected. After every other end it is dropped.

use outlay_codes::EndReason;
use outlay_vault::message::{Connection, ConnectionPhase};

use super::view::SessionView;

/// How long hidden data is kept, in milliseconds.
pub const RETENTION_PERIOD: f64 = 600_000.0;

/// The connection that loaded the data, and whether the data is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataOwner {
    /// The connection's id.
    pub connection: String,
    /// Its profile.
    pub profile: String,
    /// Its subject; `None` until introspection has returned it.
    pub subject: Option<String>,
    /// Incremented when all data must be dropped, for any owner.
    pub epoch: u32,
    /// Whether the data is hidden because the connection has ended.
    pub retained: bool,
}

/// What happens to the loaded data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetentionAction {
    /// The data stays as it is.
    Unchanged,
    /// The data is removed from the page and kept in memory.
    Hide,
    /// Hidden data is shown again.
    Restore,
    /// The data is dropped.
    Drop,
}

impl DataOwner {
    /// Returns the owner of the data after the view changes; `None` if no data may be kept.
    pub fn next(before: Option<&DataOwner>, view: &SessionView, epoch: u32) -> Option<DataOwner> {
        match view {
            SessionView::Live(live) => Some(DataOwner::of(live, epoch)),
            SessionView::Ended(ended) => before
                .filter(|owner| owner.epoch == epoch && owner.connection == ended.id)
                // Without a subject, the same company could not be recognised.
                .filter(|owner| owner.subject.is_some() && is_retained_after(&ended.phase))
                .map(|owner| DataOwner {
                    retained: true,
                    ..owner.clone()
                }),
            // A redirect replaces this page and drops its data anyway.
            SessionView::Authorizing | SessionView::Exchanging => before.cloned(),
            _ => None,
        }
    }

    fn of(live: &Connection, epoch: u32) -> DataOwner {
        DataOwner {
            connection: live.id.clone(),
            profile: live.profile.clone(),
            subject: live.subject.clone(),
            epoch,
            retained: false,
        }
    }

    /// Returns the action for a change of owner.
    pub fn retention_action(
        before: Option<&DataOwner>,
        after: Option<&DataOwner>,
    ) -> RetentionAction {
        let (Some(before), Some(after)) = (before, after) else {
            return match before {
                Some(_) => RetentionAction::Drop,
                None => RetentionAction::Unchanged,
            };
        };
        let same = before.connection == after.connection
            && before.profile == after.profile
            && before.epoch == after.epoch
            // The subject of a connection may become known later.
            && (before.subject == after.subject || (before.subject.is_none() && !before.retained));
        match (same, before.retained, after.retained) {
            (false, ..) => RetentionAction::Drop,
            (true, false, true) => RetentionAction::Hide,
            (true, true, false) => RetentionAction::Restore,
            (true, ..) => RetentionAction::Unchanged,
        }
    }
}

/// Whether the user may continue where they were after this end.
fn is_retained_after(phase: &ConnectionPhase) -> bool {
    match phase {
        ConnectionPhase::Ended(reason) => match reason {
            EndReason::Refused(_) | EndReason::Expired | EndReason::Unsure | EndReason::Revoked => {
                true
            }
            EndReason::Idle | EndReason::Absolute => false,
        },
        ConnectionPhase::Active | ConnectionPhase::Refreshing | ConnectionPhase::Unsure => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::view::tests::connection;
    use outlay_codes::ErrorCode;

    const OURS: &str = "urn:pleo:company:ours";

    fn live(id: &str, subject: Option<&str>) -> SessionView {
        SessionView::Live(Connection {
            subject: subject.map(str::to_owned),
            ..connection(id, ConnectionPhase::Active)
        })
    }

    fn ended(id: &str, reason: EndReason) -> SessionView {
        SessionView::Ended(connection(id, ConnectionPhase::Ended(reason)))
    }

    fn refused() -> EndReason {
        EndReason::Refused("invalid_grant".to_owned())
    }

    /// Returns the actions for a sequence of views.
    fn actions(views: &[SessionView]) -> Vec<RetentionAction> {
        let mut owner = None;
        let mut actions = Vec::new();
        for view in views {
            let next = DataOwner::next(owner.as_ref(), view, 0);
            actions.push(DataOwner::retention_action(owner.as_ref(), next.as_ref()));
            owner = next;
        }
        actions
    }

    #[test]
    fn same_profile_and_subject_restores_the_data() {
        for reason in [
            refused(),
            EndReason::Expired,
            EndReason::Unsure,
            EndReason::Revoked,
        ] {
            let views = [
                live("a", Some(OURS)),
                ended("a", reason),
                live("a", Some(OURS)),
            ];
            assert_eq!(
                actions(&views),
                [
                    RetentionAction::Unchanged,
                    RetentionAction::Hide,
                    RetentionAction::Restore
                ]
            );
        }
    }

    #[test]
    fn other_profile_or_subject_drops_the_data() {
        for other in [
            live("b", Some("urn:pleo:company:other")),
            live("b", Some(OURS)),
            live("a", Some("urn:pleo:company:other")),
            live("a", None),
        ] {
            let views = [live("a", Some(OURS)), ended("a", refused()), other];
            assert_eq!(
                actions(&views),
                [
                    RetentionAction::Unchanged,
                    RetentionAction::Hide,
                    RetentionAction::Drop
                ]
            );
        }
    }

    #[test]
    fn every_other_end_reason_drops_the_data() {
        for end in [
            ended("a", EndReason::Idle),
            ended("a", EndReason::Absolute),
            ended("b", refused()),
            SessionView::SignedOut,
            SessionView::Broken(ErrorCode::VaultLost),
        ] {
            assert_eq!(
                actions(&[live("a", Some(OURS)), end.clone()])[1],
                RetentionAction::Drop
            );
            let retained = [live("a", Some(OURS)), ended("a", refused()), end];
            assert_eq!(actions(&retained)[2], RetentionAction::Drop);
        }
    }

    #[test]
    fn data_without_a_known_subject_is_dropped() {
        let views = [live("a", None), ended("a", refused())];
        assert_eq!(
            actions(&views),
            [RetentionAction::Unchanged, RetentionAction::Drop]
        );
        // A subject that becomes known later is the same owner.
        let views = [
            live("a", None),
            live("a", Some(OURS)),
            ended("a", refused()),
        ];
        assert_eq!(
            actions(&views),
            [
                RetentionAction::Unchanged,
                RetentionAction::Unchanged,
                RetentionAction::Hide
            ]
        );
    }

    #[test]
    fn new_epoch_drops_visible_and_retained_data() {
        let sight = DataOwner::next(None, &live("a", Some(OURS)), 0);
        let later = DataOwner::next(sight.as_ref(), &live("a", Some(OURS)), 1);
        assert_eq!(
            DataOwner::retention_action(sight.as_ref(), later.as_ref()),
            RetentionAction::Drop
        );
        let retained = DataOwner::next(sight.as_ref(), &ended("a", refused()), 0);
        let lapsed = DataOwner::next(retained.as_ref(), &ended("a", refused()), 1);
        assert_eq!(lapsed, None);
    }
}
