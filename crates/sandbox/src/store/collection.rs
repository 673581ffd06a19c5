//! Records of one kind, of all companies, by id. A removed record keeps its row, so that a cursor
//! to it stays valid.

use std::collections::HashMap;

use serde_json::Value;

/// A record that calls can create, change and remove.
#[derive(Debug, Clone)]
pub struct StoredRow {
    /// Index of its company in the sample data.
    pub company: usize,
    /// Whether it was removed; its row number stays in use.
    pub gone: bool,
    /// The record as the API returns it.
    pub json: Value,
}

/// Records of one kind, in order of creation.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    rows: Vec<StoredRow>,
    by_id: HashMap<String, usize>,
}

impl Collection {
    /// Adds a record of a company; the record's `id` field identifies it.
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

    /// Returns the live record with this id.
    pub fn find(&self, id: &str) -> Option<&StoredRow> {
        let at = self.by_id.get(&id.to_ascii_lowercase())?;
        self.rows.get(*at).filter(|row| !row.gone)
    }

    /// Returns the live record with this id for changes.
    pub fn find_mut(&mut self, id: &str) -> Option<&mut StoredRow> {
        let at = self.by_id.get(&id.to_ascii_lowercase())?;
        self.rows.get_mut(*at).filter(|row| !row.gone)
    }

    /// Returns every row by number, removed ones included.
    pub fn rows(&self) -> &[StoredRow] {
        &self.rows
    }

    /// Returns the live records of a company.
    pub fn of(&self, company: usize) -> impl Iterator<Item = &Value> {
        let live = self.rows.iter().filter(|row| !row.gone);
        live.filter(move |row| row.company == company)
            .map(|row| &row.json)
    }

    /// Removes the records for which `which` returns `true`.
    pub fn remove(&mut self, which: impl Fn(&Value) -> bool) {
        for row in &mut self.rows {
            row.gone |= which(&row.json);
        }
    }
}
