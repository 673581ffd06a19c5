//! The filter as fields. They edit the same filter as the line; what they cannot show, they leave as it
//! is.

use std::collections::BTreeMap;

use leptos::prelude::*;
use outlay_pleo::text::marked;
use outlay_table::Month;
use outlay_table::filter::{FilterError, FilterForm, FormText, Quantity};
use outlay_table::fold::fold;
use outlay_table::{Column, EntryTable, Filter, entry_labels};

use super::state::EntriesState;
use crate::effect::effect;
use crate::pages::entries_messages as messages;

/// Value and words of a choice.
type Choice = (String, String);

/// The filter's fields.
#[derive(Clone, Copy)]
struct Form {
    state: EntriesState,
    /// What the fields show, and the conditions that they cannot show.
    shown: Memo<(FilterForm, Filter)>,
}

impl Form {
    /// Changes the filter; its line shows the result.
    fn edit(self, change: impl FnOnce(&mut FilterForm)) {
        let (mut form, others) = self.shown.get_untracked();
        change(&mut form);
        self.state.filter_by(form.filter(others).to_string());
    }
}

/// The fields.
#[component]
pub fn FilterBar() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let form = Form {
        state,
        shown: Memo::new(move |_| state.filter.with(FilterForm::of)),
    };
    let others = move || {
        form.shown.with(|(_, others)| match others.is_empty() {
            true => String::new(),
            false => messages::not_in_fields(&marked(&others.to_string())),
        })
    };
    let receipt = move || form.shown.with(|(form, _)| form.receipt);
    let choose_receipt = move |event| {
        let value = event_target_value(&event);
        form.edit(|form| {
            form.receipt = ["present", "missing"]
                .contains(&&*value)
                .then(|| value == "present")
        });
    };
    view! {
        <div class="filter-bar" role="group" aria-label=messages::FILTERS>
            {amount(form, messages::AMOUNT_FROM, |form| &mut form.amount_from)}
            {amount(form, messages::AMOUNT_TO, |form| &mut form.amount_to)}
            {select(form, messages::STATUS, FormText::Status)}
            {select(form, messages::TYPE, FormText::Type)}
            {select(form, messages::ACCOUNT, FormText::Account)}
            {select(form, messages::EMPLOYEE, FormText::Employee)}
            {select(form, messages::EXPORT_STATUS, FormText::Export)}
            <label class="field">
                <span>{messages::RECEIPT}</span>
                <select on:change=choose_receipt>
                    <option value="" prop:selected=move || receipt().is_none()>{messages::ANY}</option>
                    <option value="present" prop:selected=move || receipt() == Some(true)>{messages::PRESENT}</option>
                    <option value="missing" prop:selected=move || receipt() == Some(false)>{messages::MISSING}</option>
                </select>
            </label>
            {month(form, messages::MONTH_FROM, |form| &mut form.month_from)}
            {month(form, messages::MONTH_TO, |form| &mut form.month_to)}
            <button type="button" class="quiet" on:click=move |_| state.filter_by(String::new())>{messages::CLEAR_FILTERS}</button>
            <p class="fine" translate="no" prop:textContent=move || others()></p>
        </div>
    }
}

/// The value of a field as written; the text stays as typed while it means the same.
fn amount(
    form: Form,
    label: &'static str,
    of: fn(&mut FilterForm) -> &mut Option<Quantity>,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    let parsed = move || match typed.with(|text| text.trim().is_empty()) {
        true => Ok(None),
        false => typed.with(|text| Quantity::parse(text.trim())).map(Some),
    };
    let stated = Memo::new(move |_| *of(&mut form.shown.get().0));
    effect(move || {
        let stated = stated.get();
        if untrack(parsed).ok().flatten() != stated {
            typed.set(stated.map_or_else(String::new, |number| number.to_string()));
        }
    });
    let input = move |event| {
        typed.set(event_target_value(&event));
        if let Ok(number) = untrack(parsed) {
            form.edit(|form| *of(form) = number);
        }
    };
    let fault = move || {
        let code = parsed().err();
        code.map(|code| FilterError { at: 0, code }.code.message())
            .unwrap_or_default()
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="text" inputmode="decimal" autocomplete="off" prop:value=typed
                aria-invalid=move || parsed().is_err().to_string() on:input=input
            />
            <small class="fault" prop:textContent=move || fault()></small>
        </label>
    }
    .into_any()
}

