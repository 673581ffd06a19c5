//! Tags and their groups with all dimensions at once.

use outlay_wire::record;

use crate::id::{CompanyId, DimensionId, TagGroupId, TagId};

/// A tag group with its dimensions, from `GET /v0/aggregations/tag-groups`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTagGroup {
    /// UUID.
    pub id: TagGroupId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Code of the group in the ledger; free text.
    pub code: String,
    /// Name of the group as users see it.
    pub name: String,
    /// Whether the group is archived: no longer offered to users, but kept.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Dimensions of the group, including the standard ones, by display order.
    pub dimensions: Vec<AggregatedDimension>,
}

record!(AggregatedTagGroup {
    id = "id", company_id = "companyId", code = "code", name = "name", archived = "archived",
    created_at = "createdAt", updated_at = "updatedAt", dimensions = "dimensions",
});

/// A dimension of a tag group: one column of its tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedDimension {
    /// UUID.
    pub id: DimensionId,
    /// Code of the dimension; free text.
    pub code: String,
    /// Name of the dimension as users see it.
    pub name: String,
    /// Position among the dimensions, from 1.
    pub display_order: i32,
    /// Whether users see the dimension in Pleo's apps.
    pub visible: bool,
}

record!(AggregatedDimension {
    id = "id", code = "code", name = "name", display_order = "displayOrder", visible = "visible",
});

/// A tag with its group and its values, from `POST /v0/aggregations/tags`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTag {
    /// UUID.
    pub id: TagId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Code of the tag in the ledger; free text.
    pub code: String,
    /// Whether the tag is archived: no longer offered to users, but kept.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// The group that the tag belongs to.
    pub group: AggregatedTagGroupRef,
    /// Values of the tag, one for each dimension of its group.
    pub dimensions: Vec<AggregatedTagDimension>,
    /// Name of the tag as users see it; `None` if Pleo sends none.
    pub name: Option<String>,
}

record!(AggregatedTag {
    id = "id", company_id = "companyId", code = "code", archived = "archived",
    created_at = "createdAt", updated_at = "updatedAt", group = "group", dimensions = "dimensions",
    name = "name",
});

/// Reference to the group of a tag: id, code and name only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTagGroupRef {
    /// UUID.
    pub id: TagGroupId,
    /// Code of the group in the ledger; free text.
    pub code: String,
    /// Name of the group as users see it.
    pub name: String,
}

record!(AggregatedTagGroupRef {
    id = "id", code = "code", name = "name",
});

/// A dimension of the group with the tag's value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTagDimension {
    /// UUID.
    pub id: DimensionId,
    /// Code of the dimension; free text.
    pub code: String,
    /// Name of the dimension as users see it.
    pub name: String,
    /// Position among the dimensions, from 1.
    pub display_order: i32,
    /// Whether users see the dimension in Pleo's apps.
    pub visible: bool,
    /// The tag's value in this dimension; free text.
    pub value: String,
}

record!(AggregatedTagDimension {
    id = "id", code = "code", name = "name", display_order = "displayOrder", visible = "visible",
    value = "value",
});
