//! The entries that are no spend, each for one reason.

use outlay_pleo::status::{EntryFamily, EntryStatus};

use super::group::{EntryGroup, Source, all, not, one_of, test};
use crate::filter::{Field, FlagWord, Test, TextField};
use crate::spend::{is_binding, is_purchase};
use crate::{Column, Filter, Grain};

/// Why an entry is no spend. Of several reasons the first one of this list counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOutReason {
    /// The record does not have the documented shape.
    Unreadable,
    /// It is deleted at Pleo.
    Deleted,
    /// It is a draft, or was cancelled, rejected and the like; Pleo's code of the status.
    Status(String),
    /// It is no purchase: the company's own money moved, or the purchase behind it counts already; Pleo's
    /// code of the type.
    Type(String),
}

/// Entries that are no spend for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The reason.
    pub reason: LeftOutReason,
    /// The entries.
    pub group: EntryGroup,
}

/// The entries of the period that are no spend, the most entries first. Every one of them is in one
/// group only.
pub(super) fn of(source: &Source<'_>, in_period: &Filter) -> Vec<LeftOut> {
    let table = source.table;
    let is_spend = test(Test::Is(FlagWord::Spend));
    let mut left = table.select(&all([not(is_spend), in_period.clone()]), Grain::Entries);
    let mut groups = Vec::new();
    for (reason, filter) in reasons(source) {
        let filter = all([filter, in_period.clone()]);
        let found = table.select(&filter, Grain::Entries).within(left.rows());
        if !found.is_empty() {
            left = left.without(found.rows());
            let group = source.group_of(&found, filter);
            groups.push(LeftOut { reason, group });
        }
    }
    groups.sort_by_key(|it| std::cmp::Reverse(it.group.entries));
    groups
}

/// The reasons that the table's codes can give, each with a filter for its entries.
fn reasons(source: &Source<'_>) -> Vec<(LeftOutReason, Filter)> {
    let codes = |column: Column| {
        let mut codes: Vec<&str> = source.table.distinct(column).collect();
        // Entries without a code come under the empty text.
        codes.push("");
        codes
    };
    let of_code = |field: TextField, code: &str| match code {
        "" => all([
            test(Test::Missing(Field::Text(field))),
            not(test(Test::Is(FlagWord::Unreadable))),
        ]),
        code => one_of(field, &[code]),
    };
    let not_deleted = || not(test(Test::Is(FlagWord::Deleted)));
    let (binding, others): (Vec<&str>, Vec<&str>) = codes(Column::StatusCode)
        .into_iter()
        .partition(|code| is_binding(&EntryStatus::from(*code)));
    let flags = [
        (LeftOutReason::Unreadable, FlagWord::Unreadable),
        (LeftOutReason::Deleted, FlagWord::Deleted),
    ];
    let of_flags = flags.map(|(reason, flag)| (reason, test(Test::Is(flag))));
    let of_status = others.into_iter().map(|code| {
        let filter = all([not_deleted(), of_code(TextField::Status, code)]);
        (LeftOutReason::Status(code.to_owned()), filter)
    });
    let of_type = codes(Column::TypeCode)
        .into_iter()
        .filter(|code| !is_purchase(&EntryFamily::from(*code)))
        .map(|code| {
            let with_binding = one_of(TextField::Status, &binding);
            let filter = all([not_deleted(), of_code(TextField::Type, code), with_binding]);
            (LeftOutReason::Type(code.to_owned()), filter)
        });
    let mut reasons: Vec<_> = of_flags.into_iter().chain(of_status).collect();
    // Without a status that binds, every entry is left out by its status.
    if !binding.is_empty() {
        reasons.extend(of_type);
    }
    reasons
}
