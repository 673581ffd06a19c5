//! The body of the entry search.

use serde::{Deserialize, Serialize};

use crate::status::{EntryExportStatus, EntryFamily, EntryStatus, EntrySubFamily, ReviewStatus};

/// What to search for; an absent field does not narrow. Of the three date ranges only one may be
/// used at a time, and a list of ids holds at most 100.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct EntryFilter {
    /// Whether deleted entries count.
    pub include_deleted: bool,
    /// Accounts, as UUIDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_ids: Option<Vec<String>>,
    /// Employees, as UUIDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employee_ids: Option<Vec<String>>,
    /// Teams, as UUIDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_ids: Option<Vec<String>>,
    /// Tax codes, as UUIDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_code_ids: Option<Vec<String>>,
    /// Tags, as UUIDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_row_ids: Option<Vec<String>>,
    /// Tag groups of which the entry has no tag, as UUIDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_group_ids_unset: Option<Vec<String>>,
    /// Ids given by an outside extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign_extension_ids: Option<Vec<String>>,
    /// ISO 4217 codes of the currency that was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_value_currencies: Option<Vec<String>>,
    /// Export statuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_status: Option<Vec<EntryExportStatus>>,
    /// Review statuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_status: Option<Vec<ReviewStatus>>,
    /// Statuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<EntryStatus>>,
    /// Families.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub families: Option<Vec<EntryFamily>>,
    /// Sub families.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_families: Option<Vec<EntrySubFamily>>,
    /// With or without an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_account: Option<bool>,
    /// With or without a date in the books.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_bookkeeping_date: Option<bool>,
    /// With or without a note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_note: Option<bool>,
    /// Settled or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<bool>,
    /// Spent at this instant or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub performed_at_start: Option<String>,
    /// Spent at this instant or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub performed_at_end: Option<String>,
    /// Settled at this instant or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_at_start: Option<String>,
    /// Settled at this instant or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_at_end: Option<String>,
    /// Booked at this instant or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookkeeping_date_start: Option<String>,
    /// Booked at this instant or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookkeeping_date_end: Option<String>,
}
