//! The tables of rules in the mapping editor: a row for each code that occurs in the export.

use std::collections::BTreeMap;

use leptos::prelude::*;
use outlay_ledger::Format;
use outlay_pleo::export::item::ExportItem;

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
        view! {
            {table(state, "accounts", words::ACCOUNTS, rows.accounts, account)}
            {table(state, "contraAccounts", words::CONTRA, rows.contra, account)}
            {table(state, "taxCodes", words::TAX_CODES, rows.taxes, taxes)}
            {(!rows.vendors.is_empty()).then(|| table(state, "vendors", words::VENDORS, rows.vendors, vendor))}
            {base_filtered(state, rows.currencies, currencies)}
            {(!rows.tags.is_empty()).then(|| table(state, "tags", words::TAGS, rows.tags, tags))}
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

#[derive(Debug, Clone, Default, PartialEq)]
struct Rows {
    accounts: Vec<RowKey>,
    contra: Vec<RowKey>,
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
        let mut contra = BTreeMap::new();
        let mut taxes = BTreeMap::new();
        let mut vendors = BTreeMap::new();
        let mut tags = BTreeMap::new();
        for item in items {
            let currency = item.amount.in_wallet_currency.currency.to_string();
            contra.insert(currency.clone(), currency);
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
                .keys()
                .map(|currency| RowKey {
                    fields: vec![("type", String::new()), ("currency", currency.clone())],
                    name: [words::ANY, ", ", currency].concat(),
                })
                .collect(),
            taxes: rows(taxes, "from"),
            vendors: rows(vendors, "from"),
            currencies: contra
                .into_keys()
                .map(|currency| RowKey {
                    fields: vec![("from", currency.clone())],
                    name: currency,
                })
                .collect(),
            tags: rows(tags, "group"),
        }
    }
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
                    <thead><tr><th scope="col">{words::AT_PLEO}</th>{heads}{required}</tr></thead>
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
