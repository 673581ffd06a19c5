//! Errors of requests, as a page shows them.

use outlay_codes::ErrorCode;
use outlay_pleo::{ApiProblem, Operation};
use outlay_vault::message::Failure;

use super::messages;

/// An error with the details that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppError {
    /// The stable code.
    pub code: ErrorCode,
    /// The server's own description.
    pub detail: Option<String>,
    /// The scope that the operation needs, if a missing scope is the likely cause.
    pub scope: Option<&'static str>,
}

impl AppError {
    /// Returns the error of this code, without details.
    pub fn of(code: ErrorCode) -> AppError {
        AppError {
            code,
            detail: None,
            scope: None,
        }
    }

    /// Returns the error of an API response; `None` for a status of success.
    pub fn of_answer(operation: &Operation, status: u16, body: &[u8]) -> Option<AppError> {
        let code = ErrorCode::of_status(status)?;
        let words = ApiProblem::read(body).map(|problem| {
            let words = [Some(problem.kind), problem.message];
            let words: Vec<String> = words
                .into_iter()
                .flatten()
                .filter(|w| !w.is_empty())
                .collect();
            words.join(": ")
        });
        let detail = match words.filter(|words| !words.is_empty()) {
            Some(words) => messages::status_with(status, &words),
            None => messages::status(status),
        };
        let needs = matches!(status, 401 | 403)
            .then_some(operation.scope)
            .flatten();
        Some(AppError {
            code,
            detail: Some(shortened(&detail)),
            scope: needs,
        })
    }
}

impl From<Failure> for AppError {
    fn from(failure: Failure) -> AppError {
        AppError {
            code: failure.code,
            detail: failure.detail,
            scope: None,
        }
    }
}

/// Shortens a server's text, which may be a whole page.
fn shortened(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_control())
        .take(300)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_codes::ErrorCode;
    use outlay_pleo::operation::EMPLOYEES;

    #[test]
    fn forbidden_response_names_the_scope() {
        let body = br#"{"type":"ACCESS_DENIED","message":"no"}"#;
        let app_error = AppError::of_answer(&EMPLOYEES, 403, body).unwrap();
        assert_eq!(app_error.code, ErrorCode::ScopeMissing);
        assert_eq!(app_error.scope, Some("users:read"));
        assert_eq!(
            app_error.detail.as_deref(),
            Some("HTTP 403, ACCESS_DENIED: no")
        );
    }

    #[test]
    fn each_status_has_its_code() {
        for (status, code) in [
            (301, "api_malformed"),
            (400, "api_bad_request"),
            (401, "unauthorised_operation"),
            (402, "api_bad_request"),
            (403, "scope_missing"),
            (404, "not_found"),
            (405, "api_bad_request"),
            (409, "conflict"),
            (410, "api_bad_request"),
            (413, "too_large"),
            (415, "api_bad_request"),
            (422, "unprocessable"),
            (429, "rate_limited"),
            (499, "api_bad_request"),
            (500, "api_server_error"),
            (503, "api_server_error"),
            (599, "api_server_error"),
            (600, "api_malformed"),
            (0, "api_malformed"),
        ] {
            for body in [&b""[..], b"{", b"<html>", b"\xff", b"null", b"{}"] {
                let app_error = AppError::of_answer(&EMPLOYEES, status, body).unwrap();
                assert_eq!(app_error.code.word(), code, "{status}");
                assert_eq!(app_error.detail, Some(format!("HTTP {status}")));
                assert_eq!(app_error.scope.is_some(), matches!(status, 401 | 403));
            }
        }
    }

    #[test]
    fn api_error_detail_is_short_and_of_one_line() {
        let body = format!(
            r#"{{"type":"T","message":"a\n\u0000{}"}}"#,
            "b".repeat(1_000)
        );
        let app_error = AppError::of_answer(&EMPLOYEES, 500, body.as_bytes()).unwrap();
        let detail = app_error.detail.unwrap();
        assert!(detail.starts_with("HTTP 500, T: abb"), "{detail}");
        assert_eq!(detail.chars().count(), 300);
    }

    #[test]
    fn success_is_no_error() {
        assert_eq!(AppError::of_answer(&EMPLOYEES, 204, b""), None);
    }
}
