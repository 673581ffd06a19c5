//! Tag groups: the ledger's dimensions of one company, such as cost centres.
//!
//! Source: pages `reference/tags-api/tag-groups`.

use outlay_wire::{Value, record};

use crate::id::{CompanyId, TagGroupId};

/// A tag group, for example "Project"; an entry has at most five tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGroup {
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
    /// Free-form JSON object with string values.
    pub metadata: Value,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Number of tags; `None` unless the request had `include_tags_count`.
    pub total_tags_count: Option<i32>,
}

record!(TagGroup {
    id = "id", company_id = "companyId", code = "code", name = "name", archived = "archived",
    metadata = "metadata", created_at = "createdAt", updated_at = "updatedAt",
    total_tags_count = "totalTagsCount",
});
