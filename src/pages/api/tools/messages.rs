//! The texts of the explorer's tools.

#![allow(missing_docs, reason = "each text says itself what it is")]

/// Shown in the documentation of an operation.
pub mod reference {
    pub const PATH: &str = "Path parameters";
    pub const QUERY: &str = "Query parameters";
    pub const BODY: &str = "Request body";
    pub const RESPONSE: &str = "Response";
    pub const NAME: &str = "Name";
    pub const TYPE: &str = "Type and limits";
    pub const MEANING: &str = "Meaning";
    pub const REQUIRED: &str = "required";
    pub const NULLABLE: &str = "or null";
    pub const VALUES: &str = "Values: ";
    pub const EXAMPLE_BODY: &str = "Example of a request body";
    pub const EXAMPLE_ANSWER: &str = "Example of a response";
    pub const STATUSES: &str = "Statuses";
    pub const STATUS: &str = "Status";
    pub const DESCRIPTION: &str = "Description";
    pub const SUCCESS: &str = "Success";
    pub const NO_PARAMETERS: &str = "The operation takes no parameters and no body.";
    pub const NO_ANSWER: &str = "Pleo documents no response body.";

    pub fn default(value: &str) -> String {
        ["default ", value].concat()
    }
}

/// Shown with the call as a program.
pub mod code {
    pub const LANGUAGE: &str = "Language";
    pub const COPY: &str = "Copy code";
    pub const PROGRAM: &str = "Code of the call";
    pub const TOKEN: &str = "The token is the environment variable TOKEN, a secret of the body \
        SECRET_1 and so on. Set them before you run the code.";
}

/// Shown above a response.
pub mod answer {
    pub const TOOLS: &str = "Response tools";
    pub const SEARCH: &str = "Search in the response";
    pub const PREVIOUS: &str = "Previous match";
    pub const NEXT: &str = "Next match";
    pub const NO_MATCH: &str = "No match";
    pub const FOLD_ALL: &str = "Fold all";
    pub const UNFOLD_ALL: &str = "Unfold all";
    pub const TABLE: &str = "Table";
    pub const KEEP: &str = "Keep for comparison";
    pub const COMPARE: &str = "Compare";

    pub fn matches(current: usize, all: &str) -> String {
        format!("{current} of {all}")
    }

    pub fn kept(label: &str) -> String {
        [
            "Kept: ",
            label,
            ". Send another request, then select Compare.",
        ]
        .concat()
    }
}

/// Shown in the table of a list.
pub mod table {
    pub const CAPTION: &str = "Response as a table";
    pub const MORE: &str = "Show more rows";
    pub const NO_LIST: &str = "The response has no list of objects.";

    pub fn rows(shown: &str, all: &str) -> String {
        ["Rows 1 to ", shown, " of ", all].concat()
    }

    pub fn left_out(columns: usize) -> String {
        format!("{columns} columns are left out; the text shows them.")
    }
}

/// Shown with the difference of two responses.
pub mod compare {
    pub const TITLE: &str = "Difference";
    pub const EQUAL: &str = "The responses are equal.";
    pub const MASKED: &str = "Secrets are masked and count as equal.";
    pub const PLACE: &str = "Place";
    pub const CHANGE: &str = "Change";
    pub const BEFORE: &str = "Before";
    pub const AFTER: &str = "After";
    pub const ADDED: &str = "added";
    pub const REMOVED: &str = "removed";
    pub const CHANGED: &str = "changed";
    pub const REORDERED: &str = "reordered";
    pub const WHOLE: &str = "whole response";
    pub const CLOSE: &str = "Close difference";
    pub const NOT_JSON: &str = "The response is not JSON, so it cannot be compared.";

    pub fn total(all: usize, label: &str) -> String {
        match all {
            1 => format!("1 difference from {label}."),
            all => format!("{all} differences from {label}."),
        }
    }

    pub fn shown(shown: usize) -> String {
        format!("The first {shown} are shown.")
    }
}

/// Shown while all pages are fetched.
pub mod fetch {
    pub const ALL: &str = "Fetch all pages";
    pub const CANCEL: &str = "Stop fetching";

    pub fn progress(pages: usize, rows: &str) -> String {
        match pages {
            1 => format!("1 page, {rows} rows loaded…"),
            pages => format!("{pages} pages, {rows} rows loaded…"),
        }
    }

    /// The response that was joined. `why` states why it is incomplete.
    pub fn joined(pages: usize, rows: &str, why: Option<&str>) -> String {
        let pages = match pages {
            1 => "1 page".to_owned(),
            pages => format!("{pages} pages"),
        };
        match why {
            None => format!("All {pages} joined: {rows} rows."),
            Some(why) => format!("Incomplete: {pages} joined, {rows} rows. {why}"),
        }
    }

    pub const STOPPED: &str = "You stopped the loading.";
    pub const TOO_LARGE: &str = "The limit of 50 MB is reached.";
    pub const UNREADABLE: &str = "The last page could not be read.";

    pub fn refused(outcome: &str) -> String {
        format!("The next page was not returned: {outcome}.")
    }
}

/// Shown with stored values.
pub mod values {
    pub const STORE: &str = "Store a value of the response";
    pub const PATH: &str = "Path of the value";
    pub const NAME: &str = "Name of the value";
    pub const SAVE: &str = "Store value";
    pub const TITLE: &str = "Stored values";
    pub const NONE: &str = "No values are stored. Store a value of a response, then write its name \
        in braces in any field: {{name}}.";
    pub const REMOVE: &str = "Remove";

    pub fn stored(name: &str) -> String {
        [
            "Stored. Write {{",
            name,
            "}} in a field of the next request.",
        ]
        .concat()
    }

    pub fn remove(name: &str) -> String {
        ["Remove ", name].concat()
    }
}

/// Shown with a sequence.
pub mod sequence {
    pub const TITLE: &str = "Sequence";
    pub const HINT: &str = "A sequence is a list of calls. A step can store values of its response \
        for later steps. Its file contains no secrets and no responses.";
    pub const ADD: &str = "Add this call";
    pub const SAVE: &str = "Save sequence";
    pub const OPEN: &str = "Open a sequence";
    pub const GUIDED: &str = "Guided export job";
    pub const CLEAR: &str = "Clear sequence";
    pub const DONE: &str = "All steps have been run.";
    pub const NEXT_STEP: &str = "next step";
    pub const REMOVE: &str = "Remove step";

    pub fn run(step: usize) -> String {
        format!("Run step {step}")
    }

    pub fn added(step: usize) -> String {
        format!("Added as step {step}.")
    }

    pub fn stored(step: usize, names: &str) -> String {
        match names {
            "" => format!("Step {step} is done."),
            names => format!("Step {step} is done. Stored: {names}."),
        }
    }

    pub fn failed(step: usize, outcome: &str) -> String {
        format!("Step {step} got {outcome}. You can run it again.")
    }

    pub fn not_stored(step: usize, name: &str, why: &str) -> String {
        format!("Step {step} is done, but {name} is not stored. {why}")
    }

    pub fn stores(name: &str, path: &str) -> String {
        ["stores ", name, " from ", path].concat()
    }

    pub fn remove(step: usize) -> String {
        format!("Remove step {step}")
    }
}
