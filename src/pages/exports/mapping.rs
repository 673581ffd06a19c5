//! The mapping editor: the rules of a company, the format of its ledger, and the file that it keeps.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_ledger::Format;
use outlay_ledger::mapping::MappingDraft;
use outlay_ledger::template::PLACEHOLDERS;

use super::mapping_fields::{FieldKind, edit, field, flag};
use super::mapping_rules::tables;
use super::messages::mapping as words;
use super::run::RunState;
use crate::platform::{download, file_input};
use crate::session::load::Load;

/// The name of the mapping file.
const FILE_NAME: &str = "outlay-mapping.json";

/// The section.
pub fn mapping(state: RunState) -> AnyView {
    let fixed = Memo::new(move |_| state.is_fixed());
    let notice = RwSignal::new(String::new());
    let format = Memo::new(move |_| format_of(state));
    let problem = move || {
        state.preview.with(|preview| {
            let problem = preview.problem.as_ref()?;
            let key = match problem.key.as_str() {
                "" => String::new(),
                key => [" (", key, ")"].concat(),
            };
            Some([words::PROBLEM, &problem.message, &key].concat())
        })
    };
    let save = move |_| {
        let text = state
            .draft
            .with_untracked(|draft| draft.as_ref().map(MappingDraft::to_json));
        if let Some(text) = text {
            notice.set(download::save(FILE_NAME, "application/json", &text));
        }
    };
    view! {
        <section class="card" tabindex="-1" id="run-mapping">
            <h2>{words::TITLE}</h2>
            <p>{words::ABOUT}</p>
            {move || fixed.get().then(|| view! { <p class="note">{words::FIXED}</p> }.into_any())}
            <fieldset class="run-editor" disabled=move || fixed.get()>
                <legend class="visually-hidden">{words::TITLE}</legend>
                {load(state, notice)}
                <div class="run-fields">
                    {format_field(state)}
                    {field(state, "name", words::NAME, FieldKind::Text, "")}
                    {field(state, "baseCurrency", words::BASE, FieldKind::Text, "")}
                    {field(state, "journal", words::JOURNAL, FieldKind::Text, "")}
                    {field(state, "firstNumber", words::FIRST, FieldKind::Number, "")}
                    {field(state, "roundingAccount", words::ROUNDING, FieldKind::Text, "")}
                    {flag(state, "taxCodeRequired", words::TAX_REQUIRED)}
                    {flag(state, "vendorRequired", words::VENDOR_REQUIRED)}
                </div>
                {move || format.get().is_some_and(|it| !it.is_verified()).then(|| view! { <p class="note">{words::NOT_VERIFIED}</p> }.into_any())}
                {tables(state)}
                <details class="run-rules">
                    <summary>{words::SETTINGS}</summary>
                    {move || format.get().map(|format| settings(state, format))}
                </details>
                <details class="run-rules">
                    <summary>{words::TEXTS}</summary>
                    {texts(state)}
                </details>
            </fieldset>
            <p class="run-problem" role="status" prop:textContent=move || problem().unwrap_or_default()></p>
            <div class="actions">
                <button type="button" on:click=save>{words::DOWNLOAD}</button>
                <span role="status" prop:textContent=notice></span>
            </div>
        </section>
    }
    .into_any()
}

fn format_of(state: RunState) -> Option<Format> {
    let word = state
        .draft
        .with(|draft| draft.as_ref().map(|draft| draft.text("format")))?;
    Format::from_word(&word)
}

/// The field for a mapping file, which may also be dropped on it.
fn load(state: RunState, notice: RwSignal<String>) -> AnyView {
    let input = NodeRef::<Input>::new();
    let take = move |text: String| {
        let words = match MappingDraft::from_json(&text) {
            Ok(draft) => {
                state.draft.set(Some(draft));
                words::LOADED.to_owned()
            }
            // The mapping before stays.
            Err(error) => error.to_string(),
        };
        notice.set(words);
    };
    let chosen = move |_| {
        leptos::task::spawn_local(async move {
            if let Some(input) = input.try_get_untracked().flatten()
                && let Some(text) = file_input::text(&input).await
            {
                take(text);
            }
        });
    };
    let dropped = move |event: web_sys::DragEvent| {
        event.prevent_default();
        if untrack(|| state.is_fixed()) {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Some(text) = file_input::dropped_text(&event).await {
                take(text);
            }
        });
    };
    view! {
        <label class="field run-drop" on:dragover=move |event: web_sys::DragEvent| event.prevent_default() on:drop=dropped>
            <span>{words::FILE}</span>
            <input type="file" accept="application/json,.json" node_ref=input on:change=chosen />
            <small>{words::FILE_HINT}</small>
        </label>
    }
    .into_any()
}

