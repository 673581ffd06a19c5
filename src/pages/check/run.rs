//! The state of the test on this page, and the probe's events.

use std::cell::Cell;

use crate::components::messages::connect::client_id_contains;
use crate::frame_owner::FrameOwner;
use crate::platform::document;
use crate::platform::popup::Popup;
use crate::platform::unload_guard::{self, UnsavedWork};
use crate::session::app_error::AppError;
use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_config::{EnvironmentKind, Problem};
use outlay_pleo::text::{invisible_inside, trim_invisible};
use outlay_probe::client::{ProbeClient, ProbeEvent};
use outlay_probe::message::StartCheck;
use outlay_probe::report::{CheckPhase, CheckReport, Observation, WantedSignIn};
use outlay_probe::row::RowId;

use super::text::stopped;

/// The id of the element that gets the focus when a test starts.
pub const RUNNING: &str = "check-running";
/// The id of the element that gets the focus when a test has ended.
pub const RESULT: &str = "check-result";

/// The state of the page. It outlives the page, and ends with the tab.
#[derive(Clone, Copy)]
pub struct CheckState {
    client: StoredValue<Option<ProbeClient>, LocalStorage>,
    /// The results of each environment before a test; empty until the probe has answered.
    pub ready: RwSignal<Vec<CheckReport>>,
    /// The id of the chosen environment.
    pub chosen: RwSignal<String>,
    /// The client ID in the form.
    pub client_id: RwSignal<String>,
    /// The optional rules that the user has chosen.
    pub agreed: RwSignal<Vec<RowId>>,
    /// The error that prevents a test.
    pub app_error: RwSignal<Option<AppError>>,
    /// The results of the test in progress, or of the last one.
    run: RwSignal<Option<CheckReport>>,
    /// Whether a test is in progress.
    pub running: RwSignal<bool>,
    /// The number of the window that was opened last. Only about this window can the user report
    /// what it showed.
    pub opened: RwSignal<Option<u32>>,
}

thread_local! {
    static KEPT: Cell<Option<CheckState>> = const { Cell::new(None) };
}

impl CheckState {
    /// Returns the state of this tab. Without a test, the probe reads the configuration again.
    pub fn get() -> CheckState {
        let kept = KEPT.get().unwrap_or_else(|| {
            let FrameOwner(frame) = expect_context();
            let check = frame.with_value(|frame| frame.with(CheckState::new));
            KEPT.set(Some(check));
            check
        });
        if kept.run.with_untracked(Option::is_none) {
            kept.open();
        }
        kept
    }

    fn new() -> CheckState {
        let check = CheckState {
            client: StoredValue::new_local(None),
            ready: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(String::new()),
            client_id: RwSignal::new(String::new()),
            agreed: RwSignal::new(Vec::new()),
            app_error: RwSignal::new(None),
            run: RwSignal::new(None),
            running: RwSignal::new(false),
            opened: RwSignal::new(None),
        };
        unload_guard::warn_while(UnsavedWork::ConnectionTest, move || check.running.get());
        check
    }

    /// Starts the probe, or restarts it.
    pub fn open(self) {
        self.app_error.set(None);
        let client = ProbeClient::open(&document::base(), move |event| self.on_event(event));
        if client.is_none() {
            self.stop(ErrorCode::CheckUnavailable);
        }
        self.client.set_value(client);
    }

    /// The chosen environment's results before a test.
    pub fn fresh(self) -> Option<CheckReport> {
        self.chosen.with(|chosen| {
            self.ready
                .with(|all| all.iter().find(|card| card.profile == *chosen).cloned())
        })
    }

    /// The results to show: those of the last test, if it tested the chosen environment.
    pub fn card(self) -> Option<CheckReport> {
        let run = self.run.get();
        let chosen = run.filter(|card| self.chosen.with(|chosen| card.profile == *chosen));
        chosen.or_else(|| self.fresh())
    }

    /// The kind and name of the chosen environment.
    pub fn environment(self) -> Option<(EnvironmentKind, String)> {
        self.fresh().map(|card| (card.kind, card.name))
    }

