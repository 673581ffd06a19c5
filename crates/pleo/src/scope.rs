//! Pleo's scopes, what each permits, and how sure that is.

/// How reliably a scope's name and meaning are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeCertainty {
    /// Pleo's documentation names the scope.
    Documented,
    /// A maintained client uses it, and Pleo has a page about it whose text was not seen.
    Strong,
    /// The sources give two different names.
    Conflicting,
    /// Inferred from the naming pattern of other scopes.
    Inferred,
}

/// A scope of Pleo's API (RFC 6749 §3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Name of the form `resource:permission`.
    pub name: &'static str,
    /// The permitted actions, as a phrase after "This allows the client to".
    pub permits: &'static str,
    /// How reliably name and meaning are known.
    pub certainty: ScopeCertainty,
}

const fn scope(name: &'static str, permits: &'static str, certainty: ScopeCertainty) -> Scope {
    Scope {
        name,
        permits,
        certainty,
    }
}

use ScopeCertainty::{Conflicting, Documented, Inferred, Strong};

/// The known scopes, grouped by resource.
pub const SCOPES: &[Scope] = &[
    scope("companies:read", "see the company and its address", Strong),
    scope("users:read", "see the employees", Documented),
    scope("users:write", "add and change employees", Inferred),
    scope(
        "accounting-entries:read",
        "see accounting entries: expenses, invoices, reimbursements",
        Inferred,
    ),
    scope(
        "accounting-entries:write",
        "add receipts and tags to accounting entries",
        Documented,
    ),
    scope(
        "export-jobs:read",
        "see exports and their items",
        Documented,
    ),
    scope(
        "export-jobs:write",
        "start exports and report their outcome",
        Documented,
    ),
    scope(
        "export-items:read",
        "see the bookkeeping lines of an export",
        Documented,
    ),
    scope("accounts:read", "see the chart of accounts", Documented),
    scope(
        "accounts:write",
        "add, change and remove accounts",
        Documented,
    ),
    scope("vendors:read", "see suppliers", Documented),
    scope(
        "vendors:write",
        "add, change, activate and archive suppliers",
        Documented,
    ),
    scope("tax-codes:read", "see tax codes", Strong),
    scope(
        "tax-codes:write",
        "add, change and remove tax codes",
        Strong,
    ),
    scope("tag-groups:read", "see tags and their groups", Conflicting),
    scope(
        "tag-groups:write",
        "add, change and remove tags and their groups",
        Conflicting,
    ),
    scope("tag-group:read", "see tags and their groups", Conflicting),
    scope(
        "tag-group:write",
        "add, change and remove tags and their groups",
        Conflicting,
    ),
    scope("test:test", "nothing: it serves for tests", Documented),
];

/// Returns the scope with this exact name; `None` if it is not known.
pub fn known(name: &str) -> Option<&'static Scope> {
    SCOPES.iter().find(|scope| scope.name == name)
}

/// The names under which the scope goes: itself first, then the other spelling where the sources know
/// two (`tag-groups:read`, `tag-group:read`). A token that has one of them has the scope.
pub fn spellings(name: &str) -> impl Iterator<Item = &str> {
    let other = SAME.iter().find_map(|(one, two)| match name {
        _ if name == *one => Some(*two),
        _ if name == *two => Some(*one),
        _ => None,
    });
    std::iter::once(name).chain(other)
}

const SAME: &[(&str, &str)] = &[
    ("tag-groups:read", "tag-group:read"),
    ("tag-groups:write", "tag-group:write"),
];
