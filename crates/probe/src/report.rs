//! The report of a connection test, as pages and exports read it. Its sentences are complete; a
//! page only shows them.

use outlay_config::EnvironmentKind;
use outlay_wire::{record, string_enum};

use crate::row_id::RowId;

/// The report of one profile's connection test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// Id of the profile in `config.json`.
    pub profile: String,
    /// Name of the profile on screen.
    pub name: String,
    /// Kind of environment; for `production` rows with side effects are not run.
    pub kind: EnvironmentKind,
    /// Whether the user has to enter a client ID because the profile has none.
    pub needs_client_id: bool,
    /// The client ID of the requests; empty until it is known.
    pub client_id: String,
    /// Absolute URL of the authorization endpoint.
    pub authorization_endpoint: String,
    /// The endpoint that redeems codes and refresh tokens; it may be a proxy on the site's own
    /// origin.
    pub token_endpoint: String,
    /// Base of the API's paths, absolute, without a trailing slash.
    pub api_base: String,
    /// State of the run; rows change only while it is `Running`.
    pub phase: CheckPhase,
    /// When the run was started, as ISO 8601 in UTC; empty before.
    pub started: String,
    /// When the run ended, as ISO 8601 in UTC; empty before, and if it was cancelled.
    pub ended: String,
    /// Version of the app that ran the test.
    pub outlay: String,
    /// The rows in the order on screen.
    pub rows: Vec<ReportRow>,
    /// The popup that the run waits for; `None` if it waits for nothing.
    pub want: Option<WantedSignIn>,
}

record!(CheckReport {
    profile = "profile", name = "name", kind = "kind", needs_client_id = "needsClientId",
    client_id = "clientId", authorization_endpoint = "authorizationEndpoint",
    token_endpoint = "tokenEndpoint", api_base = "apiBase",
    phase = "phase", started = "started", ended = "ended", outlay = "outlay", rows = "rows", want = "want",
});

impl CheckReport {
    /// Returns the row with this id; `None` in a report of another version.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<&ReportRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// Returns the verdict of a row; `Waiting` if the report has no such row.
    #[must_use]
    pub fn verdict(&self, id: RowId) -> Verdict {
        self.row(id).map_or(Verdict::Waiting, |row| row.verdict)
    }
}

/// State of a run, in this order; a run can be started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckPhase {
    /// Not started; every row is waiting or cannot be known.
    Ready,
    /// Requests are being sent.
    Running,
    /// Cancelled or aborted; all obtained tokens are dropped.
    Cancelled,
    /// Every row has its verdict; all obtained tokens are dropped.
    Done,
}

string_enum!(CheckPhase { Ready = "ready", Running = "running", Cancelled = "cancelled", Done = "done" });

/// One rule with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Id of the rule, as exports name it.
    pub id: RowId,
    /// Short name of the rule, for tables.
    pub title: String,
    /// Why the rule matters, and the standard that states it.
    pub about: String,
    /// The side effect that the user has to agree to first; `None` for a row without one.
    pub agree: Option<String>,
    /// Result of the check.
    pub verdict: Verdict,
    /// Why there is no result; only with [`Verdict::Unknown`].
    pub reason: Option<String>,
    /// The row whose failure prevented this check.
    pub premise: Option<RowId>,
    /// Observations, one sentence each, without secrets.
    pub evidence: Vec<String>,
    /// Remedies: sentences, or lines to add to a configuration.
    pub fix: Vec<String>,
}

record!(ReportRow {
    id = "id", title = "title", about = "about", agree = "agree", verdict = "verdict",
    reason = "reason", premise = "premise", evidence = "evidence", fix = "fix",
});

/// Result of a row; final unless it is `Waiting` or `Asking`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not yet checked; the initial verdict.
    Waiting,
    /// Requests for this row are in progress.
    Asking,
    /// The server follows the rule.
    Pass,
    /// The server breaks the rule.
    Fail,
    /// No result is possible; see [`ReportRow::reason`].
    Unknown,
}

string_enum!(Verdict {
    Waiting = "waiting", Asking = "testing", Pass = "pass", Fail = "fail", Unknown = "unknown",
});

impl Verdict {
    /// Returns the label for Markdown and the page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Waiting => "not tested",
            Verdict::Asking => "testing",
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::Unknown => "no result",
        }
    }
}

/// An authorization in a popup, which opens from a click. The run continues when the callback page
/// has delivered the query, or when the user has reported what the popup showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedSignIn {
    /// Number of the popup; the answer repeats it.
    pub window: u32,
    /// The row that needs the popup.
    pub row: RowId,
    /// URL of the authorization request (RFC 6749 §4.1.1).
    pub url: String,
    /// Why the popup is needed, as a sentence.
    pub why: String,
    /// Instructions for the user, as a sentence.
    pub to_do: String,
    /// Question to the user if the popup does not return by itself.
    pub question: String,
    /// The possible answers to the question.
    pub answers: Vec<QuestionChoice>,
}

record!(WantedSignIn {
    window = "window", row = "row", url = "url", why = "why", to_do = "toDo",
    question = "question", answers = "answers",
});

/// A possible answer to the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionChoice {
    /// Value that the page sends to the probe.
    pub sight: Observation,
    /// Label of the button.
    pub label: String,
}

record!(QuestionChoice { sight = "sight", label = "label" });

/// What the user saw in a popup that did not return by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observation {
    /// An error page of the authorization server.
    Refused,
    /// This app's callback page, although the run did not continue.
    Back,
    /// Something else, or the user skipped the popup.
    Skipped,
}

string_enum!(Observation { Refused = "refused", Back = "back", Skipped = "skipped" });
