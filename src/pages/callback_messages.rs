//! The texts of the callback page, to which Pleo returns the user.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const SIGNING_IN: &str = "Signing in";
pub const CLOSE_WINDOW: &str = "You can close this window";
pub const FAILED_ELSEWHERE: &str = "The sign-in failed. The window you came from shows the reason.";
pub const CONNECTED_ELSEWHERE: &str = "Connected. Continue in the window you came from.";
pub const CONNECT_HERE: &str = "Connect here to continue";
pub const FAILED: &str = "The sign-in failed";
pub const BACK: &str = "Back to the previous page";