fn format_field(state: RunState) -> AnyView {
    let options = Format::ALL.iter().map(|format| {
        let is_chosen = move || format_of(state) == Some(*format);
        view! { <option value=format.word() prop:selected=is_chosen>{format.label()}</option> }
    });
    let options = options.collect_view();
    let set = move |event| {
        let Some(format) = Format::from_word(&event_target_value(&event)) else {
            return;
        };
        let next = state.items.with_untracked(|items| {
            let Load::Ready(items) = items else {
                return None;
            };
            state
                .draft
                .with_untracked(|draft| Some(draft.as_ref()?.in_format(format, items)))
        });
        if next.is_some() {
            state.draft.set(next);
        }
    };
    view! {
        <label class="field">
            <span>{words::FORMAT}</span>
            <select on:change=set>{options}</select>
        </label>
    }
    .into_any()
}

fn texts(state: RunState) -> AnyView {
    let placeholders = PLACEHOLDERS.map(|word| ["{", word, "}"].concat());
    view! {
        <p class="fine">{words::PLACEHOLDERS} <code translate="no">{placeholders.join(" ")}</code></p>
        <div class="run-fields">
            {field(state, "texts.entry", words::TEXT_ENTRY, FieldKind::Text, "")}
            {field(state, "texts.line", words::TEXT_LINE, FieldKind::Text, "")}
            {field(state, "texts.document", words::TEXT_DOCUMENT, FieldKind::Text, "")}
            {field(state, "texts.rounding", words::TEXT_ROUNDING, FieldKind::Text, "")}
        </div>
    }
    .into_any()
}

fn settings(state: RunState, format: Format) -> AnyView {
    let text = |path, label| field(state, path, label, FieldKind::Text, "");
    let number = |path, label| field(state, path, label, FieldKind::Number, "");
    let choice = |path, label, choices| field(state, path, label, FieldKind::Choice(choices), "");
    let fields = match format {
        Format::Csv => vec![
            choice("settings.layout", words::LAYOUT, &words::LAYOUTS),
            choice("settings.separator", words::SEPARATOR, &words::SEPARATORS),
            choice("settings.dates", words::DATES, &words::DATE_FORMS),
            choice("settings.encoding", words::ENCODING, &words::ENCODINGS),
            field(
                state,
                "settings.longestText",
                words::LONGEST,
                FieldKind::Number,
                words::LONGEST_HINT,
            ),
            flag(state, "settings.taxLines", words::TAX_LINES),
            flag(state, "settings.decimalComma", words::DECIMAL_COMMA),
            flag(state, "settings.header", words::HEADER),
        ],
        Format::Sie => vec![
            text("settings.company", words::COMPANY),
            field(
                state,
                "settings.organisationNumber",
                words::ORGANISATION_NUMBER,
                FieldKind::Text,
                words::ORGANISATION_HINT,
            ),
            number("settings.longestText", words::LONGEST),
            flag(state, "settings.numbered", words::NUMBERED),
            flag(state, "settings.quotedNumbers", words::QUOTED),
        ],
        Format::Datev => vec![
            number("settings.consultant", words::CONSULTANT),
            number("settings.client", words::CLIENT),
            text("settings.yearStart", words::YEAR_START),
            number("settings.accountLength", words::ACCOUNT_LENGTH),
            text("settings.batchName", words::BATCH_NAME),
            text("settings.initials", words::INITIALS),
            choice("settings.chart", words::CHART, &words::CHARTS),
            flag(state, "settings.lock", words::LOCK),
        ],
        Format::Xero => vec![
            choice("settings.amounts", words::AMOUNTS, &words::AMOUNT_FORMS),
            text("settings.noTax", words::NO_TAX),
            number("settings.linesPerFile", words::LINES_PER_FILE),
        ],
        Format::QuickBooks => vec![choice("settings.dates", words::DATES, &words::DATE_FORMS)],
        Format::Economic => vec![flag(state, "settings.header", words::HEADER)],
    };
    let columns = (format == Format::Csv).then(|| columns(state));
    view! {
        <div class="run-fields">{fields}</div>
        {columns}
    }
    .into_any()
}

