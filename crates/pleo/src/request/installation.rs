//! Calls about the client's own installation: what a company has of it since its first sign-in. The
//! answers are an [`Installation`](crate::installation::Installation) without an envelope.

use super::ApiRequest;
use crate::id::CompanyId;
use crate::installation::{CreateInstallation, UpdateInstallation};
use crate::operation;

/// `GET /v1/installations/me`; returns a bare `Installation`. `company` selects one of several
/// companies.
pub fn get(company: Option<&CompanyId>) -> ApiRequest {
    let company = company.map(CompanyId::as_str);
    ApiRequest::new(&operation::INSTALLATION).with_some("company_id", company)
}

/// `POST /v1/installations/me`; returns a bare `Installation`. Only API keys need it: a sign-in
/// installs the client.
pub fn create(body: &CreateInstallation) -> ApiRequest {
    ApiRequest::new(&operation::CREATE_INSTALLATION).body(body)
}

/// `PUT /v1/installations/me`; returns a bare `Installation`.
pub fn update(body: &UpdateInstallation) -> ApiRequest {
    ApiRequest::new(&operation::UPDATE_INSTALLATION).body(body)
}

/// Removes it, and with it every token of the client; answered by 204 without a body, by 404 where
/// there is none, by 502 where Pleo could not.
pub fn delete() -> ApiRequest {
    ApiRequest::new(&operation::DELETE_INSTALLATION)
}

/// `POST /v1/installations/me:activate`, for applications that are configured before use.
pub fn activate() -> ApiRequest {
    ApiRequest::new(&operation::ACTIVATE_INSTALLATION)
}

/// `PUT /v1/installations/completions`, deprecated by Pleo in favour of [`activate`].
pub fn complete() -> ApiRequest {
    ApiRequest::new(&operation::COMPLETE_INSTALLATION)
}
