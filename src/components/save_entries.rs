//! Taking the entries along as a file.

use leptos::prelude::*;
use outlay_desk::csv::Form;
use outlay_desk::entries_file;

use crate::platform::{clock, document, download, intl};
use crate::session::books::Books;

/// Where the form of files stands for this visit, beside the theme: `/settings` writes it there.
pub const FORM: &str = "files";

/// The form of files as chosen in this visit.
pub fn form() -> Form {
    let chosen = document::root().and_then(|root| root.dataset().get(FORM));
    chosen.as_deref().map(Form::of_words).unwrap_or_default()
}

/// The button; it says how many rows the file will have.
#[component]
pub fn SaveEntries() -> impl IntoView {
    let books = expect_context::<Books>();
    let said = RwSignal::new("");
    let count = Memo::new(move |_| books.entries.with(outlay_desk::Rows::len));
    let save = move |_| {
        let text = books.entries.with_untracked(|rows| {
            books.people.with_untracked(|people| {
                let names = people.ready();
                entries_file::write(rows, form(), |id| Some(names?.get(id)?.as_str()))
            })
        });
        let day = intl::iso(clock::wall_millis());
        let name = ["outlay-entries-", day.get(..10).unwrap_or_default(), ".csv"].concat();
        said.set(
            match download::save(&name, "text/csv;charset=utf-8", &text) {
                true => "Saved",
                false => "The browser refused to save",
            },
        );
    };
    view! {
        <button
            type="button" class="quiet" on:click=save
            title="A table of all rows read so far. Settings has the form of such files."
        >
            "Save " {move || intl::count(count.get())} " as CSV"
        </button>
        <span role="status">{said}</span>
    }
}
