//! One entry in full, in a dialog at the side.

use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_pleo::id::AccountId;
use outlay_pleo::{AccountingEntry, Money, SplitItem};
use outlay_table::entry_labels::{about, plain};

use super::amount::Amount;
use super::external_text::ExternalText;
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
            // A click outside closes it too, if the browser supports that.
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
                <h2 id="drawer-title">"Entry"</h2>
                <button type="button" class="quiet" on:click=close>"Close"</button>
            </header>
            {move || entry.get().map(|(entry, person)| facts(entry, person).into_any())}
        </dialog>
    }
}

fn facts(entry: AccountingEntry, person: Option<String>) -> impl IntoView {
    let minute =
        |instant: &Option<String>| instant.as_deref().map(intl::minute).map(FieldValue::Own);
    let external = |text: Option<String>| text.map(FieldValue::External);
    let before: [(&'static str, Option<FieldValue>); 6] = [
        ("What", external(Some(about(&entry)))),
        ("Kind", external(Some(kind(&entry)))),
        (
            "Who",
            external(person.or_else(|| entry.employee_id.clone().map(String::from))),
        ),
        (
            "Spent",
            Some(FieldValue::Own(intl::minute(&entry.performed_at))),
        ),
        ("Settled", minute(&entry.settled_at)),
        (
            "In the books",
            entry
                .bookkeeping_date
                .as_deref()
                .map(intl::written_day)
                .map(FieldValue::Own),
        ),
    ];
    let billed = entry.total_bill_value;
    let account = account(entry.account_code.as_deref(), entry.account_id.as_ref());
    let attendees = entry.attendees.len();
    let after: [(&'static str, Option<FieldValue>); 9] = [
        ("Status", external(Some(plain(entry.status.as_str())))),
        (
            "Review",
            external(Some(plain(entry.review_status.as_str()))),
        ),
        (
            "Export",
            external(Some(plain(entry.export_status.as_str()))),
        ),
        ("Account", external(account)),
        (
            "Tax code",
            external(entry.tax_code_id.clone().map(String::from)),
        ),
        (
            "Receipts",
            Some(FieldValue::Own(match entry.receipt_ids.len() {
                0 => "None".to_owned(),
                some => intl::count(some),
            })),
        ),
        (
            "Attendees",
            (attendees > 0).then(|| FieldValue::Own(intl::count(attendees))),
        ),
        ("Deleted", minute(&entry.deleted_at)),
        ("Id", external(Some(entry.id.to_string()))),
    ];
    let splits = entry.split_items;
    let amount = |money: Money| view! { <Amount money /> };
    view! {
        <p class="drawer-amount">{amount(entry.transaction_value)}</p>
        <dl class="facts">
            {before.into_iter().filter_map(fact).collect_view()}
            {billed.map(|money| view! { <dt>"In the company's currency"</dt><dd>{amount(money)}</dd> })}
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
    /// Words from Pleo.
    External(String),
    /// A date or a count, written here.
    Own(String),
}

fn kind(entry: &AccountingEntry) -> String {
    let family = plain(entry.family.as_str());
    match &entry.sub_family {
        Some(finer) => format!("{family}, {}", plain(finer.as_str()).to_lowercase()),
        None => family,
    }
}

fn account(code: Option<&str>, id: Option<&AccountId>) -> Option<String> {
    match (code, id) {
        (Some(code), _) => Some(code.to_owned()),
        (None, Some(id)) if id.is_unknown() => Some("\u{201c}I don't know\u{201d}".to_owned()),
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
        <h3 prop:textContent=format!("Split into {}", splits.len())></h3>
        <div class="table-wrap" tabindex="0" role="region" aria-label="Lines of the split">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Line"</th>
                        <th scope="col">"Account"</th>
                        <th scope="col" class="amount">"Amount"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
