//! Listens on loopback, over IPv4 and IPv6 both where the machine has both, since a browser may
//! resolve `localhost` to either.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::serve::ListenerExt;
use outlay_pleo::time::Instant;
use tokio::net::TcpListener;

use crate::address::Addresses;
use crate::clock::Clock;
use crate::options::Options;
use crate::sample_data::SampleData;
use crate::site_files::SiteFiles;
use crate::state::Sandbox;
use crate::{api, auth, site};

/// How many other free ports are tried if the port is in use on IPv6.
const TRIES: usize = 20;

/// The two sockets of one port.
#[derive(Debug)]
struct ListenerAddress {
    port: u16,
    sockets: Vec<TcpListener>,
}

/// A running sandbox; it serves until the runtime ends.
#[derive(Debug)]
pub struct RunningSandbox {
    /// The origins of the servers, with the ports that were opened.
    pub addresses: Addresses,
}

/// Opens the ports and serves until the runtime ends.
///
/// # Errors
///
/// The error if something could not be opened, as a sentence.
pub async fn start(options: &Options) -> Result<RunningSandbox, String> {
    let auth_address = open(options.auth_port).await?;
    let api_address = open(options.api_port).await?;
    let site_address = match options.site {
        Some(_) => Some(open(options.site_port).await?),
        None => None,
    };
    let site_port = site_address
        .as_ref()
        .map_or(options.site_port, |listener_address| listener_address.port);
    let addresses = Addresses::new(
        auth_address.port,
        api_address.port,
        site_port,
        options.site_origin.as_deref(),
    )?;
    let files = site_files(options, &addresses)?;
    let sample_data = SampleData::new(options.entries, options.today);
    let sandbox = Sandbox::new(
        addresses.clone(),
        Clock::default(),
        sample_data,
        files,
        options.access_ttl,
    );
    let sandbox = sandbox
        .registered(options.registration.clone())
        .with_wall_clock(wall_clock());
    let sandbox = Arc::new(sandbox);
    let router = auth::router(Arc::clone(&sandbox), auth_address.port);
    serve(auth_address, &router);
    let router = api::router(Arc::clone(&sandbox), api_address.port);
    serve(api_address, &router);
    if let Some(listener_address) = site_address {
        let router = site::router(sandbox, listener_address.port);
        serve(listener_address, &router);
    }
    Ok(RunningSandbox { addresses })
}

/// The computer's clock.
fn wall_clock() -> Instant {
    let passed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    // A clock before 1970 is as good as none.
    let seconds = passed.map_or(0, |passed| passed.as_secs());
    Instant {
        seconds: i64::try_from(seconds).unwrap_or(i64::MAX),
        nanos: 0,
    }
}

fn site_files(options: &Options, addresses: &Addresses) -> Result<Option<SiteFiles>, String> {
    let Some(folder) = &options.site else {
        return Ok(None);
    };
    let config = match &options.site_config {
        None => None,
        Some(file) => {
            let shown = file.display();
            let text = std::fs::read_to_string(file);
            Some(text.map_err(|error| format!("{shown} cannot be read: {error}."))?)
        }
    };
    let files = SiteFiles::new(folder, addresses, config, options.csp_reports)?;
    Ok(Some(
        files.delayed(Duration::from_millis(options.site_delay)),
    ))
}

fn serve(listener_address: ListenerAddress, router: &Router) {
    for socket in listener_address.sockets {
        // Sends small responses at once: a delay of 40 ms on every call would distort measurements.
        let socket = socket.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let router = router.clone();
        tokio::spawn(async move {
            let _ = axum::serve(socket, router).await;
        });
    }
}

async fn open(port: u16) -> Result<ListenerAddress, String> {
    for _ in 0..TRIES {
        let v4 = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await;
        let v4 = v4.map_err(|error| format!("Port {port} cannot be opened: {error}."))?;
        let found = v4.local_addr().map_err(|error| error.to_string())?.port();
        match bind(SocketAddr::from((Ipv6Addr::LOCALHOST, found))).await {
            Ok(v6) => {
                return Ok(ListenerAddress {
                    port: found,
                    sockets: vec![v4, v6],
                });
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                if port != 0 {
                    return Err(format!("Port {port} cannot be opened on IPv6: {error}."));
                }
            }
            // Without IPv6 on this machine, no browser uses it either.
            Err(_) => {
                return Ok(ListenerAddress {
                    port: found,
                    sockets: vec![v4],
                });
            }
        }
    }
    Err("No port was free on both IPv4 and IPv6.".to_owned())
}

async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}
