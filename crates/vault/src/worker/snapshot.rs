//! What pages are shown of the machines.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::redact::mask_tokens;
use outlay_oauth::session::Sessions;
use outlay_oauth::session::io::{ConnectionId, EndReason, PendingSignIn};
use outlay_oauth::session::record::RecordEvent;
use outlay_oauth::time::Now;

use crate::message::{Connection, ConnectionPhase, RecordLine, Snapshot, StoredSignIn};

/// The copy of a pending sign-in that a page may keep.
pub(super) fn stored(kept: &PendingSignIn) -> StoredSignIn {
    let ClientSettings {
        profile, client_id, ..
    } = &*kept.start.client;
    StoredSignIn {
        state: kept.state.as_str().to_owned(),
        code_verifier: kept.verifier.reveal().to_owned(),
        profile: profile.clone(),
        client_id: client_id.clone(),
        scopes: kept.start.scopes.clone(),
        return_to: kept.start.return_to.clone(),
        target: kept.start.target.as_ref().map(|id| id.0.clone()),
        created_at: kept.created_at,
    }
}

/// A line of the record.
pub(super) fn record(event: RecordEvent, sessions: &Sessions, now: Now) -> RecordLine {
    let of = |id: &ConnectionId| {
        let all = sessions.connections(now).into_iter();
        all.filter(|view| view.id == id.0)
            .map(|view| view.generation)
            .next()
    };
    RecordLine {
        at: now.wall,
        generation: event.connection.as_ref().and_then(of),
        connection: event.connection.map(|id| id.0),
        event: event.kind,
        duration: event.duration,
        outcome: event.outcome,
    }
}

/// What pages are shown of the machines.
pub(super) fn snapshot(sessions: &Sessions, now: Now) -> Snapshot {
    Snapshot {
        connections: sessions
            .connections(now)
            .into_iter()
            .map(for_pages)
            .collect(),
        sign_ins: sessions.sign_ins(),
        idle_left: sessions.idle_left(now),
        config_waits: None,
        last_in_view: None,
    }
}

/// Removes what no page may know of an ended connection: a token that the server repeated in its
/// error, and the company.
fn for_pages(mut connection: Connection) -> Connection {
    if let ConnectionPhase::Ended(reason) = &mut connection.phase {
        if let EndReason::Refused(code) = reason {
            *code = mask_tokens(code);
        }
        connection.subject = None;
    }
    connection
}
