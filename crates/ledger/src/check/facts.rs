//! The texts and codes of an item, apart from its amounts.

use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::part::{ExportAccountRef, ExportRef};

use crate::entry::Facts;
use crate::mapping::{Mapping, source};

pub(super) fn of(item: &ExportItem) -> Facts {
    let name = |of: &Option<ExportRef>| of.as_ref().map(|of| of.name.clone()).unwrap_or_default();
    let code = |of: &Option<ExportRef>| {
        of.as_ref()
            .and_then(|of| of.code.clone())
            .unwrap_or_default()
    };
    let vendor = item.vendor.as_ref();
    let more = &item.additional_information;
    let supplier = item
        .supplier
        .as_ref()
        .and_then(|supplier| supplier.name.clone());
    let vendor_name = vendor.map(|vendor| vendor.name.clone()).unwrap_or_default();
    Facts {
        note: item.note.clone().unwrap_or_default(),
        supplier: supplier.unwrap_or_else(|| vendor_name.clone()),
        employee: name(&item.user),
        employee_code: code(&item.user),
        team: name(&item.team),
        team_code: code(&item.team),
        vendor: vendor_name,
        vendor_code: vendor
            .and_then(|vendor| vendor.code.clone())
            .unwrap_or_default(),
        invoice: more
            .invoice_information
            .as_ref()
            .map(|invoice| invoice.invoice_number.clone())
            .unwrap_or_default(),
        book_id: more.reconciliation_id.clone(),
    }
}

/// The ledger's account: by a rule, else the account's own code, id in the ledger, or name where the
/// ledger imports by name.
pub(super) fn account_code(account: &ExportAccountRef, mapping: &Mapping) -> Option<String> {
    let from = source(account);
    if let Some(rule) = mapping.accounts.iter().find(|rule| rule.from == from) {
        return Some(rule.to.clone());
    }
    let own = match mapping.settings.by_account_name() {
        true => Some(account.name.clone()),
        false => account
            .code
            .clone()
            .filter(|code| !code.is_empty())
            .or_else(|| account.identifier.clone()),
    };
    own.filter(|code| !code.trim().is_empty())
}
