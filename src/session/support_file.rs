//! The support bundle: what somebody who helps needs to know, and nothing of the company. No body,
//! no query value, no name, no token, no client id, no address of a server; connections are
//! numbered, and of a server's own words only what looks like a code is kept.

use outlay_codes::{EndReason, ErrorCode};
use outlay_config::{Config, EnvironmentKind};
use outlay_vault::message::{Connection, ConnectionPhase, MESSAGE_VERSION, RecordLine, Snapshot};
use outlay_wire::record;

use super::end_reason;
use super::record::{ConnectionNumbers, place};
use super::view::SessionView;

/// Raised when the bundle's form changes.
const FORM: u32 = 1;

/// What the bundle is made from.
pub struct SupportFacts<'a> {
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
    pub view: &'a SessionView,
    /// The vault's last state.
    pub snapshot: &'a Snapshot,
    /// The record, the oldest line first.
    pub lines: Vec<RecordLine>,
}

/// A bundle. Instants are RFC 3339 texts, lengths of time milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportFile {
    /// The form of the bundle.
    pub form: u32,
    /// When.
    pub at: String,
    /// The product's version.
    pub version: String,
    /// The version of the messages between page and vault.
    pub messages: u32,
    /// The browser's own name for itself.
    pub browser: String,
    /// One vault for all tabs.
    pub vault_shared: Option<bool>,
    /// It outlives a reload.
    pub vault_outlives_reload: Option<bool>,
    /// The first part of the route.
    pub page: String,
    /// The state in view.
    pub session: Option<String>,
    /// The stable code of what ended or stopped it.
    pub code: Option<String>,
    /// As configured.
    pub idle_sign_out_minutes: Option<u32>,
    /// As configured.
    pub absolute_sign_out_hours: Option<u32>,
    /// Until everybody is signed out.
    pub idle_left: Option<u64>,
    /// Sign-ins under way.
    pub signing_in: u32,
    /// Live and ended.
    pub connections: Vec<SupportLine>,
    /// The oldest line first.
    pub record: Vec<ReplayEntry>,
}

record!(SupportFile {
    form = "bundle", at = "at", version = "version", messages = "messages", browser = "browser",
    vault_shared = "vaultShared", vault_outlives_reload = "vaultOutlivesReload", page = "page",
    session = "session", code = "code", idle_sign_out_minutes = "idleSignOutMinutes",
    absolute_sign_out_hours = "absoluteSignOutHours", idle_left = "idleLeft",
    signing_in = "signingIn", connections = "connections", record = "record",
});

/// A connection, by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportLine {
    /// The connection's number.
    pub number: Option<u32>,
    /// What it leads to.
    pub environment: Option<EnvironmentKind>,
    /// Where its machine stands.
    pub state: String,
    /// Why it ended.
    pub reason: Option<String>,
    /// The server's own code.
    pub server_code: Option<String>,
    /// How often a pair of tokens came.
    pub generation: u32,
    /// Of the access token.
    pub expires_in: Option<u64>,
    /// Of the access token, whole.
    pub lifetime: Option<u64>,
    /// Since it came.
    pub token_age: u64,
    /// Whether there is a refresh token.
    pub refreshable: bool,
    /// Until the longest session is over.
    pub session_left: u64,
    /// Whether the subject is known.
    pub subject_known: bool,
    /// How many.
    pub scopes_asked: u32,
    /// How many.
    pub scopes_granted: u32,
}

record!(SupportLine {
    number = "connection", environment = "environment", state = "state", reason = "reason",
    server_code = "serverCode", generation = "generation", expires_in = "expiresIn",
    lifetime = "lifetime", token_age = "tokenAge", refreshable = "refreshable",
    session_left = "sessionLeft", subject_known = "subjectKnown", scopes_asked = "scopesAsked",
    scopes_granted = "scopesGranted",
});

/// A line of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayEntry {
    /// When.
    pub at: String,
    /// The connection's number.
    pub number: Option<u32>,
    /// What happened.
    pub event: String,
    /// How often a pair of tokens came.
    pub generation: Option<u32>,
    /// How long it took.
    pub duration: Option<u64>,
    /// What came of it.
    pub outcome: Option<String>,
}

record!(ReplayEntry {
    at = "at", number = "connection", event = "event", generation = "generation",
    duration = "duration", outcome = "outcome",
});

/// The largest file that is read as a bundle, in bytes: a bundle of 200 lines is a tenth of it.
const LARGEST: usize = 400_000;

/// Reads a bundle that somebody has sent.
///
/// # Errors
///
/// [`ErrorCode::BundleTooLarge`], [`ErrorCode::BundleUnreadable`] and
/// [`ErrorCode::BundleOfAnotherForm`].
pub fn read(text: &str) -> Result<SupportFile, ErrorCode> {
    if text.len() > LARGEST {
        return Err(ErrorCode::BundleTooLarge);
    }
    let bundle: SupportFile = outlay_wire::from_text(text).ok_or(ErrorCode::BundleUnreadable)?;
    match bundle.form {
        FORM => Ok(bundle),
        _ => Err(ErrorCode::BundleOfAnotherForm),
    }
}

/// The bundle as JSON text. `iso` writes an instant.
pub fn bundle(facts: SupportFacts<'_>, iso: impl Fn(u64) -> String) -> String {
    let numbers = ConnectionNumbers::of(&facts.lines, facts.snapshot);
    let connections = facts.snapshot.connections.iter();
    let record = facts.lines.iter().map(|line| ReplayEntry {
        at: iso(line.at),
        number: numbers.get(line.connection.as_deref()),
        event: line.event.word().to_owned(),
        generation: line.generation,
        duration: line.duration,
        outcome: line.outcome.map(|outcome| outcome.word().to_owned()),
    });
    let config = facts.config;
    outlay_wire::to_text(&SupportFile {
        form: FORM,
        at: iso(facts.now),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        messages: MESSAGE_VERSION,
        browser: facts.browser,
        vault_shared: facts.vault.map(|(shared, _)| shared),
        vault_outlives_reload: facts.vault.map(|(_, outlives)| outlives),
        page: place(facts.route).to_owned(),
        session: facts.view.name().map(str::to_owned),
        code: end_reason::code(facts.view).map(|code| code.word().to_owned()),
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

fn line(
    connection: &Connection,
    numbers: &ConnectionNumbers,
    config: Option<&Config>,
) -> SupportLine {
    let profile = config.and_then(|config| config.profile(&connection.profile));
    let end = end_reason::of(connection);
    let state = match connection.phase {
        ConnectionPhase::Active => "active",
        ConnectionPhase::Refreshing => "refreshing",
        ConnectionPhase::Unsure => "unsure",
        ConnectionPhase::Ended(_) => "ended",
    };
    SupportLine {
        number: numbers.get(Some(&connection.id)),
        environment: profile.map(|profile| profile.kind),
        state: state.to_owned(),
        reason: end.map(|reason| reason.code().word().to_owned()),
        server_code: end.and_then(EndReason::server_code).map(plain),
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

/// The code before a server's words, where it looks like one.
fn plain(words: &str) -> String {
    let code = words.split(": ").next().unwrap_or_default();
    let like = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    if code.len() <= 32 && code.bytes().all(like) {
        code.to_owned()
    } else {
        "other".to_owned()
    }
}

#[cfg(test)]
mod tests;
