//! The form of the files that the user takes along, for this visit.

use leptos::prelude::*;
use outlay_desk::csv::{Dates, Form, Mark, Separator};
use outlay_page::components::save_entries::{FORM, form};
use outlay_page::platform::document;

/// Words of an option, and what it makes of the form.
type Choice = (&'static str, fn(&mut Form));

const SEPARATORS: [Choice; 3] = [
    ("Comma", |form| form.separator = Separator::Comma),
    ("Semicolon", |form| form.separator = Separator::Semicolon),
    ("Tab", |form| form.separator = Separator::Tab),
];

const MARKS: [Choice; 2] = [
    ("Point: 1234.50", |form| form.mark = Mark::Point),
    ("Comma: 1234,50", |form| form.mark = Mark::Comma),
];

const DATES: [Choice; 3] = [
    ("2026-11-22", |form| form.dates = Dates::Iso),
    ("22/11/2026", |form| form.dates = Dates::Slashes),
    ("22.11.2026", |form| form.dates = Dates::Dots),
];

const BEGINNINGS: [Choice; 2] = [
    ("Byte order mark, as Excel wants", |form| {
        form.byte_order_mark = true;
    }),
    ("Nothing, as some ledgers want", |form| {
        form.byte_order_mark = false;
    }),
];

/// The section.
pub fn section() -> impl IntoView {
    let chosen = RwSignal::new(form());
    view! {
        <section class="card">
            <h2>"Files"</h2>
            <p>
                "The form of the tables that are saved as CSV. It lasts for this visit: nothing is
                stored."
            </p>
            <div class="fields">
                {choice("Separator", &SEPARATORS, chosen)}
                {choice("Decimal mark", &MARKS, chosen)}
                {choice("Dates", &DATES, chosen)}
                {choice("First bytes", &BEGINNINGS, chosen)}
            </div>
        </section>
    }
}

fn choice(
    label: &'static str,
    choices: &'static [Choice],
    chosen: RwSignal<Form>,
) -> impl IntoView {
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some((_, apply)) = choices.iter().find(|(words, _)| *words == value) {
            chosen.update(apply);
            document::set_data(FORM, Some(&chosen.get_untracked().words()));
        }
    };
    let options = choices.iter().map(|(words, apply)| {
        let is_chosen = move || {
            let mut same = chosen.get();
            apply(&mut same);
            same == chosen.get()
        };
        view! { <option value=*words prop:selected=is_chosen>{*words}</option> }
    });
    view! {
        <label class="field">
            <span>{label}</span>
            <select on:change=choose>{options.collect_view()}</select>
        </label>
    }
}
