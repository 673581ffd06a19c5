//! The texts of the entries page.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Entries";
pub const TABLE: &str = "Entries";
pub const DATE: &str = "Date";
pub const EMPLOYEE: &str = "Employee";
pub const DESCRIPTION: &str = "Description";
pub const STATUS: &str = "Status";
pub const TYPE: &str = "Type";
pub const ACCOUNT: &str = "Account";
/// Code and name of the tax code.
pub const TAX: &str = "Tax";
pub const RECEIPT: &str = "Receipt";
/// In a cell of an entry without a receipt or participants.
pub const NO_RECEIPT: &str = "None";
pub const REVIEW: &str = "Review";
pub const EXPORT_STATUS: &str = "Export status";
pub const BILLED: &str = "Company amount";

pub const SEARCH: &str = "Search";
/// In the empty field: a filter that can be typed.
pub const EXAMPLE: &str = "lunch amount>100 account:4010 -receipt";
pub const FILTERS: &str = "Filters";
pub const CLEAR_FILTERS: &str = "Clear filters";
pub const AMOUNT_FROM: &str = "Amount from";
pub const AMOUNT_TO: &str = "Amount to";
pub const MONTH_FROM: &str = "Month from";
pub const MONTH_TO: &str = "Month to";
/// Where the browser has no field for months.
pub const MONTH_PATTERN: &str = "YYYY-MM";
pub const ANY: &str = "Any";
pub const PRESENT: &str = "Present";
pub const MISSING: &str = "Missing";
pub const COLUMNS: &str = "Columns";
/// The button that shows the panel for saving one.
pub const SNAPSHOT: &str = "Snapshot";
pub const TOTALS: &str = "Totals per currency";
pub const SELECTED: &str = "Selected";
pub const SELECTED_TOTALS: &str = "Totals of the selected rows";
/// What the list consists of.
pub const ENTRIES: &str = "entries";
pub const EMPTY: &str = "No entries yet. Entries appear here when an employee makes a purchase.";
pub const STOP: &str = "Stop";
pub const REFRESH: &str = "Refresh";

pub fn found(found: &str, all: &str) -> String {
    [found, " of ", all, " loaded rows match"].concat()
}

/// Follows the wrong character of a filter.
pub fn at_character(number: &str) -> String {
    ["at character ", number].concat()
}

/// Shown when the fields cannot show a condition.
pub fn not_in_fields(conditions: &str) -> String {
    ["Only in the search line: ", conditions].concat()
}

/// `number` is `entries` as text.
pub fn entries(entries: usize, number: &str) -> String {
    let what = if entries == 1 { " entry" } else { " entries" };
    [number, what].concat()
}

/// In place of a total whose currency has unknown decimals, or that is too large.
pub fn no_sum(currency: &str, count: usize, number: &str) -> String {
    [currency, ": no total for ", &*entries(count, number)].concat()
}

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

/// The chooser of columns.
pub mod columns {
    pub const SHOWN: &str = "Columns in the table";
    pub const OTHERS: &str = "Other columns";
    pub const RESET: &str = "Reset columns";

    pub fn move_left(column: &str) -> String {
        ["Move left: ", column].concat()
    }

    pub fn move_right(column: &str) -> String {
        ["Move right: ", column].concat()
    }

    pub fn narrower(column: &str) -> String {
        ["Narrower: ", column].concat()
    }

    pub fn wider(column: &str) -> String {
        ["Wider: ", column].concat()
    }
}

/// Saved views.
pub mod views {
    pub const TITLE: &str = "View";
    pub const COPY_LINK: &str = "Copy link";
    pub const SAVE: &str = "Save as file";
    pub const OPEN: &str = "Open a saved view";
    pub const HINT: &str =
        "A view is the filter, the order and the columns. It contains no entries.";
    pub const LINK_COPIED: &str = "Link copied. It opens this view after signing in.";
    pub const OPENED: &str = "The saved view is shown.";
    pub const UNCHANGED: &str = "The table is unchanged.";
    pub const TOO_LARGE: &str = "This file is too large to be a saved view.";
    pub const NOT_JSON: &str = "This file is not JSON, so it is not a saved view.";
    pub const NOT_A_VIEW: &str = "This file is not a saved view of the entries page.";
    pub const OTHER_VERSION: &str = "This view was saved by another version of Outlay. Reload the page, then open the file again.";

    pub fn wrong_filter(reason: &str) -> String {
        ["The filter in this file cannot be read. ", reason].concat()
    }
}
