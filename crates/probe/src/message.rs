//! The messages between a page and the probe.
//!
//! They have the form of the vault's messages: an array with one JSON text in it. No field of
//! [`FromProbe`] can hold a token, and none of [`ToProbe`] is an address to call: a page names a
//! profile.

use outlay_codes::ErrorCode;
use outlay_config::Problem;
use outlay_wire::{record, union};

use crate::report::{CheckReport, Observation};
use crate::row::RowId;

/// Incremented with every change of these types. It is part of the worker's name and of the first
/// message.
pub const MESSAGE_VERSION: u32 = 2;

/// A message from a page to the probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToProbe {
    /// The first message of a page that shows a report; answered by [`FromProbe::Welcome`].
    Hello(ProbeHello),
    /// Starts a run and cancels this page's earlier one; answered by [`FromProbe::Card`] messages.
    Start(StartCheck),
    /// The user's report about a popup that did not return.
    Saw(ObservationMessage),
    /// Cancels this page's run and drops all its tokens.
    Cancel,
    /// A callback's query that belongs to the probe; answered by [`FromProbe::Taken`].
    Callback(ProbeCallback),
}

union!(ToProbe {
    units { Cancel = "cancel" }
    ones {
        Hello = "hello", Start = "start", Saw = "saw", Callback = "callback",
    }
    records {}
    else Cancel
});

/// The first message of a page: protocol version and lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeHello {
    /// The page's [`MESSAGE_VERSION`]; another version is answered by [`FromProbe::Mismatch`].
    pub version: u32,
    /// Random name of the Web Lock that the page holds while it is open.
    pub lock: String,
}

record!(ProbeHello { version = "version", lock = "lock" });

/// The parameters of a run; invalid ones are answered by an error code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartCheck {
    /// Id of the profile in `config.json`.
    pub profile: String,
    /// Client id that the user typed; rejected if the profile has one.
    pub client_id: Option<String>,
    /// The rows with side effects that the user agreed to.
    pub agreed: Vec<RowId>,
}

record!(StartCheck { profile = "profile", client_id = "clientId", agreed = "agreed" });

/// The user's answer to [`crate::report::WantedSignIn::question`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationMessage {
    /// The popup that the answer is about; ignored unless it is the current one.
    pub window: u32,
    /// The chosen answer, one of [`crate::report::WantedSignIn::answers`].
    pub sight: Observation,
}

record!(ObservationMessage { window = "window", sight = "sight" });

/// The query of a callback page, unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeCallback {
    /// Profile id in the path of the callback page.
    pub profile: String,
    /// The query as received, without the leading `?`.
    pub query: String,
}

record!(ProbeCallback { profile = "profile", query = "query" });

/// A message from the probe to a page.
#[allow(clippy::large_enum_variant, reason = "one at a time, and never kept")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromProbe {
    /// The results of each profile before a test, or the errors in `config.json`.
    Welcome(Result<Vec<CheckReport>, Vec<Problem>>),
    /// The page is of another build of the app and has to be reloaded.
    Mismatch,
    /// The probe's module could not be loaded; sent by `probe.js` in its place.
    Broken,
    /// The current report of this page's run; sent after each change.
    Card(CheckReport),
    /// The run could not begin: `profile_unknown`, `client_id_needed`, `client_id_refused`,
    /// `config_invalid`.
    Refused(ErrorCode),
    /// Whether a run had waited for the callback.
    Taken(bool),
}

union!(FromProbe {
    units { Mismatch = "mismatch", Broken = "broken" }
    ones {
        Welcome = "welcome", Card = "card", Refused = "refused", Taken = "taken",
    }
    records {}
    else Broken
});
