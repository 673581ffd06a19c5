//! The format of exported files, for this visit.

use super::messages::files as messages;
use crate::components::csv_format::{FORM, form};
use crate::platform::{document, intl};
use leptos::prelude::*;
use outlay_table::csv::{CsvFormat, DateFormat, DecimalSeparator, Preset, Separator};

/// A choice: its label, the function that applies it, and whether a format has it.
type FormatChoice = (&'static str, fn(&mut CsvFormat), fn(&CsvFormat) -> bool);

/// Presets of a whole format. The choices below change single parts of it.
const PRESETS: [FormatChoice; 2] = [
    (
        messages::SPREADSHEETS,
        |form| *form = CsvFormat::spreadsheet(intl::decimal_mark()),
        |form| form.preset == Preset::Spreadsheet,
    ),
    (
        messages::IMPORTS,
        |form| *form = CsvFormat::plain(),
        |form| form.preset == Preset::Plain,
    ),
];

const SEPARATORS: [FormatChoice; 3] = [
    (
        messages::COMMA,
        |form| form.separator = Separator::Comma,
        |form| form.separator == Separator::Comma,
    ),
    (
        messages::SEMICOLON,
        |form| form.separator = Separator::Semicolon,
        |form| form.separator == Separator::Semicolon,
    ),
    (
        messages::TAB,
        |form| form.separator = Separator::Tab,
        |form| form.separator == Separator::Tab,
    ),
];

const MARKS: [FormatChoice; 2] = [
    (
        messages::DOT,
        |form| form.mark = DecimalSeparator::Point,
        |form| form.mark == DecimalSeparator::Point,
    ),
    (
        messages::DECIMAL_COMMA,
        |form| form.mark = DecimalSeparator::Comma,
        |form| form.mark == DecimalSeparator::Comma,
    ),
];

const DATES: [FormatChoice; 3] = [
    (
        messages::ISO,
        |form| form.dates = DateFormat::Iso,
        |form| form.dates == DateFormat::Iso,
    ),
    (
        messages::SLASHES,
        |form| form.dates = DateFormat::Slashes,
        |form| form.dates == DateFormat::Slashes,
    ),
    (
        messages::DOTS,
        |form| form.dates = DateFormat::Dots,
        |form| form.dates == DateFormat::Dots,
    ),
];

const ENCODINGS: [FormatChoice; 2] = [
    (
        messages::UTF8_FOR_EXCEL,
        |form| form.byte_order_mark = true,
        |form| form.byte_order_mark,
    ),
    (
        messages::UTF8,
        |form| form.byte_order_mark = false,
        |form| !form.byte_order_mark,
    ),
];

/// The section for the CSV format.
pub fn section() -> impl IntoView {
    let chosen = RwSignal::new(form());
    view! {
        <section class="card">
            <h2>{messages::TITLE}</h2>
            <p>{messages::HINT}</p>
            <div class="fields">
                {choice(messages::PURPOSE, &PRESETS, chosen)}
                {choice(messages::SEPARATOR, &SEPARATORS, chosen)}
                {choice(messages::DECIMAL, &MARKS, chosen)}
                {choice(messages::DATES, &DATES, chosen)}
                {choice(messages::ENCODING, &ENCODINGS, chosen)}
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
