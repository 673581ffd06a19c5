//! The texts of the overview.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Overview";
pub const COMPANY: &str = "Company";
pub const ACCESS: &str = "Access";
pub const SPEND: &str = "Spend in the last 12 months";
/// What the list consists of.
pub const ENTRIES: &str = "entries";
pub const STOPPED: &str = "Loading stopped. The totals are incomplete: ";
pub const RESUME: &str = "Resume";
pub const REFRESH: &str = "Refresh";
pub const LOAD_AGAIN: &str = "Load again";
pub const EMPTY: &str =
    "No spend in this period. Older entries, drafts and transfers are listed under Entries.";
pub const CURRENCY: &str = "Chart currency";
pub const TABLE: &str = "Spend by month and currency";
pub const MONTH: &str = "Month";
pub const TOTAL: &str = "Total";
pub const TOO_LARGE: &str = "Too large to show";

/// `number` is `entries` as text.
pub fn loaded(entries: usize, number: &str) -> String {
    match entries {
        1 => "1 entry loaded".to_owned(),
        _ => [number, " entries loaded"].concat(),
    }
}

/// `number` is `entries` as text.
pub fn incomplete(entries: usize, number: &str) -> String {
    match entries {
        1 => "1 entry, incomplete".to_owned(),
        _ => [number, " entries, incomplete"].concat(),
    }
}

/// `number` is `entries` as text.
pub fn left_out(entries: usize, number: &str) -> String {
    let excluded = match entries {
        1 => "1 entry is excluded".to_owned(),
        _ => [number, " entries are excluded"].concat(),
    };
    [
        &*excluded,
        ": drafts, cancelled and rejected entries, reimbursements and transfers. Months are in \
         UTC; totals are in the currency that was paid.",
    ]
    .concat()
}
