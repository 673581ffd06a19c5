//! The support bundle: what somebody who helps needs to know, and nothing of the company. No body,
//! no query value, no name, no token, no client id, no address of a server; connections are
//! numbered, and of a server's own words only what looks like a code is kept.

use outlay_config::{Config, Kind};
use outlay_vault::message::{Connection, MESSAGE_VERSION, Phase, Record, Snapshot};
use outlay_wire::record;

use super::ends;
use super::record::{Numbers, place};
use super::view::View;

/// Raised when the bundle's form changes.
const FORM: u32 = 1;

/// What the bundle is made from.
pub struct Facts<'a> {
    /// The present instant, in milliseconds since the Unix epoch.
    pub now: u64,
    /// The browser's own name for itself.
    pub browser: String,
    /// One vault for all tabs, and one that outlives a reload; none while neither is known.
    pub vault: Option<(bool, bool)>,
    /// The present route.
    pub route: &'a str,
    /// The deployment's configuration.
    pub config: Option<&'a Config>,
    /// What the page shows.
    pub view: &'a View,
    /// What the vault has told.
    pub snapshot: &'a Snapshot,
    /// The record, the oldest line first.
    pub lines: Vec<Record>,
}

struct Bundle {
    form: u32,
    at: String,
    version: String,
    messages: u32,
    browser: String,
    vault_shared: Option<bool>,
    vault_outlives_reload: Option<bool>,
    page: String,
    session: Option<String>,
    code: Option<String>,
    idle_sign_out_minutes: Option<u32>,
    absolute_sign_out_hours: Option<u32>,
    idle_left: Option<u64>,
    signing_in: u32,
    connections: Vec<Line>,
    record: Vec<Entry>,
}

record!(Bundle {
    form = "bundle", at = "at", version = "version", messages = "messages", browser = "browser",
    vault_shared = "vaultShared", vault_outlives_reload = "vaultOutlivesReload", page = "page",
    session = "session", code = "code", idle_sign_out_minutes = "idleSignOutMinutes",
    absolute_sign_out_hours = "absoluteSignOutHours", idle_left = "idleLeft",
    signing_in = "signingIn", connections = "connections", record = "record",
});

struct Line {
    number: Option<u32>,
    environment: Option<Kind>,
    state: String,
    reason: Option<String>,
    server_code: Option<String>,
    generation: u32,
    expires_in: Option<u64>,
    lifetime: Option<u64>,
    token_age: u64,
    refreshable: bool,
    session_left: u64,
    subject_known: bool,
    scopes_asked: u32,
    scopes_granted: u32,
}

record!(Line {
    number = "connection", environment = "environment", state = "state", reason = "reason",
    server_code = "serverCode", generation = "generation", expires_in = "expiresIn",
    lifetime = "lifetime", token_age = "tokenAge", refreshable = "refreshable",
    session_left = "sessionLeft", subject_known = "subjectKnown", scopes_asked = "scopesAsked",
    scopes_granted = "scopesGranted",
});

struct Entry {
    at: String,
    number: Option<u32>,
    event: String,
    duration: Option<u64>,
    outcome: Option<String>,
}

record!(Entry {
    at = "at", number = "connection", event = "event", duration = "duration", outcome = "outcome",
});

/// The bundle as JSON text. `iso` writes an instant.
pub fn bundle(facts: Facts<'_>, iso: impl Fn(u64) -> String) -> String {
    let numbers = Numbers::of(&facts.lines, facts.snapshot);
    let connections = facts.snapshot.connections.iter();
    let record = facts.lines.iter().map(|line| Entry {
        at: iso(line.at),
        number: numbers.get(line.connection.as_deref()),
        event: line.event.clone(),
        duration: line.duration,
        outcome: line.outcome.clone(),
    });
    let config = facts.config;
    outlay_wire::to_text(&Bundle {
        form: FORM,
        at: iso(facts.now),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        messages: MESSAGE_VERSION,
        browser: facts.browser,
        vault_shared: facts.vault.map(|(shared, _)| shared),
        vault_outlives_reload: facts.vault.map(|(_, outlives)| outlives),
        page: place(facts.route).to_owned(),
        session: facts.view.name().map(str::to_owned),
        code: ends::code(facts.view),
        idle_sign_out_minutes: config.map(|config| config.idle_sign_out_minutes),
        absolute_sign_out_hours: config.map(|config| config.absolute_sign_out_hours),
        idle_left: facts.snapshot.idle_left,
        signing_in: count(facts.snapshot.sign_ins.len()),
        connections: connections
            .map(|connection| line(connection, &numbers, config))
            .collect(),
        record: record.collect(),
    })
}

fn line(connection: &Connection, numbers: &Numbers, config: Option<&Config>) -> Line {
    let profile = config.and_then(|config| config.profile(&connection.profile));
    let end = ends::End::of(connection);
    let state = match connection.phase {
        Phase::Active => "active",
        Phase::Refreshing => "refreshing",
        Phase::Unsure => "unsure",
        Phase::Ended { .. } => "ended",
    };
    Line {
        number: numbers.get(Some(&connection.id)),
        environment: profile.map(|profile| profile.kind),
        state: state.to_owned(),
        reason: end.as_ref().map(|end| end.reason.clone()),
        server_code: end.and_then(|end| end.server_code).map(|code| plain(&code)),
        generation: connection.generation,
        expires_in: connection.expires_in,
        lifetime: connection.lifetime,
        token_age: connection.token_age,
        refreshable: connection.refreshable,
        session_left: connection.session_left,
        subject_known: connection.subject.is_some(),
        scopes_asked: count(connection.scopes_asked.len()),
        scopes_granted: count(connection.scopes_granted.len()),
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// A code as it came, where it looks like one.
fn plain(code: &str) -> String {
    let like = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    if code.len() <= 32 && code.bytes().all(like) {
        code.to_owned()
    } else {
        "other".to_owned()
    }
}

#[cfg(test)]
mod tests;
