//! Leaving Pleo for good: the integration is removed there, then the connection here.

use leptos::prelude::*;
use outlay_pleo::request::installation;

use super::Session;
use super::call::carry_out;
use super::trouble::Trouble;

/// Removes the integration with `connection`. Where no readable answer comes, nothing is changed
/// here, and the trouble says that nobody knows.
pub async fn disconnect(session: Session, connection: String) -> Result<(), Trouble> {
    let client = session
        .client()
        .ok_or_else(|| Trouble::of("vault_unavailable"))?;
    match carry_out(&client, &connection, installation::delete()).await {
        Ok(_) => {}
        // There is none: what was wanted is so.
        Err(trouble) if trouble.code == "not_found" => {}
        Err(trouble) => return Err(unclear(trouble)),
    }
    client.remove(&connection).await;
    session.farewell.set(Some("disconnected"));
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
