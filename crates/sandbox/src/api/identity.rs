//! The subject of the token, and the installation of the application at its company.
//!
//! A consent installs the application. If it is not installed (the fault console can remove it),
//! its removal is a 404, as documented, and everything else about it is a 400, since no other error
//! is documented.

use outlay_pleo::status::AuthMethod;
use outlay_pleo::{Envelope, IntrospectionResponse, Subject};
use serde_json::{Value, json};

use crate::address::CLIENT_ID;
use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::problem::ApiError;
use crate::store::{Store, StoredInstallation};

/// The handlers of introspection and installations, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("introspect", introspect),
    ("getClientInstallation", read),
    ("createClientInstallation", create),
    ("updateClientInstallation", update),
    ("deleteClientInstallation", delete),
    ("activateMyInstallation", activate),
    ("completeInstallation", activate),
];

type ApiResult = Result<ApiResponse, ApiError>;

fn introspect(call: &SandboxCall<'_>, _: &mut Store) -> ApiResult {
    let company = call.company_id().to_owned();
    Ok(ApiResponse::object(&Envelope {
        data: IntrospectionResponse {
            auth_method: AuthMethod::Oauth2,
            client_id: CLIENT_ID.to_owned(),
            scope: call.bearer.scopes.join(" "),
            application_name: Some("Outlay (sandbox client)".to_owned()),
            subject_urn: Some(Subject::Company(company).urn()),
        },
    }))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let installation = installed(call, store)?;
    Ok(ApiResponse::text(installation.to_string()))
}

fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    if installed(call, store).is_ok() {
        let message = "The application is installed already.";
        return Err(ApiError::of(400, "INSTALLATION_EXISTS", message));
    }
    let mut new = fresh(call, store);
    // An installation that a call creates must still be configured.
    let status = call.body.get("status").cloned();
    new["status"] = status.unwrap_or_else(|| json!("AUTHORIZED"));
    if let Some(metadata) = call.body.get("metadata") {
        new["metadata"] = metadata.clone();
    }
    let text = new.to_string();
    put(call, store, StoredInstallation::Present(new));
    Ok(ApiResponse::text(text))
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let status = call.body["status"].clone();
    let code = call.body.get("errorCode").cloned();
    let failed = ["INACTIVE", "ERROR"].contains(&call.text("status"));
    if code.is_some() && !failed {
        let message = "errorCode goes with the status INACTIVE or ERROR only.";
        return Err(ApiError::invalid(message));
    }
    let stamp = call.stamp();
    let installation = installed(call, store)?;
    set_status(installation, status, stamp);
    if let Some(code) = code {
        installation["errorCode"] = code;
    }
    if let Some(metadata) = call.body.get("metadata") {
        installation["metadata"] = metadata.clone();
    }
    Ok(ApiResponse::text(installation.to_string()))
}

/// Removes the installation and revokes the company's codes and tokens.
fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    if installed(call, store).is_err() {
        return Err(ApiError::missing("installation"));
    }
    put(call, store, StoredInstallation::Removed);
    call.sandbox.token_store().end_company(call.company_id());
    Ok(ApiResponse::nothing())
}

fn activate(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let stamp = call.stamp();
    let installation = installed(call, store)?;
    set_status(installation, json!("ACTIVATED"), stamp);
    Ok(ApiResponse::text(installation.to_string()))
}

fn set_status(installation: &mut Value, status: Value, stamp: Value) {
    if let Some(fields) = installation.as_object_mut() {
        fields.remove("errorCode");
        fields.insert("status".to_owned(), status);
        fields.insert("updatedAt".to_owned(), stamp);
    }
}

/// The installation of the caller's company. A token issued after its removal has installed it
/// again.
fn installed<'d>(call: &SandboxCall<'_>, store: &'d mut Store) -> Result<&'d mut Value, ApiError> {
    let at = store.installations.get(call.company);
    if matches!(at, Some(StoredInstallation::Removed)) {
        let new = fresh(call, store);
        put(call, store, StoredInstallation::Present(new));
    }
    match store.installations.get_mut(call.company) {
        Some(StoredInstallation::Present(installation)) => Ok(installation),
        _ => {
            let message = "The application is not installed.";
            Err(ApiError::of(400, "INSTALLATION_NOT_FOUND", message))
        }
    }
}

fn fresh(call: &SandboxCall<'_>, store: &mut Store) -> Value {
    let records = call.sample_data().records().get(call.company);
    let first = records.map(|records| records.installation.clone());
    let mut new = first.unwrap_or_default();
    new["id"] = json!(store.id());
    new["createdAt"] = call.stamp();
    new["updatedAt"] = call.stamp();
    new
}

fn put(call: &SandboxCall<'_>, store: &mut Store, new: StoredInstallation) {
    if let Some(at) = store.installations.get_mut(call.company) {
        *at = new;
    }
}
