//! Error answers: a status, and Pleo's body of `type` and `message`. The types are this sandbox's
//! own where Pleo's are not documented.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use outlay_pleo::ApiProblem;

/// Media type of every JSON body, as Pleo documents it.
pub const MEDIA_TYPE: &str = "application/json;charset=UTF-8";

/// An error response: status and JSON body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    kind: &'static str,
    message: String,
    challenge: Option<String>,
    allowed: Option<String>,
}

impl ApiError {
    fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> ApiError {
        ApiError {
            status,
            kind,
            message: message.into(),
            challenge: None,
            allowed: None,
        }
    }

    /// Makes an error with any status and a code in Pleo's style.
    pub fn of(status: u16, kind: &'static str, message: impl Into<String>) -> ApiError {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        ApiError::new(status, kind, message)
    }

    /// 400: something in the request is wrong or missing.
    pub fn invalid(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "INVALID_REQUEST", message)
    }

    /// 401 without any credentials: the challenge names no error (RFC 6750 section 3.1).
    pub fn no_bearer() -> ApiError {
        let message = "Send an access token in the Authorization header.";
        ApiError {
            challenge: Some("Bearer realm=\"sandbox\"".to_owned()),
            ..ApiError::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
        }
    }

    /// 401 with credentials that are not accepted.
    pub fn bad_bearer(message: &str) -> ApiError {
        let challenge = format!(
            "Bearer realm=\"sandbox\", error=\"invalid_token\", error_description=\"{message}\""
        );
        ApiError {
            challenge: Some(challenge),
            ..ApiError::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
        }
    }

    /// 403: the token lacks the scope.
    pub fn lacks_scope(scope: &str) -> ApiError {
        let message = format!("The token lacks the scope {scope}.");
        let challenge =
            format!("Bearer realm=\"sandbox\", error=\"insufficient_scope\", scope=\"{scope}\"");
        ApiError {
            challenge: Some(challenge),
            ..ApiError::new(StatusCode::FORBIDDEN, "ACCESS_DENIED", message)
        }
    }

    /// 403: the object is another company's.
    pub fn foreign() -> ApiError {
        let message = "The token is for another company.";
        ApiError::new(StatusCode::FORBIDDEN, "ACCESS_DENIED", message)
    }

    /// 404 for a path.
    pub fn no_path() -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such path.")
    }

    /// 404 for a thing: `entry`, `tag group`.
    pub fn missing(what: &str) -> ApiError {
        let message = format!("There is no such {what}.");
        ApiError::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    }

    /// 405, with the methods that the path takes.
    pub fn method(allowed: &[&str]) -> ApiError {
        let message = "This path does not take that method.";
        ApiError {
            allowed: Some(allowed.join(", ")),
            ..ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                message,
            )
        }
    }

    /// 409.
    pub fn conflict(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::CONFLICT, "CONFLICT", message)
    }

    /// 415.
    pub fn media_type() -> ApiError {
        let (status, kind) = (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE");
        ApiError::new(status, kind, "The body must be application/json.")
    }

    /// 500.
    pub fn server() -> ApiError {
        let message = "The sandbox failed to answer.";
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "SERVER_ERROR", message)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = ApiProblem {
            kind: self.kind.to_owned(),
            message: Some(self.message),
        };
        let body = outlay_wire::to_text(&problem);
        let kind = [(header::CONTENT_TYPE, MEDIA_TYPE)];
        let mut response = (self.status, kind, body).into_response();
        for (name, value) in [
            (header::WWW_AUTHENTICATE, self.challenge),
            (header::ALLOW, self.allowed),
        ] {
            let value = value.and_then(|value| HeaderValue::from_str(&value).ok());
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
