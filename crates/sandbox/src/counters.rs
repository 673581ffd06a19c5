//! Counts of requests, which tests read from the console.

use serde::Serialize;

/// Numbers of requests since the start, for tests; JSON in camelCase.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    /// Authorization requests, valid or not.
    pub authorize: u64,
    /// Token requests with `grant_type=authorization_code`.
    pub exchange: u64,
    /// Token requests with `grant_type=refresh_token`.
    pub refresh: u64,
    /// API requests without CORS preflights.
    pub api: u64,
    /// Refresh tokens that were presented after their rotation.
    pub refresh_presented_again: u64,
    /// Updates of items of export jobs, each item of a batch counted.
    pub item_updates: u64,
    /// Of these, updates of items that had a result or an update before.
    pub item_updates_again: u64,
    /// Every access and refresh token issued, for leak tests.
    pub tokens_issued: Vec<String>,
}
