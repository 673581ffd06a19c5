//! The texts shown in place of every page while Outlay cannot start.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const STOPPED: &str = "Outlay has stopped";
pub const SIGN_IN_DISABLED: &str = "Sign-in is switched off";
pub const REMOVE: &str = "Remove it…";
pub const REMOVE_EFFECT: &str =
    "The other app then no longer works offline at this address in this browser.";
pub const REMOVE_AND_RELOAD: &str = "Remove and reload";
