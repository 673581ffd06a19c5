//! The state of the explorer: catalogue, forms, last response, history. It lives as long as the
//! tab. `session::retention` decides whether it is kept when a connection ends.

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::address;
use crate::frame_owner::FrameOwner;
use crate::platform::{clock, document, location};
use crate::session::Session;
use crate::session::load::Load;
use crate::session::names::Names;
use crate::session::retention::{DataOwner, RETENTION_PERIOD, RetentionAction};
use futures::future::AbortHandle;
use leptos::prelude::*;
use outlay_config::{EnvironmentKind, Profile};
use outlay_pleo::catalogue::{Catalogue, Endpoint};
use outlay_vault::message::Connection;

use crate::pages::api::run::CallRun;
use outlay_explorer::answer::paging::Trail;
use outlay_explorer::answer::text::ResponseText;
use outlay_explorer::form::OperationForm;
use outlay_explorer::history::HistoryEntry;
use outlay_explorer::link::opened;

mod forms;
pub mod tools;

use self::tools::ToolState;

thread_local! {
    static NEWEST: Cell<u32> = const { Cell::new(0) };
}

/// A part of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormPart {
    /// The parameter at this index.
    Parameter(usize),
    /// The body.
    Body,
}

/// The state as signals.
#[derive(Clone, Copy)]
pub struct Explorer {
    /// The catalogue of operations.
    pub catalogue: RwSignal<Load<Arc<Catalogue>>>,
    /// The query of the current address.
    pub address: RwSignal<String>,
    /// The text in the search field.
    pub search: RwSignal<String>,
    /// The operation in view.
    pub operation: Memo<Option<Arc<Endpoint>>>,
    /// The connection in view, while it is live.
    pub live: Memo<Option<Connection>>,
    /// The subject of the connection in view, once it is known.
    pub subject: Memo<Option<String>>,
    /// The environment of the connection in view.
    pub profile: Memo<Option<Profile>>,
    forms: StoredValue<BTreeMap<String, OperationForm>>,
    /// Incremented when the form in view must be rendered anew.
    pub shape: RwSignal<u32>,
    /// Incremented with every change of the form.
    pub edited: RwSignal<u32>,
    /// Whether the faults of the form are shown.
    pub shows_faults: RwSignal<bool>,
    /// Why the body cannot be shown as fields.
    pub unshown: RwSignal<Option<String>>,
    /// Whether a write waits for confirmation.
    pub confirming: RwSignal<bool>,
    /// The last call.
    pub run: RwSignal<Option<Arc<CallRun>>>,
    /// The body of its response.
    pub text: StoredValue<Option<ResponseText>>,
    /// Incremented while the body is parsed.
    pub read: RwSignal<u32>,
    /// The sent requests, the newest first.
    pub history: RwSignal<VecDeque<HistoryEntry>>,
    /// Whether requests and responses are hidden, because their connection has ended.
    pub hidden: RwSignal<bool>,
    /// The cursors of the earlier pages of the list in view.
    pub trail: StoredValue<Trail>,
    /// The tools on the response.
    pub tools: ToolState,
    pub(super) abort: StoredValue<Option<AbortHandle>>,
    names: Names,
    pub(super) session: Session,
}

impl Explorer {
    /// Returns the state of this tab. Its signals live until the tab closes, also while another
    /// page is shown.
    pub fn of_tab() -> Explorer {
        use_context::<Explorer>().unwrap_or_else(|| {
            let FrameOwner(frame) = expect_context();
            let (session, names) = (expect_context(), expect_context());
            frame.with_value(|frame| {
                frame.with(|| {
                    let explorer = Explorer::new(session, names);
                    provide_context(explorer);
                    explorer
                })
            })
        })
    }

