//! A refusal in the words of somebody who writes the request by hand: the page's own words are for
//! those who cannot change it.

use std::borrow::Cow;

use outlay_vault::code::explain;

use super::scopes::Standing;

/// What is said of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened.
    pub happened: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do now.
    pub next: Cow<'static, str>,
}

/// Of a stable code; `standing` is that of the operation's scope, `wait` the seconds that Pleo asks for.
pub fn words(code: &str, standing: Standing, wait: Option<u32>) -> Words {
    let known = explain(code);
    let same = Words {
        happened: known.happened,
        means: known.means,
        next: known.next.into(),
    };
    match (code, standing, wait) {
        ("scope_missing", Standing::Missing, _) => Words {
            next: "Sign in again and ask for the scope, by the button above.".into(),
            ..same
        },
        ("scope_missing", Standing::Held, _) => Words {
            happened: "Pleo refused this.",
            means: "The scope is granted: it is about something else, another company's record for one.",
            next: "Compare the ids in the request with those of the company that is connected."
                .into(),
        },
        ("api_bad_request", ..) => Words {
            means: "A value in it is missing or wrong.",
            next: "Put it right, then send it again.".into(),
            ..same
        },
        ("rate_limited", _, Some(wait)) => Words {
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
