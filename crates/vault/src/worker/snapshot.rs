//! What pages are shown: the machines' views in the words of the messages.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::redact::mask_tokens;
use outlay_oauth::session::io::{ConnectionId, EndReason, PendingSignIn};
use outlay_oauth::session::record::RecordEvent;
use outlay_oauth::session::{
    ConnectionPhase as MachinePhase, ConnectionView, Sessions, SignInView,
};
use outlay_oauth::time::Now;

use crate::message::{Connection, Phase, RecordLine, SignIn, Snapshot, StoredSignIn};

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
        all.filter(|view| view.id == *id)
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
    let sign_in = |it: SignInView| SignIn {
        id: it.id,
        profile: it.profile,
        exchanging: it.exchanging,
    };
    Snapshot {
        connections: sessions
            .connections(now)
            .into_iter()
            .map(connection)
            .collect(),
        sign_ins: sessions.sign_ins().into_iter().map(sign_in).collect(),
        idle_left: sessions.idle_left(now),
        config_waits: None,
    }
}

fn connection(view: ConnectionView) -> Connection {
    let is_over = matches!(view.phase, MachinePhase::Ended(_));
    Connection {
        id: view.id.0,
        profile: view.profile,
        phase: match view.phase {
            MachinePhase::Active => Phase::Active,
            MachinePhase::Refreshing => Phase::Refreshing,
            MachinePhase::Unsure => Phase::Unsure,
            MachinePhase::Ended(EndReason::Refused(code)) => {
                Phase::Ended(EndReason::Refused(mask_tokens(&code)))
            }
            MachinePhase::Ended(reason) => Phase::Ended(reason),
        },
        generation: view.generation,
        // Which company it was is nothing that a page has to know afterwards.
        subject: view.subject.filter(|_| !is_over),
        application: view.application,
        scopes_asked: view.asked,
        scopes_granted: view.granted,
        expires_in: view.expires_in,
        lifetime: view.lifetime,
        token_age: view.token_age,
        refreshable: view.refreshable,
        session_left: view.session_left,
    }
}
