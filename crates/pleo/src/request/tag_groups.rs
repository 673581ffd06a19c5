//! Calls about tag groups.

use super::{ApiRequest, EntryOwner};
use crate::id::{CompanyId, TagGroupId};
use crate::operation;
use crate::tag::group::{TagGroupCreate, TagGroupUpdate};

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

/// `POST /v0/tag-groups`; returns an `Envelope<TagGroup>`.
pub fn create(company: &CompanyId, body: &TagGroupCreate) -> ApiRequest {
    let id = company.as_str();
    ApiRequest::new(&operation::CREATE_TAG_GROUP)
        .with("company_id", id)
        .body(body)
}

/// `GET /v0/tag-groups/{groupId}`; returns an `Envelope<TagGroup>`.
pub fn get(group: &TagGroupId) -> ApiRequest {
    ApiRequest::of(&operation::TAG_GROUP, &[group.as_str()])
}

/// `PUT /v0/tag-groups/{groupId}`; returns an `Envelope<TagGroup>`.
pub fn update(group: &TagGroupId, body: &TagGroupUpdate) -> ApiRequest {
    ApiRequest::of(&operation::UPDATE_TAG_GROUP, &[group.as_str()]).body(body)
}

/// `DELETE /v0/tag-groups/{groupId}`; the response (204) has no body.
pub fn delete(group: &TagGroupId) -> ApiRequest {
    ApiRequest::of(&operation::DELETE_TAG_GROUP, &[group.as_str()])
}

/// Tag groups with their dimensions, these where some are given; answered by an
/// `Envelope<Vec<AggregatedTagGroup>>`.
pub fn aggregated(whose: &EntryOwner, groups: &[TagGroupId]) -> ApiRequest {
    whose
        .add_to(ApiRequest::new(&operation::AGGREGATED_TAG_GROUPS))
        .with_all("tag_group_ids", groups.iter().map(TagGroupId::as_str))
}
