//! The body of an error answer.

use outlay_wire::{Value, record};

/// Pleo's error body. It is not RFC 7807, and nothing may depend on it: the status decides, this
/// only explains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiProblem {
    /// The machine code, in `SCREAMING_SNAKE_CASE`.
    pub kind: String,
    /// Pleo's own words.
    pub message: Option<String>,
}

record!(ApiProblem { kind = "type", message = "message" });

impl ApiProblem {
    /// Reads what can be read; none where the body is something else altogether.
    pub fn read(body: &[u8]) -> Option<ApiProblem> {
        let value: Value = outlay_wire::from_bytes(body)?;
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let message = text("message");
        match text("type") {
            Some(kind) => Some(ApiProblem { kind, message }),
            None => message.map(|message| ApiProblem {
                kind: String::new(),
                message: Some(message),
            }),
        }
    }
}
