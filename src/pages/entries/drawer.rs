//! One entry in full, in a dialog at the side. It has an address of its own: the parameter `entry`.

use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::request::entries;
use outlay_pleo::text::marked;
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Envelope};
use outlay_table::{Column, EntryTable};

use super::state::EntriesState;
use crate::components::amount::Amount;
use crate::components::external_text::ExternalText;
use crate::components::messages as words;
use crate::components::messages::drawer as labels;
use crate::effect::effect;
use crate::pages::refusal::refusal;
use crate::platform::intl;
use crate::session::app_error::AppError;
use crate::session::call::ask;
use crate::session::company_data::{CompanyData, OpenedEntry};
use crate::session::load::Load;

/// The dialog. It is open while the address names an entry and the company's data is in view.
#[component]
pub fn EntryDrawer() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let company_data = state.company_data;
    let dialog = NodeRef::<Dialog>::new();
    let id = Memo::new(move |_| {
        let in_view =
            company_data.waiting.get().is_none() && company_data.company_id.get().is_some();
        state.opened.get().filter(|_| in_view)
    });
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match id.with(Option::is_some) {
            true if dialog.open() => {}
            true => {
                // A click outside closes it too, if the browser supports that.
                let _ = dialog.set_attribute("closedby", "any");
                let _ = dialog.show_modal();
            }
            false => dialog.close(),
        }
    });
    effect(move || match id.get() {
        Some(id) => load(company_data, &id),
        None => drop_opened(company_data),
    });
    on_cleanup(move || drop_opened(company_data));
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let closed = move |_| {
        let is_open = dialog.get_untracked().is_some_and(|dialog| dialog.open());
        // The address stays while the data waits for a reconnect.
        if !is_open && company_data.waiting.get_untracked().is_none() {
            state.close();
        }
    };
    let place = Memo::new(move |_| state.opened_place());
    let last = move || state.order.with(|order| order.len().saturating_sub(1));
    let go = move |place: Option<usize>| {
        if let Some(place) = place {
            state.open(place);
            company_data.place.update(|at| {
                at.1 = Some((place, at.1.map_or(0, |cell| cell.1)));
            });
        }
    };
    let previous = move || place.get().and_then(|place| place.checked_sub(1));
    let next = move || {
        place
            .get()
            .map(|place| place + 1)
            .filter(|place| *place <= last())
    };
    view! {
        <dialog class="drawer" node_ref=dialog aria-labelledby="drawer-title" on:close=closed>
            <header class="drawer-head">
                <h2 id="drawer-title">{labels::TITLE}</h2>
                <button type="button" class="quiet" disabled=move || previous().is_none() on:click=move |_| go(previous())>{labels::PREVIOUS}</button>
                <button type="button" class="quiet" disabled=move || next().is_none() on:click=move |_| go(next())>{labels::NEXT}</button>
                <button type="button" class="quiet" on:click=close>{words::CLOSE}</button>
            </header>
            {move || id.get().map(|id| content(company_data, id))}
        </dialog>
    }
}

fn drop_opened(company_data: CompanyData) {
    company_data.stop_opened();
    if company_data
        .opened
        .try_with_untracked(|opened| !opened.1.is_idle())
        == Some(true)
    {
        company_data.opened.set(OpenedEntry::default());
    }
}

/// Loads the entry, unless it is here or on its way.
fn load(company_data: CompanyData, id: &str) {
    let known = company_data
        .opened
        .with_untracked(|(known, state)| known == id && !state.is_idle());
    if known {
        return;
    }
    let (client, connection) = match company_data.with() {
        Some(link) => link,
        None => return,
    };
    company_data.opened.set((id.to_owned(), Load::Loading));
    let id = id.to_owned();
    company_data.run_opened(async move {
        let request = entries::get(&AccountingEntryId::from(&*id), true);
        let result: Result<Envelope<AccountingEntry>, AppError> =
            ask(&client, &connection, request).await;
        company_data.opened.set((
            id.clone(),
            match result {
                Ok(entry) if entry.data.id == *id => Load::Ready(Box::new(entry.data)),
                Ok(_) => Load::Failed(AppError::of(ErrorCode::ApiMalformed)),
                Err(app_error) => Load::Failed(app_error),
            },
        ));
    });
}

