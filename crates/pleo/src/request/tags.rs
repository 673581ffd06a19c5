//! Calls about tags.

use super::bounds::{MOST_TAGS, within};
use super::{ApiRequest, EntryOwner, OutOfBounds, Slice};
use crate::id::{CompanyId, TagGroupId, TagId};
use crate::operation;
use crate::tag::one::{BulkTagArchive, BulkTagDelete, TagFilter, TagWrite};

/// The tags of a group, archived ones too if requested; returns a
/// `Page<Tag>`.
pub fn of_group(group: &TagGroupId, archived: bool, slice: &Slice) -> ApiRequest {
    ApiRequest::of(&operation::TAGS_OF_GROUP, &[group.as_str()])
        .with_flag("include_archived", archived)
        .slice(slice)
}

/// Makes a tag; answered by an `Envelope<Tag>`, by 400 where the group is full, by 409 where the code
/// exists.
pub fn create(group: &TagGroupId, body: &TagWrite) -> ApiRequest {
    ApiRequest::of(&operation::CREATE_TAG, &[group.as_str()]).body(body)
}

/// The tags of a company, by name and groups where they are given; answered by a `Page<Tag>`. Pleo
/// advises against it: [`search`] does the same.
pub fn list(
    company: &CompanyId,
    text: Option<&str>,
    groups: &[TagGroupId],
    archived: bool,
    slice: &Slice,
) -> ApiRequest {
    ApiRequest::new(&operation::TAGS)
        .with("company_id", company.as_str())
        .with_some("text_search", text)
        .with_all("tag_group_id", groups.iter().map(TagGroupId::as_str))
        .with_flag("include_archived", archived)
        .slice(slice)
}

/// Removes 1 to 100 tags; answered without a body.
///
/// # Errors
///
/// More tags, or none.
pub fn delete_many(body: &BulkTagDelete) -> Result<ApiRequest, OutOfBounds> {
    within("tagIds", body.tag_ids.len(), 1, MOST_TAGS)?;
    Ok(ApiRequest::new(&operation::DELETE_TAGS).body(body))
}

/// Puts 1 to 100 tags away, or back; answered by an `Envelope<Vec<Tag>>`.
///
/// # Errors
///
/// More tags, or none.
pub fn archive_many(body: &BulkTagArchive) -> Result<ApiRequest, OutOfBounds> {
    within("tagIds", body.tag_ids.len(), 1, MOST_TAGS)?;
    Ok(ApiRequest::new(&operation::ARCHIVE_TAGS).body(body))
}

/// `POST /v0/tags:search`; returns a `Page<Tag>`.
pub fn search(whose: &EntryOwner, slice: &Slice, filter: &TagFilter) -> ApiRequest {
    let request = whose.add_to(ApiRequest::new(&operation::SEARCH_TAGS));
    request.slice(slice).body(filter)
}

/// The same search with groups and dimensions; answered by a `Page<AggregatedTag>`.
pub fn aggregated(company: &CompanyId, slice: &Slice, filter: &TagFilter) -> ApiRequest {
    ApiRequest::new(&operation::SEARCH_AGGREGATED_TAGS)
        .with("company_id", company.as_str())
        .slice(slice)
        .body(filter)
}

/// `GET /v0/tags/{tagId}`; returns an `Envelope<Tag>`.
pub fn get(tag: &TagId) -> ApiRequest {
    ApiRequest::of(&operation::TAG, &[tag.as_str()])
}

/// `PUT /v0/tags/{tagId}`; returns an `Envelope<Tag>`.
pub fn update(tag: &TagId, body: &TagWrite) -> ApiRequest {
    ApiRequest::of(&operation::UPDATE_TAG, &[tag.as_str()]).body(body)
}

/// `DELETE /v0/tags/{tagId}`; Pleo documents no response body.
pub fn delete(tag: &TagId) -> ApiRequest {
    ApiRequest::of(&operation::DELETE_TAG, &[tag.as_str()])
}
