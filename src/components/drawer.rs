//! One entry in full, in a dialog at the side.

use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_pleo::id::AccountId;
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Money, SplitItem};
use outlay_table::column::Column;
use outlay_table::entry_labels::{about, words};

use super::amount::Amount;
use super::external_text::ExternalText;
use super::messages;
use super::messages::drawer as labels;
use crate::effect::effect;
use crate::platform::intl;
use crate::session::company_data::CompanyData;

/// The dialog with the entry that is open.
#[component]
pub fn OpenedEntry() -> impl IntoView {
    let entry = expect_context::<CompanyData>().opened;
    view! { <EntryDrawer entry /> }
}

/// The dialog. It is open while there is an entry.
#[component]
pub fn EntryDrawer(
    /// The entry, with the name of who spent, where it is known.
    entry: RwSignal<Option<(AccountingEntry, Option<String>)>>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        if entry.with(Option::is_some) {
            // A click beside it closes it too, where the browser knows how.
            let _ = dialog.set_attribute("closedby", "any");
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog
            class="drawer" node_ref=dialog aria-labelledby="drawer-title"
            on:close=move |_| entry.set(None)
        >
            <header class="drawer-head">
                <h2 id="drawer-title">{labels::TITLE}</h2>
                <button type="button" class="quiet" on:click=close>{messages::CLOSE}</button>
            </header>
            {move || entry.get().map(|(entry, person)| facts(entry, person).into_any())}
        </dialog>
    }
}

fn facts(entry: AccountingEntry, person: Option<String>) -> impl IntoView {
    let minute = |at: &Option<Timestamp>| at.as_ref().map(intl::minute).map(FieldValue::Own);
    let external = |text: Option<String>| text.map(FieldValue::External);
    let before: [(&'static str, Option<FieldValue>); 6] = [
        (labels::DESCRIPTION, external(Some(about(&entry)))),
        (labels::TYPE, external(Some(kind(&entry)))),
        (
            labels::EMPLOYEE,
            external(person.or_else(|| entry.employee_id.clone().map(String::from))),
        ),
        (
            labels::PURCHASE_DATE,
            Some(FieldValue::Own(intl::minute(&entry.performed_at))),
        ),
        (labels::SETTLED_DATE, minute(&entry.settled_at)),
        (
            labels::BOOKKEEPING_DATE,
            entry
                .bookkeeping_date
                .as_ref()
                .map(intl::written_day)
                .map(FieldValue::Own),
        ),
    ];
    let billed = entry.total_bill_value;
    let account = account(entry.account_code.as_deref(), entry.account_id.as_ref());
    let attendees = entry.attendees.len();
    let after: [(&'static str, Option<FieldValue>); 9] = [
        (
            labels::STATUS,
            external(Some(words(Column::Status, entry.status.as_str()))),
        ),
        (
            labels::REVIEW_STATUS,
            external(Some(words(Column::Review, entry.review_status.as_str()))),
        ),
        (
            labels::EXPORT_STATUS,
            external(Some(words(Column::Export, entry.export_status.as_str()))),
        ),
        (labels::ACCOUNT, external(account)),
        (
            labels::TAX_CODE,
            external(entry.tax_code_id.clone().map(String::from)),
        ),
        (
            labels::RECEIPTS,
            Some(FieldValue::Own(match entry.receipt_ids.len() {
                0 => labels::NO_RECEIPTS.to_owned(),
                some => intl::count(some),
            })),
        ),
        (
            labels::ATTENDEES,
            (attendees > 0).then(|| FieldValue::Own(intl::count(attendees))),
        ),
        (labels::DELETED, minute(&entry.deleted_at)),
        (labels::ENTRY_ID, external(Some(entry.id.to_string()))),
    ];
    let splits = entry.split_items;
    let amount = |money: Money| view! { <Amount money /> };
    view! {
        <p class="drawer-amount">{amount(entry.transaction_value)}</p>
        <dl class="facts">
            {before.into_iter().filter_map(fact).collect_view()}
            {billed.map(|money| view! {
                <dt translate="no" prop:textContent=labels::amount_in(money.currency.as_str())></dt>
                <dd>{amount(money)}</dd>
            })}
            {after.into_iter().filter_map(fact).collect_view()}
        </dl>
        {(!splits.is_empty()).then(|| lines(splits))}
    }
}

/// A line of the list; none without a value.
fn fact((name, value): (&'static str, Option<FieldValue>)) -> Option<impl IntoView> {
    let value = match value? {
        FieldValue::External(text) => view! { <dd><ExternalText text /></dd> }.into_any(),
        FieldValue::Own(text) => {
            view! { <dd translate="no" prop:textContent=text></dd> }.into_any()
        }
    };
    Some(view! { <dt prop:textContent=name></dt>{value} })
}

/// What a line of the list says.
enum FieldValue {
    /// Text from Pleo.
    External(String),
    /// A date or a count, written here.
    Own(String),
}

/// The type and the subtype; the subtype alone if it begins with the type, as in `Reimbursement` and
/// `Reimbursement to employee`.
fn kind(entry: &AccountingEntry) -> String {
    let family = words(Column::Type, entry.family.as_str());
    let Some(finer) = &entry.sub_family else {
        return family;
    };
    let finer = words(Column::Subtype, finer.as_str());
    match finer.starts_with(&family) {
        true => finer,
        false => [&*family, " · ", &finer].concat(),
    }
}

fn account(code: Option<&str>, id: Option<&AccountId>) -> Option<String> {
    match (code, id) {
        (Some(code), _) => Some(code.to_owned()),
        (None, Some(id)) if id.is_unknown() => Some(labels::UNKNOWN_ACCOUNT.to_owned()),
        (None, id) => id.map(AccountId::to_string),
    }
}

fn lines(splits: Vec<SplitItem>) -> impl IntoView {
    let rows = splits.iter().zip(1_usize..).map(|(split, number)| {
        let amount = split
            .transaction_value
            .as_ref()
            .or(split.total_bill_value.as_ref())
            .copied();
        let account = account(split.account_code.as_deref(), split.account_id.as_ref());
        view! {
            <tr>
                <td class="figures" prop:textContent=number.to_string()></td>
                <td>{account.map(|text| view! { <ExternalText text /> })}</td>
                <td class="amount">{amount.map(|money| view! { <Amount money /> })}</td>
            </tr>
        }
    });
    view! {
        <h3 prop:textContent=labels::split_into(splits.len())></h3>
        <div class="table-wrap" tabindex="0" role="region" aria-label=labels::LINES>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{labels::LINE}</th>
                        <th scope="col">{labels::ACCOUNT}</th>
                        <th scope="col" class="amount">{labels::AMOUNT}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
