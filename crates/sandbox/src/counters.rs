//! Counts of requests, which tests read from the console.

use serde::Serialize;

/// Counts since the start.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    /// Authorization requests.
    pub authorize: u64,
    /// Token requests that carried a code.
    pub exchange: u64,
    /// Token requests that carried a refresh token.
    pub refresh: u64,
    /// API requests, preflights not counted.
    pub api: u64,
    /// Refresh tokens presented after they had been redeemed.
    pub refresh_presented_again: u64,
    /// Every access and refresh token issued.
    pub tokens_issued: Vec<String>,
}
