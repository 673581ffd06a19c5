//! The texts of the page that replaces one of an ended connection.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Disconnected";
pub const AGAIN: &str = "When you reconnect, you return to this page and Outlay loads its data.";
