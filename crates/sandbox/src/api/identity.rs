//! Who the token is, and the installation of the application at its company.
//!
//! A consent installs the application. Where it is not installed all the same (the fault console can
//! see to that), removing it is 404, as documented, and everything else about it is 400, since no
//! other answer is.

use outlay_pleo::status::AuthMethod;
use outlay_pleo::{Envelope, Introspection, Subject};
use serde_json::{Value, json};

use crate::address::CLIENT_ID;
use crate::api::call::{Answer, Call, Handler};
use crate::api::problem::ApiError;
use crate::store::{Installation, Store};

/// The handlers of the group.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("introspect", introspect),
    ("getClientInstallation", read),
    ("createClientInstallation", create),
    ("updateClientInstallation", update),
    ("deleteClientInstallation", delete),
    ("activateMyInstallation", activate),
    ("completeInstallation", activate),
];

type Done = Result<Answer, ApiError>;

fn introspect(call: &Call<'_>, _: &mut Store) -> Done {
    let company = call.company_id().to_owned();
    Ok(Answer::object(&Envelope {
        data: Introspection {
            auth_method: AuthMethod::Oauth2,
            client_id: CLIENT_ID.to_owned(),
            scope: call.bearer.scopes.join(" "),
            application_name: Some("Outlay (sandbox client)".to_owned()),
            subject_urn: Some(Subject::Company(company).urn()),
        },
    }))
}

fn read(call: &Call<'_>, store: &mut Store) -> Done {
    call.own_query()?;
    let installation = installed(call, store)?;
    Ok(Answer::text(installation.to_string()))
}

fn create(call: &Call<'_>, store: &mut Store) -> Done {
    if installed(call, store).is_ok() {
        let message = "The application is installed already.";
        return Err(ApiError::of(400, "INSTALLATION_EXISTS", message));
    }
    let mut new = fresh(call, store);
    // One that is made by a call still has to be configured.
    let status = call.body.get("status").cloned();
    new["status"] = status.unwrap_or_else(|| json!("AUTHORIZED"));
    if let Some(metadata) = call.body.get("metadata") {
        new["metadata"] = metadata.clone();
    }
    let text = new.to_string();
    put(call, store, Installation::Present(new));
    Ok(Answer::text(text))
}

fn update(call: &Call<'_>, store: &mut Store) -> Done {
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
    Ok(Answer::text(installation.to_string()))
}

/// Whatever the client holds of the company ends with it.
fn delete(call: &Call<'_>, store: &mut Store) -> Done {
    if installed(call, store).is_err() {
        return Err(ApiError::missing("installation"));
    }
    put(call, store, Installation::Removed);
    call.sandbox.ledger().end_company(call.company_id());
    Ok(Answer::nothing())
}

fn activate(call: &Call<'_>, store: &mut Store) -> Done {
    let stamp = call.stamp();
    let installation = installed(call, store)?;
    set_status(installation, json!("ACTIVATED"), stamp);
    Ok(Answer::text(installation.to_string()))
}

fn set_status(installation: &mut Value, status: Value, stamp: Value) {
    if let Some(fields) = installation.as_object_mut() {
        fields.remove("errorCode");
        fields.insert("status".to_owned(), status);
        fields.insert("updatedAt".to_owned(), stamp);
    }
}

/// The installation of the caller's company. A token that came after its removal has brought a new
/// one along.
fn installed<'d>(call: &Call<'_>, store: &'d mut Store) -> Result<&'d mut Value, ApiError> {
    let at = store.installations.get(call.company);
    if matches!(at, Some(Installation::Removed)) {
        let new = fresh(call, store);
        put(call, store, Installation::Present(new));
    }
    match store.installations.get_mut(call.company) {
        Some(Installation::Present(installation)) => Ok(installation),
        _ => {
            let message = "The application is not installed.";
            Err(ApiError::of(400, "INSTALLATION_NOT_FOUND", message))
        }
    }
}

fn fresh(call: &Call<'_>, store: &mut Store) -> Value {
    let records = call.world().records().get(call.company);
    let first = records.map(|records| records.installation.clone());
    let mut new = first.unwrap_or_default();
    new["id"] = json!(store.id());
    new["createdAt"] = call.stamp();
    new["updatedAt"] = call.stamp();
    new
}

fn put(call: &Call<'_>, store: &mut Store, new: Installation) {
    if let Some(at) = store.installations.get_mut(call.company) {
        *at = new;
    }
}
