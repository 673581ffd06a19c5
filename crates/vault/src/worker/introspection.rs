//! Pleo's `GET /v1/introspect`: whose token this is, told to the token itself.

use outlay_oauth::session::io::Introspection;
use outlay_wire::Value;

use super::edge::{AnswerResult, decoded};

/// The path below the API base.
pub(super) const PATH: &str = "/v1/introspect";

/// Reads an answer: `{"data":{"subjectURN","applicationName","scope",…}}`.
pub(super) fn read(result: &AnswerResult) -> Introspection {
    let Ok(answer) = result else {
        return Introspection::Unclear;
    };
    match answer.status {
        401 => Introspection::Unauthorized,
        200..=299 => {
            let body = outlay_wire::parse(&decoded(answer).text).unwrap_or_default();
            let told = body.get("data").and_then(valid);
            told.unwrap_or(Introspection::Unclear)
        }
        _ => Introspection::Unclear,
    }
}

/// What an object tells; none where it is no object.
fn valid(data: &Value) -> Option<Introspection> {
    data.as_object()?;
    let text = |name: &str| data.get(name)?.as_str().filter(|text| !text.is_empty());
    Some(Introspection::Valid {
        subject: text("subjectURN").map(str::to_owned),
        application: text("applicationName").map(str::to_owned),
        scopes: text("scope")
            .map(|scopes| scopes.split_ascii_whitespace().map(str::to_owned).collect()),
    })
}
