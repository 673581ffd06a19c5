//! Calls about the chart of accounts.

use super::{ApiRequest, Slice};
use crate::account::AccountFilter;
use crate::operation;

/// `POST /v1/chart-of-accounts:search`; returns a `Page<Account>`. The company is in the body.
pub fn search(slice: &Slice, filter: &AccountFilter) -> ApiRequest {
    ApiRequest::new(&operation::SEARCH_ACCOUNTS)
        .slice(slice)
        .body(filter)
}
