//! Pleo's `GET /v1/introspect`: whose token this is, told to the token itself.

use outlay_oauth::session::io::Introspection;
use serde_json::Value;

use super::edge::HttpResult;

/// The path below the API base.
pub(super) const PATH: &str = "/v1/introspect";

/// Reads an answer: `{"data":{"subjectURN","applicationName","scope",…}}`.
pub(super) fn read(result: &HttpResult) -> Introspection {
    let Ok(answer) = result else {
        return Introspection::Unclear;
    };
    match answer.status {
        401 => Introspection::Unauthorized,
        200..=299 => match serde_json::from_str::<Value>(&answer.text()) {
            Ok(body) if body["data"].is_object() => valid(&body["data"]),
            _ => Introspection::Unclear,
        },
        _ => Introspection::Unclear,
    }
}

fn valid(body: &Value) -> Introspection {
    let text = |name: &str| body[name].as_str().filter(|text| !text.is_empty());
    Introspection::Valid {
        subject: text("subjectURN").map(str::to_owned),
        application: text("applicationName").map(str::to_owned),
        scopes: text("scope")
            .map(|scopes| scopes.split_ascii_whitespace().map(str::to_owned).collect()),
    }
}
