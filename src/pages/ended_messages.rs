//! The texts of the page that replaces one whose data was cleared.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Disconnected";
pub const CLEARED: &str = "Loaded data was cleared. When you reconnect, you return to this page \
    and Outlay loads the data again.";
