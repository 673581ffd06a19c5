//! Which entries are spend.

use outlay_pleo::AccountingEntry;
use outlay_pleo::status::{EntryFamily, EntryStatus};

/// Whether an entry counts as the company's spend.
///
/// | counts | does not | because |
/// | --- | --- | --- |
/// | card purchases, out of pocket, mileage, per diem, supplier's invoices, credit notes, Pleo's own invoices | | that is what was bought; a refund or a credit note lowers it by its negative amount |
/// | | wallet loads, balance amendments, overdraft, cashback | the company's own money moved |
/// | | reimbursements, payments of supplier's invoices | the purchase behind them counts already |
/// | completed, completed externally, pending | | a pending card payment is authorised and will most likely be settled |
/// | | draft, cancelled, rejected, error | nothing was spent, or not yet |
/// | | deleted entries | they were wrong |
/// | | kinds and statuses that this build does not know | a figure must not change by a guess |
#[must_use]
pub fn is_spend(entry: &AccountingEntry) -> bool {
    is_purchase(&entry.family) && is_binding(&entry.status) && entry.deleted_at.is_none()
}

/// Whether entries of this family are purchases, refunds of purchases, or invoices.
pub(crate) fn is_purchase(family: &EntryFamily) -> bool {
    matches!(
        family,
        EntryFamily::CardPurchase
            | EntryFamily::OutOfPocket
            | EntryFamily::Mileage
            | EntryFamily::PerDiem
            | EntryFamily::BillInvoice
            | EntryFamily::CreditNote
            | EntryFamily::PleoInvoice
    )
}

/// Whether the money was spent (completed) or its payment is authorised (pending).
pub(crate) fn is_binding(status: &EntryStatus) -> bool {
    matches!(
        status,
        EntryStatus::Completed | EntryStatus::CompletedExternally | EntryStatus::Pending
    )
}
