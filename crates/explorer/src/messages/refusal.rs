//! A refusal for a developer who writes the request by hand: the page's own words are for
//! those who cannot change it.

use std::borrow::Cow;

use outlay_vault::code::explain;

use super::scopes::ScopeStatus;

/// The three sentences about a rejected call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalMessage {
    /// The event, as a sentence.
    pub happened: &'static str,
    /// The consequence, as a sentence.
    pub means: &'static str,
    /// The next step for the user, as a sentence.
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
            next: "Sign in again and ask for the scope, by the button above.".into(),
            ..same
        },
        ("scope_missing", ScopeStatus::Held, _) => RefusalMessage {
            happened: "Pleo refused this.",
            means: "The scope is granted: it is about something else, another company's record for one.",
            next: "Compare the ids in the request with those of the company that is connected."
                .into(),
        },
        ("api_bad_request", ..) => RefusalMessage {
            means: "A value in it is missing or wrong.",
            next: "Put it right, then send it again.".into(),
            ..same
        },
        ("rate_limited", _, Some(wait)) => RefusalMessage {
            next: format!("Wait {wait} seconds, then send it again.").into(),
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
