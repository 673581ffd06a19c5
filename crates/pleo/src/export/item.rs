//! Export items: the whole bookkeeping data of an accounting entry, while its job runs.
//!
//! Source: page `reference/export-api/export-items-v3/get-export-items`.

use outlay_wire::record;

use super::invoice::InvoiceInformation;
use super::part::CurrencyPair;
use super::part::ExportAccountRef;
use super::part::ExportBookkeeping;
use super::part::ExportItemFile;
use super::part::ExportRef;
use super::part::ExportSupplier;
use super::part::ExportTag;
use super::part::ExportTax;
use super::part::ExportVendor;
use super::part::Links;
use super::part::ServicePeriod;
use super::status::ExportItemSubType;
use super::status::ExportItemType;
use crate::id::{AccountingEntryId, CompanyId, EntryLineId};

/// One entry as the ledger needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItem {
    /// Where the entry is to be seen.
    pub links: Links,
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// What kind of spend it is.
    pub kind: ExportItemType,
    /// The finer kind.
    pub sub_type: Option<ExportItemSubType>,
    /// The date in the books; RFC 3339.
    pub date: String,
    /// The whole amount.
    pub amount: CurrencyPair,
    /// The lines; at least one.
    pub accounting_entry_lines: Vec<ExportItemLine>,
    /// Invoice, attendees, reconciliation.
    pub additional_information: ExportItemAdditionalInformation,
    /// What the person wrote.
    pub note: Option<String>,
    /// The receipts.
    pub files: Option<Vec<ExportItemFile>>,
    /// Where the money went.
    pub supplier: Option<ExportSupplier>,
    /// Who spent.
    pub user: Option<ExportRef>,
    /// Whose budget it was.
    pub team: Option<ExportRef>,
    /// The vendor, where entries are booked against vendors.
    pub vendor: Option<ExportVendor>,
    /// How it is booked.
    pub bookkeeping: Option<ExportBookkeeping>,
    /// The account on the other side.
    pub contra_account: Option<ExportAccountRef>,
    /// The period that was paid for.
    pub service_period: Option<ServicePeriod>,
}

record!(ExportItem {
    links = "_links", accounting_entry_id = "accountingEntryId", company_id = "companyId",
    kind = "type", sub_type = "subType", date = "date", amount = "amount",
    accounting_entry_lines = "accountingEntryLines",
    additional_information = "additionalInformation", note = "note", files = "files",
    supplier = "supplier", user = "user", team = "team", vendor = "vendor",
    bookkeeping = "bookkeeping", contra_account = "contraAccount", service_period = "servicePeriod",
});

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItemLine {
    /// The line's UUID.
    pub accounting_entry_line_id: EntryLineId,
    /// The line's amount.
    pub line_amount: CurrencyPair,
    /// The amount with or without tax: see `taxType`.
    pub net_amount: CurrencyPair,
    /// The account.
    pub account: Option<ExportAccountRef>,
    /// The tags.
    pub tags: Option<Vec<ExportTag>>,
    /// The tax.
    pub tax: Option<ExportTax>,
}

record!(ExportItemLine {
    accounting_entry_line_id = "accountingEntryLineId", line_amount = "lineAmount",
    net_amount = "netAmount", account = "account", tags = "tags", tax = "tax",
});

/// What goes along with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItemAdditionalInformation {
    /// The book ID, by which a bank line is matched.
    pub reconciliation_id: String,
    /// Who took part.
    pub attendees: Option<Vec<String>>,
    /// The invoice.
    pub invoice_information: Option<InvoiceInformation>,
    /// What a reimbursement pays back.
    pub reconciled_entries: Option<Vec<String>>,
}

record!(ExportItemAdditionalInformation {
    reconciliation_id = "reconciliationId", attendees = "attendees",
    invoice_information = "invoiceInformation", reconciled_entries = "reconciledEntries",
});
