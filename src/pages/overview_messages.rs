//! The texts of the overview.

#![allow(missing_docs, reason = "each text says itself what it is")]

use outlay_table::Column;
use outlay_table::entry_labels::words;
use outlay_table::filter::DayField;
use outlay_table::overview::{BreakdownBy, LeftOutReason, WorklistKind};

pub const TITLE: &str = "Overview";
pub const COMPANY: &str = "Company";
pub const BASIS: &str = "Date basis";
pub const PERIOD: &str = "Period";
pub const LAST_YEAR: &str = "Last 12 months";
/// What the list consists of.
pub const ENTRIES: &str = "entries";
pub const STOPPED: &str = "Loading stopped. The totals are incomplete: ";
pub const RESUME: &str = "Resume";
pub const REFRESH: &str = "Refresh";
pub const LOAD_AGAIN: &str = "Load again";
pub const EMPTY: &str = "No spend in this period.";
pub const EMPTY_HINT: &str =
    "Choose another period or date basis. Drafts and transfers are listed under Entries.";
pub const INCOMPLETE: &str = "Incomplete: not all entries are loaded";
pub const TOO_LARGE: &str = "Too large to show";
pub const NO_AMOUNT: &str = "No amount";
pub const NOTHING: &str = "–";

pub fn basis(basis: DayField) -> &'static str {
    match basis {
        DayField::Date => "Purchase date",
        DayField::Settled => "Settlement date",
        DayField::Booked => "Bookkeeping date",
    }
}

/// A kind of date within a sentence.
fn date(basis: DayField) -> &'static str {
    match basis {
        DayField::Date => "purchase date",
        DayField::Settled => "settlement date",
        DayField::Booked => "bookkeeping date",
    }
}

/// A period that is not over.
pub fn so_far(period: &str) -> String {
    [period, " (so far)"].concat()
}

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
pub fn entries(entries: usize, number: &str) -> String {
    match entries {
        1 => "1 entry".to_owned(),
        _ => [number, " entries"].concat(),
    }
}

/// The three figures above the rest.
pub mod key {
    pub const LABEL: &str = "Key figures";
    pub const ATTENTION: &str = "Entries that need attention";
    pub const ATTENTION_HINT: &str = "On at least one of the lists under To do";
    pub const NOT_EXPORTED: &str = "Not yet exported";
    pub const RUNNING: &str = "The running month is not over.";

    pub fn spend(period: &str) -> String {
        ["Spend, ", period].concat()
    }

    /// The spend of the months before the period, which `period` names.
    pub fn before(period: &str) -> String {
        [period, ": "].concat()
    }

    pub fn change(amount: &str, percent: Option<&str>) -> String {
        match percent {
            Some(percent) => ["Change: ", amount, " (", percent, ")"].concat(),
            None => ["Change: ", amount].concat(),
        }
    }

    /// Entries that are in no total in the company's currency; `count` has the word.
    pub fn others(count: &str, currency: Option<&str>) -> String {
        match currency {
            Some(currency) => {
                [count, " without an amount in ", currency, ", listed below"].concat()
            }
            None => [count, " without an amount in the company's currency"].concat(),
        }
    }
}

/// What is not in the total.
pub mod left_out {
    use super::{Column, DayField, LeftOutReason, date, words};

    pub const TITLE: &str = "Not in the total";
    pub const REASON: &str = "Kind";
    pub const WHY: &str = "Why";
    pub const ENTRIES: &str = "Entries";
    pub const AMOUNT: &str = "Amount";
    pub const ALL: &str = "All entries of the period";
    pub const SPEND: &str = "In the total";
    pub const TOGETHER: &str = "Together";
    pub const NO_BILLED: &str = "Pleo states no amount in the company's currency, and nothing is \
        converted";
    pub const NONE: &str = "Every entry of the period is in the total.";

    pub fn reason(reason: &LeftOutReason) -> String {
        const UNNAMED_STATUS: &str = "No status";
        const UNNAMED_TYPE: &str = "No type";
        match reason {
            LeftOutReason::Unreadable => "Could not be read".to_owned(),
            LeftOutReason::Deleted => "Deleted".to_owned(),
            LeftOutReason::Status(code) if code.is_empty() => UNNAMED_STATUS.to_owned(),
            LeftOutReason::Status(code) => words(Column::Status, code),
            LeftOutReason::Type(code) if code.is_empty() => UNNAMED_TYPE.to_owned(),
            LeftOutReason::Type(code) => words(Column::Type, code),
        }
    }

    pub fn why(reason: &LeftOutReason) -> &'static str {
        const UNKNOWN: &str = "This version of Outlay does not know it";
        match reason {
            LeftOutReason::Unreadable => "The record is not as Pleo documents it",
            LeftOutReason::Deleted => "Deleted at Pleo",
            LeftOutReason::Status(code) => match &**code {
                "DRAFT" => "Not submitted yet",
                "CANCELLED" | "REJECTED" | "ERROR" => "Nothing was spent",
                _ => UNKNOWN,
            },
            LeftOutReason::Type(code) => match &**code {
                "REIMBURSEMENT" | "BILL_INVOICE_PAYMENT" => {
                    "The purchase behind it is in the total"
                }
                "WALLET" | "BALANCE_AMENDMENT" | "OVERDRAFT" | "CASHBACK" => {
                    "The company's own money moved"
                }
                _ => UNKNOWN,
            },
        }
    }

    pub fn without_billed(currency: &str) -> String {
        ["Paid in ", currency, " only"].concat()
    }

    pub fn undated(basis: DayField) -> String {
        ["Spend without a ", date(basis)].concat()
    }

    pub fn undated_others(basis: DayField) -> String {
        ["Other entries without a ", date(basis)].concat()
    }

    pub const UNDATED: &str = "In no month; counted for all periods";
}

