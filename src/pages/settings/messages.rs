//! The texts of the settings page.

#![allow(missing_docs, reason = "each text says itself what it is")]

use crate::messages::counted::counted;

pub const TITLE: &str = "Settings";
pub const NONE: &str = "No company is connected in this browser.";
pub const CONNECT: &str = "Connect to Pleo";
pub const TIMEOUT: &str = "Session timeout";
pub const SUBJECT: &str = "Company reference at Pleo";
pub const APPLICATION: &str = "Application";
pub const ACCESS: &str = "Access";
pub const SESSION: &str = "Session";
pub const DISCONNECT: &str = "Disconnect this company";
pub const REMOVE: &str = "Remove from Pleo…";

pub fn timeout(idle_minutes: u32, hours: u32) -> String {
    format!(
        "After {} without activity, or {} in total, you are signed out of all companies and loaded \
         data is cleared. The person who runs this site sets these limits.",
        counted(idle_minutes.into(), "minute"),
        counted(hours.into(), "hour")
    )
}

pub fn access_left(span: &str) -> String {
    [span, " left"].concat()
}

pub fn session_left(span: &str) -> String {
    [span, " left at most"].concat()
}

/// Shown in the section for the format of exported files.
pub mod files {
    pub const TITLE: &str = "CSV format";
    pub const HINT: &str = "Applies to exported files until you reload the page. The default suits \
        spreadsheets in your browser's language.";
    pub const PURPOSE: &str = "Made for";
    pub const SPREADSHEETS: &str = "Spreadsheets";
    pub const IMPORTS: &str = "Data import into other programs";
    pub const SEPARATOR: &str = "Separator";
    pub const COMMA: &str = "Comma";
    pub const SEMICOLON: &str = "Semicolon";
    pub const TAB: &str = "Tab";
    pub const DECIMAL: &str = "Decimal separator";
    pub const DOT: &str = "Dot: 1234.50";
    pub const DECIMAL_COMMA: &str = "Comma: 1234,50";
    pub const DATES: &str = "Dates";
    pub const ISO: &str = "2026-11-22";
    pub const SLASHES: &str = "22/11/2026";
    pub const DOTS: &str = "22.11.2026";
    pub const ENCODING: &str = "Encoding";
    pub const UTF8_FOR_EXCEL: &str = "UTF-8 for Excel";
    pub const UTF8: &str = "UTF-8";
}
