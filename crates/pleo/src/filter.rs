//! The body of the entry search.

use outlay_wire::{Value, record};

use crate::id::{AccountId, EmployeeId, TagGroupId, TagId, TaxCodeId, TeamId};
use crate::status::{EntryExportStatus, EntryFamily, EntryStatus, EntrySubFamily, ReviewStatus};

/// What to search for; an absent field does not narrow. Of the three date ranges only one may be
/// used at a time, and a list of ids holds at most 100.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Whether deleted entries are in the result too; required by Pleo, default `false`.
    pub include_deleted: bool,
    /// Accounts, as UUIDs.
    pub account_ids: Option<Vec<AccountId>>,
    /// Employees, as UUIDs.
    pub employee_ids: Option<Vec<EmployeeId>>,
    /// Teams, as UUIDs.
    pub team_ids: Option<Vec<TeamId>>,
    /// Tax codes, as UUIDs.
    pub tax_code_ids: Option<Vec<TaxCodeId>>,
    /// Tags, as UUIDs.
    pub tag_row_ids: Option<Vec<TagId>>,
    /// Tag groups of which the entry has no tag, as UUIDs.
    pub tag_group_ids_unset: Option<Vec<TagGroupId>>,
    /// Ids that another application set on entries; at most 100.
    pub foreign_extension_ids: Option<Vec<String>>,
    /// ISO 4217 codes of the currency that was paid.
    pub transaction_value_currencies: Option<Vec<String>>,
    /// Export statuses; an entry matches if it has one of them.
    pub export_status: Option<Vec<EntryExportStatus>>,
    /// Review statuses; an entry matches if it has one of them.
    pub review_status: Option<Vec<ReviewStatus>>,
    /// Entry statuses; an entry matches if it has one of them.
    pub status: Option<Vec<EntryStatus>>,
    /// Families; an entry matches if it has one of them.
    pub families: Option<Vec<EntryFamily>>,
    /// Subfamilies; an entry matches if it has one of them.
    pub sub_families: Option<Vec<EntrySubFamily>>,
    /// `true` for entries with an account, `false` for those without.
    pub has_account: Option<bool>,
    /// `true` for entries with a bookkeeping date, `false` for those without.
    pub has_bookkeeping_date: Option<bool>,
    /// `true` for entries with a note, `false` for those without.
    pub has_note: Option<bool>,
    /// `true` for settled entries, `false` for unsettled ones.
    pub settled: Option<bool>,
    /// Earliest purchase instant, ISO 8601, inclusive.
    pub performed_at_start: Option<String>,
    /// Latest purchase instant, ISO 8601.
    pub performed_at_end: Option<String>,
    /// Earliest settlement instant, ISO 8601, inclusive.
    pub settled_at_start: Option<String>,
    /// Latest settlement instant, ISO 8601.
    pub settled_at_end: Option<String>,
    /// Earliest bookkeeping date, an ISO 8601 instant, inclusive.
    pub bookkeeping_date_start: Option<String>,
    /// Latest bookkeeping date, an ISO 8601 instant.
    pub bookkeeping_date_end: Option<String>,
}

record!(EntryFilter {
    include_deleted = "includeDeleted", account_ids = "accountIds", employee_ids = "employeeIds",
    team_ids = "teamIds", tax_code_ids = "taxCodeIds", tag_row_ids = "tagRowIds",
    tag_group_ids_unset = "tagGroupIdsUnset", foreign_extension_ids = "foreignExtensionIds",
    transaction_value_currencies = "transactionValueCurrencies", export_status = "exportStatus",
    review_status = "reviewStatus", status = "status", families = "families",
    sub_families = "subFamilies", has_account = "hasAccount",
    has_bookkeeping_date = "hasBookkeepingDate", has_note = "hasNote", settled = "settled",
    performed_at_start = "performedAtStart", performed_at_end = "performedAtEnd",
    settled_at_start = "settledAtStart", settled_at_end = "settledAtEnd",
    bookkeeping_date_start = "bookkeepingDateStart", bookkeeping_date_end = "bookkeepingDateEnd",
});

impl EntryFilter {
    /// Reads a body as strictly as Pleo does. `includeDeleted` may be absent and is then `false`.
    ///
    /// # Errors
    ///
    /// A message for the log: the body is not a JSON object, has an unknown field (which the message
    /// names), or has a field of the wrong type.
    pub fn read_strictly(body: &[u8]) -> Result<EntryFilter, String> {
        let Some(Value::Object(mut fields)) = outlay_wire::from_bytes(body) else {
            return Err("not a JSON object".to_owned());
        };
        if let Some(unknown) = fields
            .iter()
            .map(|(name, _)| name)
            .find(|name| !Self::FIELDS.contains(&name.as_str()))
        {
            return Err(format!("unknown field `{unknown}`"));
        }
        // Before the others: of two fields of one name the later counts.
        fields.insert(0, ("includeDeleted".to_owned(), Value::Bool(false)));
        outlay_wire::read(Value::Object(fields))
            .ok_or_else(|| "a field of the wrong type".to_owned())
    }
}
