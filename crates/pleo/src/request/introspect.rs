//! Calls about the token itself.

use super::ApiRequest;
use crate::operation;

/// Who the token speaks for; answered by an `Envelope<Introspection>`.
pub fn get() -> ApiRequest {
    ApiRequest::new(&operation::INTROSPECT)
}
