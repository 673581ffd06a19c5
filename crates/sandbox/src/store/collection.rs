//! Records of one kind, of all companies, found by id. What is removed keeps its row, so that a
//! cursor that points at it stays good.

use std::collections::HashMap;

use serde_json::Value;

/// A record.
#[derive(Debug, Clone)]
pub struct StoredRow {
    /// The place of its company.
    pub company: usize,
    /// Whether it has been removed.
    pub gone: bool,
    /// As the API shows it.
    pub json: Value,
}

/// The records.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    rows: Vec<StoredRow>,
    by_id: HashMap<String, usize>,
}

impl Collection {
    /// Adds a record of a company; its id stands in it.
    pub fn add(&mut self, company: usize, json: Value) -> &Value {
        let id = json["id"].as_str().unwrap_or_default().to_owned();
        let row = StoredRow {
            company,
            gone: false,
            json,
        };
        self.by_id.insert(id, self.rows.len());
        self.rows.push(row);
        // The one that was just added.
        self.rows.last().map_or(&Value::Null, |row| &row.json)
    }

    /// The live record of this id.
    pub fn find(&self, id: &str) -> Option<&StoredRow> {
        let at = self.by_id.get(&id.to_ascii_lowercase())?;
        self.rows.get(*at).filter(|row| !row.gone)
    }

    /// The same, to be changed.
    pub fn find_mut(&mut self, id: &str) -> Option<&mut StoredRow> {
        let at = self.by_id.get(&id.to_ascii_lowercase())?;
        self.rows.get_mut(*at).filter(|row| !row.gone)
    }

    /// Every row, with its number; those that are gone too.
    pub fn rows(&self) -> &[StoredRow] {
        &self.rows
    }

    /// The live records of a company.
    pub fn of(&self, company: usize) -> impl Iterator<Item = &Value> {
        let live = self.rows.iter().filter(|row| !row.gone);
        live.filter(move |row| row.company == company)
            .map(|row| &row.json)
    }

    /// Removes the records that `which` picks.
    pub fn remove(&mut self, which: impl Fn(&Value) -> bool) {
        for row in &mut self.rows {
            row.gone |= which(&row.json);
        }
    }
}
