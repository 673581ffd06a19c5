//! The text for a refused call in the API explorer, for a reader who writes the request by hand.

use std::borrow::Cow;

use outlay_codes::ErrorCode;
use outlay_explorer::messages::scopes::ScopeStatus;

use super::counted::counted;
use super::errors::explain;

/// The text for a refused call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalMessage {
    /// What happened.
    pub happened: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do now.
    pub next: Cow<'static, str>,
}

/// Returns the text for a code. `scope_status` is that of the operation's scope, `wait` the number of
/// seconds in `Retry-After`.
pub fn description(
    code: ErrorCode,
    scope_status: ScopeStatus,
    wait: Option<u32>,
) -> RefusalMessage {
    let known = explain(code);
    let same = RefusalMessage {
        happened: known.happened,
        means: known.means,
        next: known.next.into(),
    };
    match (code, scope_status, wait) {
        (ErrorCode::ScopeMissing, ScopeStatus::Missing, _) => RefusalMessage {
            next: "Select Sign in again with this scope above.".into(),
            ..same
        },
        (ErrorCode::ScopeMissing, ScopeStatus::Held, _) => RefusalMessage {
            happened: "Pleo refused this.",
            means: "The scope is granted, so the reason is another one: for example, the record belongs to another company.",
            next: "Compare the IDs in the request with those of the connected company.".into(),
        },
        (ErrorCode::ApiBadRequest, ..) => RefusalMessage {
            means: "A value in it is missing or wrong.",
            next: "Correct it, then send the request again.".into(),
            ..same
        },
        (ErrorCode::RateLimited, _, Some(wait)) => RefusalMessage {
            next: [
                "Wait ",
                &*counted(wait.into(), "second"),
                ", then send the request again.",
            ]
            .concat()
            .into(),
            ..same
        },
        _ => same,
    }
}

/// Returns the seconds in `Retry-After`; `None` if CORS hides the header or it is not a number.
pub fn retry_after(headers: &[(String, String)]) -> Option<u32> {
    let named = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("retry-after");
    headers.iter().find(named)?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_message_names_the_scope_only_if_missing() {
        let missing = description(ErrorCode::ScopeMissing, ScopeStatus::Missing, None);
        assert!(missing.next.contains("Sign in again"), "{missing:?}");
        let held = description(ErrorCode::ScopeMissing, ScopeStatus::Held, None);
        assert!(held.means.contains("scope is granted"), "{held:?}");
        assert!(!held.next.contains("permission"), "{held:?}");
    }

    #[test]
    fn retry_after_is_shown_in_the_message() {
        let headers = [("retry-after".to_owned(), "100".to_owned())];
        let wait = retry_after(&headers);
        let limited = description(ErrorCode::RateLimited, ScopeStatus::Held, wait);
        assert_eq!(
            limited.next,
            "Wait 100 seconds, then send the request again."
        );
        let date = [("Retry-After".to_owned(), "Wed, 21 Oct".to_owned())];
        assert_eq!(retry_after(&date), None);
        let limited = description(ErrorCode::RateLimited, ScopeStatus::Held, None);
        assert!(limited.next.contains("minute"), "{limited:?}");
    }
}
