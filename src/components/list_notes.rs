//! Why a list is incomplete, and which of its rows are shown only in part.

use leptos::prelude::*;
use outlay_pleo::{Incomplete, ListProgress};
use outlay_table::notes;

use super::messages;
use crate::platform::intl;
use crate::session::company_data::CompanyData;
use crate::session::load::Load;

/// The reason why `list` is incomplete, with a button that loads it again; nothing if it is complete.
#[component]
pub fn IncompleteList(
    /// How far the list is.
    list: Memo<Option<Incomplete>>,
    /// What its rows are, for example `entries`.
    what: &'static str,
    /// Loads the list again.
    again: Callback<()>,
) -> impl IntoView {
    let shown = move || {
        let reason = list.get()?;
        let words = messages::lists::incomplete(what, &reason.sentence(what, intl::count));
        Some(
            view! {
                <div class="note state" role="status" data-incomplete=reason.code()>
                    <p prop:textContent=words></p>
                    <button type="button" class="quiet" on:click=move |_| again.run(())>{messages::lists::LOAD_AGAIN}</button>
                </div>
            }
            .into_any(),
        )
    };
    view! { {move || shown()} }
}

/// The notes on the entries, their list and the list of employees.
#[component]
pub fn EntriesNotes() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let list = Memo::new(move |_| {
        // The banner says it of a file, which cannot be loaded again.
        company_data
            .entries_pagination
            .with(|pagination| pagination.list.incomplete().cloned())
            .filter(|_| !company_data.is_file())
    });
    let employees = reason(company_data.people_list);
    // Takes time in proportion to the rows, and pages arrive more often than the table is updated.
    let of_table = Memo::new(move |_| company_data.table.with(outlay_table::EntryTable::notes));
    let sentences = Memo::new(move |_| {
        company_data
            .entries_pagination
            .with(|pagination| notes::of_rows(&pagination.list, of_table.get(), &intl::count))
    });
    let again = Callback::new(move |()| company_data.drop_entries());
    let employees_again = Callback::new(move |()| company_data.people.set(Load::Idle));
    view! {
        <IncompleteList list what=messages::lists::ENTRIES again />
        <IncompleteList list=employees what=messages::lists::EMPLOYEES again=employees_again />
        {move || sentences.with(|sentences| folded(sentences))}
    }
}

/// The sentences behind one line that says how many there are; nothing without any.
fn folded(sentences: &[String]) -> Option<AnyView> {
    if sentences.is_empty() {
        return None;
    }
    let summary = messages::lists::notes(sentences.len());
    Some(
        view! {
            <details class="notes">
                <summary class="fine" prop:textContent=summary></summary>
                {lines(sentences)}
            </details>
        }
        .into_any(),
    )
}

/// The note on the list of companies.
#[component]
pub fn CompaniesNote() -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let list = reason(company_data.companies_list);
    let again = Callback::new(move |()| company_data.companies.set(Load::Idle));
    view! { <IncompleteList list what=messages::lists::COMPANIES again /> }
}

fn reason(list: RwSignal<ListProgress>) -> Memo<Option<Incomplete>> {
    Memo::new(move |_| list.with(|list| list.incomplete().cloned()))
}

/// Sentences in small print, one per line.
pub fn lines(sentences: &[String]) -> AnyView {
    let lines = sentences.iter().map(
        |sentence| view! { <p class="fine" translate="no" prop:textContent=sentence.clone()></p> },
    );
    lines.collect_view().into_any()
}
