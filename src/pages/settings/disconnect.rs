//! Removes the integration at Pleo, then the connection here.

use crate::session::app_error::AppError;
use crate::session::call::execute;
use outlay_codes::ErrorCode;
use outlay_pleo::request::installation;
use outlay_vault::client::VaultClient;

/// Removes the integration with the tokens of `connection`, then the connection. Does not change the
/// connection if the request fails. A 404 counts as success: the integration is removed already.
///
/// # Errors
///
/// `disconnect_unclear` if no readable response arrives, so that the integration may be removed or
/// not; otherwise the error of [`execute`].
pub async fn disconnect(client: VaultClient, connection: String) -> Result<(), AppError> {
    match execute(&client, &connection, installation::delete()).await {
        Ok(_) => {}
        // The integration is removed already.
        Err(app_error) if app_error.code == ErrorCode::NotFound => {}
        Err(app_error) => return Err(unclear(app_error)),
    }
    client.remove(&connection).await;
    Ok(())
}

fn unclear(app_error: AppError) -> AppError {
    let codes = [
        ErrorCode::ApiNetwork,
        ErrorCode::ApiTimeout,
        ErrorCode::ApiServerError,
        ErrorCode::ApiMalformed,
    ];
    if !codes.contains(&app_error.code) {
        return app_error;
    }
    AppError {
        detail: Some(app_error.detail.unwrap_or(app_error.code.word().to_owned())),
        ..AppError::of(ErrorCode::DisconnectUnclear)
    }
}