fn month(
    form: Form,
    label: &'static str,
    of: fn(&mut FilterForm) -> &mut Option<Month>,
) -> AnyView {
    let stated = move || {
        let month = *of(&mut form.shown.get().0);
        month.map_or_else(String::new, |month| month.to_string())
    };
    let change = move |event| {
        let text = event_target_value(&event);
        let text = text.trim();
        // Some browsers have a field of text for months.
        let month = Month::parse(text);
        if month.is_some() || text.is_empty() {
            form.edit(|form| *of(form) = month);
        }
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="month" placeholder=messages::MONTH_PATTERN prop:value=move || stated() on:change=change />
        </label>
    }
    .into_any()
}

fn select(form: Form, label: &'static str, field: FormText) -> AnyView {
    let stated = Memo::new(move |_| {
        let text = form
            .shown
            .with(|(form, _)| form.text(field).map(str::to_owned));
        text.unwrap_or_default()
    });
    let choices = Memo::new(move |_| {
        let mut choices = form
            .state
            .company_data
            .table
            .with(|table| choices(table, field));
        let stated = stated.get();
        if !stated.is_empty() && !choices.iter().any(|choice| is_chosen(choice, &stated)) {
            choices.push((stated.clone(), stated));
        }
        choices
    });
    let options = move || {
        let options = choices.get().into_iter().map(|choice| {
            let words = marked(&choice.1);
            let value = choice.0.clone();
            let selected = move || stated.with(|stated| is_chosen(&choice, stated));
            view! { <option value=value translate="no" dir="auto" prop:selected=selected prop:textContent=words></option> }
        });
        options.collect_view().into_any()
    };
    let change = move |event| {
        let value = event_target_value(&event);
        form.edit(|form| form.set_text(field, Some(value)));
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <select on:change=change>
                <option value="" prop:selected=move || stated.with(String::is_empty)>{messages::ANY}</option>
                {move || options()}
            </select>
        </label>
    }
    .into_any()
}

/// Whether the filter's text means this choice: by its value or its words.
fn is_chosen((value, words): &Choice, text: &str) -> bool {
    let folded = |text: &str| {
        let mut form = String::new();
        fold(text, &mut form);
        form
    };
    let text = folded(text);
    !text.is_empty() && (folded(value) == text || folded(words) == text)
}

/// The values that occur among the loaded entries.
fn choices(table: &EntryTable, field: FormText) -> Vec<Choice> {
    let of_codes = |codes: Column, words: Column| {
        let label = |code: &str| (code.to_owned(), entry_labels::words(words, code));
        table.distinct(codes).map(label).collect::<Vec<_>>()
    };
    match field {
        FormText::Status => of_codes(Column::StatusCode, Column::Status),
        FormText::Type => of_codes(Column::TypeCode, Column::Type),
        FormText::Export => of_codes(Column::ExportCode, Column::Export),
        FormText::Employee => {
            let mut names: Vec<&str> = table.distinct(Column::Employee).collect();
            names.sort_unstable();
            let named = |name: &str| (name.to_owned(), name.to_owned());
            names.into_iter().map(named).collect()
        }
        FormText::Account => {
            let codes = table.distinct(Column::AccountCode);
            let mut all: BTreeMap<String, String> = codes
                .map(|code| (code.to_owned(), code.to_owned()))
                .collect();
            for account in table.names().accounts.values() {
                let value = account.code.as_deref().or(account.name.as_deref());
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    all.insert(value.to_owned(), account.label());
                }
            }
            all.into_iter().collect()
        }
    }
}