    /// The sign-in for which the test waits.
    pub fn want(self) -> Option<WantedSignIn> {
        let wanted = || self.run.with(|card| card.as_ref()?.want.clone());
        self.running.get().then(wanted).flatten()
    }

    /// Starts a test.
    pub fn start(self) {
        let Some(fresh) = untrack(|| self.fresh()) else {
            return;
        };
        let typed = self
            .client_id
            .with_untracked(|id| trim_invisible(id).to_owned());
        self.app_error.set(None);
        if fresh.needs_client_id && typed.is_empty() {
            return self
                .app_error
                .set(Some(AppError::of(ErrorCode::ClientIdNeeded)));
        }
        if let Some(name) = invisible_inside(&typed) {
            let mut refused = AppError::of(ErrorCode::ClientIdRefused);
            refused.detail = Some(client_id_contains(&name));
            return self.app_error.set(Some(refused));
        }
        let start = StartCheck {
            profile: fresh.profile.clone(),
            client_id: fresh.needs_client_id.then_some(typed),
            agreed: self.agreed.get_untracked(),
        };
        self.run.set(Some(fresh));
        self.running.set(true);
        self.opened.set(None);
        request_animation_frame(|| document::focus(RUNNING));
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.start(start);
            }
        });
    }

    /// Opens the window for which the test waits. Call it inside the click handler, or the browser
    /// blocks the window.
    pub fn open_window(self) {
        let Some(want) = untrack(|| self.want()) else {
            return;
        };
        self.app_error.set(match Popup::open() {
            Some(popup) => {
                popup.go(&want.url);
                self.opened.set(Some(want.window));
                None
            }
            None => Some(AppError::of(ErrorCode::CheckWindowBlocked)),
        });
    }

    /// Reports what the window showed to the user.
    pub fn saw(self, window: u32, sight: Observation) {
        self.app_error.set(None);
        document::focus(RUNNING);
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.saw(window, sight);
            }
        });
    }

    /// Ends the test; the results so far stay.
    pub fn cancel(self) {
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.cancel();
            }
        });
        self.app_error.set(None);
        self.over();
    }

    fn over(self) {
        if self.running.try_get_untracked() == Some(true) {
            self.run.update(|card| *card = card.take().map(stopped));
            self.running.set(false);
            request_animation_frame(|| document::focus(RESULT));
        }
    }

    fn stop(self, code: ErrorCode) {
        self.over();
        self.app_error.try_set(Some(AppError::of(code)));
    }

    fn on_event(self, event: ProbeEvent) {
        match event {
            ProbeEvent::Ready(Ok(cards)) => {
                let known = |chosen: &String| cards.iter().any(|card| card.profile == *chosen);
                if let (Some(first), Some(false)) =
                    (cards.first(), self.chosen.try_with_untracked(known))
                {
                    self.chosen.set(first.profile.clone());
                }
                self.ready.try_set(cards);
            }
            ProbeEvent::Ready(Err(problems)) => {
                self.app_error.try_set(Some(faulty(&problems)));
            }
            // An event that was sent before the test was cancelled is ignored.
            ProbeEvent::Card(card) => {
                if self.running.try_get_untracked() == Some(true) {
                    let done = card.phase == CheckPhase::Done;
                    self.run.set(Some(card));
                    if done {
                        self.over();
                    }
                }
            }
            ProbeEvent::Refused(code) => {
                self.run.try_set(None);
                self.stop(code);
            }
            ProbeEvent::Mismatch => self.stop(ErrorCode::CheckMismatch),
            ProbeEvent::Lost => self.stop(ErrorCode::CheckLost),
            ProbeEvent::Unavailable => self.stop(ErrorCode::CheckUnavailable),
        }
    }
}

fn faulty(problems: &[Problem]) -> AppError {
    let keys: Vec<&str> = problems
        .iter()
        .map(|problem| problem.key.as_str())
        .collect();
    AppError {
        detail: Some(keys.join(", ")),
        ..AppError::of(ErrorCode::ConfigInvalid)
    }
}
