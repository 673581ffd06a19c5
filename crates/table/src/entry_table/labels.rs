//! Words for Pleo's codes and names for ids: made once for each distinct code or id.

use outlay_pleo::UNKNOWN_ID;
use outlay_pleo::money::decimal;
use outlay_pleo::number::Decimal;

use super::EntryTable;
use crate::column::Column;
use crate::columnar::{Dictionary, narrow, push};
use crate::entry_labels;
use crate::names::{Coded, LedgerIds, LedgerNames, UNKNOWN};

/// The labels of one column.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    /// The label's code in `texts`, by key.
    pub(super) of: Vec<u32>,
    /// Labels are never removed, so that codes stay valid when names change.
    pub(super) texts: Dictionary,
}

impl Labels {
    pub(super) fn bytes(&self) -> usize {
        self.of.capacity() * size_of::<u32>() + self.texts.bytes()
    }
}

/// Whether the texts of the column are made of its keys.
pub(super) fn is_derived(column: Column) -> bool {
    use Column as C;
    matches!(
        column,
        C::Employee
            | C::EmployeeCode
            | C::Team
            | C::Type
            | C::Subtype
            | C::Status
            | C::Export
            | C::Review
            | C::AccountCode
            | C::Account
            | C::AccountId
            | C::TaxCode
            | C::Tax
            | C::TaxRate
            | C::Vendor
            | C::VendorCode
            | C::Tag(_)
            | C::TagCode(_)
            | C::TagId(_)
    )
}

impl EntryTable {
    /// Replaces the names behind ids. Texts that a collator has not ranked yet may follow: see
    /// [`EntryTable::has_ranks`].
    pub fn set_names(&mut self, names: LedgerNames) {
        self.update_names(|own| *own = names);
    }

    /// Changes the names behind ids, as [`EntryTable::set_names`] replaces them.
    pub fn update_names(&mut self, change: impl FnOnce(&mut LedgerNames)) {
        change(&mut self.names);
        for labels in &mut self.labels {
            labels.of.clear();
        }
        self.refresh_labels();
    }

    /// Returns the names of ids that the table uses.
    #[must_use]
    pub fn names(&self) -> &LedgerNames {
        &self.names
    }

    /// The ids that have no name yet, each once. An id that the names know without a name is not
    /// among them. Employees and teams are not either: their lists are loaded whole.
    #[must_use]
    pub fn missing_names(&self) -> LedgerIds {
        let mut ids = LedgerIds::default();
        let keys = |column| self.keys(column).map(|it| it.1);
        let of = |column| keys(column).into_iter().flat_map(Dictionary::iter);
        let known = |id: &str| id.is_empty() || id == UNKNOWN_ID;
        for key in of(Column::AccountId) {
            let (id, _) = account(key);
            if !known(id) && !self.names.accounts.contains_key(&id.into()) {
                ids.accounts.insert(id.into());
            }
        }
        for id in of(Column::TaxId) {
            if !known(id) && !self.names.tax_codes.contains_key(&id.into()) {
                ids.tax_codes.insert(id.into());
            }
        }
        for id in of(Column::VendorId) {
            if !known(id) && !self.names.suppliers.contains_key(id) {
                ids.suppliers.insert(id.to_owned());
            }
        }
        for (group, tag) in (0..).zip(&self.tags) {
            if !self.names.tag_groups.contains_key(&tag.group) {
                ids.tag_groups.insert(tag.group.clone());
            }
            for id in of(Column::TagId(group)).flat_map(|key| key.split('\0')) {
                if !known(id) && !self.names.tags.contains_key(&id.into()) {
                    ids.tags.insert(id.into());
                }
            }
        }
        ids
    }

    /// Returns the header of a column, for example `Tag: Cost centre`.
    #[must_use]
    pub fn header(&self, column: Column) -> String {
        if let Some(header) = column.header() {
            return header.to_owned();
        }
        let kind = match column {
            Column::TagCode(_) => "Tag code: ",
            Column::TagId(_) => "Tag id: ",
            _ => "Tag: ",
        };
        [kind, self.group_name(column).unwrap_or_default()].concat()
    }

    /// The name of a column in links and in JSON: that of [`Column::key`], or `tag.`, `tag_code.` or
    /// `tag_id.` and the id of the group.
    #[must_use]
    pub fn key(&self, column: Column) -> String {
        if let Some(key) = column.key() {
            return key.to_owned();
        }
        let kind = match column {
            Column::TagCode(_) => "tag_code.",
            Column::TagId(_) => "tag_id.",
            _ => "tag.",
        };
        let group = column.group().and_then(|at| self.tags.get(usize::from(at)));
        [kind, group.map_or("", |tag| tag.group.as_str())].concat()
    }

    /// The column of a [`EntryTable::key`]; `None` if the table has none of that name.
    #[must_use]
    pub fn column_of_key(&self, key: &str) -> Option<Column> {
        if let Some(column) = Column::of_key(key) {
            return Some(column);
        }
        let (kind, id) = key.split_once('.')?;
        let group = self.tags.iter().position(|tag| tag.group == *id)?;
        let group = u16::try_from(group).ok()?;
        match kind {
            "tag" => Some(Column::Tag(group)),
            "tag_code" => Some(Column::TagCode(group)),
            "tag_id" => Some(Column::TagId(group)),
            _ => None,
        }
    }

    /// Every column: those of a ledger file, Pleo's codes, and the codes and ids of tags.
    #[must_use]
    pub fn columns_with_codes(&self) -> Vec<Column> {
        Column::with_codes(u16::try_from(self.tags.len()).unwrap_or(u16::MAX))
    }

