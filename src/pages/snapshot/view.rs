//! The page that opens a snapshot file.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use outlay_snapshot::container::LARGEST_FILE;
use outlay_snapshot::{Fault, Header, SealedFile};
use outlay_table::EntryTable;
use web_sys::{DragEvent, File};

use super::changes::Changes;
use super::messages;
use super::open::{OpenError, check, read};
use crate::chunks::ENTRIES;
use crate::components::chunk_view::ChunkView;
use crate::components::external_text::ExternalText;
use crate::components::heading::Heading;
use crate::platform::{chunk_files, file_input, intl};
use crate::session::Session;
use crate::session::company_data::CompanyData;
use crate::session::latest::Latest;

/// How far a file is.
#[derive(Clone)]
enum Stage {
    /// No file is open.
    Choose,
    /// So many of so many parts are checked.
    Checking(usize, usize),
    /// The file is intact and encrypted.
    Locked(Arc<SealedFile>),
    /// The file is rejected.
    Rejected(Option<Fault>),
    /// The file is open.
    Open(Arc<Header>, Arc<str>),
}

/// The page.
#[derive(Clone, Copy)]
struct SnapshotPageState {
    stage: RwSignal<Stage>,
    /// What is wrong with the passphrase.
    problem: RwSignal<&'static str>,
    passphrase: RwSignal<String>,
    /// The table of the file that was opened, until the view of it takes it.
    table: StoredValue<Option<EntryTable>>,
    task: StoredValue<Latest, LocalStorage>,
}

/// The page.
#[component]
pub fn SnapshotPage() -> impl IntoView {
    // The file opens without network once these are here.
    chunk_files::prefetch("entries entry_tools");
    let page = SnapshotPageState {
        stage: RwSignal::new(Stage::Choose),
        problem: RwSignal::new(""),
        passphrase: RwSignal::new(String::new()),
        table: StoredValue::new(None),
        task: StoredValue::new_local(Latest::default()),
    };
    on_cleanup(move || {
        let _ = page.task.try_with_value(Latest::stop);
    });
    // The view changes with the stage alone, not with each part that is checked.
    let is_open = Memo::new(move |_| {
        page.stage
            .with(|stage| matches!(stage, Stage::Open(..)).then(|| stage_root(stage)))
    });
    let shown = move || match is_open.get() {
        None => choose(page),
        Some(_) => {
            let stage = page.stage.get_untracked();
            match (stage, page.table.try_update_value(Option::take).flatten()) {
                (Stage::Open(header, root), Some(table)) => opened(page, header, root, table),
                _ => ().into_any(),
            }
        }
    };
    view! { {move || shown()} }
}

fn stage_root(stage: &Stage) -> Option<Arc<str>> {
    match stage {
        Stage::Open(_, root) => Some(root.clone()),
        _ => None,
    }
}

/// The field for a file, and what became of the last one.
fn choose(page: SnapshotPageState) -> AnyView {
    let input = NodeRef::<Input>::new();
    let chosen = move |_| {
        let file = input.get_untracked();
        if let Some(file) = file.and_then(|input| file_input::picked(&input)) {
            page.open(file);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        if let Some(file) = file_input::dropped(&event) {
            page.open(file);
        }
    };
    let kind = Memo::new(move |_| page.stage.with(std::mem::discriminant));
    let state = move || {
        // A memo that nothing reads is never computed.
        let _ = kind.get();
        match page.stage.get_untracked() {
            Stage::Checking(..) => {
                let words = move || match page.stage.get() {
                    Stage::Checking(done, of) => {
                        messages::reading(&intl::count(done), &intl::count(of))
                    }
                    _ => String::new(),
                };
                view! { <p class="figures" role="status" prop:textContent=move || words()></p> }
                    .into_any()
            }
            Stage::Locked(file) => locked(page, file),
            Stage::Rejected(fault) => rejected(fault),
            _ => ().into_any(),
        }
    };
    view! {
        <Heading text=messages::TITLE />
        <p class="lead">{messages::LEAD}</p>
        <label class="field run-drop" on:dragover=move |event: DragEvent| event.prevent_default() on:drop=dropped>
            <span>{messages::CHOOSE}</span>
            <input type="file" accept=".outlay" node_ref=input on:change=chosen />
        </label>
        {move || state()}
        <p class="fine">{messages::PROVES}</p>
    }
    .into_any()
}

fn rejected(fault: Option<Fault>) -> AnyView {
    let (code, what) = match fault {
        Some(fault) => (fault.code(), messages::fault(fault)),
        None => ("not_read", messages::NOT_READ.to_owned()),
    };
    let part = fault.and_then(Fault::part).map(|part| part.to_string());
    view! {
        <section class="alert" role="alert" data-code=code data-part=part>
            <h2>{messages::REJECTED}</h2>
            <p prop:textContent=what></p>
            <p class="alert-next">{messages::NOTHING_SHOWN}</p>
        </section>
    }
    .into_any()
}

/// The form for the passphrase.
fn locked(page: SnapshotPageState, file: Arc<SealedFile>) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        page.unlock(file.clone());
    };
    let typed = move |event| page.passphrase.set(event_target_value(&event));
    view! {
        <form class="state" on:submit=submit>
            <p>{messages::LOCKED}</p>
            <label class="field">
                <span>{messages::PASSPHRASE}</span>
                <input type="password" autocomplete="off" on:input=typed prop:value=page.passphrase />
            </label>
            <button type="submit" class="primary">{messages::UNLOCK}</button>
            <p class="field-problem" role="alert" prop:textContent=page.problem></p>
        </form>
    }
    .into_any()
}

