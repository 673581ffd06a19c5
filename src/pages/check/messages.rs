//! The texts of the connection test. `outlay_probe` has those of the rules and their results.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Connection test";
pub const LEAD: &str = "Tests whether the authorization server and the API of an environment \
    follow the rules that this app needs. For each rule it shows what the servers returned and \
    what to correct.";
pub const REPORT: &str = "Results";
pub const START_AGAIN: &str = "Start again";

/// Shown in the form before a test.
pub mod setup {
    pub const TITLE: &str = "Test setup";
    pub const CLIENT_ID_HINT: &str = "Issued by Pleo at client registration. It is not stored.";
    pub const OPTIONAL: &str = "Optional intrusive tests";
    pub const HINT: &str = "The test uses grants of its own and discards them: up to seven sign-ins, \
        each in a window that you open. Your connections are not affected. The test continues while \
        you use other pages of this site, and stops when you reload or close this tab.";
    pub const RUN: &str = "Run the test";
}

/// Shown while a test runs.
pub mod running {
    pub const TITLE: &str = "The test is running";
    pub const TESTING: &str = "Testing…";
    pub const OPEN: &str = "Open the window";
    pub const OPEN_AGAIN: &str = "Open the window again";
    pub const HINT: &str = "The test continues while you use other pages of this site. Reloading or \
        closing this tab stops it and discards the results. You can save them when the test has \
        finished.";

    /// `why` and `to_do` are sentences from `outlay_probe`.
    pub fn window_needed(rule: &str, why: &str, to_do: &str) -> String {
        ["A window is needed for “", rule, "”. ", why, " ", to_do].concat()
    }

    pub fn testing(rule: &str) -> String {
        ["Testing: ", rule, "…"].concat()
    }
}

/// Shown with the results.
pub mod report {
    pub const FIX: &str = "What to do";
    pub const EXPORT: &str = "Export the results";
    pub const COPY_MARKDOWN: &str = "Copy as Markdown";
    pub const COPY_JSON: &str = "Copy as JSON";
    pub const SAVE_MARKDOWN: &str = "Save as Markdown";
    pub const SAVE_JSON: &str = "Save as JSON";
    pub const PRINT: &str = "Print";

    pub fn counts(pass: usize, fail: usize, unknown: usize, left: usize) -> String {
        let counts = format!("{pass} passed, {fail} failed, {unknown} without a result");
        match left {
            0 => [&*counts, "."].concat(),
            left => format!("{counts}, {left} not tested yet."),
        }
    }
}
