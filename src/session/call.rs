//! Asking Pleo's API through the vault.

use outlay_pleo::{ApiRequest, Method as PleoMethod};
use outlay_vault::client::VaultClient;
use outlay_vault::message::{ApiCall, Method, RetryClass};
use outlay_wire::{Malformed, Wire};

use super::app_error::AppError;

/// The method in the type of the vault's messages.
#[must_use]
pub fn method(method: PleoMethod) -> Method {
    match method {
        PleoMethod::Get => Method::Get,
        PleoMethod::Post => Method::Post,
        PleoMethod::Put => Method::Put,
        PleoMethod::Delete => Method::Delete,
    }
}

/// Sends `request` with the tokens of `connection` and parses the response. Dropping the future
/// cancels the request.
///
/// # Errors
///
/// Those of [`execute`]; `api_malformed` with the operation and the field or the byte offset if the
/// body does not have the documented shape.
pub async fn ask<T: Wire>(
    client: &VaultClient,
    connection: &str,
    request: ApiRequest,
) -> Result<T, AppError> {
    let operation = request.operation;
    let body = execute(client, connection, request).await?;
    outlay_wire::read_text(&body).map_err(|malformed| {
        let what = match malformed {
            Malformed::NoJson(at) => format!("no JSON at byte {at}"),
            Malformed::Field(field) if field.is_empty() => "not the documented form".to_owned(),
            Malformed::Field(field) => format!("field {field}"),
        };
        AppError {
            detail: Some([operation.id, ": ", &what].concat()),
            ..AppError::of("api_malformed")
        }
    })
}

/// Sends `request` with the tokens of `connection` and returns the body of a 2xx response as text.
///
/// # Errors
///
/// The vault's failure if there is no response, with the missing scope for
/// `unauthorised_operation`; [`AppError::of_answer`] for a status outside 2xx.
pub async fn execute(
    client: &VaultClient,
    connection: &str,
    request: ApiRequest,
) -> Result<String, AppError> {
    let operation = request.operation;
    let call = ApiCall {
        connection: connection.to_owned(),
        method: method(operation.method),
        path: request.path,
        query: request.query,
        body: request.body,
        retry: if operation.reads {
            RetryClass::Safe
        } else {
            RetryClass::Never
        },
    };
    let answer = client.call(call).await.map_err(|failure| {
        let needs = matches!(&*failure.code, "unauthorised_operation").then_some(operation.scope);
        AppError {
            scope: needs.flatten(),
            ..AppError::from(failure)
        }
    })?;
    let status = answer.status;
    let text = answer.text().text;
    match AppError::of_answer(operation, status, text.as_bytes()) {
        Some(app_error) => Err(app_error),
        None => Ok(text),
    }
}
