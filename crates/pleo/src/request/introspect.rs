//! Calls about the token itself.

use super::ApiRequest;
use crate::operation;

/// `GET /v1/introspect`: subject and scopes of the token itself; returns an
/// `Envelope<Introspection>`.
pub fn get() -> ApiRequest {
    ApiRequest::new(&operation::INTROSPECT)
}
