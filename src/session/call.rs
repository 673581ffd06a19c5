//! Requests to Pleo's API through the vault.

use outlay_codes::ErrorCode;
use outlay_pleo::ApiRequest;
use outlay_vault::client::VaultClient;
use outlay_vault::message::{ApiCall, RetryClass};
use outlay_wire::{Malformed, Wire};

use super::app_error::AppError;
use super::messages;

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
            Malformed::NoJson(at) => messages::no_json(at),
            Malformed::Field(field) if field.is_empty() => messages::NOT_DOCUMENTED.to_owned(),
            Malformed::Field(field) => messages::field(&field),
        };
        AppError {
            detail: Some([operation.id, ": ", &what].concat()),
            ..AppError::of(ErrorCode::ApiMalformed)
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
    let answer = client
        .call(api_call(connection, request))
        .await
        .map_err(|failure| {
            let needs =
                (failure.code == ErrorCode::UnauthorisedOperation).then_some(operation.scope);
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

/// Returns the vault's message for `request`.
pub fn api_call(connection: &str, request: ApiRequest) -> ApiCall {
    ApiCall {
        connection: connection.to_owned(),
        method: request.operation.method,
        path: request.path,
        query: request.query,
        body: request.body,
        retry: if request.operation.reads {
            RetryClass::Safe
        } else {
            RetryClass::Never
        },
    }
}
