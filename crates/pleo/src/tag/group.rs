//! Tag groups: the ledger's dimensions of one company, such as cost centres.
//!
//! Source: pages `reference/tags-api/tag-groups`.

use outlay_wire::{Value, record};

use crate::id::{CompanyId, TagGroupId};

/// One tag group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroup {
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
    /// Free-form; an object of strings.
    pub metadata: Value,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// How many tags it has, where that was asked for.
    pub total_tags_count: Option<i32>,
}

record!(TagGroup {
    id = "id", company_id = "companyId", code = "code", name = "name", archived = "archived",
    metadata = "metadata", created_at = "createdAt", updated_at = "updatedAt",
    total_tags_count = "totalTagsCount",
});

/// The body that makes a tag group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroupCreate {
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Free-form; an object of strings.
    pub metadata: Value,
}

record!(TagGroupCreate {
    archived = "archived", code = "code", name = "name", metadata = "metadata",
});

/// The body that replaces a tag group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroupUpdate {
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Free-form; an object of strings.
    pub metadata: Value,
}

record!(TagGroupUpdate {
    archived = "archived", code = "code", name = "name", metadata = "metadata",
});
