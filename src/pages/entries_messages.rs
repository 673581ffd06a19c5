//! The texts of the entries page.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Entries";
pub const TABLE: &str = "Entries, newest first";
pub const DATE: &str = "Date";
pub const EMPLOYEE: &str = "Employee";
pub const DESCRIPTION: &str = "Description";
pub const STATUS: &str = "Status";
pub const AMOUNT: &str = "Amount";
/// What the list consists of.
pub const ENTRIES: &str = "entries";
pub const EMPTY: &str = "No entries yet. Entries appear here when an employee makes a purchase.";
pub const STOP: &str = "Stop";
pub const REFRESH: &str = "Refresh";

/// The button that loads the rest of the list. `total` is `None` if Pleo does not say how many there
/// are.
pub fn load_all(total: Option<&str>) -> String {
    match total {
        Some(total) => ["Load all ", total].concat(),
        None => "Load all".to_owned(),
    }
}

pub fn loading_all(loaded: &str, total: &str) -> String {
    [loaded, " of ", total, " entries, loading all"].concat()
}

/// `number` is `loaded` as text.
pub fn all_loaded(loaded: usize, number: &str) -> String {
    match loaded {
        1 => "1 entry, all loaded".to_owned(),
        _ => [number, " entries, all loaded"].concat(),
    }
}

/// `total` is `None` if Pleo does not say how many there are.
pub fn incomplete(loaded: &str, total: Option<&str>) -> String {
    [&*of_total(loaded, total), " entries, incomplete"].concat()
}

/// `total` is `None` if Pleo does not say how many there are.
pub fn more(loaded: &str, total: Option<&str>) -> String {
    [&*of_total(loaded, total), " entries, scroll to load more"].concat()
}

fn of_total(loaded: &str, total: Option<&str>) -> String {
    match total {
        Some(total) => [loaded, " of ", total].concat(),
        None => loaded.to_owned(),
    }
}

pub fn names_need_scope(scope: &str) -> String {
    [
        "Employee names are not shown: Outlay needs the permission ",
        scope,
        ". Reconnect and allow it to see them.",
    ]
    .concat()
}

pub fn names_failed(reason: &str) -> String {
    ["Employee names are not shown. ", reason].concat()
}
