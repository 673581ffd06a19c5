//! The report card as pages and exports see it. Its sentences are finished: a page only shows them.

use outlay_config::EnvironmentKind;
use outlay_wire::{record, string_enum};

use crate::row::RowId;

/// One profile's report card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// The profile's id in `config.json`.
    pub profile: String,
    /// Its name.
    pub name: String,
    /// What kind of books it opens; some rows are refused for `production`.
    pub kind: EnvironmentKind,
    /// Whether the user has to type a client id, because the profile has none.
    pub needs_client_id: bool,
    /// The client id that is asked with; empty as long as it is not known.
    pub client_id: String,
    /// Where users are sent.
    pub authorization_endpoint: String,
    /// Where codes and refresh tokens are redeemed; a proxy of the site's own, it may be.
    pub token_endpoint: String,
    /// Where the API's paths begin.
    pub api_base: String,
    /// How far it is.
    pub phase: CheckPhase,
    /// When the run was started, as ISO 8601 in UTC; empty before.
    pub started: String,
    /// When it came to its end; empty before, and if it never did.
    pub ended: String,
    /// The version of this app that asked.
    pub outlay: String,
    /// The rows, in the order they are shown.
    pub rows: Vec<ReportRow>,
    /// What the run waits for, if it waits for the user.
    pub want: Option<WantedSignIn>,
}

record!(CheckReport {
    profile = "profile", name = "name", kind = "kind", needs_client_id = "needsClientId",
    client_id = "clientId", authorization_endpoint = "authorizationEndpoint",
    token_endpoint = "tokenEndpoint", api_base = "apiBase",
    phase = "phase", started = "started", ended = "ended", outlay = "outlay", rows = "rows", want = "want",
});

impl CheckReport {
    /// The row of this id; none that is of another version.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<&ReportRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// How a row stands.
    #[must_use]
    pub fn verdict(&self, id: RowId) -> Verdict {
        self.row(id).map_or(Verdict::Waiting, |row| row.verdict)
    }
}

/// How far a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckPhase {
    /// Nothing was asked yet.
    Ready,
    /// The questions are being asked.
    Running,
    /// The run was given up, or it broke off; everything obtained is gone.
    Cancelled,
    /// Every row has its verdict, and everything obtained is gone.
    Done,
}

string_enum!(CheckPhase { Ready = "ready", Running = "running", Cancelled = "cancelled", Done = "done" });

/// One rule, and what was found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Which rule.
    pub id: RowId,
    /// The rule in a few words.
    pub title: String,
    /// Why it matters, and where it is written.
    pub about: String,
    /// What the user has to agree to before it is looked at; none where nothing is lost by it.
    pub agree: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// Why it cannot be known.
    pub reason: Option<String>,
    /// The row that it would have needed.
    pub premise: Option<RowId>,
    /// What was seen, a sentence each.
    pub evidence: Vec<String>,
    /// What to do: a sentence, or the exact line to add somewhere.
    pub fix: Vec<String>,
}

record!(ReportRow {
    id = "id", title = "title", about = "about", agree = "agree", verdict = "verdict",
    reason = "reason", premise = "premise", evidence = "evidence", fix = "fix",
});

/// What was found out about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not yet looked at.
    Waiting,
    /// Being looked at.
    Asking,
    /// The rule is kept.
    Pass,
    /// The rule is broken.
    Fail,
    /// It cannot be known; [`ReportRow::reason`] says why.
    Unknown,
}

string_enum!(Verdict {
    Waiting = "waiting", Asking = "asking", Pass = "pass", Fail = "fail", Unknown = "unknown",
});

impl Verdict {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Waiting => "not yet",
            Verdict::Asking => "asking",
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::Unknown => "cannot know",
        }
    }
}

/// An authorization in a window of its own, to be opened from a click. The run goes on when its
/// callback page has handed over the query, or when the user says what was seen instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedSignIn {
    /// Names this window in the answer.
    pub window: u32,
    /// The row that it is for.
    pub row: RowId,
    /// The authorization request.
    pub url: String,
    /// Why the window is needed.
    pub why: String,
    /// What to do in it.
    pub to_do: String,
    /// What is asked in case the window does not come back by itself.
    pub question: String,
    /// The answers to choose from.
    pub answers: Vec<QuestionChoice>,
}

record!(WantedSignIn {
    window = "window", row = "row", url = "url", why = "why", to_do = "toDo",
    question = "question", answers = "answers",
});

/// An answer of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionChoice {
    /// What it says to the probe.
    pub sight: Observation,
    /// What it says to the user.
    pub label: String,
}

record!(QuestionChoice { sight = "sight", label = "label" });

/// What the user saw in a window that did not come back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observation {
    /// An error page of the authorization server.
    Refused,
    /// This app, while the card did not go on.
    Back,
    /// Something else, or the window was left out.
    Skipped,
}

string_enum!(Observation { Refused = "refused", Back = "back", Skipped = "skipped" });
