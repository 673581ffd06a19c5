//! What a snapshot is about: the first part of the file, as JSON.

use outlay_wire::record;

/// What a snapshot is about. Every value but the tag groups is for the reader of the page only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// Id of the company at Pleo.
    pub company_id: String,
    /// Name of the company; empty if it was not known.
    pub company: String,
    /// Name of the environment that the entries were loaded from, for example `Production`.
    pub environment: String,
    /// The filter that selected the entries, in the language of `docs/filters.md`; empty for all.
    pub filter: String,
    /// The instant at which the browser sealed the snapshot, in RFC 3339. No authority confirms it.
    pub sealed_at: String,
    /// Whether the list that the entries were selected from was loaded whole.
    pub complete: bool,
    /// Entries that were loaded.
    pub loaded: u64,
    /// Entries that Pleo counted; `None` if it did not.
    pub total: Option<u64>,
    /// Entries in the snapshot.
    pub entries: u64,
    /// Rows in the snapshot: a split entry has one for the whole and one for each line.
    pub rows: u64,
    /// Ids of the tag groups, in the order of their columns.
    pub tag_groups: Vec<String>,
}

record!(Header {
    company_id = "companyId",
    company = "company",
    environment = "environment",
    filter = "filter",
    sealed_at = "sealedAt",
    complete = "complete",
    loaded = "loaded",
    total = "total",
    entries = "entries",
    rows = "rows",
    tag_groups = "tagGroups",
});
