//! Dimensions of a tag group: what its tags say beside name and code.

use outlay_wire::record;

use crate::id::{DimensionId, TagGroupId, TagId};

/// One dimension of a tag group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroupDimension {
    /// UUID.
    pub id: DimensionId,
    /// The tag group's UUID.
    pub group_id: TagGroupId,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place among the dimensions, from 1.
    pub display_order: i32,
    /// Whether users see it.
    pub visible: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
}

record!(TagGroupDimension {
    id = "id", group_id = "groupId", code = "code", name = "name", display_order = "displayOrder",
    visible = "visible", created_at = "createdAt", updated_at = "updatedAt",
});

/// The body that makes or replaces a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroupDimensionWrite {
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether users see it.
    pub visible: bool,
    /// No longer heeded by Pleo.
    pub display_order: Option<i32>,
}

record!(TagGroupDimensionWrite {
    code = "code", name = "name", visible = "visible", display_order = "displayOrder",
});

/// What a tag says in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagDimensionValue {
    /// The tag's UUID.
    pub tag_id: TagId,
    /// The dimension's UUID.
    pub dimension_id: DimensionId,
    /// The value.
    pub value: String,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
}

record!(TagDimensionValue {
    tag_id = "tagId", dimension_id = "dimensionId", value = "value", created_at = "createdAt",
    updated_at = "updatedAt",
});

/// The body that gives a tag such a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagDimensionValueWrite {
    /// The value.
    pub value: String,
}

record!(TagDimensionValueWrite {
    value = "value",
});
