//! Exports the entries as a file: loads names first, reports before saving which are missing and why,
//! and shows the format of the file.

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_table::Rows;
use outlay_table::csv::CsvFormat;
use outlay_table::entries_file::LedgerNames;

use super::entries_writer::Writer;
use super::export_text::unauthorised;
use super::messages;
use crate::address;
use crate::chunk::NotLoaded;
use crate::chunks::ENTRIES_WRITER;
use crate::effect::effect;
use crate::messages::errors::explain;
use crate::platform::{document, intl};
use crate::session::Session;
use crate::session::company_data::CompanyData;
use crate::session::latest::Latest;
use crate::session::ledger_names::{self, NameKind};
use crate::session::load::Load;

/// The data attribute of the root element that holds the file format; `/settings` writes it.
pub const FORM: &str = "files";

/// The form of files as chosen in this visit, else that of the browser's locale.
pub fn form() -> CsvFormat {
    let chosen = document::root().and_then(|root| root.dataset().get(FORM));
    let own = || CsvFormat::spreadsheet(intl::decimal_mark());
    chosen.as_deref().map_or_else(own, CsvFormat::from_text)
}

/// How far a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportStage {
    /// Not asked for.
    Idle,
    /// It waits for the names of employees.
    Employees,
    /// It waits for the names of accounts and the like.
    Ledger,
    /// The user decides whether to save without names; the sentences say which are missing and why.
    Asking(Vec<String>),
}

/// Where the saving stands.
#[derive(Clone, Copy)]
pub struct ExportState {
    pub(super) session: Session,
    pub(super) company_data: CompanyData,
    pub(super) stage: RwSignal<ExportStage>,
    pub(super) notice: RwSignal<String>,
    /// The names that were loaded, while the user decides.
    pub(super) names: StoredValue<LedgerNames>,
    pub(super) task: StoredValue<Latest, LocalStorage>,
}

/// The button, its progress, and a line about the file.
#[component]
pub fn ExportEntries() -> impl IntoView {
    let saving = ExportState {
        session: expect_context::<Session>(),
        company_data: expect_context::<CompanyData>(),
        stage: RwSignal::new(ExportStage::Idle),
        notice: RwSignal::new(String::new()),
        names: StoredValue::new(LedgerNames::default()),
        task: StoredValue::new_local(Latest::default()),
    };
    on_cleanup(move || {
        let _ = saving.task.try_with_value(Latest::stop);
    });
    effect(move || saving.follow());
    // Names of one company are never written into the file of another one.
    Effect::new(move |before: Option<_>| {
        let now = (
            saving.session.live_id.get(),
            saving.company_data.company_id.get(),
        );
        if before.is_some_and(|before| before != now) {
            saving.cancel();
        }
        now
    });
    let company_data = saving.company_data;
    let count = Memo::new(move |_| company_data.entries.with(Rows::len));
    let busy = move || saving.stage.with(|stage| *stage != ExportStage::Idle);
    let shown = move || match saving.stage.get() {
        ExportStage::Idle => view! { <span prop:textContent=saving.notice></span> }.into_any(),
        ExportStage::Employees => waiting(saving, messages::export::LOADING_EMPLOYEES),
        ExportStage::Ledger => waiting(saving, messages::export::LOADING_NAMES),
        ExportStage::Asking(sentences) => asking(saving, sentences),
    };
    view! {
        <button
            type="button" class="quiet" disabled=move || busy() on:click=move |_| saving.begin()
        >{messages::export::EXPORT}</button>
        <span class="save-state" role="status">{move || shown()}</span>
        {about(saving, count)}
    }
}

fn waiting(saving: ExportState, words: &'static str) -> AnyView {
    view! {
        <span>{words}</span>
        <button type="button" class="quiet" on:click=move |_| saving.cancel()>{messages::CANCEL}</button>
    }
    .into_any()
}

fn asking(saving: ExportState, sentences: Vec<String>) -> AnyView {
    let sentences = sentences
        .into_iter()
        .map(|words| view! { <span>{words}</span> });
    view! {
        {sentences.collect_view()}
        <button type="button" on:click=move |_| saving.with_writer(|writer, saving| (writer.write)(saving))>{messages::export::WITH_IDS}</button>
        <button type="button" class="quiet" on:click=move |_| saving.retry()>{messages::TRY_AGAIN}</button>
        <button type="button" class="quiet" on:click=move |_| saving.cancel()>{messages::CANCEL}</button>
    }
    .into_any()
}

/// What the file will contain: the entries, its format, what it does to text, and which names it will
/// not have.
fn about(saving: ExportState, count: Memo<usize>) -> AnyView {
    let form = form();
    let base = document::base();
    let settings = [base.trim_end_matches('/'), "/settings"].concat();
    let href = move || {
        saving
            .session
            .live_id
            .with(|id| address::with_connection(&settings, id.as_deref()))
    };
    let lacking = Memo::new(move |_| saving.lacking());
    view! {
        <p class="fine save-form">
            <span prop:textContent=move || messages::export::entries(count.get(), &intl::count(count.get()))></span>
            {form.label()} " " <a href=move || href()>{messages::export::CHANGE_FORMAT}</a> " " {form.caution()} " "
            <span prop:textContent=move || unauthorised(&lacking.get())></span>
        </p>
    }
    .into_any()
}

impl ExportState {
    fn begin(self) {
        self.notice.set(String::new());
        untrack(|| {
            self.company_data.load_companies();
            self.company_data.load_people();
        });
        self.stage.set(ExportStage::Employees);
    }

    pub(super) fn cancel(self) {
        self.task.with_value(Latest::stop);
        self.names.set_value(LedgerNames::default());
        self.stage.set(ExportStage::Idle);
    }

    /// Loads again what failed.
    fn retry(self) {
        if self
            .company_data
            .people
            .with_untracked(|people| people.app_error().is_some())
        {
            self.company_data.people.set(Load::Idle);
        }
        self.begin();
    }

    /// Goes on once the names of employees are there or cannot be had.
    fn follow(self) {
        if self.stage.with(|stage| *stage != ExportStage::Employees) {
            return;
        }
        let people = self.company_data.people.with(Load::is_settled);
        // The company's name is part of the file's; a list that failed is no reason to wait.
        let companies = self.company_data.companies.with(Load::is_settled);
        if people && companies {
            self.stage.set(ExportStage::Ledger);
            self.with_writer(|writer, saving| (writer.load)(saving));
        }
    }

    /// The kinds of names that this connection may not load.
    pub(super) fn lacking(self) -> Vec<NameKind> {
        let granted = self.session.view.with(|view| {
            let live = view.live()?;
            Some(live.scopes_granted.clone())
        });
        ledger_names::not_granted(&granted.unwrap_or_default())
    }

    /// Has the writer do something, once it is loaded.
    fn with_writer(self, act: fn(Writer, ExportState)) {
        self.task.with_value(|task| {
            task.run(async move {
                match (ENTRIES_WRITER.load)().await {
                    Ok(writer) => act(writer, self),
                    Err(NotLoaded) => {
                        self.cancel();
                        let words = explain(ErrorCode::PartNotLoaded);
                        self.notice.set([words.happened, " ", words.next].concat());
                    }
                }
            });
        });
    }
}
