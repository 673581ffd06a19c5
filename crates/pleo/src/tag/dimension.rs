//! Dimensions of a tag group: the values of its tags other than name and code.

use outlay_wire::record;

use crate::id::{DimensionId, TagGroupId, TagId};

/// A dimension of a tag group. Pleo's list leaves out the standard dimensions name and code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroupDimension {
    /// UUID.
    pub id: DimensionId,
    /// The tag group's UUID.
    pub group_id: TagGroupId,
    /// Code of the dimension; free text.
    pub code: String,
    /// Name of the dimension as users see it.
    pub name: String,
    /// Position among the dimensions, from 1.
    pub display_order: i32,
    /// Whether users see the dimension in Pleo's apps.
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

/// Request body that creates or replaces a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroupDimensionWrite {
    /// Code of the dimension; free text.
    pub code: String,
    /// Name of the dimension as users see it.
    pub name: String,
    /// Whether users see the dimension in Pleo's apps.
    pub visible: bool,
    /// Position; deprecated and ignored by Pleo.
    pub display_order: Option<i32>,
}

record!(TagGroupDimensionWrite {
    code = "code", name = "name", visible = "visible", display_order = "displayOrder",
});

/// The value of a tag in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagDimensionValue {
    /// The tag's UUID.
    pub tag_id: TagId,
    /// The dimension's UUID.
    pub dimension_id: DimensionId,
    /// The value; free text.
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

/// Request body that sets the value of a tag in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagDimensionValueWrite {
    /// The value; free text.
    pub value: String,
}

record!(TagDimensionValueWrite {
    value = "value",
});
