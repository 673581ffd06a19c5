//! Calls about tags.

use super::{ApiRequest, EntryOwner, Slice};
use crate::operation;
use crate::tag::one::TagFilter;

/// `POST /v0/tags:search`; returns a `Page<Tag>`.
pub fn search(whose: &EntryOwner, slice: &Slice, filter: &TagFilter) -> ApiRequest {
    let request = whose.add_to(ApiRequest::new(&operation::SEARCH_TAGS));
    request.slice(slice).body(filter)
}
