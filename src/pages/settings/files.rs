//! The form of the files that the user takes along, for this visit.

use crate::components::export_entries::{FORM, form};
use crate::platform::{document, intl};
use leptos::prelude::*;
use outlay_table::csv::{CsvFormat, DateFormat, DecimalSeparator, Preset, Separator};

/// Words of an option, what it makes of the form, and whether the form has it.
type FormatChoice = (&'static str, fn(&mut CsvFormat), fn(&CsvFormat) -> bool);

/// Each is a whole form, of which the choices below change single parts.
const PRESETS: [FormatChoice; 2] = [
    (
        "Spreadsheets",
        |form| *form = CsvFormat::spreadsheet(intl::decimal_mark()),
        |form| form.preset == Preset::Spreadsheet,
    ),
    (
        "Programs that import data",
        |form| *form = CsvFormat::plain(),
        |form| form.preset == Preset::Plain,
    ),
];

const SEPARATORS: [FormatChoice; 3] = [
    (
        "Comma",
        |form| form.separator = Separator::Comma,
        |form| form.separator == Separator::Comma,
    ),
    (
        "Semicolon",
        |form| form.separator = Separator::Semicolon,
        |form| form.separator == Separator::Semicolon,
    ),
    (
        "Tab",
        |form| form.separator = Separator::Tab,
        |form| form.separator == Separator::Tab,
    ),
];

const MARKS: [FormatChoice; 2] = [
    (
        "Point: 1234.50",
        |form| form.mark = DecimalSeparator::Point,
        |form| form.mark == DecimalSeparator::Point,
    ),
    (
        "Comma: 1234,50",
        |form| form.mark = DecimalSeparator::Comma,
        |form| form.mark == DecimalSeparator::Comma,
    ),
];

const DATES: [FormatChoice; 3] = [
    (
        "2026-11-22",
        |form| form.dates = DateFormat::Iso,
        |form| form.dates == DateFormat::Iso,
    ),
    (
        "22/11/2026",
        |form| form.dates = DateFormat::Slashes,
        |form| form.dates == DateFormat::Slashes,
    ),
    (
        "22.11.2026",
        |form| form.dates = DateFormat::Dots,
        |form| form.dates == DateFormat::Dots,
    ),
];

const BEGINNINGS: [FormatChoice; 2] = [
    (
        "Byte order mark, as Excel wants",
        |form| form.byte_order_mark = true,
        |form| form.byte_order_mark,
    ),
    (
        "Nothing, as some ledgers want",
        |form| form.byte_order_mark = false,
        |form| !form.byte_order_mark,
    ),
];

/// The section.
pub fn section() -> impl IntoView {
    let chosen = RwSignal::new(form());
    view! {
        <section class="card">
            <h2>"Files"</h2>
            <p>
                "The form of the tables that are saved as CSV. It lasts for this visit: nothing is
                stored. At first it is the form that spreadsheets of this browser's locale read."
            </p>
            <div class="fields">
                {choice("Made for", &PRESETS, chosen)}
                {choice("Separator", &SEPARATORS, chosen)}
                {choice("Decimal mark", &MARKS, chosen)}
                {choice("Dates", &DATES, chosen)}
                {choice("First bytes", &BEGINNINGS, chosen)}
            </div>
            <p role="status">{move || chosen.get().label()}</p>
            <p class="fine">{move || chosen.get().caution()}</p>
        </section>
    }
}

fn choice(
    label: &'static str,
    choices: &'static [FormatChoice],
    chosen: RwSignal<CsvFormat>,
) -> impl IntoView {
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some((_, apply, _)) = choices.iter().find(|(words, ..)| *words == value) {
            chosen.update(apply);
            document::set_data(FORM, Some(&chosen.get_untracked().words()));
        }
    };
    let options = choices.iter().map(|(words, _, has)| {
        let is_chosen = move || chosen.with(has);
        view! { <option value=*words prop:selected=is_chosen>{*words}</option> }
    });
    view! {
        <label class="field">
            <span>{label}</span>
            <select on:change=choose>{options.collect_view()}</select>
        </label>
    }
}