    fn new(session: Session, names: Names) -> Explorer {
        let catalogue = RwSignal::new(Load::<Arc<Catalogue>>::Idle);
        let address = RwSignal::new(location::query());
        let live = Memo::new(move |_| session.view.with(|view| view.live().cloned()));
        let explorer = Explorer {
            catalogue,
            address,
            search: RwSignal::new(String::new()),
            operation: Memo::new(move |_| {
                let (id, _) = address.with(|query| opened(query))?;
                catalogue.with(|all| all.ready()?.operation(&id).cloned().map(Arc::new))
            }),
            live,
            subject: Memo::new(move |_| live.with(|live| live.as_ref()?.subject.clone())),
            profile: Memo::new(move |_| {
                let id = live.with(|live| live.as_ref().map(|live| live.profile.clone()))?;
                session.profile(&id)
            }),
            forms: StoredValue::new(BTreeMap::new()),
            shape: RwSignal::new(0),
            edited: RwSignal::new(0),
            shows_faults: RwSignal::new(false),
            unshown: RwSignal::new(None),
            confirming: RwSignal::new(false),
            run: RwSignal::new(None),
            text: StoredValue::new(None),
            read: RwSignal::new(0),
            history: RwSignal::new(VecDeque::new()),
            hidden: RwSignal::new(false),
            trail: StoredValue::new(Trail::default()),
            tools: ToolState::new(),
            abort: StoredValue::new(None),
            names,
            session,
        };
        let before = StoredValue::new(None::<DataOwner>);
        // Immediate, so that nothing is rendered under another company's name.
        ImmediateEffect::new_scoped(move || {
            let now = session.data_owner.get();
            let retention_action = before
                .with_value(|before| DataOwner::retention_action(before.as_ref(), now.as_ref()));
            before.set_value(now);
            explorer.follow(retention_action);
        });
        explorer
    }

    fn follow(self, retention_action: RetentionAction) {
        match retention_action {
            RetentionAction::Unchanged => {}
            RetentionAction::Restore => self.hidden.set(false),
            RetentionAction::Drop => self.forget(),
            RetentionAction::Hide => {
                self.stop();
                self.hidden.set(true);
                let since = NEWEST.get() + 1;
                NEWEST.set(since);
                leptos::task::spawn_local(async move {
                    #[expect(clippy::cast_possible_truncation, reason = "ten minutes")]
                    clock::sleep(RETENTION_PERIOD as i32).await;
                    if self.hidden.get_untracked() && NEWEST.get() == since {
                        self.forget();
                    }
                });
            }
        }
    }

    /// Drops all data of the company.
    fn forget(self) {
        self.stop();
        self.tools.forget();
        self.run.set(None);
        self.text.set_value(None);
        self.trail.set_value(Trail::default());
        self.history.set(VecDeque::new());
        self.forms.set_value(BTreeMap::new());
        self.confirming.set(false);
        self.shows_faults.set(false);
        self.unshown.set(None);
        self.hidden.set(false);
        self.redraw();
    }

    /// Aborts the call in progress.
    pub fn stop(self) {
        self.tools.fetching.set(None);
        if let Some(abort) = self.abort.try_update_value(Option::take).flatten() {
            abort.abort();
        }
    }

    /// Fetches the catalogue, unless it is loaded or being loaded.
    pub fn fetch(self) {
        let asked = |load: &Load<_>| matches!(load, Load::Ready(_) | Load::Loading);
        if self.catalogue.with_untracked(asked) {
            return;
        }
        self.catalogue.set(Load::Loading);
        leptos::task::spawn_local(async move {
            self.catalogue.set(super::fetch::catalogue().await);
        });
    }

    /// The catalogue, if it is loaded.
    pub fn known(self) -> Option<Arc<Catalogue>> {
        self.catalogue.with_untracked(|all| all.ready().cloned())
    }

    /// Renders the form anew.
    pub fn redraw(self) {
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
        self.touch();
    }

    fn touch(self) {
        self.edited
            .update(|edited| *edited = edited.wrapping_add(1));
    }

    /// Returns the address of an operation with the connection in view.
    pub fn address_of(self, query: &str) -> String {
        let query = match query {
            "" => "/api".to_owned(),
            query => ["/api?", query].concat(),
        };
        let id = self
            .live
            .with(|live| live.as_ref().map(|live| live.id.clone()));
        address::at_base(
            &document::base(),
            &address::with_connection(&query, id.as_deref()),
        )
    }

    /// Requests the name of the company in view, so that a confirmation can show it.
    pub fn want_name(self) {
        if let Some(connection) = self.live.get() {
            self.names.ask(connection);
        }
    }

    /// The name of the company in view, or a label in its place.
    pub fn owner_label(self) -> String {
        let live = self.live.get();
        live.map(|live| self.names.company(&live))
            .unwrap_or_default()
    }

    /// The kind and name of the environment in view.
    pub fn environment(self) -> Option<(EnvironmentKind, String)> {
        self.profile.with(|profile| {
            let profile = profile.as_ref()?;
            Some((profile.kind, profile.name.clone()))
        })
    }
}
