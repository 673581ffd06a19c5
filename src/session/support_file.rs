//! The support file: data for a person who investigates a problem, without company data. It contains no
//! body, query value, name, token, client ID or server address. Connections have numbers, and of a
//! server's error text only a well-formed code is kept.

use outlay_codes::{EndReason, ErrorCode};
use outlay_config::{Config, EnvironmentKind};
use outlay_vault::message::{Connection, ConnectionPhase, MESSAGE_VERSION, RecordLine, Snapshot};
use outlay_wire::record;

use super::end_reason;
use super::record::{ConnectionNumbers, place};
use super::view::SessionView;

/// The version of the file format. Incremented with each change of the format.
const FORM: u32 = 1;

/// The sources of a support file.
pub struct SupportFacts<'a> {
    /// The current instant, in milliseconds since the Unix epoch.
    pub now: u64,
    /// The browser's user agent string.
    pub browser: String,
    /// Whether one vault serves all tabs, and whether it survives a reload; `None` until both are
    /// known.
    pub vault: Option<(bool, bool)>,
    /// The current route.
    pub route: &'a str,
    /// The deployment's configuration.
    pub config: Option<&'a Config>,
    /// The state in view.
    pub view: &'a SessionView,
    /// The vault's last snapshot.
    pub snapshot: &'a Snapshot,
    /// The record, the oldest line first.
    pub lines: Vec<RecordLine>,
}

/// A support file. Instants are RFC 3339 texts, durations are in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportFile {
    /// The version of the file format.
    pub form: u32,
    /// When the file was made.
    pub at: String,
    /// The product's version.
    pub version: String,
    /// The version of the messages between page and vault.
    pub messages: u32,
    /// The browser's user agent string.
    pub browser: String,
    /// Whether one vault serves all tabs.
    pub vault_shared: Option<bool>,
    /// Whether the vault survives a reload.
    pub vault_outlives_reload: Option<bool>,
    /// The first segment of the route.
    pub page: String,
    /// The state in view: the value of `data-session`.
    pub session: Option<String>,
    /// The code of the reason why nothing is connected.
    pub code: Option<String>,
    /// The configured idle limit.
    pub idle_sign_out_minutes: Option<u32>,
    /// The configured limit of a session.
    pub absolute_sign_out_hours: Option<u32>,
    /// Time until the idle limit signs out all companies.
    pub idle_left: Option<u64>,
    /// The number of sign-ins in progress.
    pub signing_in: u32,
    /// The live and the ended connections.
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

/// A connection in a support file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportLine {
    /// The connection's number in this file.
    pub number: Option<u32>,
    /// The kind of environment.
    pub environment: Option<EnvironmentKind>,
    /// The phase: `active`, `refreshing`, `unsure` or `ended`.
    pub state: String,
    /// The code of the reason for the end.
    pub reason: Option<String>,
    /// The error code that the server sent; `other` if it is not a well-formed code.
    pub server_code: Option<String>,
    /// The generation of the tokens.
    pub generation: u32,
    /// Time until the access token expires.
    pub expires_in: Option<u64>,
    /// The whole lifetime of the access token.
    pub lifetime: Option<u64>,
    /// Time since the tokens arrived.
    pub token_age: u64,
    /// Whether there is a refresh token.
    pub refreshable: bool,
    /// Time until the session limit.
    pub session_left: u64,
    /// Whether introspection has returned the subject.
    pub subject_known: bool,
    /// The number of requested scopes.
    pub scopes_asked: u32,
    /// The number of granted scopes.
    pub scopes_granted: u32,
}

record!(SupportLine {
    number = "connection", environment = "environment", state = "state", reason = "reason",
    server_code = "serverCode", generation = "generation", expires_in = "expiresIn",
    lifetime = "lifetime", token_age = "tokenAge", refreshable = "refreshable",
    session_left = "sessionLeft", subject_known = "subjectKnown", scopes_asked = "scopesAsked",
    scopes_granted = "scopesGranted",
});

/// An event of the record in a support file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayEntry {
    /// When the event happened.
    pub at: String,
    /// The connection's number.
    pub number: Option<u32>,
    /// The event's code.
    pub event: String,
    /// The generation of the tokens.
    pub generation: Option<u32>,
    /// How long the request took.
    pub duration: Option<u64>,
    /// The code of the outcome.
    pub outcome: Option<String>,
}

record!(ReplayEntry {
    at = "at", number = "connection", event = "event", generation = "generation",
    duration = "duration", outcome = "outcome",
});

/// The largest file that is read, in bytes: ten times a file of 200 events.
const LARGEST: usize = 400_000;

/// Parses a support file.
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

/// Returns the support file as JSON text. `iso` formats an instant.
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

/// Returns the code at the beginning of a server's error text; `other` if it is not well-formed.
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