/// The banner, the comparison, and the entries page on the rows of the file.
fn opened(
    page: SnapshotPageState,
    header: Arc<Header>,
    root: Arc<str>,
    table: EntryTable,
) -> AnyView {
    let session = expect_context::<Session>();
    let company_data = CompanyData::of_file(session, &header, table);
    provide_context(company_data);
    let sealed_at = match header.sealed_at.get(..16) {
        Some(minute) => minute.replace('T', " ") + " UTC",
        None => header.sealed_at.clone(),
    };
    let company = match &*header.company {
        "" => header.company_id.clone(),
        name => name.to_owned(),
    };
    let entries = intl::count(usize::try_from(header.entries).unwrap_or(usize::MAX));
    let contents = messages::contents(&entries, &header.filter);
    let incomplete = (!header.complete).then_some(messages::INCOMPLETE);
    let comparing = RwSignal::new(false);
    let of_changes = header.clone();
    view! {
        <div class="page-fill">
            <section class="note snapshot-banner" aria-label=messages::TITLE data-root=root.to_string()>
                <p><strong><ExternalText text=messages::banner(&company, &sealed_at) /></strong></p>
                <p class="fine"><ExternalText text=contents /></p>
                <p class="fine">{incomplete}</p>
                <details>
                    <summary class="fine">{messages::ROOT}</summary>
                    <p class="fine"><code translate="no" prop:textContent=root.to_string()></code></p>
                    <p class="fine">{messages::PROVES}</p>
                </details>
                <div class="actions">
                    <button
                        type="button" class="quiet" aria-expanded=move || comparing.get().to_string()
                        on:click=move |_| comparing.update(|open| *open = !*open)
                    >{messages::COMPARE}</button>
                    <button type="button" on:click=move |_| page.stage.set(Stage::Choose)>{messages::CLOSE}</button>
                </div>
            </section>
            {move || comparing.get().then(|| view! { <Changes header=of_changes.clone() /> }.into_any())}
            <ChunkView chunk=ENTRIES />
        </div>
    }
    .into_any()
}

impl SnapshotPageState {
    fn open(self, file: File) {
        self.problem.set("");
        self.stage.set(Stage::Checking(0, 0));
        self.task.with_value(|task| {
            task.run(async move {
                let Some(bytes) = file_input::bytes_of(&file, LARGEST_FILE).await else {
                    #[expect(clippy::cast_precision_loss, reason = "a limit far below 2⁵³")]
                    let too_large = file.size() > LARGEST_FILE as f64;
                    let fault = too_large.then_some(Fault::TooLarge);
                    return drop(self.stage.try_set(Stage::Rejected(fault)));
                };
                let progress = |done, of| drop(self.stage.try_set(Stage::Checking(done, of)));
                match check(bytes, progress).await {
                    Ok(file) if file.is_encrypted() => {
                        self.stage.try_set(Stage::Locked(Arc::new(file)));
                    }
                    Ok(file) => self.read(&file, "").await,
                    Err(fault) => drop(self.stage.try_set(Stage::Rejected(Some(fault)))),
                }
            });
        });
    }

    fn unlock(self, file: Arc<SealedFile>) {
        self.problem.set("");
        self.task.with_value(|task| {
            task.run(async move {
                let passphrase = self.passphrase.get_untracked();
                self.read(&file, &passphrase).await;
            });
        });
    }

    async fn read(self, file: &SealedFile, passphrase: &str) {
        match read(file, passphrase).await {
            Ok(opened) => {
                self.passphrase.try_set(String::new());
                let header = Arc::new(opened.header);
                self.table.try_set_value(Some(opened.table));
                self.stage.try_set(Stage::Open(header, opened.root.into()));
            }
            Err(OpenError::Fault(fault)) => {
                self.stage.try_set(Stage::Rejected(Some(fault)));
            }
            Err(OpenError::WrongPassphrase) => {
                self.problem.try_set(messages::WRONG_PASSPHRASE);
            }
            Err(OpenError::NoCrypto) => drop(self.problem.try_set(messages::NO_CRYPTO)),
        }
    }
}
