//! The tables of rules in the mapping editor: a row for each code that occurs in the export.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use outlay_ledger::Format;
use outlay_ledger::mapping::MappingDraft;
use outlay_pleo::export::item::ExportItem;
use outlay_table::entry_labels;

use super::mapping_fields::{edit, problem};
use super::messages::mapping as words;
use super::run::RunState;
use crate::components::external_text::external;
use crate::session::load::Load;

/// What a row of a table is about: the fields that its rule is found by, and its name on screen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct RowKey {
    fields: Vec<(&'static str, String)>,
    name: String,
}

/// A column: key of the mapping file, label, and whether a rule without it is removed.
type RuleColumn = (&'static str, &'static str, bool);

/// The tables for the items of the export and the rules of the mapping.
pub fn tables(state: RunState) -> AnyView {
    let format = Memo::new(move |_| {
        let word = state
            .draft
            .with(|draft| draft.as_ref().map(|draft| draft.text("format")));
        word.and_then(|word| Format::from_word(&word))
    });
    let rows = Memo::new(move |_| {
        state.items.with(|items| match items {
            Load::Ready(items) => Rows::of(items),
            _ => Rows::default(),
        })
    });
    let shown = move || {
        let rows = rows.get();
        let format = format.get();
        let account: &'static [RuleColumn] = &[("to", words::ACCOUNT, true)];
        let vendor: &'static [RuleColumn] = &[("to", words::VENDOR_ACCOUNT, true)];
        let taxes: &'static [RuleColumn] = match format {
            Some(Format::Xero) => &[("to", words::TAX_CODE, true), ("rate", words::RATE, false)],
            Some(Format::Datev) => &[("to", words::TAX_CODE, false), ("rate", words::RATE, false)],
            _ => &[
                ("to", words::TAX_CODE, false),
                ("ingoing", words::TAX_ACCOUNT, false),
                ("outgoing", words::OWED_ACCOUNT, false),
            ],
        };
        let currencies: &'static [RuleColumn] = &[
            ("to", words::CURRENCY, true),
            ("rate", words::EXCHANGE, false),
        ];
        let tags: &'static [RuleColumn] = &[("to", words::DIMENSION, false)];
        let of_accounts = rows.accounts.clone();
        view! {
            {table(state, "accounts", words::ACCOUNTS, rows.accounts, account)}
            {table(state, "contraAccounts", words::CONTRA, rows.contra, account)}
            {types(state, rows.types)}
            {table(state, "taxCodes", words::TAX_CODES, rows.taxes, taxes)}
            {(!rows.vendors.is_empty()).then(|| table(state, "vendors", words::VENDORS, rows.vendors, vendor))}
            {base_filtered(state, rows.currencies, currencies)}
            {(!rows.tags.is_empty()).then(|| table(state, "tags", words::TAGS, rows.tags, tags))}
            {(format == Some(Format::Datev)).then(|| automatic_accounts(state, of_accounts))}
        }
        .into_any()
    };
    view! { {move || shown()} }.into_any()
}

/// The currencies other than the ledger's.
fn base_filtered(state: RunState, rows: Vec<RowKey>, columns: &'static [RuleColumn]) -> AnyView {
    let base = Memo::new(move |_| {
        state
            .draft
            .with(|draft| draft.as_ref().map(|draft| draft.text("baseCurrency")))
            .unwrap_or_default()
    });
    let shown = move || {
        let base = base.get();
        let rows: Vec<RowKey> = rows
            .iter()
            .filter(|row| row.name != base)
            .cloned()
            .collect();
        (!rows.is_empty()).then(|| table(state, "currencies", words::CURRENCIES, rows, columns))
    };
    view! { {move || shown()} }.into_any()
}

