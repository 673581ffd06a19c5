//! Exports everything that matches the filter: loads what is missing first, reports before saving what
//! could not be loaded, and states what the file holds.

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_pleo::{Completeness, Money};
use outlay_table::Grain;
use outlay_table::file_name::ListExtent;

use super::state::EntriesState;
use super::totals::{self, Sum};
use crate::address;
use crate::chunk::NotLoaded;
use crate::chunks::ENTRIES_WRITER;
use crate::components::alert::ErrorAlert;
use crate::components::csv_format::form;
use crate::components::export_text::{reason, unauthorised};
use crate::components::messages as words;
use crate::components::messages::export as messages;
use crate::components::progress::Progress;
use crate::effect::effect;
use crate::pages::entries_messages;
use crate::platform::unload_guard::{self, UnsavedWork};
use crate::platform::{document, intl};
use crate::session::Session;
use crate::session::app_error::AppError;
use crate::session::entries::LoadGoal;
use crate::session::latest::Latest;
use crate::session::load::{Load, LoadState};

/// The stage of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportStage {
    /// Not asked for.
    Idle,
    /// It waits for the entries.
    Loading,
    /// Entries could not be loaded: the user decides whether to save those that are here.
    Partial(String),
    /// It waits for the names of employees, accounts and the like.
    Names,
    /// The user decides whether to save without names; the sentences say which are missing and why.
    Asking(Vec<String>),
    /// So many of so many rows are written.
    Writing(usize, usize),
    /// No file was saved.
    Failed(AppError),
}

/// The formats that the user can choose; `OPTIONS` has their values and labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileFormat {
    /// CSV as chosen in the settings.
    Csv,
    /// The same, with Pleo's codes and the ids of tags in further columns.
    CsvWithCodes,
    /// JSON Lines.
    JsonLines,
    /// An Excel workbook.
    Excel,
}

impl FileFormat {
    /// Values of the options, with their labels.
    const OPTIONS: [(FileFormat, &str, &str); 4] = [
        (FileFormat::Csv, "csv", messages::CSV),
        (
            FileFormat::CsvWithCodes,
            "csv-codes",
            messages::CSV_WITH_CODES,
        ),
        (FileFormat::JsonLines, "json", messages::JSON_LINES),
        (FileFormat::Excel, "xlsx", messages::EXCEL),
    ];

    /// Whether the CSV options in the settings apply to this format.
    pub(super) fn is_csv(self) -> bool {
        matches!(self, FileFormat::Csv | FileFormat::CsvWithCodes)
    }

    fn of_value(value: &str) -> FileFormat {
        let mut options = FileFormat::OPTIONS.iter();
        let chosen = options.find(|(_, option, _)| *option == value);
        chosen.map_or(FileFormat::Csv, |(format, ..)| *format)
    }
}

/// The signals of an export: stage, notice and chosen format.
#[derive(Clone, Copy)]
pub struct ExportState {
    pub(super) session: Session,
    pub(super) entries: EntriesState,
    pub(super) stage: RwSignal<ExportStage>,
    pub(super) notice: RwSignal<String>,
    pub(super) format: RwSignal<FileFormat>,
    pub(super) task: StoredValue<Latest, LocalStorage>,
}

