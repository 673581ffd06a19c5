//! What a client is for, and the least set of scopes for it.

use super::choice::{Environment, choices};

choices! {
    /// One thing that a client does with Pleo's API.
    Purpose {
        /// Read accounting entries.
        #[default]
        SeeSpend = "see-spend", "See spend: expenses, invoices, reimbursements";
        /// Read companies.
        NameCompanies = "name-companies", "Show which company it is, and its address";
        /// Read employees.
        NameEmployees = "name-employees", "Show who spent: the employees' names";
        /// Read export jobs and their lines.
        WatchExports = "watch-exports", "Look at exports and their bookkeeping lines";
        /// Start export jobs and report what became of each item.
        ExportToLedger = "export-to-ledger", "Carry exports into a ledger and report the outcome";
        /// Keep tags and their groups in step.
        ManageTags = "manage-tags", "Keep tags in step with the ledger's dimensions";
        /// Keep tax codes in step.
        ManageTaxCodes = "manage-tax-codes", "Keep tax codes in step with the ledger";
        /// Keep the chart of accounts in step.
        ManageAccounts = "manage-accounts", "Keep the chart of accounts in step with the ledger";
        /// Keep suppliers in step.
        ManageVendors = "manage-vendors", "Keep suppliers in step with the ledger";
        /// Add receipts and tags to entries.
        EnrichEntries = "enrich-entries", "Add receipts and tags to expenses";
        /// Run the OAuth flow and call nothing.
        TryTheFlow = "try-the-flow", "Try the OAuth flow only";
    }
}

impl Purpose {
    /// The scopes without which the purpose cannot be served, and no other.
    ///
    /// Those of tags have two names: a maintained client uses `tag-groups` on staging and
    /// `tag-group` in production.
    #[must_use]
    pub fn scopes(self, environment: Environment) -> &'static [&'static str] {
        match self {
            Purpose::SeeSpend => &["accounting-entries:read"],
            Purpose::NameCompanies => &["companies:read"],
            Purpose::NameEmployees => &["users:read"],
            Purpose::WatchExports => &["export-jobs:read", "export-items:read"],
            Purpose::ExportToLedger => {
                &["export-jobs:read", "export-jobs:write", "export-items:read"]
            }
            Purpose::ManageTags if environment == Environment::Production => {
                &["tag-group:read", "tag-group:write"]
            }
            Purpose::ManageTags => &["tag-groups:read", "tag-groups:write"],
            Purpose::ManageTaxCodes => &["tax-codes:read", "tax-codes:write"],
            Purpose::ManageAccounts => &["accounts:read", "accounts:write"],
            Purpose::ManageVendors => &["vendors:read", "vendors:write"],
            Purpose::EnrichEntries => &["accounting-entries:write"],
            Purpose::TryTheFlow => &["test:test"],
        }
    }
}

/// Returns the smallest set of scopes that serves all purposes, without duplicates.
#[must_use]
pub fn least_scopes(purposes: &[Purpose], environment: Environment) -> Vec<&'static str> {
    let mut least = Vec::new();
    for purpose in purposes {
        for &scope in purpose.scopes(environment) {
            if !least.contains(&scope) {
                least.push(scope);
            }
        }
    }
    least
}
