//! The texts shown in place of a page while a sign-in is in progress.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const SIGNING_IN: &str = "Signing in…";
pub const BLOCKED: &str = "The browser blocked the popup. ";
pub const IN_THIS_TAB: &str = "Pleo's page opens in this tab.";
pub const STAY: &str = "Stay on this page";