/// The button, its progress, and a line about the file.
#[component]
pub fn ExportEntries() -> impl IntoView {
    let export = ExportState {
        session: expect_context::<Session>(),
        entries: expect_context::<EntriesState>(),
        stage: RwSignal::new(ExportStage::Idle),
        notice: RwSignal::new(String::new()),
        format: RwSignal::new(FileFormat::Csv),
        task: StoredValue::new_local(Latest::default()),
    };
    on_cleanup(move || {
        let _ = export.task.try_with_value(Latest::stop);
    });
    effect(move || export.follow());
    // The notice is about the rows and the format that were exported.
    effect(move || {
        export.entries.order.track();
        export.format.track();
        export.notice.set(String::new());
    });
    // Names of one company are never written into the file of another one.
    Effect::new(move |before: Option<_>| {
        let now = (
            export.session.live_id.get(),
            export.entries.company_data.company_id.get(),
        );
        if before.is_some_and(|before| before != now) {
            export.cancel();
        }
        now
    });
    let busy = move || {
        export
            .stage
            .with(|stage| !matches!(stage, ExportStage::Idle | ExportStage::Failed(_)))
    };
    unload_guard::warn_while(UnsavedWork::EntriesExport, busy);
    let stage = Memo::new(move |_| match export.stage.get() {
        // The figures move, the buttons stay.
        ExportStage::Writing(..) => ExportStage::Writing(0, 0),
        stage => stage,
    });
    let shown = move || {
        match stage.get() {
        ExportStage::Idle => view! { <span prop:textContent=export.notice></span> }.into_any(),
        ExportStage::Failed(_) => ().into_any(),
        ExportStage::Loading => {
            let pagination = export.entries.company_data.entries_pagination;
            view! {
                <Progress pagination=pagination.into() what=entries_messages::ENTRIES />
                {cancel(export)}
            }
            .into_any()
        }
        ExportStage::Partial(sentence) => view! {
            <span prop:textContent=sentence></span>
            <button type="button" on:click=move |_| export.stage.set(ExportStage::Names)>{messages::PARTIAL}</button>
            <button type="button" class="quiet" on:click=move |_| export.begin()>{words::TRY_AGAIN}</button>
            {cancel(export)}
        }
        .into_any(),
        ExportStage::Names => {
            let people = export.entries.company_data.people;
            let waits_for = move || match people.with(Load::is_settled) {
                false => messages::LOADING_EMPLOYEES,
                true => messages::LOADING_NAMES,
            };
            view! {
                <span prop:textContent=move || waits_for()></span>
                {cancel(export)}
            }
            .into_any()
        }
        ExportStage::Asking(sentences) => asking(export, sentences),
        ExportStage::Writing(..) => {
            let progress = move || match export.stage.get() {
                ExportStage::Writing(done, rows) => {
                    messages::writing(&intl::count(done), &intl::count(rows))
                }
                _ => String::new(),
            };
            view! {
                <span class="figures" prop:textContent=move || progress()></span>
                {cancel(export)}
            }
            .into_any()
        }
    }
    };
    let failure = move || match stage.get() {
        ExportStage::Failed(app_error) => Some(failed(export, app_error)),
        _ => None,
    };
    let choose = move |event| {
        let format = FileFormat::of_value(&event_target_value(&event));
        export.format.set(format);
    };
    let options =
        FileFormat::OPTIONS.map(|(_, value, label)| view! { <option value=value>{label}</option> });
    view! {
        <button
            type="button" class="quiet" disabled=move || busy() on:click=move |_| export.begin()
        >{messages::EXPORT}</button>
        <select aria-label=messages::FORMAT disabled=move || busy() on:change=choose>
            {options.into_iter().collect_view()}
        </select>
        <span class="save-state" role="status">{move || shown()}</span>
        {move || failure()}
        {about(export)}
    }
}

fn failed(export: ExportState, app_error: AppError) -> AnyView {
    view! {
        <ErrorAlert app_error>
            <button type="button" on:click=move |_| export.begin()>{words::TRY_AGAIN}</button>
            <button type="button" class="quiet" on:click=move |_| export.cancel()>{words::signed_out::DISMISS}</button>
        </ErrorAlert>
    }
    .into_any()
}

fn cancel(export: ExportState) -> AnyView {
    view! { <button type="button" class="quiet" on:click=move |_| export.cancel()>{words::CANCEL}</button> }
        .into_any()
}

fn asking(export: ExportState, sentences: Vec<String>) -> AnyView {
    let sentences = sentences
        .into_iter()
        .map(|words| view! { <span prop:textContent=words></span> });
    view! {
        {sentences.collect_view()}
        <button type="button" on:click=move |_| export.write()>{messages::WITH_IDS}</button>
        <button type="button" class="quiet" on:click=move |_| export.retry()>{words::TRY_AGAIN}</button>
        {cancel(export)}
    }
    .into_any()
}

/// What the file will contain: entries, rows and totals, its format, what it does to text, and which
/// names it will not have.
fn about(export: ExportState) -> AnyView {
    let form = form();
    let base = document::base();
    let settings = [base.trim_end_matches('/'), "/settings"].concat();
    let href = move || {
        export
            .session
            .live_id
            .with(|id| address::with_connection(&settings, id.as_deref()))
    };
    let content = Memo::new(move |_| {
        let order = export.entries.order.get();
        export.entries.company_data.table.with(|table| {
            let rows = table.lines_of(&order);
            let sums = totals::sums(table, &rows, Grain::Lines);
            (order.len(), rows.len(), sums)
        })
    });
    let content = move || {
        let (entries, rows, sums) = content.get();
        let mut parts = vec![
            messages::entries(entries, &intl::count(entries)),
            messages::rows(&intl::count(rows)),
        ];
        parts.extend(sums.iter().filter_map(sum));
        parts.join(words::SEPARATOR)
    };
    let lacking = move || {
        export.session.view.track();
        unauthorised(&export.entries.company_data.lacking_names())
    };
    let lacking = Memo::new(move |_| lacking());
    let format = move || match export.format.get() {
        FileFormat::Csv | FileFormat::CsvWithCodes => form.label(),
        FileFormat::JsonLines => messages::JSON_LINES.to_owned(),
        FileFormat::Excel => messages::EXCEL_SHEETS.to_owned(),
    };
    let caution = move || match export.format.get() {
        FileFormat::Csv | FileFormat::CsvWithCodes => form.caution().to_owned(),
        FileFormat::JsonLines | FileFormat::Excel => String::new(),
    };
    view! {
        <p class="fine save-form">
            <span translate="no" prop:textContent=move || content()></span>
            <span>{words::SEPARATOR}</span>
            <span prop:textContent=move || format()></span> " "
            // The settings hold the format of CSV files alone.
            <a href=move || href() hidden=move || !export.format.get().is_csv()>
                {messages::CHANGE_FORMAT}
            </a> " "
            <span prop:textContent=move || caution()></span> " "
            <span prop:textContent=lacking></span>
        </p>
    }
    .into_any()
}

