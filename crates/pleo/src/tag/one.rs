//! Tags: the values of a tag group.
//!
//! Source: pages `reference/tags-api/tags`. An entry carries five tags at most.

use outlay_wire::record;

use crate::id::{CompanyId, TagGroupId, TagId};

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// UUID.
    pub id: TagId,
    /// The tag group's UUID.
    pub group_id: TagGroupId,
    /// The code in the ledger.
    pub code: String,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Its name.
    pub name: Option<String>,
}

record!(Tag {
    id = "id", group_id = "groupId", code = "code", archived = "archived", created_at = "createdAt",
    updated_at = "updatedAt", name = "name",
});

/// The body that makes or replaces a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagWrite {
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger.
    pub code: String,
    /// Its name.
    pub name: Option<String>,
    /// The values beside name and code, in the order of the dimensions.
    pub other_dimension_values: Option<Vec<String>>,
}

record!(TagWrite {
    archived = "archived", code = "code", name = "name",
    other_dimension_values = "otherDimensionValues",
});

/// The body that removes many tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkTagDelete {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The tags' UUIDs; 1 to 100.
    pub tag_ids: Vec<TagId>,
}

record!(BulkTagDelete {
    company_id = "companyId", tag_ids = "tagIds",
});

/// The body that puts many tags away, or back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkTagArchive {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The tags' UUIDs; 1 to 100.
    pub tag_ids: Vec<TagId>,
    /// Put away, or back.
    pub archived: bool,
}

record!(BulkTagArchive {
    company_id = "companyId", tag_ids = "tagIds", archived = "archived",
});

/// The body of the tag search; an absent field does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagFilter {
    /// Put away or not; where it is given, the next field is not heeded.
    pub archived: Option<bool>,
    /// Whether tags that are put away count; they do not where this is absent.
    pub include_archived: Option<bool>,
    /// Tag groups, as UUIDs; each once.
    pub tag_group_ids: Option<Vec<TagGroupId>>,
    /// Tags, as UUIDs; each once.
    pub tag_ids: Option<Vec<TagId>>,
    /// A part of the name.
    pub text_search: Option<String>,
}

record!(TagFilter {
    archived = "archived", include_archived = "includeArchived", tag_group_ids = "tagGroupIds",
    tag_ids = "tagIds", text_search = "textSearch",
});
