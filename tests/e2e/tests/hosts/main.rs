//! The site on hosts of every kind, as an operator puts it up: what they answer, what a proxy lets
//! through, and a walk through the product on each.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_e2e::Outcome;
use outlay_e2e::host::{HostOrder, HostSetup, RunningHost, WebServer};
use outlay_e2e::sandbox::SiteAddresses;

mod altered;
mod answers;
mod operator;
mod proxied_headers;
mod refusals;
mod verified;
mod whole_session;

/// A proxy before the server of this origin, and where it listens. `local` are the operator's files.
async fn before(
    server: WebServer,
    behind: &str,
    secret: &str,
    local: &[(&str, &str)],
) -> Outcome<(RunningHost, String)> {
    // Its port is free once it is closed.
    let port = std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port();
    let site = format!("http://localhost:{port}");
    let config = SiteAddresses {
        auth: behind.to_owned(),
        api: behind.to_owned(),
        site: site.clone(),
        proxied: true,
    }
    .config();
    let order = HostOrder {
        config: &config,
        served: None,
        before_vault: None,
        port,
        reports: "https://reports.example/csp",
        behind: [&format!("{behind}/oauth/token"), behind],
        secret,
        local,
    };
    let running = HostSetup::new(server).proxied().start(order).await?;
    Ok((running, site))
}
