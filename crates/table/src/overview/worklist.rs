//! The lists of spend that needs work before a month can be closed.

use super::group::{EntryGroup, Source, all, not, one_of, test};
use super::{Filter, OverviewScope};
use crate::filter::{DayField, Field, FlagWord, Test, Text, TextField};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorklistKind {
    /// No receipt; mileage and daily allowances need none.
    NoReceipt,
    /// No account, or "I don't know"; of a split entry, in one of its parts.
    NoAccount,
    /// No tax code; of a split entry, in one of its parts.
    NoTaxCode,
    /// The review waits for somebody.
    AwaitingReview,
    /// The review found a fault.
    ReviewNotOk,
    /// Not settled yet.
    Pending,
    /// No bookkeeping date, or none that could be read.
    NoBookkeepingDate,
    /// Pleo has an export item that was not exported. Pleo states on entries no other sign of an export that
    /// failed.
    ExportFailed,
}

/// A list of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worklist {
    /// What is to be done with them.
    pub kind: WorklistKind,
    /// The entries.
    pub group: EntryGroup,
}

/// The lists of a period.
pub(super) struct Work {
    pub(super) lists: Vec<Worklist>,
    pub(super) attention: EntryGroup,
    pub(super) not_exported: EntryGroup,
}

impl WorklistKind {
    /// Every list, in the order of the page.
    pub const ALL: [WorklistKind; 8] = [
        WorklistKind::NoReceipt,
        WorklistKind::NoAccount,
        WorklistKind::NoTaxCode,
        WorklistKind::AwaitingReview,
        WorklistKind::ReviewNotOk,
        WorklistKind::Pending,
        WorklistKind::NoBookkeepingDate,
        WorklistKind::ExportFailed,
    ];

    /// What the list finds among spend.
    fn filter(self) -> Filter {
        let missing = |field| test(Test::Missing(field));
        match self {
            WorklistKind::NoReceipt => all([
                not(test(Test::Is(FlagWord::Receipt))),
                not(one_of(TextField::Type, &["MILEAGE", "PER_DIEM"])),
            ]),
            WorklistKind::NoAccount => missing(Field::Text(TextField::Account)),
            WorklistKind::NoTaxCode => missing(Field::Text(TextField::Tax)),
            WorklistKind::AwaitingReview => test(Test::Text {
                field: TextField::Review,
                exact: false,
                any_of: vec![Text {
                    text: "WAITING_FOR".to_owned(),
                    begins: true,
                }],
            }),
            WorklistKind::ReviewNotOk => one_of(TextField::Review, &["NOT_OK"]),
            WorklistKind::Pending => one_of(TextField::Status, &["PENDING"]),
            WorklistKind::NoBookkeepingDate => missing(Field::Day(DayField::Booked)),
            WorklistKind::ExportFailed => one_of(TextField::Export, &["NOT_EXPORTED"]),
        }
    }
}

impl Work {
    pub(super) fn of(source: &Source<'_>, scope: &OverviewScope) -> Work {
        let spend = all([test(Test::Is(FlagWord::Spend)), in_reach(scope)]);
        let list = |kind: WorklistKind| Worklist {
            kind,
            group: source.group(all([spend.clone(), kind.filter()])),
        };
        let any = Filter::Any(WorklistKind::ALL.map(WorklistKind::filter).into());
        let exported = one_of(TextField::Export, &["EXPORTED"]);
        Work {
            lists: WorklistKind::ALL.map(list).into(),
            attention: source.group(all([spend.clone(), any])),
            not_exported: source.group(all([spend.clone(), not(exported)])),
        }
    }
}

/// The entries whose work belongs to the period: those with their day of the basis in it, and those
/// without one whose purchase is in it. An entry without a bookkeeping date is work for the month in which
/// it was bought.
fn in_reach(scope: &OverviewScope) -> Filter {
    let days = scope.period.days();
    let by_basis = test(Test::Day(scope.basis, days));
    if scope.basis == DayField::Date {
        return by_basis;
    }
    let by_purchase = all([
        test(Test::Missing(Field::Day(scope.basis))),
        test(Test::Day(DayField::Date, days)),
    ]);
    Filter::Any(vec![by_basis, by_purchase])
}
