//! Calls about the dimensions of tag groups, and what tags say in them.

use super::ApiRequest;
use crate::id::{DimensionId, TagGroupId, TagId};
use crate::operation;
use crate::tag::dimension::{TagDimensionValueWrite, TagGroupDimensionWrite};

/// The dimensions of a group other than name and code; returns an
/// `Envelope<Vec<TagGroupDimension>>`.
pub fn list(group: &TagGroupId) -> ApiRequest {
    ApiRequest::of(&operation::DIMENSIONS, &[group.as_str()])
}

/// `POST /v0/tag-groups/{groupId}/dimensions`; returns an `Envelope<TagGroupDimension>`.
pub fn create(group: &TagGroupId, body: &TagGroupDimensionWrite) -> ApiRequest {
    ApiRequest::of(&operation::CREATE_DIMENSION, &[group.as_str()]).body(body)
}

/// `GET /v0/tag-groups/{groupId}/dimensions/{dimensionId}`; returns an
/// `Envelope<TagGroupDimension>`.
pub fn get(group: &TagGroupId, dimension: &DimensionId) -> ApiRequest {
    ApiRequest::of(&operation::DIMENSION, &[group.as_str(), dimension.as_str()])
}

/// `PUT /v0/tag-groups/{groupId}/dimensions/{dimensionId}`; returns an
/// `Envelope<TagGroupDimension>`.
pub fn update(
    group: &TagGroupId,
    dimension: &DimensionId,
    body: &TagGroupDimensionWrite,
) -> ApiRequest {
    let ids = [group.as_str(), dimension.as_str()];
    ApiRequest::of(&operation::UPDATE_DIMENSION, &ids).body(body)
}

/// `DELETE /v0/tag-groups/{groupId}/dimensions/{dimensionId}`; Pleo documents no response body.
pub fn delete(group: &TagGroupId, dimension: &DimensionId) -> ApiRequest {
    ApiRequest::of(
        &operation::DELETE_DIMENSION,
        &[group.as_str(), dimension.as_str()],
    )
}

/// What a tag says in its dimensions; answered by an `Envelope<Vec<TagDimensionValue>>`.
pub fn values(tag: &TagId) -> ApiRequest {
    ApiRequest::of(&operation::DIMENSION_VALUES, &[tag.as_str()])
}

/// What a tag says in one dimension; answered by an `Envelope<TagDimensionValue>`.
pub fn value(tag: &TagId, dimension: &DimensionId) -> ApiRequest {
    ApiRequest::of(
        &operation::DIMENSION_VALUE,
        &[tag.as_str(), dimension.as_str()],
    )
}

/// Gives a tag its value in a dimension; answered by an `Envelope<TagDimensionValue>`.
pub fn create_value(
    tag: &TagId,
    dimension: &DimensionId,
    body: &TagDimensionValueWrite,
) -> ApiRequest {
    let ids = [tag.as_str(), dimension.as_str()];
    ApiRequest::of(&operation::CREATE_DIMENSION_VALUE, &ids).body(body)
}

/// Replaces a tag's value in a dimension; answered by an `Envelope<TagDimensionValue>`.
pub fn update_value(
    tag: &TagId,
    dimension: &DimensionId,
    body: &TagDimensionValueWrite,
) -> ApiRequest {
    let ids = [tag.as_str(), dimension.as_str()];
    ApiRequest::of(&operation::UPDATE_DIMENSION_VALUE, &ids).body(body)
}

/// Removes a tag's value in a dimension; answered by an `Envelope<TagDimensionValue>`.
pub fn delete_value(tag: &TagId, dimension: &DimensionId) -> ApiRequest {
    ApiRequest::of(
        &operation::DELETE_DIMENSION_VALUE,
        &[tag.as_str(), dimension.as_str()],
    )
}