/// Spend by month.
pub mod months {
    pub const TITLE: &str = "Spend by month";
    pub const MONTH: &str = "Month";
    pub const ENTRIES: &str = "Entries";
    pub const SPEND: &str = "Spend";
    pub const BEFORE: &str = "Change on the month before";
    pub const YEAR_BEFORE: &str = "Same month last year";
    pub const PERCENT: &str = "%";
    pub const BEFORE_PERCENT: &str = "Change on the month before in per cent";
    pub const YEAR_PERCENT: &str = "Change on the same month last year in per cent";
    pub const TOTAL: &str = "Total";
    pub const HINT: &str = "Point at a bar to see its amount. Select it to see its entries.";
    pub const RUNNING: &str = "Hatched: the running month, which is not over.";

    /// `count` has the word.
    pub fn bar(month: &str, amount: &str, count: &str) -> String {
        [month, ": ", amount, ", ", count].concat()
    }

    pub fn table(currency: &str) -> String {
        ["Spend by month in ", currency].concat()
    }

    /// The accessible name of the bars.
    pub fn chart(currency: &str) -> String {
        [
            "Spend by month in ",
            currency,
            ". The table below shows the figures.",
        ]
        .concat()
    }
}

/// The lists of entries that need work.
pub mod worklists {
    use super::{DayField, WorklistKind, date};

    pub const TITLE: &str = "To do";
    pub const LIST: &str = "List";
    pub const ENTRIES: &str = "Entries";
    pub const AMOUNT: &str = "Amount";
    pub const NO_RECEIPT: &str = "Mileage and per diem need no receipt.";
    pub const EXPORT_FAILED: &str = "Not exported: Pleo has an export item for the entry that is not exported. Pleo does not \
        state on an entry whether an export failed.";

    pub fn label(kind: WorklistKind) -> &'static str {
        match kind {
            WorklistKind::NoReceipt => "No receipt",
            WorklistKind::NoAccount => "No account",
            WorklistKind::NoTaxCode => "No tax code",
            WorklistKind::AwaitingReview => "Awaiting review",
            WorklistKind::ReviewNotOk => "Review not OK",
            WorklistKind::Pending => "Pending",
            WorklistKind::NoBookkeepingDate => "No bookkeeping date",
            WorklistKind::ExportFailed => "Not exported",
        }
    }

    pub fn reach(basis: DayField) -> String {
        match basis {
            DayField::Date => "Spend of the period.".to_owned(),
            basis => [
                "Spend of the period; entries without a ",
                date(basis),
                " by their purchase date.",
            ]
            .concat(),
        }
    }
}

/// Spend by account and so on.
pub mod breakdowns {
    use super::BreakdownBy;

    pub const TITLE: &str = "Where it went";
    pub const SPEND: &str = "Spend";
    pub const SHARE: &str = "Share";
    pub const TOTAL: &str = "Total";
    pub const SPLIT: &str =
        "Split entries count part by part. A link opens the whole entries with such a part.";

    pub fn title(by: BreakdownBy) -> &'static str {
        match by {
            BreakdownBy::Account => "Accounts",
            BreakdownBy::TaxCode => "Tax codes",
            // The API has no names of teams.
            BreakdownBy::Team => "Teams, by ID",
            BreakdownBy::Employee => "Employees",
            BreakdownBy::Vendor => "Vendors",
        }
    }

    pub fn one(by: BreakdownBy) -> &'static str {
        match by {
            BreakdownBy::Account => "Account",
            BreakdownBy::TaxCode => "Tax code",
            BreakdownBy::Team => "Team",
            BreakdownBy::Employee => "Employee",
            BreakdownBy::Vendor => "Vendor",
        }
    }

    pub fn absent(by: BreakdownBy) -> &'static str {
        match by {
            BreakdownBy::Account => "No account",
            BreakdownBy::TaxCode => "No tax code",
            BreakdownBy::Team => "No team",
            BreakdownBy::Employee => "No employee",
            BreakdownBy::Vendor => "No vendor stated",
        }
    }

    /// The parts that have no line of their own.
    pub fn others(number: &str) -> String {
        [number, " more"].concat()
    }

    pub fn table(by: BreakdownBy, currency: &str) -> String {
        [title(by), ", spend in ", currency].concat()
    }
}

/// Spend in the currencies that were paid.
pub mod currencies {
    pub const TITLE: &str = "Currencies paid";
    pub const HINT: &str = "What was paid, in the currency that was paid. The total above has the \
        amounts that Pleo billed in the company's currency.";
    pub const TABLE: &str = "Spend by month and currency";
    pub const MONTH: &str = "Month";
    pub const TOTAL: &str = "Total";
}

/// Below the figures.
pub const ZONES: &str =
    "Purchase and settlement dates are in UTC; bookkeeping dates are as Pleo states them.";
