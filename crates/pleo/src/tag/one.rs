//! Tags: the values of a tag group.
//!
//! Source: pages `reference/tags-api/tags`. An entry carries five tags at most.

use outlay_wire::record;

use crate::id::{TagGroupId, TagId};

/// A tag of a tag group: one value that an entry can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// UUID.
    pub id: TagId,
    /// The tag group's UUID.
    pub group_id: TagGroupId,
    /// Code of the tag in the ledger; unique in its group (409 otherwise).
    pub code: String,
    /// Whether the tag is archived: no longer offered to users, but kept.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Name of the tag as users see it; `None` if Pleo sends none.
    pub name: Option<String>,
}

record!(Tag {
    id = "id", group_id = "groupId", code = "code", archived = "archived", created_at = "createdAt",
    updated_at = "updatedAt", name = "name",
});

/// Request body of the tag search. A field that is `None` does not narrow the result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagFilter {
    /// `Some(true)` for archived tags only, `Some(false)` for live ones only; overrides
    /// `include_archived`.
    pub archived: Option<bool>,
    /// Whether archived tags are in the result too; `None` counts as `false`.
    pub include_archived: Option<bool>,
    /// Tag groups, as UUIDs; each once.
    pub tag_group_ids: Option<Vec<TagGroupId>>,
    /// Tags, as UUIDs; each once.
    pub tag_ids: Option<Vec<TagId>>,
    /// A part of the tag's name; `None` for any name.
    pub text_search: Option<String>,
}

record!(TagFilter {
    archived = "archived", include_archived = "includeArchived", tag_group_ids = "tagGroupIds",
    tag_ids = "tagIds", text_search = "textSearch",
});
