//! The call that removes the client's own installation: what a company has of it since its first
//! sign-in.

use super::ApiRequest;
use crate::operation;

/// Removes it, and with it every token of the client; answered by 204 without a body, by 404 where
/// there is none, by 502 where Pleo could not.
pub fn delete() -> ApiRequest {
    ApiRequest::new(&operation::DELETE_INSTALLATION)
}