/// A total as text; `None` if it is not known.
fn sum((currency, minors, _): &Sum) -> Option<String> {
    Some(intl::money(&Money {
        currency: *currency,
        minors: (*minors)?,
    }))
}

impl ExportState {
    fn begin(self) {
        self.notice.set(String::new());
        let company_data = self.entries.company_data;
        untrack(|| {
            company_data.load_companies();
            company_data.load_people();
            company_data.load_names();
            if !company_data.reaches(LoadGoal::All) {
                company_data.resume_entries(LoadGoal::All);
            }
        });
        self.stage.set(ExportStage::Loading);
    }

    pub(super) fn cancel(self) {
        self.task.with_value(Latest::stop);
        if self.stage.get_untracked() == ExportStage::Loading {
            self.entries.company_data.stop_entries();
        }
        self.stage.set(ExportStage::Idle);
    }

    /// Loads again what failed.
    fn retry(self) {
        let people = self.entries.company_data.people;
        if people.with_untracked(|people| people.app_error().is_some()) {
            people.set(Load::Idle);
        }
        self.begin();
    }

    /// Moves to the next stage when the data for the file is loaded or has failed to load.
    fn follow(self) {
        let company_data = self.entries.company_data;
        match self.stage.get() {
            ExportStage::Loading => {
                let step = company_data
                    .entries_pagination
                    .with(|pagination| pagination.step.clone());
                let next = match step {
                    LoadState::Idle | LoadState::Loading => return,
                    LoadState::Done => ExportStage::Names,
                    LoadState::Paused => ExportStage::Partial(messages::STOPPED.to_owned()),
                    LoadState::Failed(app_error) => {
                        ExportStage::Partial(messages::not_loaded(&reason(&app_error)))
                    }
                };
                self.stage.set(next);
            }
            ExportStage::Names => {
                let people = company_data.people.with(Load::is_settled);
                // The company's name is part of the file's; a list that failed is no reason to wait.
                let companies = company_data.companies.with(Load::is_settled);
                if !people || !companies || company_data.names_loading.get() {
                    return;
                }
                let employees = company_data
                    .people
                    .with_untracked(|people| people.app_error().cloned());
                let employees = employees.map(|app_error| (messages::EMPLOYEES, app_error));
                let failed = company_data.names_failed.get_untracked();
                let failed = employees.into_iter().chain(failed);
                let sentences: Vec<String> = failed
                    .map(|(what, app_error)| messages::missing(what, &reason(&app_error)))
                    .collect();
                match sentences.is_empty() {
                    true => self.write(),
                    false => self.stage.set(ExportStage::Asking(sentences)),
                }
            }
            _ => {}
        }
    }

    /// Has the writer write the file, once it is loaded.
    fn write(self) {
        self.stage.set(ExportStage::Writing(0, 0));
        self.task.with_value(|task| {
            task.run(async move {
                match (ENTRIES_WRITER.load)().await {
                    Ok(writer) => (writer.write)(self),
                    Err(NotLoaded) => {
                        let app_error = AppError::of(ErrorCode::PartNotLoaded);
                        self.stage.set(ExportStage::Failed(app_error));
                    }
                }
            });
        });
    }

    /// How much of the list is loaded.
    pub(super) fn extent(self) -> ListExtent {
        self.entries
            .company_data
            .entries_pagination
            .with_untracked(|pagination| {
                let (rows, total) = (pagination.list.distinct(), pagination.list.total());
                match (pagination.list.completeness(), total) {
                    (Completeness::Complete, _) => ListExtent::Whole,
                    (_, Some(total)) if total > rows => ListExtent::First { rows, total },
                    _ => ListExtent::Incomplete,
                }
            })
    }
}
