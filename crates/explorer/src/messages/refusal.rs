//! A refusal in the words of somebody who writes the request by hand: the page's own words are for
//! those who cannot change it.

use std::borrow::Cow;

use outlay_vault::code::explain;

use super::scopes::ScopeStatus;

/// What is said of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalMessage {
    /// What happened.
    pub happened: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do now.
    pub next: Cow<'static, str>,
}

/// Of a stable code; `scope_status` is that of the operation's scope, `wait` the seconds that Pleo asks for.
pub fn description(code: &str, scope_status: ScopeStatus, wait: Option<u32>) -> RefusalMessage {
    let known = explain(code);
    let same = RefusalMessage {
        happened: known.happened,
        means: known.means,
        next: known.next.into(),
    };
    match (code, scope_status, wait) {
        ("scope_missing", ScopeStatus::Missing, _) => RefusalMessage {
            next: "Select Sign in again with this scope above.".into(),
            ..same
        },
        ("scope_missing", ScopeStatus::Held, _) => RefusalMessage {
            happened: "Pleo refused this.",
            means: "The scope is granted, so the reason is another one: for example, the record belongs to another company.",
            next: "Compare the IDs in the request with those of the connected company.".into(),
        },
        ("api_bad_request", ..) => RefusalMessage {
            means: "A value in it is missing or wrong.",
            next: "Correct it, then send the request again.".into(),
            ..same
        },
        ("rate_limited", _, Some(wait)) => RefusalMessage {
            next: format!("Wait {wait} seconds, then send the request again.").into(),
            ..same
        },
        _ => same,
    }
}

/// How many seconds Pleo asks to wait, where the header may be read and is a number.
pub fn retry_after(headers: &[(String, String)]) -> Option<u32> {
    let named = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("retry-after");
    headers.iter().find(named)?.1.trim().parse().ok()
}
