//! The messages between a page and the probe.
//!
//! They travel as the vault's do: an array with one JSON text in it. No field of [`FromProbe`] can
//! hold a token, and none of [`ToProbe`] names an address to call: a page names a profile.

use outlay_codes::ErrorCode;
use outlay_config::Problem;
use outlay_wire::{record, union};

use crate::report::{CheckReport, Observation};
use crate::row::RowId;

/// Raised with every change of these types. It stands in the worker's name and in the first message.
pub const MESSAGE_VERSION: u32 = 2;

/// What a page says to the probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToProbe {
    /// The first message of a page that shows the card; answered by [`FromProbe::Welcome`].
    Hello(ProbeHello),
    /// Begin a run, in place of one that this page may have; answered by cards.
    Start(StartCheck),
    /// What the user saw in a window.
    Saw(ObservationMessage),
    /// End this page's run: everything it holds is wiped.
    Cancel,
    /// The query of a callback page that is the probe's; answered by [`FromProbe::Taken`].
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

/// A page introduces itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeHello {
    /// The page's [`MESSAGE_VERSION`].
    pub version: u32,
    /// The randomly named Web Lock that the page holds while it lives.
    pub lock: String,
}

record!(ProbeHello { version = "version", lock = "lock" });

/// What a run is begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartCheck {
    /// The profile's id in `config.json`.
    pub profile: String,
    /// The client id typed by the user; refused unless the profile has none.
    pub client_id: Option<String>,
    /// The rows that cost something, and that the user agreed to.
    pub agreed: Vec<RowId>,
}

record!(StartCheck { profile = "profile", client_id = "clientId", agreed = "agreed" });

/// The user's answer to [`crate::report::WantedSignIn::question`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationMessage {
    /// The window it is about; an answer about an earlier one is dropped.
    pub window: u32,
    /// What was seen.
    pub sight: Observation,
}

record!(ObservationMessage { window = "window", sight = "sight" });

/// What a callback page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeCallback {
    /// The profile named by the path of the callback page.
    pub profile: String,
    /// The query as received, without the leading `?`.
    pub query: String,
}

record!(ProbeCallback { profile = "profile", query = "query" });

/// What the probe says to a page.
#[allow(clippy::large_enum_variant, reason = "one at a time, and never kept")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromProbe {
    /// One card per profile, ready to be started; or what is wrong with `config.json`.
    Welcome(Result<Vec<CheckReport>, Vec<Problem>>),
    /// The page is of another build: it should be loaded again.
    Mismatch,
    /// The probe's program could not be loaded; sent by `probe.js` in its place.
    Broken,
    /// This page's card as it is now; sent after each change.
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
