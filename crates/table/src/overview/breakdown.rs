//! The spend of a period by account, tax code, team, employee and vendor.

use std::collections::BTreeMap;

use outlay_pleo::UNKNOWN_ID;

use super::group::{Source, all, one_of, test};
use crate::column::Column;
use crate::entry_table::aggregate::{Dimension, Measure};
use crate::filter::{Field, NumberField, Test, Text, TextField};
use crate::{Filter, Grain};

/// How many parts a breakdown names; the others are one.
pub const MOST_PARTS: usize = 6;

/// What spend is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakdownBy {
    /// Account of the line.
    Account,
    /// Tax code of the line.
    TaxCode,
    /// Team.
    Team,
    /// Employee who spent.
    Employee,
    /// Vendor, as far as the entry names one.
    Vendor,
}

/// The spend in the company's currency by accounts, tax codes and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// What it is broken down by.
    pub by: BreakdownBy,
    /// The largest parts, the largest first; at most [`MOST_PARTS`].
    pub parts: Vec<BreakdownPart>,
    /// The number of the other accounts, tax codes and so on.
    pub others: usize,
    /// The spend of the others, in minor units.
    pub others_minors: i128,
    /// The spend without an account, a tax code and so on; `None` if there is none.
    pub absent: Option<BreakdownPart>,
}

/// One account, tax code, team, employee or vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakdownPart {
    /// Its id, by which entries were put together; empty for an account that is known by its code only,
    /// and for the entries without any.
    pub id: String,
    /// Its code; empty if it is not known.
    pub code: String,
    /// Its name; empty if it is not known.
    pub name: String,
    /// Number of entries with spend in it; a split entry counts in each of its accounts.
    pub entries: usize,
    /// Its spend in minor units.
    pub minors: i128,
    /// Finds its lines, and the entries that have such a line.
    pub filter: Filter,
}

impl BreakdownBy {
    /// Every breakdown, in the order of the page.
    pub const ALL: [BreakdownBy; 5] = [
        BreakdownBy::Account,
        BreakdownBy::TaxCode,
        BreakdownBy::Team,
        BreakdownBy::Employee,
        BreakdownBy::Vendor,
    ];

    /// Returns the filter field that selects the entries of one part.
    #[must_use]
    pub fn field(self) -> TextField {
        match self {
            BreakdownBy::Account => TextField::Account,
            BreakdownBy::TaxCode => TextField::Tax,
            BreakdownBy::Team => TextField::Team,
            BreakdownBy::Employee => TextField::Employee,
            BreakdownBy::Vendor => TextField::Vendor,
        }
    }

    /// The columns of ids, of codes and of names.
    fn columns(self) -> (Column, Option<Column>, Column) {
        use Column as C;
        match self {
            BreakdownBy::Account => (C::AccountId, Some(C::AccountCode), C::Account),
            BreakdownBy::TaxCode => (C::TaxId, Some(C::TaxCode), C::Tax),
            BreakdownBy::Team => (C::TeamId, None, C::Team),
            BreakdownBy::Employee => (C::EmployeeId, None, C::Employee),
            BreakdownBy::Vendor => (C::VendorId, Some(C::VendorCode), C::Vendor),
        }
    }
}

/// The sum of one id and code.
#[derive(Default)]
struct Running {
    minors: i128,
    entries: usize,
    first_row: usize,
}

impl Breakdown {
    /// Breaks down the entries of `spend` that were billed in the company's currency.
    pub(super) fn of(source: &Source<'_>, by: BreakdownBy, spend: &Filter) -> Breakdown {
        let table = source.table;
        let (id, code, name) = by.columns();
        let entries = source.in_currency(&table.select(spend, Grain::Entries));
        let stated = test(Test::Has(Field::Number(NumberField::Billed)));
        let stated = table.select(&stated, Grain::Lines);
        // Lines that state no amount leave it to the remainder.
        let lines = table.selection_of_lines(&entries).within(stated.rows());
        let cells = table.pivot(
            &lines,
            Some(Dimension::Text(id)),
            code.map(Dimension::Text),
            Measure::Billed,
        );
        let field = Field::Text(by.field());
        let counts_unknown = field.columns_of_ids().contains(&id);
        let mut groups: BTreeMap<(String, String), Running> = BTreeMap::new();
        for cell in cells {
            let mut key = (
                table.group_text(Dimension::Text(id), cell.row),
                code.map_or_else(String::new, |code| {
                    table.group_text(Dimension::Text(code), cell.column)
                }),
            );
            if counts_unknown && key.0 == UNKNOWN_ID {
                key.0.clear();
            }
            let running = groups.entry(key).or_default();
            running.minors += cell.exact;
            running.entries += cell.entries;
            running.first_row = cell.first_row;
        }
        let part_filter = |own: Filter| all([spend.clone(), source.billed.clone(), own]);
        let absent = groups.remove(&(String::new(), String::new()));
        let absent = absent.map(|running| {
            let filter = part_filter(test(Test::Missing(field)));
            let lines = lines.within(table.select(&filter, Grain::Lines).rows());
            let entries = table.totals(&lines, Measure::Billed).into_iter();
            BreakdownPart {
                id: String::new(),
                code: String::new(),
                name: String::new(),
                // Those without an id may have a line with "I don't know" too.
                entries: entries.map(|cell| cell.entries).sum(),
                minors: running.minors,
                filter,
            }
        });
        let mut codes_of_id: BTreeMap<String, usize> = BTreeMap::new();
        for (id, _) in groups.keys() {
            *codes_of_id.entry(id.clone()).or_default() += 1;
        }
        let mut parts: Vec<BreakdownPart> = groups
            .into_iter()
            .map(|((id, code), running)| {
                let is_ambiguous = codes_of_id.get(&id).is_some_and(|codes| *codes > 1);
                let own = filter_of(by, &id, if is_ambiguous { &code } else { "" }, &code);
                BreakdownPart {
                    name: table.text(running.first_row, name).into_owned(),
                    entries: running.entries,
                    minors: running.minors,
                    filter: part_filter(own),
                    id,
                    code,
                }
            })
            .collect();
        // Equal sums keep the order of their ids.
        parts.sort_by_key(|part| std::cmp::Reverse(part.minors));
        let others = parts.split_off(parts.len().min(MOST_PARTS));
        Breakdown {
            by,
            parts,
            others: others.len(),
            others_minors: others.iter().map(|part| part.minors).sum(),
            absent,
        }
    }

    /// The spend of all parts, in minor units: that of the period.
    #[must_use]
    pub fn minors(&self) -> i128 {
        let parts: i128 = self.parts.iter().map(|part| part.minors).sum();
        let absent = self.absent.as_ref().map_or(0, |part| part.minors);
        parts + absent + self.others_minors
    }
}

/// A filter for the lines with an id, and with `code` unless it is empty; with the code `alone` if there
/// is no id.
fn filter_of(by: BreakdownBy, id: &str, code: &str, alone: &str) -> Filter {
    let exactly = |text: &str| {
        test(Test::Text {
            field: by.field(),
            exact: true,
            any_of: vec![Text {
                text: text.to_owned(),
                begins: false,
            }],
        })
    };
    match (id, code) {
        ("", _) => one_of(by.field(), &[alone]),
        (id, "") => exactly(id),
        (id, code) => all([exactly(id), exactly(code)]),
    }
}