    /// The columns of a ledger file. Of a tag group with tags that have no name, the column has ids, so
    /// that no column mixes names and ids.
    #[must_use]
    pub fn ledger_columns(&self) -> Vec<Column> {
        let missing = self.missing_names();
        let mut columns = Column::of_ledger(u16::try_from(self.tags.len()).unwrap_or(u16::MAX));
        for column in &mut columns {
            let Column::Tag(group) = *column else {
                continue;
            };
            let keys = self.keys(*column).into_iter().flat_map(|it| it.1.iter());
            let mut ids = keys.flat_map(|key| key.split('\0'));
            let is_nameless = |id: &str| {
                let name = self.names.tags.get(&id.into());
                name.is_some_and(|name| name.label().is_empty())
            };
            if ids.any(|id| missing.tags.contains(&id.into()) || is_nameless(id)) {
                *column = Column::TagId(group);
            }
        }
        columns
    }

    /// The name of a column's tag group; its id where the name is not known.
    pub(crate) fn group_name(&self, column: Column) -> Option<&str> {
        let tag = self.tags.get(usize::from(column.group()?))?;
        let name = self.names.tag_groups.get(&tag.group);
        Some(name.map_or(tag.group.as_str(), |name| name))
    }

    /// Makes the labels of keys that have none yet.
    pub(super) fn refresh_labels(&mut self) {
        let groups = u16::try_from(self.tags.len()).unwrap_or(u16::MAX);
        let of_tags = (0..groups).flat_map(|group| {
            [
                Column::Tag(group),
                Column::TagCode(group),
                Column::TagId(group),
            ]
        });
        for column in Column::fixed().chain(of_tags) {
            while self.labels.len() <= column.slot() {
                self.labels.push(Labels::default());
            }
            if !is_derived(column) {
                continue;
            }
            let mut labels = std::mem::take(&mut self.labels[column.slot()]);
            if let Some((_, keys)) = self.keys(column) {
                for key in labels.of.len()..keys.len() {
                    let label = label(column, keys.get(narrow(key)), &self.names);
                    let code = labels.texts.intern(&label);
                    push(&mut labels.of, code);
                }
            }
            self.labels[column.slot()] = labels;
        }
    }
}

/// The id and the stated code of a key of accounts.
fn account(key: &str) -> (&str, &str) {
    key.split_once('\0').unwrap_or((key, ""))
}

/// The label of a key: empty for the empty key, and where no name is known.
fn label(column: Column, key: &str, names: &LedgerNames) -> String {
    if key.is_empty() {
        return String::new();
    }
    let code = |it: Option<&Coded>| it.and_then(|it| it.code.clone()).unwrap_or_default();
    let name = |it: Option<&Coded>| it.and_then(|it| it.name.clone()).unwrap_or_default();
    match column {
        Column::Employee => name(names.employees.get(&key.into())),
        Column::EmployeeCode => code(names.employees.get(&key.into())),
        Column::Team => names.teams.get(&key.into()).cloned().unwrap_or_default(),
        Column::AccountCode => match account(key) {
            (id, "") => code(names.accounts.get(&id.into())),
            (_, stated) => stated.to_owned(),
        },
        Column::Account => match account(key).0 {
            UNKNOWN_ID => UNKNOWN.to_owned(),
            id => name(names.accounts.get(&id.into())),
        },
        Column::AccountId => match account(key).0 {
            UNKNOWN_ID => String::new(),
            id => id.to_owned(),
        },
        Column::TaxCode => code(names.tax_codes.get(&key.into())),
        Column::Tax => name(names.tax_codes.get(&key.into())),
        Column::TaxRate => names
            .tax_rates
            .get(&key.into())
            .map_or_else(String::new, percent),
        Column::Vendor => names.suppliers.get(key).cloned().unwrap_or_default(),
        Column::VendorCode => names.supplier_codes.get(key).cloned().unwrap_or_default(),
        Column::Tag(_) | Column::TagCode(_) | Column::TagId(_) => tags(column, key, names),
        column => entry_labels::words(column, key),
    }
}

/// The labels of several tags with a slash between them; empty where one of them has no name.
fn tags(column: Column, key: &str, names: &LedgerNames) -> String {
    let labels: Option<Vec<String>> = key
        .split('\0')
        .map(|id| match (column, names.tags.get(&id.into())) {
            _ if id == UNKNOWN_ID => Some(UNKNOWN.to_owned()),
            (Column::TagId(_), _) => Some(id.to_owned()),
            (Column::TagCode(_), Some(tag)) => tag.code.clone(),
            (_, tag) => tag.map(Coded::label),
        })
        .collect();
    labels.unwrap_or_default().join(" / ")
}

/// A fraction in per cent, as a decimal number without needless zeros; empty with more than six
/// decimals.
#[must_use]
pub fn percent(rate: &Decimal) -> String {
    let places = [0, 2, 4, 6];
    let text = places
        .into_iter()
        .find_map(|places| {
            let whole = rate.shifted(2 + places)?;
            Some(decimal(whole, places.unsigned_abs()))
        })
        .unwrap_or_default();
    match text.contains('.') {
        true => text.trim_end_matches('0').to_owned(),
        false => text,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_in_per_cent_without_needless_zeros() {
        let cases = [
            ("0.25", "25"),
            ("0.2", "20"),
            ("0", "0"),
            ("0.125", "12.5"),
            ("0.0765", "7.65"),
            ("1", "100"),
            ("0.12345678", "12.345678"),
            ("0.123456789", ""),
        ];
        for (rate, expected) in cases {
            assert_eq!(percent(&Decimal::parse(rate).unwrap()), expected, "{rate}");
        }
    }
}
