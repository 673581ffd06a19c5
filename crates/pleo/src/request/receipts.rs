//! Calls about receipts.

use super::bounds::page;
use super::{ApiRequest, EntryOwner, OutOfBounds, Slice};
use crate::id::{AccountingEntryId, ReceiptId};
use crate::operation;
use crate::receipt::{ReceiptFileType, ReceiptFilter, ReceiptSource};

/// A search, sorted by [`ReceiptSortingKey`](crate::receipt::ReceiptSortingKey); answered by a
/// `Page<Receipt>`.
///
/// # Errors
///
/// A page of no row or more than 100.
pub fn search(
    whose: &EntryOwner,
    slice: &Slice,
    filter: &ReceiptFilter,
) -> Result<ApiRequest, OutOfBounds> {
    page(slice)?;
    let request = whose.add_to(ApiRequest::new(&operation::SEARCH_RECEIPTS));
    Ok(request.slice(slice).body(filter))
}

/// The receipts of one entry, of these sources and in this form where they are given; answered by a
/// `Page<Receipt>`.
///
/// # Errors
///
/// A page of no row or more than 100.
pub fn of_entry(
    entry: &AccountingEntryId,
    sources: &[ReceiptSource],
    form: Option<&ReceiptFileType>,
    slice: &Slice,
) -> Result<ApiRequest, OutOfBounds> {
    page(slice)?;
    let request = ApiRequest::of(&operation::ENTRY_RECEIPTS, &[entry.as_str()]);
    Ok(request
        .with_all("source", sources.iter().map(ReceiptSource::as_str))
        .with_some("file_type", form.map(ReceiptFileType::as_str))
        .slice(slice))
}

/// One receipt, in this form where it is given; answered by an `Envelope<Receipt>`.
pub fn get(
    entry: &AccountingEntryId,
    receipt: &ReceiptId,
    form: Option<&ReceiptFileType>,
) -> ApiRequest {
    ApiRequest::of(&operation::RECEIPT, &[entry.as_str(), receipt.as_str()])
        .with_some("file_type", form.map(ReceiptFileType::as_str))
}
