//! Tags and their groups with all dimensions at once.

use outlay_wire::record;

use crate::id::{CompanyId, DimensionId, TagGroupId, TagId};

/// A tag group with its dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTagGroup {
    /// UUID.
    pub id: TagGroupId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// The dimensions.
    pub dimensions: Vec<AggregatedDimension>,
}

record!(AggregatedTagGroup {
    id = "id", company_id = "companyId", code = "code", name = "name", archived = "archived",
    created_at = "createdAt", updated_at = "updatedAt", dimensions = "dimensions",
});

/// A dimension of a tag group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedDimension {
    /// UUID.
    pub id: DimensionId,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place among the dimensions, from 1.
    pub display_order: i32,
    /// Whether users see it.
    pub visible: bool,
}

record!(AggregatedDimension {
    id = "id", code = "code", name = "name", display_order = "displayOrder", visible = "visible",
});

/// A tag with its group and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTag {
    /// UUID.
    pub id: TagId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The code in the ledger.
    pub code: String,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// The group.
    pub group: AggregatedTagGroupRef,
    /// The dimensions.
    pub dimensions: Vec<AggregatedTagDimension>,
    /// Its name.
    pub name: Option<String>,
}

record!(AggregatedTag {
    id = "id", company_id = "companyId", code = "code", archived = "archived",
    created_at = "createdAt", updated_at = "updatedAt", group = "group", dimensions = "dimensions",
    name = "name",
});

/// A tag's group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTagGroupRef {
    /// UUID.
    pub id: TagGroupId,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
}

record!(AggregatedTagGroupRef {
    id = "id", code = "code", name = "name",
});

/// A dimension with the value of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatedTagDimension {
    /// UUID.
    pub id: DimensionId,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place among the dimensions, from 1.
    pub display_order: i32,
    /// Whether users see it.
    pub visible: bool,
    /// The value.
    pub value: String,
}

record!(AggregatedTagDimension {
    id = "id", code = "code", name = "name", display_order = "displayOrder", visible = "visible",
    value = "value",
});
