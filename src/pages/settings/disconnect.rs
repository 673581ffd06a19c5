//! Disconnecting for good: the integration is removed at Pleo, then the connection here.

use crate::session::app_error::AppError;
use crate::session::call::execute;
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
        // There is no integration, which is the wanted state.
        Err(app_error) if app_error.code == "not_found" => {}
        Err(app_error) => return Err(unclear(app_error)),
    }
    client.remove(&connection).await;
    Ok(())
}

fn unclear(app_error: AppError) -> AppError {
    let codes = [
        "api_network",
        "api_timeout",
        "api_server_error",
        "api_malformed",
    ];
    if !codes.contains(&app_error.code.as_str()) {
        return app_error;
    }
    AppError {
        detail: Some(app_error.detail.unwrap_or(app_error.code)),
        ..AppError::of("disconnect_unclear")
    }
}
