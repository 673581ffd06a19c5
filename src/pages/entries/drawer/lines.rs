//! The parts of a split entry as a table.

use leptos::prelude::*;
use outlay_table::{Column, EntryTable};

use super::facts::tax;
use crate::components::amount::Amount;
use crate::components::external_text::ExternalText;
use crate::components::messages::SEPARATOR;
use crate::components::messages::drawer as labels;

/// The table of the rows `parts`.
pub fn lines(table: &EntryTable, parts: &[usize]) -> AnyView {
    let has_tags = parts.iter().any(|row| !tags(table, *row).is_empty());
    let rows = parts.iter().map(|row| {
        let external = |text: String| (!text.is_empty()).then(|| view! { <ExternalText text /> });
        let account = table.account_label(*row).into_owned();
        let amount = table.money(*row, Column::Amount);
        let amount = amount.or_else(|| table.money(*row, Column::Billed));
        let line = table.text(*row, Column::Line).into_owned();
        let tags = has_tags.then(|| view! { <td>{external(tags(table, *row))}</td> });
        view! {
            <tr>
                <td prop:textContent=line></td>
                <td>{external(account)}</td>
                <td>{external(tax(table, *row))}</td>
                {tags}
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
                        {has_tags.then(|| view! { <th scope="col">{labels::TAGS}</th> })}
                        <th scope="col" class="amount">{labels::AMOUNT}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The tags of a row, each group's as code and name, or as id.
fn tags(table: &EntryTable, row: usize) -> String {
    let groups = u16::try_from(table.tag_groups().count()).unwrap_or(u16::MAX);
    let tag = |group| {
        let label = table.text(row, Column::Tag(group));
        match label.is_empty() {
            true => table.text(row, Column::TagId(group)).into_owned(),
            false => label.into_owned(),
        }
    };
    let tags: Vec<String> = (0..groups).map(tag).filter(|tag| !tag.is_empty()).collect();
    tags.join(SEPARATOR)
}
