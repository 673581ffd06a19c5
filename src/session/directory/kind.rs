//! The kinds of lists: their names in addresses and files, and the request that each needs.

use outlay_pleo::operation::{
    COMPANIES, EMPLOYEES, SEARCH_ACCOUNTS, SEARCH_TAGS, SEARCH_TAX_CODES, SEARCH_VENDORS,
};
use outlay_pleo::scope;

use super::messages;

/// A list of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectoryKind {
    /// The companies that the connection can see.
    Companies,
    /// The employees of the company in view.
    Employees,
    /// Its chart of accounts.
    Accounts,
    /// The groups of its tags, with the tags.
    TagGroups,
    /// Its tax codes.
    TaxCodes,
    /// Its suppliers.
    Vendors,
}

impl DirectoryKind {
    /// Every kind, in the order of the links.
    pub const ALL: [DirectoryKind; 6] = [
        DirectoryKind::Companies,
        DirectoryKind::Employees,
        DirectoryKind::Accounts,
        DirectoryKind::TagGroups,
        DirectoryKind::TaxCodes,
        DirectoryKind::Vendors,
    ];

    /// The last segment of the address, and the part of a file's name.
    pub fn slug(self) -> &'static str {
        match self {
            DirectoryKind::Companies => "companies",
            DirectoryKind::Employees => "employees",
            DirectoryKind::Accounts => "accounts",
            DirectoryKind::TagGroups => "tag-groups",
            DirectoryKind::TaxCodes => "tax-codes",
            DirectoryKind::Vendors => "vendors",
        }
    }

    /// Returns the kind of a route such as `/directory/accounts`; `None` for another route and for an
    /// unknown kind.
    pub fn of_route(route: &str) -> Option<DirectoryKind> {
        let slug = route.strip_prefix("/directory/")?.trim_end_matches('/');
        let mut all = DirectoryKind::ALL.into_iter();
        all.find(|kind| kind.slug() == slug)
    }

    /// Returns the route below the base, such as `/directory/tax-codes`.
    pub fn route(self) -> String {
        ["/directory/", self.slug()].concat()
    }

    /// The text of the link.
    pub fn title(self) -> &'static str {
        match self {
            DirectoryKind::Companies => messages::COMPANIES,
            DirectoryKind::Employees => messages::EMPLOYEES,
            DirectoryKind::Accounts => messages::ACCOUNTS,
            DirectoryKind::TagGroups => messages::TAG_GROUPS,
            DirectoryKind::TaxCodes => messages::TAX_CODES,
            DirectoryKind::Vendors => messages::VENDORS,
        }
    }

    /// What the rows are, in the middle of a sentence.
    pub fn rows_name(self) -> &'static str {
        match self {
            DirectoryKind::Companies => messages::COMPANY_ROWS,
            DirectoryKind::Employees => messages::EMPLOYEE_ROWS,
            DirectoryKind::Accounts => messages::ACCOUNT_ROWS,
            DirectoryKind::TagGroups => messages::TAG_ROWS,
            DirectoryKind::TaxCodes => messages::TAX_CODE_ROWS,
            DirectoryKind::Vendors => messages::VENDOR_ROWS,
        }
    }

    /// The scope that its request needs; `None` if no scope is known.
    pub fn scope(self) -> Option<&'static str> {
        match self {
            DirectoryKind::Companies => COMPANIES.scope,
            DirectoryKind::Employees => EMPLOYEES.scope,
            DirectoryKind::Accounts => SEARCH_ACCOUNTS.scope,
            DirectoryKind::TagGroups => SEARCH_TAGS.scope,
            DirectoryKind::TaxCodes => SEARCH_TAX_CODES.scope,
            DirectoryKind::Vendors => SEARCH_VENDORS.scope,
        }
    }

    /// Returns the scope that the list needs and `scopes` lack; `None` if they have it in one of its
    /// spellings, and if `scopes` is empty: some servers do not say what they have granted.
    pub fn lacking(self, scopes: &[String]) -> Option<&'static str> {
        let needed = self.scope().filter(|_| !scopes.is_empty())?;
        let has = scope::spellings(needed).any(|name| scopes.iter().any(|scope| scope == name));
        (!has).then_some(needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_route_and_an_unknown_route_has_no_kind() {
        for kind in DirectoryKind::ALL {
            assert_eq!(DirectoryKind::of_route(&kind.route()), Some(kind));
            let with_slash = [&*kind.route(), "/"].concat();
            assert_eq!(DirectoryKind::of_route(&with_slash), Some(kind));
        }
        for route in ["/directory/", "/directory/teams", "/entries", "/accounts"] {
            assert_eq!(DirectoryKind::of_route(route), None, "{route}");
        }
    }

    #[test]
    fn lacking_scope_is_named_unless_granted_in_either_spelling() {
        let granted = |scopes: &[&str]| -> Vec<String> {
            scopes.iter().map(|&scope| scope.to_owned()).collect()
        };
        let tags = DirectoryKind::TagGroups;
        assert_eq!(
            tags.lacking(&granted(&["users:read"])),
            Some("tag-groups:read")
        );
        assert_eq!(tags.lacking(&granted(&["tag-group:read"])), None);
        assert_eq!(tags.lacking(&granted(&["tag-groups:read"])), None);
        assert_eq!(tags.lacking(&[]), None);
        for kind in DirectoryKind::ALL {
            assert!(kind.lacking(&granted(&["test:test"])).is_some(), "{kind:?}");
        }
    }
}
