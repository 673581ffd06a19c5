//! Calls about tag groups.

use super::{ApiRequest, EntryOwner};
use crate::operation;

/// Optional contents of a list of tag groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Include {
    /// Archived groups too (`include_archived`).
    pub archived: bool,
    /// The number of tags of each group (`include_tags_count`).
    pub tags_count: bool,
}

/// `GET /v0/tag-groups`; returns an `Envelope<Vec<TagGroup>>` without pages.
pub fn list(whose: &EntryOwner, with: Include) -> ApiRequest {
    whose
        .add_to(ApiRequest::new(&operation::TAG_GROUPS))
        .with_flag("include_archived", with.archived)
        .with_flag("include_tags_count", with.tags_count)
}
