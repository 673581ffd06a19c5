//! Leaving Pleo for good: the integration is removed there, then the connection here.

use crate::session::app_error::AppError;
use crate::session::call::execute;
use outlay_codes::ErrorCode;
use outlay_pleo::request::installation;
use outlay_vault::client::VaultClient;

/// Removes the integration with `connection`. Where no readable answer comes, nothing is changed
/// here, and the trouble says that nobody knows.
pub async fn disconnect(client: VaultClient, connection: String) -> Result<(), AppError> {
    match execute(&client, &connection, installation::delete()).await {
        Ok(_) => {}
        // There is none: what was wanted is so.
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