/// What the table has at once, and the whole entry once it is here.
fn content(company_data: CompanyData, id: String) -> AnyView {
    let shown = move || {
        let id = &id;
        let (loaded, state) = company_data.opened.with(|(of, state)| {
            let state = state.clone();
            match of == id {
                true => (state.ready().cloned(), state),
                false => (None, Load::Loading),
            }
        });
        let facts = company_data.table.with(|table| match loaded {
            Some(entry) => {
                let mut alone = EntryTable::new();
                alone.append(std::slice::from_ref(&*entry), &[]);
                alone.set_names(table.names().clone());
                Some(facts(&alone, 0, Some(&entry)))
            }
            None => table.row_of(id).map(|row| facts(table, row, None)),
        });
        let again = move || company_data.opened.set(OpenedEntry::default());
        let id = id.clone();
        let status = match state {
            Load::Failed(app_error) => Some(refusal(app_error, move || {
                again();
                load(company_data, &id);
            })),
            Load::Ready(_) => None,
            Load::Idle | Load::Loading => Some(
                view! { <p class="fine loading" role="status">{words::LOADING}</p> }.into_any(),
            ),
        };
        view! {
            {facts}
            {status}
        }
        .into_any()
    };
    view! { {move || shown()} }.into_any()
}

/// A line of the list: its name, and text from Pleo or text written here.
type Fact = (String, Option<FieldValue>);

enum FieldValue {
    /// Text from Pleo.
    External(String),
    /// A date or a count, written here.
    Own(String),
    /// An amount.
    Amount(outlay_pleo::Money),
}

/// The entry at `row` of a table; `entry` is the whole of it, once it is loaded.
fn facts(table: &EntryTable, row: usize, entry: Option<&AccountingEntry>) -> AnyView {
    let text = |column| {
        let text = table.text(row, column);
        (!text.is_empty()).then(|| FieldValue::External(text.into_owned()))
    };
    let label = |text: std::borrow::Cow<'_, str>| {
        (!text.is_empty()).then(|| FieldValue::External(text.into_owned()))
    };
    let own = |text: String| Some(FieldValue::Own(text));
    let minute = |at: Option<&Timestamp>| at.map(intl::minute).map(FieldValue::Own);
    let day = |column| match (table.day(row, column), table.unread_date(row, column)) {
        (Some(day), _) => own(intl::day(day)),
        (None, unread) => unread.map(|text| FieldValue::Own(marked(text))),
    };
    let named = |name: &str, value| (name.to_owned(), value);
    let billed = table.money(row, Column::Billed);
    let mut all: Vec<Fact> = vec![
        named(labels::DESCRIPTION, label(table.description(row))),
        named(labels::TYPE, own_external(kind(table, row))),
        named(
            labels::EMPLOYEE,
            text(Column::Employee).or_else(|| text(Column::EmployeeId)),
        ),
        named(
            labels::PURCHASE_DATE,
            match entry {
                Some(entry) => minute(Some(&entry.performed_at)),
                None => day(Column::Date),
            },
        ),
        named(
            labels::SETTLED_DATE,
            match entry {
                Some(entry) => minute(entry.settled_at.as_ref()),
                None => day(Column::Settled),
            },
        ),
        named(
            labels::BOOKKEEPING_DATE,
            match entry {
                Some(entry) => entry
                    .bookkeeping_date
                    .as_ref()
                    .map(|at| FieldValue::Own(intl::written_day(at))),
                None => day(Column::Booked),
            },
        ),
    ];
    if let Some(money) = billed {
        let name = labels::amount_in(money.currency.as_str());
        all.push((name, Some(FieldValue::Amount(money))));
    }
    all.extend([
        named(labels::STATUS, text(Column::Status)),
        named(labels::REVIEW_STATUS, text(Column::Review)),
        named(labels::EXPORT_STATUS, text(Column::Export)),
        named(labels::ACCOUNT, label(table.account_label(row))),
        named(labels::TAX_CODE, own_external(tax(table, row))),
    ]);
    let groups = u16::try_from(table.tag_groups().count()).unwrap_or(u16::MAX);
    for group in 0..groups {
        let value = text(Column::Tag(group)).or_else(|| text(Column::TagId(group)));
        all.push((table.header(Column::Tag(group)), value));
    }
    all.extend([
        named(
            labels::VENDOR,
            text(Column::Vendor).or_else(|| text(Column::VendorId)),
        ),
        named(labels::VENDOR_ACCOUNT, text(Column::VendorAccount)),
        named(labels::VENDOR_TAX_NUMBER, text(Column::VendorTaxNumber)),
        named(labels::DOCUMENT, text(Column::Document)),
        named(
            labels::RECEIPTS,
            own(match table.count(row, Column::Receipts) {
                0 => labels::NO_RECEIPTS.to_owned(),
                some => intl::count(some as usize),
            }),
        ),
        named(
            labels::ATTENDEES,
            match table.count(row, Column::Attendees) {
                0 => None,
                some => own(intl::count(some as usize)),
            },
        ),
        named(
            labels::DELETED,
            minute(entry.and_then(|entry| entry.deleted_at.as_ref())),
        ),
        named(labels::ENTRY_ID, text(Column::EntryId)),
    ]);
    let parts: Vec<usize> = table.parts_of(row).collect();
    let amount = table
        .money(row, Column::Amount)
        .map(|money| view! { <p class="drawer-amount"><Amount money /></p> });
    view! {
        {amount}
        <dl class="facts">{all.into_iter().filter_map(fact).collect_view()}</dl>
        {(!parts.is_empty()).then(|| lines(table, &parts))}
    }
    .into_any()
}

