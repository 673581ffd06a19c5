//! Leaving Pleo for good: the integration is removed there, then the connection here.

use crate::session::call::carry_out;
use crate::session::trouble::Trouble;
use outlay_pleo::request::installation;
use outlay_vault::client::Client;

/// Removes the integration with `connection`. Where no readable answer comes, nothing is changed
/// here, and the trouble says that nobody knows.
pub async fn disconnect(client: Client, connection: String) -> Result<(), Trouble> {
    match carry_out(&client, &connection, installation::delete()).await {
        Ok(_) => {}
        // There is none: what was wanted is so.
        Err(trouble) if trouble.code == "not_found" => {}
        Err(trouble) => return Err(unclear(trouble)),
    }
    client.remove(&connection).await;
    Ok(())
}

fn unclear(trouble: Trouble) -> Trouble {
    let codes = [
        "api_network",
        "api_timeout",
        "api_server_error",
        "api_malformed",
    ];
    if !codes.contains(&trouble.code.as_str()) {
        return trouble;
    }
    Trouble {
        detail: Some(trouble.detail.unwrap_or(trouble.code)),
        ..Trouble::of("disconnect_unclear")
    }
}
