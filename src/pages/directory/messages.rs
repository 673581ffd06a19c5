//! The texts of the directory.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Directory";
/// The accessible name of the links between the lists.
pub const LISTS: &str = "Lists of the directory";
pub const SEARCH: &str = "Search";
pub const LOAD_REST: &str = "Load the rest";
pub const STOP: &str = "Stop";
pub const REFRESH: &str = "Refresh";
/// Shown in a cell without a value.
pub const NOTHING: &str = "–";

/// Shown if the address names no list.
pub const UNKNOWN: &str = "There is no such list. Choose one of these:";

pub fn none(what: &str) -> String {
    ["The company has no ", what, "."].concat()
}

/// `number` is `rows` as text.
pub fn all_loaded(rows: usize, number: &str) -> String {
    match rows {
        1 => "1 row, all loaded".to_owned(),
        _ => [number, " rows, all loaded"].concat(),
    }
}

/// `total` is `None` if Pleo does not say how many there are.
pub fn incomplete(loaded: &str, total: Option<&str>) -> String {
    match total {
        Some(total) => [loaded, " of ", total, " rows loaded"].concat(),
        None => [loaded, " rows loaded, incomplete"].concat(),
    }
}

pub fn found(found: &str, all: &str) -> String {
    [found, " of ", all, " loaded rows match"].concat()
}

/// Next to the button that exports a list that is not complete.
pub const PARTIAL: &str =
    "Not all rows are loaded. The file will say so in its name and in its last row.";

/// In a file that lacks rows.
pub fn partial_of(what: &str, rows: usize, total: usize) -> String {
    format!("PARTIAL: {rows} of {total} {what} were loaded. The others are not in this file.")
}

/// In a file that lacks rows, if Pleo does not say how many there are.
pub fn partial(what: &str) -> String {
    ["PARTIAL: the list of ", what, " is incomplete."].concat()
}

/// Shown below the error if a sign-in cannot ask for the permission.
pub fn not_registered(scope: &str) -> String {
    [
        "This site's configuration does not list the permission ",
        scope,
        ", so reconnecting does not ask for it. The person who runs this site can add it to scopes in \
         config.json, if Pleo has approved it.",
    ]
    .concat()
}
