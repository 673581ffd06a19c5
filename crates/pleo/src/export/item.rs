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

/// An entry with all bookkeeping data, from `GET /v3/export-items`. Pleo returns it only while its
/// job is pending or in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItem {
    /// Addresses of the entry in Pleo's apps and API (`_links`).
    pub links: Links,
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Kind of item; an undocumented value is kept as text.
    pub kind: ExportItemType,
    /// Subdivision of the kind; an undocumented value is kept as text.
    pub sub_type: Option<ExportItemSubType>,
    /// Bookkeeping date, an RFC 3339 instant.
    pub date: String,
    /// Whole amount of the item, in the supplier's and in the wallet's currency.
    pub amount: CurrencyPair,
    /// Accounting lines; Pleo sends at least one for each item.
    pub accounting_entry_lines: Vec<ExportItemLine>,
    /// Book id, attendees, invoice and reconciled entries.
    pub additional_information: ExportItemAdditionalInformation,
    /// Note of the employee, free text; `None` if Pleo sends none or `null`.
    pub note: Option<String>,
    /// Receipts, with addresses that expire after 24 hours.
    pub files: Option<Vec<ExportItemFile>>,
    /// Payee of the purchase; `None` if Pleo names none.
    pub supplier: Option<ExportSupplier>,
    /// Employee who made the purchase; `None` if Pleo names none.
    pub user: Option<ExportRef>,
    /// Team of the employee; `None` if Pleo names none.
    pub team: Option<ExportRef>,
    /// Vendor; only with vendor-based bookkeeping.
    pub vendor: Option<ExportVendor>,
    /// Bookkeeping method; `None` if Pleo does not send one.
    pub bookkeeping: Option<ExportBookkeeping>,
    /// Contra account: the account of the wallet or liability that the lines are booked against.
    pub contra_account: Option<ExportAccountRef>,
    /// Period of the service that was paid for.
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

/// One accounting line of an export item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItemLine {
    /// The line's UUID.
    pub accounting_entry_line_id: EntryLineId,
    /// Amount of the line, in the supplier's and in the wallet's currency.
    pub line_amount: CurrencyPair,
    /// Amount with or without tax, depending on [`ExportTax::kind`].
    pub net_amount: CurrencyPair,
    /// Account of the line; `None` if the user chose none.
    pub account: Option<ExportAccountRef>,
    /// Tags of the line, at most five; `None` if Pleo sends none or `null`.
    pub tags: Option<Vec<ExportTag>>,
    /// Tax of the line; `None` if the line has no tax code.
    pub tax: Option<ExportTax>,
}

record!(ExportItemLine {
    accounting_entry_line_id = "accountingEntryLineId", line_amount = "lineAmount",
    net_amount = "netAmount", account = "account", tags = "tags", tax = "tax",
});

/// Data of an export item that belongs to no line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItemAdditionalInformation {
    /// "Book ID" by which a bank line is matched; free text.
    pub reconciliation_id: String,
    /// Names of the participants, for example of a meal.
    pub attendees: Option<Vec<String>>,
    /// Invoice data; `None` if Pleo sends none or `null`.
    pub invoice_information: Option<InvoiceInformation>,
    /// Ids of the entries that a reimbursement pays back; only for reimbursements.
    pub reconciled_entries: Option<Vec<String>>,
}

record!(ExportItemAdditionalInformation {
    reconciliation_id = "reconciliationId", attendees = "attendees",
    invoice_information = "invoiceInformation", reconciled_entries = "reconciledEntries",
});
