//! An accounting entry: one piece of spend, with its parts.

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::open::null_as_empty;
use crate::status::{EntryExportStatus, EntryFamily, EntryStatus, EntrySubFamily, ReviewStatus};

/// One accounting entry. Instants are RFC 3339 text with 0 to 9 fraction digits; see
/// [`crate::time`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountingEntry {
    /// UUID.
    pub id: String,
    /// The company's UUID.
    pub company_id: String,
    /// Where it stands.
    pub status: EntryStatus,
    /// What kind of spend it is.
    pub family: EntryFamily,
    /// The finer kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_family: Option<EntrySubFamily>,
    /// Whether it has been taken into the accounts.
    pub export_status: EntryExportStatus,
    /// Whether somebody has looked at it.
    pub review_status: ReviewStatus,
    /// The amount in the currency that was paid.
    pub transaction_value: Money,
    /// The amount in the company's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_bill_value: Option<Money>,
    /// When it was spent.
    pub performed_at: String,
    /// When the money moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<String>,
    /// The date in the books.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bookkeeping_date: Option<String>,
    /// When Pleo made the entry.
    pub created_at: String,
    /// When Pleo last changed it.
    pub updated_at: String,
    /// When it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
    /// Who spent, as UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee_id: Option<String>,
    /// The team, as UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// The account, as UUID; [`crate::UNKNOWN_ID`] means "I don't know".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The account's code; seen in single entries, not in search results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_code: Option<String>,
    /// The tax code, as UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_code_id: Option<String>,
    /// What the person wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The receipts' UUIDs; empty where one is missing.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub receipt_ids: Vec<String>,
    /// Tags, five at most.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub tags: Vec<AccountingEntryTag>,
    /// The parts of a split entry; empty unless it is split.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub split_items: Vec<SplitItem>,
    /// Who took part, for example in a meal.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub attendees: Vec<Attendee>,
    /// The supplier's papers. It has no name: what a person recognises is the note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<EntrySupplier>,
    /// An id given by an outside extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_extension_id: Option<String>,
}

/// One tag of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountingEntryTag {
    /// The group's UUID.
    pub tag_group_id: String,
    /// The tag's UUID; [`crate::UNKNOWN_ID`] means "I don't know".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag_id: Option<String>,
}

/// A part of a split entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SplitItem {
    /// UUID.
    pub id: String,
    /// The part's own tags.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub tags: Vec<AccountingEntryTag>,
    /// When Pleo made the part.
    pub created_at: String,
    /// When Pleo last changed it.
    pub updated_at: String,
    /// The account, as UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The account's code; where it is set it wins over [`SplitItem::account_id`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_code: Option<String>,
    /// The tax code, as UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_code_id: Option<String>,
    /// The part's amount in the company's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_bill_value: Option<Money>,
    /// The part's amount in the currency that was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction_value: Option<Money>,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attendee {
    /// The attendance's id.
    pub id: String,
    /// The person's id.
    pub attendable_id: String,
    /// What the person is, for example `CONTACT`.
    pub attendable_type: String,
}

/// The papers of a supplier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntrySupplier {
    /// The Spanish fiscal number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cif: Option<String>,
    /// The document's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// The document's kind, for example `FACTURA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_type: Option<String>,
    /// The supplier's account in the ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_account_number: Option<String>,
    /// The supplier's id in the ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_supplier_id: Option<String>,
}
