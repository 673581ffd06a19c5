//! Pleo's `GET /v1/introspect`: the subject of the token that the request is sent with.

use outlay_oauth::session::io::IntrospectionResult;
use outlay_wire::Value;

use super::io::{AnswerResult, decoded};

/// The path below the API base.
pub(super) const PATH: &str = "/v1/introspect";

/// Parses a response: `{"data":{"subjectURN","applicationName","scope",…}}`.
pub(super) fn read(result: &AnswerResult) -> IntrospectionResult {
    let Ok(answer) = result else {
        return IntrospectionResult::Unclear;
    };
    match answer.status {
        401 => IntrospectionResult::Unauthorized,
        200..=299 => {
            let body = outlay_wire::parse(&decoded(answer).text).unwrap_or_default();
            let reported = body.get("data").and_then(valid);
            reported.unwrap_or(IntrospectionResult::Unclear)
        }
        _ => IntrospectionResult::Unclear,
    }
}

/// Parses the fields of an object; `None` for other JSON.
fn valid(data: &Value) -> Option<IntrospectionResult> {
    data.as_object()?;
    let text = |name: &str| data.get(name)?.as_str().filter(|text| !text.is_empty());
    Some(IntrospectionResult::Valid {
        subject: text("subjectURN").map(str::to_owned),
        application: text("applicationName").map(str::to_owned),
        scopes: text("scope")
            .map(|scopes| scopes.split_ascii_whitespace().map(str::to_owned).collect()),
    })
}
