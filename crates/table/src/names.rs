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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use crate::column::Column;
    use crate::entry_table::EntryTable;

    fn coded(name: &str) -> Coded {
        Coded {
            code: Some([name, "-code"].concat()),
            name: Some(name.to_owned()),
        }
    }

    /// Names of the ids in [`entry`], and of others.
    fn names() -> LedgerNames {
        let mut names = LedgerNames::default();
        for id in ["a1", "a2", "other"] {
            names.accounts.insert(id.into(), coded(id));
            names.employees.insert(id.into(), coded(id));
            names.teams.insert(id.into(), id.to_owned());
            names.suppliers.insert(id.to_owned(), id.to_owned());
            names.supplier_codes.insert(id.to_owned(), id.to_owned());
            names.tax_codes.insert(id.into(), coded(id));
            names.tax_rates.insert(id.into(), Decimal::new(25, -2));
            names.tag_groups.insert(id.into(), id.to_owned());
            names.tags.insert(id.into(), coded(id));
        }
        names
    }

    fn entry() -> AccountingEntry {
        outlay_wire::from_text(
            r#"{"id":"e","companyId":"c","status":"COMPLETED","family":"CARD_PURCHASE",
            "exportStatus":"NOT_EXPORTED","reviewStatus":"OK",
            "transactionValue":{"currency":"EUR","minors":100},"performedAt":"2026-03-01T10:00:00Z",
            "createdAt":"2026-03-01T10:00:00Z","updatedAt":"2026-03-01T10:00:00Z",
            "employeeId":"a1","teamId":"a1","accountId":"a1","taxCodeId":"a1","receiptIds":[],
            "tags":[{"tagGroupId":"a1","tagId":"a1"}],"supplier":{"externalSupplierId":"a1"},
            "attendees":[{"id":"x","attendableId":"a2","attendableType":"CONTACT"}],"splitItems":[{"id":"s","createdAt":"2026-03-01T10:00:00Z",
            "updatedAt":"2026-03-01T10:00:00Z","accountId":"a2","taxCodeId":"a2",
            "tags":[{"tagGroupId":"a2","tagId":"a2"}],"transactionValue":{"currency":"EUR","minors":100}}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn names_of_an_entry_are_those_of_its_ids_alone_and_label_the_same() {
        let (all, entry) = (names(), entry());
        let few = all.of_entry(&entry);
        assert_eq!(few.accounts.len(), 2);
        assert_eq!(few.tax_codes.len(), 2);
        assert_eq!(few.tax_rates.len(), 2);
        assert_eq!(few.tag_groups.len(), 2);
        assert_eq!(few.tags.len(), 2);
        // Who spent, and an attendee.
        assert_eq!(few.employees.len(), 2);
        let single = [
            few.teams.len(),
            few.suppliers.len(),
            few.supplier_codes.len(),
        ];
        assert_eq!(single, [1; 3]);
        let labelled = |names: LedgerNames| {
            let mut table = EntryTable::new();
            table.append(std::slice::from_ref(&entry), &[]);
            table.set_names(names);
            let rows = 0..table.rows();
            let columns = table.ledger_columns();
            rows.map(|row| {
                let text = |column: &Column| table.text(row, *column).into_owned();
                columns.iter().map(text).collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
        };
        assert_eq!(labelled(few), labelled(all.clone()));
        assert_eq!(all.employee("a2"), Some("a2"));
        assert_eq!(all.employee("unknown"), None);
    }
}
