//! Whose the things are that this page has read, and what becomes of them when the view changes.
//!
//! After a refusal, an expiry, an unclear renewal or a revocation they are kept out of sight, for
//! the same company to come back to. After every other end they are dropped.

use outlay_vault::message::{Connection, Phase};

use super::view::View;

/// How long things are kept out of sight, in milliseconds.
pub const KEPT_FOR: f64 = 600_000.0;

/// Whose the things are, and whether they are in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The connection that read them.
    pub connection: String,
    /// Its profile.
    pub profile: String,
    /// Its subject, once that is known.
    pub subject: Option<String>,
    /// Rises whenever everything has to go, whosever it is.
    pub epoch: u32,
    /// Out of sight, since the connection has ended.
    pub kept: bool,
}

/// What is to be done with the things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They stay as they are.
    Stay,
    /// They leave the document and wait.
    Keep,
    /// They come back.
    Return,
    /// They are dropped.
    Drop,
}

impl Hold {
    /// The hold under a new view.
    pub fn next(before: Option<&Hold>, view: &View, epoch: u32) -> Option<Hold> {
        match view {
            View::Live(live) => Some(Hold::of(live, epoch)),
            View::Ended(ended) => before
                .filter(|hold| hold.epoch == epoch && hold.connection == ended.id)
                // Whose things they are must be known, for the same one to be recognised.
                .filter(|hold| hold.subject.is_some() && is_kept_after(&ended.phase))
                .map(|hold| Hold {
                    kept: true,
                    ..hold.clone()
                }),
            // This page is about to leave; what it holds goes when it does.
            View::Authorizing | View::Exchanging => before.cloned(),
            _ => None,
        }
    }

    fn of(live: &Connection, epoch: u32) -> Hold {
        Hold {
            connection: live.id.clone(),
            profile: live.profile.clone(),
            subject: live.subject.clone(),
            epoch,
            kept: false,
        }
    }

    /// What the change from one hold to the next does to the things.
    pub fn fate(before: Option<&Hold>, after: Option<&Hold>) -> Fate {
        let (Some(before), Some(after)) = (before, after) else {
            return match before {
                Some(_) => Fate::Drop,
                None => Fate::Stay,
            };
        };
        let same = before.connection == after.connection
            && before.profile == after.profile
            && before.epoch == after.epoch
            // Introspection may tell late whose a connection is.
            && (before.subject == after.subject || (before.subject.is_none() && !before.kept));
        match (same, before.kept, after.kept) {
            (false, ..) => Fate::Drop,
            (true, false, true) => Fate::Keep,
            (true, true, false) => Fate::Return,
            (true, ..) => Fate::Stay,
        }
    }
}

/// Ends after which the user goes on where they were.
fn is_kept_after(phase: &Phase) -> bool {
    match phase {
        Phase::Ended { reason, .. } => {
            matches!(&**reason, "refused" | "expired" | "unsure" | "revoked")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::view::tests::connection;

    const OURS: &str = "urn:pleo:company:ours";

    fn live(id: &str, subject: Option<&str>) -> View {
        View::Live(Connection {
            subject: subject.map(str::to_owned),
            ..connection(id, Phase::Active)
        })
    }

    fn ended(id: &str, reason: &str) -> View {
        let phase = Phase::Ended {
            reason: reason.to_owned(),
            server_code: None,
        };
        View::Ended(connection(id, phase))
    }

    /// The fates along a row of views.
    fn fates(views: &[View]) -> Vec<Fate> {
        let mut hold = None;
        let mut fates = Vec::new();
        for view in views {
            let next = Hold::next(hold.as_ref(), view, 0);
            fates.push(Hold::fate(hold.as_ref(), next.as_ref()));
            hold = next;
        }
        fates
    }

    #[test]
    fn the_same_company_gets_its_things_back() {
        for reason in ["refused", "expired", "unsure", "revoked"] {
            let views = [
                live("a", Some(OURS)),
                ended("a", reason),
                live("a", Some(OURS)),
            ];
            assert_eq!(fates(&views), [Fate::Stay, Fate::Keep, Fate::Return]);
        }
    }

    #[test]
    fn nobody_else_does() {
        for other in [
            live("b", Some("urn:pleo:company:other")),
            live("b", Some(OURS)),
            live("a", Some("urn:pleo:company:other")),
            live("a", None),
        ] {
            let views = [live("a", Some(OURS)), ended("a", "refused"), other];
            assert_eq!(fates(&views), [Fate::Stay, Fate::Keep, Fate::Drop]);
        }
    }

    #[test]
    fn every_other_end_drops_them() {
        for end in [
            ended("a", "idle"),
            ended("a", "absolute"),
            ended("b", "refused"),
            View::SignedOut,
            View::Broken("vault_lost"),
        ] {
            assert_eq!(fates(&[live("a", Some(OURS)), end.clone()])[1], Fate::Drop);
            let kept = [live("a", Some(OURS)), ended("a", "refused"), end];
            assert_eq!(fates(&kept)[2], Fate::Drop);
        }
    }

    #[test]
    fn what_is_nobodys_for_certain_is_not_kept() {
        let views = [live("a", None), ended("a", "refused")];
        assert_eq!(fates(&views), [Fate::Stay, Fate::Drop]);
        // But a subject that is told late is no other one.
        let views = [
            live("a", None),
            live("a", Some(OURS)),
            ended("a", "refused"),
        ];
        assert_eq!(fates(&views), [Fate::Stay, Fate::Stay, Fate::Keep]);
    }

    #[test]
    fn a_new_epoch_drops_them_in_sight_and_out_of_it() {
        let sight = Hold::next(None, &live("a", Some(OURS)), 0);
        let later = Hold::next(sight.as_ref(), &live("a", Some(OURS)), 1);
        assert_eq!(Hold::fate(sight.as_ref(), later.as_ref()), Fate::Drop);
        let kept = Hold::next(sight.as_ref(), &ended("a", "refused"), 0);
        let lapsed = Hold::next(kept.as_ref(), &ended("a", "refused"), 1);
        assert_eq!(lapsed, None);
    }
}
