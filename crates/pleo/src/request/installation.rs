//! Calls about the client's own installation: what a company has of it since its first sign-in. The
//! answers are an [`Installation`](crate::installation::Installation) without an envelope.

use super::ApiRequest;
use crate::id::CompanyId;
use crate::installation::{CreateInstallation, UpdateInstallation};
use crate::operation;

/// The installation; that of one company where the token can see several.
pub fn get(company: Option<&CompanyId>) -> ApiRequest {
    let company = company.map(CompanyId::as_str);
    ApiRequest::new(&operation::INSTALLATION).with_some("company_id", company)
}

/// Installs the client; for API keys, since a sign-in does it by itself.
pub fn create(body: &CreateInstallation) -> ApiRequest {
    ApiRequest::new(&operation::CREATE_INSTALLATION).body(body)
}

/// Changes the status.
pub fn update(body: &UpdateInstallation) -> ApiRequest {
    ApiRequest::new(&operation::UPDATE_INSTALLATION).body(body)
}

/// Removes it, and with it every token of the client; answered by 204 without a body, by 404 where
/// there is none, by 502 where Pleo could not.
pub fn delete() -> ApiRequest {
    ApiRequest::new(&operation::DELETE_INSTALLATION)
}

/// Activates it, where the app has to be configured first.
pub fn activate() -> ApiRequest {
    ApiRequest::new(&operation::ACTIVATE_INSTALLATION)
}

/// The older form of [`activate`]; Pleo advises against it.
pub fn complete() -> ApiRequest {
    ApiRequest::new(&operation::COMPLETE_INSTALLATION)
}
