//! Webhook subscriptions. Nothing is ever delivered: a browser could not receive it.

use axum::http::HeaderName;
use serde_json::{Value, json};

use crate::api::bearer;
use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::problem::ApiError;
use crate::store::Store;

/// The handlers of webhook subscriptions, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getSubscriptions", search),
    ("createSubscription", create),
    ("getSubscription", read),
    ("updateSubscription", update),
    ("deleteSubscription", delete),
    ("getSubscriptionActivities", activities),
    ("getSubscriptionSecret", secret),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// The events, and the scope of the API for each.
const EVENTS: [(&str, &str); 2] = [
    ("v1.export-job.created", "export-jobs:read"),
    ("v1.vendor.created", "vendors:read"),
];

fn search(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let status = call.one("status");
    let events: Vec<&str> = call.query.all("event_types").collect();
    let keys = ["id", "createdAt", "updatedAt", "status"];
    list::of_collection(call, &store.subscriptions, &keys, |one| {
        let own = one["eventTypes"].as_array();
        let sends = |event: &Value| event.as_str().is_some_and(|event| events.contains(&event));
        status.is_none_or(|status| one["status"] == status)
            && (events.is_empty() || own.is_some_and(|own| own.iter().any(sends)))
    })
}

fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    check(call)?;
    let id = store.id();
    let mut new = json!({ "id": id, "createdAt": call.stamp(), "status": "ACTIVE" });
    fill(call, &mut new);
    let secret = store.secret();
    store.secrets.insert(id.clone(), secret);
    note(call, store, &id, "CREATE", "The subscription was made.");
    Ok(ApiResponse::data(
        store.subscriptions.add(call.company, new),
    ))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    Ok(ApiResponse::data(own(call, store)?))
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = call.id("id");
    own(call, store)?;
    check(call)?;
    note(call, store, &id, "UPDATE", "The subscription was changed.");
    let row = store.subscriptions.find_mut(&id);
    let row = row.ok_or_else(|| ApiError::missing("subscription"))?;
    // A replacement removes every field that it does not contain.
    let kept = |name: &str| row.json[name].clone();
    let mut new = json!({ "id": kept("id"), "createdAt": kept("createdAt"), "status": "ACTIVE" });
    fill(call, &mut new);
    row.json = new;
    Ok(ApiResponse::data(&row.json))
}

fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = call.id("id");
    own(call, store)?;
    note(call, store, &id, "DELETE", "The subscription was removed.");
    store.subscriptions.remove(|one| one["id"] == id.as_str());
    Ok(ApiResponse::nothing())
}

fn activities(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    own(call, store)?;
    let id = call.id("id");
    let kinds: Vec<&str> = call.query.all("operation_types").collect();
    let keys = ["id", "createdAt", "operationType"];
    list::of_collection(call, &store.activities, &keys, |one| {
        let kind = one["operationType"].as_str().unwrap_or_default();
        one["subscriptionId"] == id.as_str() && (kinds.is_empty() || kinds.contains(&kind))
    })
}

fn secret(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    own(call, store)?;
    let secret = store.secrets.get(&call.id("id"));
    Ok(ApiResponse::data(&json!({ "secretKey": secret })))
}

fn own<'d>(call: &SandboxCall<'_>, store: &'d Store) -> Result<&'d Value, ApiError> {
    let row = store.subscriptions.find(&call.id("id"));
    let row = row.filter(|row| row.company == call.company);
    row.map(|row| &row.json)
        .ok_or_else(|| ApiError::missing("subscription"))
}

fn check(call: &SandboxCall<'_>) -> Result<(), ApiError> {
    let url = call.text("endpointUrl");
    let host = url.strip_prefix("https://").unwrap_or_default();
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || url.contains(char::is_whitespace) {
        return Err(ApiError::invalid("endpointUrl must be an https address."));
    }
    check_delivery(call)?;
    let events = call.body["eventTypes"].as_array();
    let events: Vec<&str> = events
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if events.is_empty() {
        return Err(ApiError::invalid("eventTypes is empty."));
    }
    for event in events {
        let Some((_, scope)) = EVENTS.iter().find(|(known, _)| *known == event) else {
            let known = EVENTS.map(|(name, _)| name).join(", ");
            return Err(ApiError::invalid(format!("eventTypes is none of {known}.")));
        };
        bearer::need(&call.bearer, &[scope])?;
    }
    Ok(())
}

/// The headers and the credentials that every delivery carries.
fn check_delivery(call: &SandboxCall<'_>) -> Result<(), ApiError> {
    let headers = call.body["customHeaders"].as_object();
    let mut names = headers.into_iter().flat_map(|headers| headers.keys());
    if let Some(name) = names.find(|name| HeaderName::from_bytes(name.as_bytes()).is_err()) {
        let message = format!("customHeaders: {name:?} is not the name of a header.");
        return Err(ApiError::invalid(message));
    }
    let auth = &call.body["endpointAuth"];
    let given = |name: &str| auth["credentials"][name].as_str();
    // A password may be empty: with an API key as user name it usually is.
    let named = given("username").is_some_and(|name| !name.is_empty());
    if auth["type"] == "BASIC" && !(named && given("password").is_some()) {
        let message = "endpointAuth: BASIC needs credentials with username and password.";
        return Err(ApiError::invalid(message));
    }
    Ok(())
}

fn fill(call: &SandboxCall<'_>, one: &mut Value) {
    for name in [
        "endpointUrl",
        "eventTypes",
        "customHeaders",
        "endpointAuth",
        "status",
    ] {
        if let Some(value) = call.body.get(name).filter(|value| !value.is_null()) {
            one[name] = value.clone();
        }
    }
    one["updatedAt"] = call.stamp();
}

fn note(call: &SandboxCall<'_>, store: &mut Store, id: &str, kind: &str, words: &str) {
    let activity = json!({
        "id": store.id(), "subscriptionId": id, "operationType": kind, "description": words,
        "actorUrn": format!("urn:pleo:company:{}", call.company_id()), "createdAt": call.stamp(),
    });
    store.activities.add(call.company, activity);
}
