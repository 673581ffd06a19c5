//! Calls about companies.

use super::{ApiRequest, Slice};
use crate::operation;

/// `GET /v1/companies`: the companies that the token can read; returns a `Page<Company>`.
pub fn list(slice: &Slice) -> ApiRequest {
    ApiRequest::new(&operation::COMPANIES).slice(slice)
}
