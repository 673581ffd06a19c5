//! Asking Pleo's API through the vault.

use outlay_pleo::{ApiRequest, Method as PleoMethod};
use outlay_vault::client::Client;
use outlay_vault::message::{Call, Method, Retry};
use outlay_wire::{Malformed, Wire};

use super::trouble::Trouble;

/// A method of Pleo's API as the vault is told it.
#[must_use]
pub fn method(method: PleoMethod) -> Method {
    match method {
        PleoMethod::Get => Method::Get,
        PleoMethod::Post => Method::Post,
        PleoMethod::Put => Method::Put,
        PleoMethod::Delete => Method::Delete,
    }
}

/// Carries `request` out with `connection` and reads the answer. Dropping the future gives it up.
pub async fn ask<T: Wire>(
    client: &Client,
    connection: &str,
    request: ApiRequest,
) -> Result<T, Trouble> {
    let operation = request.operation;
    let body = carry_out(client, connection, request).await?;
    outlay_wire::read_text(&body).map_err(|malformed| {
        let what = match malformed {
            Malformed::NoJson(at) => format!("no JSON at byte {at}"),
            Malformed::Field(field) if field.is_empty() => "not the documented form".to_owned(),
            Malformed::Field(field) => format!("field {field}"),
        };
        Trouble {
            detail: Some([operation.id, ": ", &what].concat()),
            ..Trouble::of("api_malformed")
        }
    })
}

/// Carries `request` out with `connection` and returns the text of its success.
pub async fn carry_out(
    client: &Client,
    connection: &str,
    request: ApiRequest,
) -> Result<String, Trouble> {
    let operation = request.operation;
    let call = Call {
        connection: connection.to_owned(),
        method: method(operation.method),
        path: request.path,
        query: request.query,
        body: request.body,
        retry: if operation.reads {
            Retry::Safe
        } else {
            Retry::Never
        },
    };
    let answer = client.call(call).await.map_err(|failure| {
        let needs = matches!(&*failure.code, "unauthorised_operation").then_some(operation.scope);
        Trouble {
            scope: needs.flatten(),
            ..Trouble::from(failure)
        }
    })?;
    let status = answer.status;
    let text = answer.text().text;
    match Trouble::of_answer(operation, status, text.as_bytes()) {
        Some(trouble) => Err(trouble),
        None => Ok(text),
    }
}
