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
    /// Where it stands.
    pub status: EntryStatus,
    /// What kind of spend it is.
    pub family: EntryFamily,
    /// The finer kind.
    pub sub_family: Option<EntrySubFamily>,
    /// Whether it has been taken into the accounts.
    pub export_status: EntryExportStatus,
    /// Whether somebody has looked at it.
    pub review_status: ReviewStatus,
    /// The amount in the currency that was paid.
    pub transaction_value: Money,
    /// The amount in the company's currency.
    pub total_bill_value: Option<Money>,
    /// When it was spent.
    pub performed_at: Timestamp,
    /// When the money moved.
    pub settled_at: Option<Timestamp>,
    /// The date in the books.
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
    /// The account's code; seen in single entries, not in search results.
    pub account_code: Option<String>,
    /// The tax code, as UUID.
    pub tax_code_id: Option<TaxCodeId>,
    /// What the person wrote.
    pub note: Option<String>,
    /// The receipts' UUIDs; empty where one is missing.
    pub receipt_ids: Vec<ReceiptId>,
    /// Tags, five at most.
    pub tags: Vec<AccountingEntryTag>,
    /// The parts of a split entry; empty unless it is split.
    pub split_items: Vec<SplitItem>,
    /// Who took part, for example in a meal.
    pub attendees: Vec<Attendee>,
    /// The supplier's papers. It has no name: what a person recognises is the note.
    pub supplier: Option<EntrySupplier>,
    /// An id given by an outside extension.
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

/// One tag of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountingEntryTag {
    /// The group's UUID.
    pub tag_group_id: TagGroupId,
    /// The tag's UUID; [`crate::UNKNOWN_ID`] means "I don't know".
    pub tag_id: Option<TagId>,
}

record!(AccountingEntryTag { tag_group_id = "tagGroupId", tag_id = "tagId" });

/// A part of a split entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitItem {
    /// UUID.
    pub id: SplitItemId,
    /// The part's own tags.
    pub tags: Vec<AccountingEntryTag>,
    /// When Pleo made the part.
    pub created_at: Timestamp,
    /// When Pleo last changed it.
    pub updated_at: Timestamp,
    /// The account, as UUID.
    pub account_id: Option<AccountId>,
    /// The account's code; where it is set it wins over [`SplitItem::account_id`].
    pub account_code: Option<String>,
    /// The tax code, as UUID.
    pub tax_code_id: Option<TaxCodeId>,
    /// The part's amount in the company's currency.
    pub total_bill_value: Option<Money>,
    /// The part's amount in the currency that was paid.
    pub transaction_value: Option<Money>,
}

record!(SplitItem {
    id = "id", tags = "tags", created_at = "createdAt", updated_at = "updatedAt",
    account_id = "accountId", account_code = "accountCode", tax_code_id = "taxCodeId",
    total_bill_value = "totalBillValue", transaction_value = "transactionValue",
});

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The attendance's id.
    pub id: String,
    /// The person's id.
    pub attendable_id: String,
    /// What the person is, for example `CONTACT`.
    pub attendable_type: String,
}

record!(Attendee { id = "id", attendable_id = "attendableId", attendable_type = "attendableType" });

/// The papers of a supplier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntrySupplier {
    /// The Spanish fiscal number.
    pub cif: Option<String>,
    /// The document's number.
    pub document_number: Option<String>,
    /// The document's kind, for example `FACTURA`.
    pub document_type: Option<String>,
    /// The supplier's account in the ledger.
    pub external_account_number: Option<String>,
    /// The supplier's id in the ledger.
    pub external_supplier_id: Option<String>,
}

record!(EntrySupplier {
    cif = "cif", document_number = "documentNumber", document_type = "documentType",
    external_account_number = "externalAccountNumber",
    external_supplier_id = "externalSupplierId",
});