/// DATEV: the accounts of the ledger that compute tax by themselves. A row for each account that an
/// account of the export becomes.
fn automatic_accounts(state: RunState, accounts: Vec<RowKey>) -> AnyView {
    let rows = Memo::new(move |_| {
        state.draft.with(|draft| {
            let Some(draft) = draft else {
                return Vec::new();
            };
            let in_ledger = accounts.iter().map(|row| {
                let (_, from) = &row.fields[0];
                match draft.rule("accounts", &key(&row.fields), "to") {
                    to if to.trim().is_empty() => from.clone(),
                    to => to,
                }
            });
            let mut all: Vec<String> = in_ledger.collect();
            all.sort();
            all.dedup();
            all
        })
    });
    let columns: &'static [RuleColumn] = &[("rate", words::AUTOMATIC_RATE, true)];
    let shown = move || {
        let rows = rows.get().into_iter().map(|account| RowKey {
            fields: vec![("account", account.clone())],
            name: account,
        });
        let list = "settings.automaticAccounts";
        table(state, list, words::AUTOMATIC, rows.collect(), columns)
    };
    view! { {move || shown()} }.into_any()
}

/// The types of the export's items, each with a check box that switches debit and credit.
fn types(state: RunState, types: Vec<String>) -> AnyView {
    const LIST: &str = "reversedTypes";
    let body = types.into_iter().map(|word| {
        let name = type_label(&word);
        let label = words::of(words::REVERSED, &name);
        let listed = word.clone();
        let checked = Memo::new(move |_| {
            let has = |draft: &MappingDraft| draft.has_text(LIST, &listed);
            state.draft.with(|draft| draft.as_ref().is_some_and(has))
        });
        let set = move |event| {
            let checked = event_target_checked(&event);
            edit(state, |draft| draft.set_listed(LIST, &word, checked));
        };
        view! {
            <tr>
                <th scope="row">{external(&name)}</th>
                <td><input type="checkbox" aria-label=label prop:checked=move || checked.get() on:change=set /></td>
            </tr>
        }
    });
    let body = body.collect_view();
    view! {
        <details class="run-rules">
            <summary>{words::TYPES}</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label=words::TYPES>
                <table>
                    <thead><tr><th scope="col">{words::AT_PLEO}</th><th scope="col">{words::REVERSED}</th></tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

/// A type of items in sentence case: `card_purchase` becomes `Card purchase`.
fn type_label(word: &str) -> String {
    entry_labels::plain(&word.to_ascii_uppercase())
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Rows {
    accounts: Vec<RowKey>,
    contra: Vec<RowKey>,
    /// Pleo's words for the types, sorted.
    types: Vec<String>,
    taxes: Vec<RowKey>,
    vendors: Vec<RowKey>,
    currencies: Vec<RowKey>,
    tags: Vec<RowKey>,
}

impl Rows {
    fn of(items: &[ExportItem]) -> Rows {
        let code = |code: &Option<String>, id: &str| {
            let code = code.clone().filter(|code| !code.is_empty());
            code.unwrap_or_else(|| id.to_owned())
        };
        let mut accounts = BTreeMap::new();
        let mut currencies = BTreeSet::new();
        let mut types = BTreeSet::new();
        // A rule for a type and a currency counts before one for all types.
        let mut contra = BTreeSet::new();
        let mut taxes = BTreeMap::new();
        let mut vendors = BTreeMap::new();
        let mut tags = BTreeMap::new();
        for item in items {
            let currency = item.amount.in_wallet_currency.currency.to_string();
            let word = item.kind.as_str().to_owned();
            contra.insert((String::new(), String::new()));
            contra.insert((String::new(), currency.clone()));
            contra.insert((word.clone(), String::new()));
            contra.insert((word.clone(), currency.clone()));
            types.insert(word);
            currencies.insert(currency);
            if let Some(vendor) = &item.vendor {
                let from = vendor.code.clone().unwrap_or_else(|| vendor.id.to_string());
                vendors.insert(from, vendor.name.clone());
            }
            for line in &item.accounting_entry_lines {
                if let Some(account) = &line.account
                    && !account.id.is_unknown()
                {
                    let from = code(&account.code, account.id.as_str());
                    accounts.insert(from, account.name.clone());
                }
                if let Some(tax) = &line.tax {
                    let from = code(&tax.code, tax.id.as_str());
                    taxes.insert(from, String::new());
                }
                for tag in line.tags.iter().flatten() {
                    tags.insert(tag.group_code.clone(), String::new());
                }
            }
        }
        let rows = |all: BTreeMap<String, String>, key: &'static str| -> Vec<RowKey> {
            all.into_iter()
                .map(|(from, name)| RowKey {
                    name: [&*from, " ", &*name].concat().trim().to_owned(),
                    fields: vec![(key, from)],
                })
                .collect()
        };
        Rows {
            accounts: rows(accounts, "from"),
            contra: contra
                .into_iter()
                .map(|(word, currency)| RowKey {
                    name: contra_label(&word, &currency),
                    fields: vec![("type", word), ("currency", currency)],
                })
                .collect(),
            types: types.into_iter().collect(),
            taxes: rows(taxes, "from"),
            vendors: rows(vendors, "from"),
            currencies: currencies
                .into_iter()
                .map(|currency| RowKey {
                    fields: vec![("from", currency.clone())],
                    name: currency,
                })
                .collect(),
            tags: rows(tags, "group"),
        }
    }
}

/// The items that a contra rule is about; an empty word means all of them.
fn contra_label(word: &str, currency: &str) -> String {
    let of_type = match word {
        "" => words::ANY_TYPE.to_owned(),
        word => type_label(word),
    };
    let currency = match currency {
        "" => words::ANY_CURRENCY,
        currency => currency,
    };
    [&of_type, ", ", currency].concat()
}

fn table(
    state: RunState,
    list: &'static str,
    title: &'static str,
    rows: Vec<RowKey>,
    columns: &'static [RuleColumn],
) -> AnyView {
    let heads = columns
        .iter()
        .map(|(_, label, _)| view! { <th scope="col">{*label}</th> });
    let heads = heads.collect_view();
    let is_tags = list == "tags";
    let first = match list {
        "settings.automaticAccounts" => words::IN_LEDGER,
        _ => words::AT_PLEO,
    };
    let required = is_tags.then(|| view! { <th scope="col">{words::REQUIRED}</th> });
    let body = rows.into_iter().map(|row| {
        let cells = columns
            .iter()
            .map(|column| cell(state, list, &row, *column))
            .collect_view();
        let required = is_tags.then(|| required_cell(state, &row));
        view! { <tr><th scope="row">{external(&row.name)}</th>{cells}{required}</tr> }
    });
    let body = body.collect_view();
    view! {
        <details class="run-rules" open=true>
            <summary>{title}</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label=title>
                <table>
                    <thead><tr><th scope="col">{first}</th>{heads}{required}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn cell(
    state: RunState,
    list: &'static str,
    row: &RowKey,
    (name, label, removes): RuleColumn,
) -> AnyView {
    let fields = StoredValue::new(row.fields.clone());
    let shown = Memo::new(move |_| {
        state.draft.with(|draft| {
            let draft = draft.as_ref()?;
            Some(fields.with_value(|fields| draft.rule(list, &key(fields), name)))
        })
    });
    let found = Memo::new(move |_| {
        let at = state.draft.with(|draft| {
            fields.with_value(|fields| draft.as_ref()?.rule_at(list, &key(fields)))
        })?;
        problem(state, &format!("{list}[{at}].{name}"))
    });
    let set = move |event| {
        let text = event_target_value(&event);
        let required = if removes { name } else { "" };
        edit(state, |draft| {
            fields.with_value(|fields| {
                draft.set_rule(list, &key(fields), name, text.trim(), required);
            });
        });
    };
    view! {
        <td>
            <input
                type="text" autocomplete="off" spellcheck="false" aria-label=words::of(label, &row.name)
                aria-invalid=move || found.with(Option::is_some).then_some("true")
                prop:value=move || shown.get().unwrap_or_default() on:change=set
            />
            <small class="field-problem" prop:textContent=move || found.get().unwrap_or_default()></small>
        </td>
    }
    .into_any()
}

fn required_cell(state: RunState, row: &RowKey) -> AnyView {
    let fields = StoredValue::new(row.fields.clone());
    let checked = Memo::new(move |_| {
        state.draft.with(|draft| {
            let draft = draft.as_ref()?;
            Some(fields.with_value(|fields| draft.rule("tags", &key(fields), "required")))
        }) == Some("true".to_owned())
    });
    let set = move |event| {
        let checked = event_target_checked(&event);
        edit(state, |draft| {
            fields.with_value(|fields| {
                draft.set_rule_flag("tags", &key(fields), "required", checked)
            });
        });
    };
    view! {
        <td><input
            type="checkbox" aria-label=words::of(words::REQUIRED, &row.name)
            prop:checked=move || checked.get() on:change=set
        /></td>
    }
    .into_any()
}

fn key<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect()
}
