//! The names and codes behind the ids in entries, as lookup tables that the caller fills.

use std::collections::{BTreeSet, HashMap};

use outlay_pleo::id::{AccountId, EmployeeId, TagGroupId, TagId, TaxCodeId, TeamId};
use outlay_pleo::number::Decimal;

/// What Pleo says for [`outlay_pleo::UNKNOWN_ID`].
pub(crate) const UNKNOWN: &str = "I don't know";

/// Code and name of a record of the ledger, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coded {
    /// Code in the ledger; for an employee, the payroll number.
    pub code: Option<String>,
    /// Name as users see it.
    pub name: Option<String>,
}

impl Coded {
    /// Returns code and name joined by a space, or the one that is known.
    #[must_use]
    pub fn label(&self) -> String {
        let words = [self.code.as_deref(), self.name.as_deref()];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        words.join(" ")
    }
}

/// Names and codes for the ids in entries, as far as they were loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerNames {
    /// Accounts by UUID.
    pub accounts: HashMap<AccountId, Coded>,
    /// Tax codes by UUID.
    pub tax_codes: HashMap<TaxCodeId, Coded>,
    /// The rates of tax codes, as fractions: 0.2 is 20 %.
    pub tax_rates: HashMap<TaxCodeId, Decimal>,
    /// Names of tag groups by UUID.
    pub tag_groups: HashMap<TagGroupId, String>,
    /// Tags by UUID.
    pub tags: HashMap<TagId, Coded>,
    /// Names of suppliers by their ids in the ledger.
    pub suppliers: HashMap<String, String>,
    /// Codes of suppliers by their ids in the ledger.
    pub supplier_codes: HashMap<String, String>,
    /// Employees by UUID.
    pub employees: HashMap<EmployeeId, Coded>,
    /// Names of teams by UUID.
    pub teams: HashMap<TeamId, String>,
}

/// The ids that some entries hold, each once: what [`LedgerNames`] has to know for their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerIds {
    /// UUIDs of accounts in entries.
    pub accounts: BTreeSet<AccountId>,
    /// UUIDs of tax codes in entries.
    pub tax_codes: BTreeSet<TaxCodeId>,
    /// UUIDs of tag groups in entries.
    pub tag_groups: BTreeSet<TagGroupId>,
    /// UUIDs of tags in entries.
    pub tags: BTreeSet<TagId>,
    /// Suppliers in entries, by their ids in the ledger.
    pub suppliers: BTreeSet<String>,
}
