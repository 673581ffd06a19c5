//! The names and codes behind the ids in entries, as lookup tables that the caller fills.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use outlay_pleo::AccountingEntry;
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

impl LedgerNames {
    /// Returns the names of the ids in one entry and in its parts, those of employees among the
    /// attendees included.
    #[must_use]
    pub fn of_entry(&self, entry: &AccountingEntry) -> LedgerNames {
        let mut names = LedgerNames::default();
        let parts = entry.split_items.iter();
        let accounts = parts.clone().filter_map(|part| part.account_id.as_ref());
        copy(
            &mut names.accounts,
            &self.accounts,
            accounts.chain(&entry.account_id),
        );
        let codes = parts.clone().filter_map(|part| part.tax_code_id.as_ref());
        for id in codes.chain(&entry.tax_code_id) {
            copy(&mut names.tax_codes, &self.tax_codes, [id]);
            copy(&mut names.tax_rates, &self.tax_rates, [id]);
        }
        for tag in parts.flat_map(|part| &part.tags).chain(&entry.tags) {
            copy(&mut names.tag_groups, &self.tag_groups, [&tag.tag_group_id]);
            copy(&mut names.tags, &self.tags, &tag.tag_id);
        }
        let supplier = entry.supplier.as_ref();
        if let Some(id) = supplier.and_then(|supplier| supplier.external_supplier_id.as_ref()) {
            copy(&mut names.suppliers, &self.suppliers, [id]);
            copy(&mut names.supplier_codes, &self.supplier_codes, [id]);
        }
        let attendees = entry.attendees.iter();
        let attendees: Vec<EmployeeId> = attendees
            .map(|attendee| EmployeeId::from(&*attendee.attendable_id))
            .collect();
        let employees = attendees.iter().chain(&entry.employee_id);
        copy(&mut names.employees, &self.employees, employees);
        copy(&mut names.teams, &self.teams, &entry.team_id);
        names
    }

    /// Returns the name of an employee; `None` if it is not known.
    #[must_use]
    pub fn employee(&self, id: &str) -> Option<&str> {
        self.employees.get(&EmployeeId::from(id))?.name.as_deref()
    }
}

fn copy<'a, Id: Clone + Eq + Hash + 'a, T: Clone>(
    to: &mut HashMap<Id, T>,
    from: &HashMap<Id, T>,
    ids: impl IntoIterator<Item = &'a Id>,
) {
    for id in ids {
        if let Some(name) = from.get(id) {
            to.insert(id.clone(), name.clone());
        }
    }
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
