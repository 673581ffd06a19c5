//! An accounting entry: one piece of spend, with its parts.

use outlay_wire::record;

use crate::id::{
    AccountId, AccountingEntryId, CompanyId, EmployeeId, ReceiptId, SplitItemId, TagGroupId, TagId,
    TaxCodeId, TeamId,
};
use crate::money::Money;
use crate::status::{EntryExportStatus, EntryFamily, EntryStatus, EntrySubFamily, ReviewStatus};
use crate::time::Timestamp;

/// One accounting entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountingEntry {
    /// UUID.
    pub id: AccountingEntryId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Status of the entry at Pleo; an undocumented value is kept as text.
    pub status: EntryStatus,
    /// Kind of entry, for example `CARD_PURCHASE`; an undocumented value is kept as text.
    pub family: EntryFamily,
    /// Subdivision of `family`; an undocumented value is kept as text.
    pub sub_family: Option<EntrySubFamily>,
    /// Whether the entry was exported to the ledger; an undocumented value is kept as text.
    pub export_status: EntryExportStatus,
    /// State of the internal review; an undocumented value is kept as text.
    pub review_status: ReviewStatus,
    /// Amount in the currency that was paid; positive for a purchase, negative for a refund.
    pub transaction_value: Money,
    /// Amount in the company's currency, with the same sign as `transaction_value`.
    pub total_bill_value: Option<Money>,
    /// When it was spent.
    pub performed_at: Timestamp,
    /// When the money moved.
    pub settled_at: Option<Timestamp>,
    /// The bookkeeping date: the day as written counts.
    pub bookkeeping_date: Option<Timestamp>,
    /// When Pleo made the entry.
    pub created_at: Timestamp,
    /// When Pleo last changed it.
    pub updated_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
    /// Who spent, as UUID.
    pub employee_id: Option<EmployeeId>,
    /// The team, as UUID.
    pub team_id: Option<TeamId>,
    /// The account, as UUID; [`crate::UNKNOWN_ID`] means "I don't know".
    pub account_id: Option<AccountId>,
    /// Code of the account; single entries have it, search results do not.
    pub account_code: Option<String>,
    /// The tax code, as UUID.
    pub tax_code_id: Option<TaxCodeId>,
    /// Note of the employee, free text; may have line breaks and invisible characters.
    pub note: Option<String>,
    /// The receipts' UUIDs; empty where one is missing.
    pub receipt_ids: Vec<ReceiptId>,
    /// Tags, at most five (Pleo's limit for an entry).
    pub tags: Vec<AccountingEntryTag>,
    /// The parts of a split entry; empty unless it is split.
    pub split_items: Vec<SplitItem>,
    /// Participants of the expense, for example of a meal.
    pub attendees: Vec<Attendee>,
    /// Supplier's document data. It has no name: on screen the note identifies the entry.
    pub supplier: Option<EntrySupplier>,
    /// Id that another application set on the entry; free text.
    pub foreign_extension_id: Option<String>,
}

record!(AccountingEntry {
    id = "id", company_id = "companyId", status = "status", family = "family",
    sub_family = "subFamily", export_status = "exportStatus", review_status = "reviewStatus",
    transaction_value = "transactionValue", total_bill_value = "totalBillValue",
    performed_at = "performedAt", settled_at = "settledAt", bookkeeping_date = "bookkeepingDate",
    created_at = "createdAt", updated_at = "updatedAt", deleted_at = "deletedAt",
    employee_id = "employeeId", team_id = "teamId", account_id = "accountId",
    account_code = "accountCode", tax_code_id = "taxCodeId", note = "note",
    receipt_ids = "receiptIds", tags = "tags", split_items = "splitItems",
    attendees = "attendees", supplier = "supplier", foreign_extension_id = "foreignExtensionId",
});

/// The tag of one tag group on an entry or a split part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountingEntryTag {
    /// The group's UUID.
    pub tag_group_id: TagGroupId,
    /// The tag's UUID; [`crate::UNKNOWN_ID`] means "I don't know".
    pub tag_id: Option<TagId>,
}

record!(AccountingEntryTag { tag_group_id = "tagGroupId", tag_id = "tagId" });

/// A part of a split entry; the parts' amounts need not add up to the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitItem {
    /// UUID.
    pub id: SplitItemId,
    /// Tags of the part, at most five (Pleo's limit for an entry).
    pub tags: Vec<AccountingEntryTag>,
    /// When Pleo made the part.
    pub created_at: Timestamp,
    /// When Pleo last changed it.
    pub updated_at: Timestamp,
    /// The account, as UUID.
    pub account_id: Option<AccountId>,
    /// Code of the account; takes precedence over [`SplitItem::account_id`].
    pub account_code: Option<String>,
    /// The tax code, as UUID.
    pub tax_code_id: Option<TaxCodeId>,
    /// Amount of the part in the company's currency.
    pub total_bill_value: Option<Money>,
    /// Amount of the part in the currency that was paid.
    pub transaction_value: Option<Money>,
}

record!(SplitItem {
    id = "id", tags = "tags", created_at = "createdAt", updated_at = "updatedAt",
    account_id = "accountId", account_code = "accountCode", tax_code_id = "taxCodeId",
    total_bill_value = "totalBillValue", transaction_value = "transactionValue",
});

/// A participant of an expense: an employee or an external contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Id of the participation, not of the person.
    pub id: String,
    /// Id of the person; `attendable_type` states the kind of record.
    pub attendable_id: String,
    /// Kind of the person's record, for example `CONTACT` (an employee or a contact).
    pub attendable_type: String,
}

record!(Attendee { id = "id", attendable_id = "attendableId", attendable_type = "attendableType" });

/// Supplier data of an entry, from the supplier's document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntrySupplier {
    /// CIF, the Spanish company tax number.
    pub cif: Option<String>,
    /// Number of the supplier's document, free text.
    pub document_number: Option<String>,
    /// Kind of document, for example `FACTURA`.
    pub document_type: Option<String>,
    /// Supplier's account number in the ledger.
    pub external_account_number: Option<String>,
    /// Supplier's id in the ledger; `None` if the document has no known supplier.
    pub external_supplier_id: Option<String>,
}

record!(EntrySupplier {
    cif = "cif", document_number = "documentNumber", document_type = "documentType",
    external_account_number = "externalAccountNumber",
    external_supplier_id = "externalSupplierId",
});
