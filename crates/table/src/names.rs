//! The names and codes behind the ids in entries, as lookup tables that the caller fills.

use std::collections::{BTreeSet, HashMap};

use outlay_pleo::AccountingEntry;
use outlay_pleo::id::{AccountId, EmployeeId, TagGroupId, TagId, TaxCodeId, TeamId};
use outlay_pleo::number::Decimal;

use crate::Rows;
use crate::lines;

/// What Pleo says for [`outlay_pleo::UNKNOWN_ID`].
pub(crate) const UNKNOWN: &str = "I don't know";

/// Something of the ledger that has a code and a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coded {
    /// The code in the ledger; of an employee, the number in the payroll.
    pub code: Option<String>,
    /// The name.
    pub name: Option<String>,
}

impl Coded {
    /// The code and the name with a blank between them.
    #[must_use]
    pub fn label(&self) -> String {
        let words = [self.code.as_deref(), self.name.as_deref()];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        words.join(" ")
    }
}

/// What the ids in entries stand for, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerNames {
    /// The accounts.
    pub accounts: HashMap<AccountId, Coded>,
    /// The tax codes.
    pub tax_codes: HashMap<TaxCodeId, Coded>,
    /// The rates of tax codes, as fractions: 0.2 is 20 %.
    pub tax_rates: HashMap<TaxCodeId, Decimal>,
    /// The names of tag groups.
    pub tag_groups: HashMap<TagGroupId, String>,
    /// The tags.
    pub tags: HashMap<TagId, Coded>,
    /// The names of suppliers by their ids in the ledger.
    pub suppliers: HashMap<String, String>,
    /// The codes of suppliers in the ledger, by the same ids.
    pub supplier_codes: HashMap<String, String>,
    /// The employees.
    pub employees: HashMap<EmployeeId, Coded>,
    /// The names of teams.
    pub teams: HashMap<TeamId, String>,
}

/// The ids that some entries hold, each once: what [`LedgerNames`] has to know for their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerIds {
    /// The accounts.
    pub accounts: BTreeSet<AccountId>,
    /// The tax codes.
    pub tax_codes: BTreeSet<TaxCodeId>,
    /// The tag groups.
    pub tag_groups: BTreeSet<TagGroupId>,
    /// The tags.
    pub tags: BTreeSet<TagId>,
    /// The suppliers, by their ids in the ledger.
    pub suppliers: BTreeSet<String>,
}

impl LedgerIds {
    /// The ids of all lines.
    #[must_use]
    pub fn of(rows: &Rows) -> LedgerIds {
        let mut ids = LedgerIds::default();
        for entry in rows.iter() {
            for line in lines::of(entry) {
                ids.accounts
                    .extend(line.account.filter(|id| !id.is_unknown()).cloned());
                ids.tax_codes.extend(line.tax_code.cloned());
                for tag in line.tags {
                    ids.tag_groups.insert(tag.tag_group_id.clone());
                    ids.tags
                        .extend(tag.tag_id.clone().filter(|id| !id.is_unknown()));
                }
            }
            ids.suppliers.extend(supplier_id(entry).map(str::to_owned));
        }
        ids
    }
}

/// The supplier's id in the ledger.
pub(crate) fn supplier_id(entry: &AccountingEntry) -> Option<&str> {
    entry.supplier.as_ref()?.external_supplier_id.as_deref()
}
