//! Calls about accounting entries.

use super::bounds::{few, page};
use super::{ApiRequest, EntryOwner, OutOfBounds, Slice};
use crate::filter::EntryFilter;
use crate::id::AccountingEntryId;
use crate::operation;
use crate::status::{EntrySortingKey, PageOrder};

/// The order of the entries table: newest spend first. The id settles ties, so that no row is lost or
/// repeated between two pages.
pub fn newest_first(slice: Slice) -> Slice {
    slice
        .sorted(EntrySortingKey::PerformedAt.as_str(), PageOrder::Desc)
        .sorted(EntrySortingKey::Id.as_str(), PageOrder::Asc)
}

/// A search, sorted by [`EntrySortingKey`]; answered by a `Page<AccountingEntry>`.
///
/// # Errors
///
/// A page of no row or more than 100, a list of more than 100 ids.
pub fn search(
    whose: &EntryOwner,
    slice: &Slice,
    filter: &EntryFilter,
) -> Result<ApiRequest, OutOfBounds> {
    page(slice)?;
    few("accountIds", &filter.account_ids)?;
    few("employeeIds", &filter.employee_ids)?;
    few("teamIds", &filter.team_ids)?;
    few("taxCodeIds", &filter.tax_code_ids)?;
    few("tagRowIds", &filter.tag_row_ids)?;
    few("tagGroupIdsUnset", &filter.tag_group_ids_unset)?;
    few("foreignExtensionIds", &filter.foreign_extension_ids)?;
    few(
        "transactionValueCurrencies",
        &filter.transaction_value_currencies,
    )?;
    let request = whose.add_to(ApiRequest::new(&operation::SEARCH_ENTRIES));
    Ok(request.slice(slice).body(filter))
}

/// One entry, even a deleted one if requested; returns an
/// `Envelope<AccountingEntry>`.
pub fn get(entry: &AccountingEntryId, deleted: bool) -> ApiRequest {
    ApiRequest::of(&operation::ENTRY, &[entry.as_str()]).with_flag("include_deleted", deleted)
}