fn own_external(text: String) -> Option<FieldValue> {
    (!text.is_empty()).then_some(FieldValue::External(text))
}

/// A line of the list; none without a value.
fn fact((name, value): Fact) -> Option<AnyView> {
    let value = match value? {
        FieldValue::External(text) => view! { <dd><ExternalText text /></dd> }.into_any(),
        FieldValue::Own(text) => {
            view! { <dd translate="no" prop:textContent=text></dd> }.into_any()
        }
        FieldValue::Amount(money) => view! { <dd><Amount money /></dd> }.into_any(),
    };
    Some(view! { <dt translate="no" prop:textContent=marked(&name)></dt>{value} }.into_any())
}

/// The type and the subtype; the subtype alone if it begins with the type, as in `Reimbursement` and
/// `Reimbursement to employee`.
fn kind(table: &EntryTable, row: usize) -> String {
    let family = table.text(row, Column::Type);
    let finer = table.text(row, Column::Subtype);
    match finer.starts_with(&*family) || finer.is_empty() {
        true if finer.is_empty() => family.into_owned(),
        true => finer.into_owned(),
        false => [&*family, " · ", &finer].concat(),
    }
}

/// `I25 Input VAT · 25 %`.
fn tax(table: &EntryTable, row: usize) -> String {
    let label = table.tax_label(row);
    match &*table.text(row, Column::TaxRate) {
        "" => label.into_owned(),
        rate => labels::with_rate(&label, rate),
    }
}

fn lines(table: &EntryTable, parts: &[usize]) -> AnyView {
    let rows = parts.iter().map(|row| {
        let external = |text: String| (!text.is_empty()).then(|| view! { <ExternalText text /> });
        let account = table.account_label(*row).into_owned();
        let amount = table.money(*row, Column::Amount);
        let amount = amount.or_else(|| table.money(*row, Column::Billed));
        let line = table.text(*row, Column::Line).into_owned();
        view! {
            <tr>
                <td prop:textContent=line></td>
                <td>{external(account)}</td>
                <td>{external(tax(table, *row))}</td>
                <td class="amount">{amount.map(|money| view! { <Amount money /> })}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <h3 prop:textContent=labels::split_into(parts.len())></h3>
        <div class="table-wrap" tabindex="0" role="region" aria-label=labels::LINES>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{labels::LINE}</th>
                        <th scope="col">{labels::ACCOUNT}</th>
                        <th scope="col">{labels::TAX_CODE}</th>
                        <th scope="col" class="amount">{labels::AMOUNT}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