/// The columns of a CSV file: a row for each.
fn columns(state: RunState) -> AnyView {
    let count = Memo::new(move |_| {
        state.draft.with(|draft| {
            draft
                .as_ref()
                .map_or(0, |draft| draft.len("settings.columns"))
        })
    });
    let rows = move || (0..count.get()).map(|at| column(state, at)).collect_view();
    view! {
        <h3>{words::COLUMNS}</h3>
        <div class="table-wrap" tabindex="0" role="region" aria-label=words::COLUMNS>
            <table>
                <thead><tr>
                    <th scope="col">{words::COLUMN_HEADER}</th>
                    <th scope="col">{words::COLUMN_VALUE}</th>
                    <th scope="col">{words::COLUMN_TEXT}</th>
                    <th scope="col">{words::SWITCH_SIGN}</th>
                    <th scope="col"><span class="visually-hidden">{words::REMOVE}</span></th>
                </tr></thead>
                <tbody>{move || rows()}</tbody>
            </table>
        </div>
        <div class="actions">
            <button type="button" class="quiet" on:click=move |_| edit(state, MappingDraft::add_column)>{words::ADD_COLUMN}</button>
        </div>
    }
    .into_any()
}

fn column(state: RunState, at: usize) -> AnyView {
    let path = move |name: &str| format!("settings.columns[{at}].{name}");
    let of = move |path: String| {
        Memo::new(move |_| {
            state
                .draft
                .with(|draft| draft.as_ref().map(|draft| draft.text(&path)))
                .unwrap_or_default()
        })
    };
    let (header, fixed, switched) = (
        of(path("header")),
        of(path("fixed")),
        of(path("switchSign")),
    );
    let value = Memo::new(move |_| {
        state
            .draft
            .with(|draft| draft.as_ref().map(|draft| draft.column_value(at)))
            .unwrap_or_default()
    });
    let options = words::FIELDS.iter().map(|(word, label)| {
        let is_chosen = move || value.with(|value| value == word);
        view! { <option value=*word prop:selected=is_chosen>{*label}</option> }
    });
    let options = options.collect_view();
    let tag = move || {
        let value = value.get();
        let group = value.strip_prefix("tag:")?.to_owned();
        Some(
            view! { <option value=value.clone() selected=true>{words::tag(&group)}</option> }
                .into_any(),
        )
    };
    let set_text = move |name: &'static str| {
        move |event| {
            let text = event_target_value(&event);
            edit(state, |draft| draft.set_text(&path(name), &text));
        }
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        edit(state, |draft| draft.set_column_value(at, &word));
    };
    let switch = move |event| {
        let checked = event_target_checked(&event);
        edit(state, |draft| draft.set_flag(&path("switchSign"), checked));
    };
    let is_fixed = move || value.with(|value| value == "fixed");
    let has_sign = move || {
        value.with(|value| {
            value.to_lowercase().contains("amount") || value == "debit" || value == "credit"
        })
    };
    let label = move |what| words::column(at + 1, what);
    view! {
        <tr>
            <td><input type="text" aria-label=label(words::COLUMN_HEADER) prop:value=move || header.get() on:change=set_text("header") /></td>
            <td><select aria-label=label(words::COLUMN_VALUE) on:change=choose>
                {options}
                <option value="fixed" prop:selected=is_fixed>{words::FIXED_TEXT}</option>
                {move || tag()}
            </select></td>
            <td><input type="text" aria-label=label(words::COLUMN_TEXT) disabled=move || !is_fixed() prop:value=move || fixed.get() on:change=set_text("fixed") /></td>
            <td><input type="checkbox" aria-label=label(words::SWITCH_SIGN) disabled=move || !has_sign() prop:checked=move || switched.get() == "true" on:change=switch /></td>
            <td class="run-buttons">
                <button type="button" class="quiet" aria-label=label(words::MOVE_LEFT) disabled=at == 0 on:click=move |_| edit(state, |draft| draft.move_column(at))>"↑"</button>
                <button type="button" class="quiet" aria-label=label(words::REMOVE) on:click=move |_| edit(state, |draft| draft.remove_column(at))>"×"</button>
            </td>
        </tr>
    }
    .into_any()
}
