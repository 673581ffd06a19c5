//! What a client sees on a real connection: silence, half an answer, an end to every wait.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a failed set-up should stop a test

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use outlay_sandbox::options::Options;
use outlay_sandbox::serve::{self, RunningSandbox};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

struct WireServer {
    runtime: Runtime,
    running: RunningSandbox,
}

impl WireServer {
    fn start() -> WireServer {
        let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
        let options = Options {
            auth_port: 0,
            api_port: 0,
            entries: 10,
            ..Options::default()
        };
        let running = runtime.block_on(serve::start(&options)).unwrap();
        WireServer { runtime, running }
    }

    fn call(origin: &str, line: &str, headers: &str, body: &str) -> WireConnection {
        let host = origin.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        let length = body.len();
        let text = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        );
        stream.write_all(text.as_bytes()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        WireConnection(stream)
    }

    fn arm(&self, order: &Value) {
        let headers = "Content-Type: application/json\r\nConnection: close\r\n";
        let auth = &self.running.addresses.auth;
        let line = "POST /__sandbox/faults";
        let answer = WireServer::call(auth, line, headers, &order.to_string())
            .rest()
            .unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    fn introspect(&self, headers: &str) -> WireConnection {
        let api = &self.running.addresses.api;
        WireServer::call(api, "GET /v1/introspect", headers, "")
    }

    fn refresh(&self) -> WireConnection {
        let headers = "Content-Type: application/x-www-form-urlencoded\r\n";
        let body = "grant_type=refresh_token&refresh_token=x&client_id=outlay-sandbox";
        WireServer::call(
            &self.running.addresses.auth,
            "POST /oauth/token",
            headers,
            body,
        )
    }
}

struct WireConnection(TcpStream);

impl WireConnection {
    /// Everything that comes until the server closes the connection.
    fn rest(mut self) -> io::Result<String> {
        let mut text = String::new();
        self.0.read_to_string(&mut text)?;
        Ok(text)
    }
}

#[test]
fn lost_response_sends_no_byte() {
    let server = WireServer::start();
    for when in ["before", "after"] {
        let order = json!({
            "fault": "lost", "times": "always", "at": ["refresh", "introspection"], "when": when
        });
        server.arm(&order);
        assert_eq!(server.refresh().rest().unwrap(), "", "{when}");
        assert_eq!(server.introspect("").rest().unwrap(), "", "{when}");
    }
}

#[test]
fn truncated_response_is_shorter_than_its_content_length() {
    let server = WireServer::start();
    server.arm(&json!({"fault": "cut", "times": "once", "at": "introspection"}));
    let cut = server.introspect("").rest().unwrap();
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    let promised = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let promised: usize = promised.expect(head).parse().unwrap();
    assert!(!body.is_empty() && body.len() < promised, "{cut}");
    let whole = server.introspect("Connection: close\r\n").rest().unwrap();
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{whole}"
    );
}

#[test]
fn token_endpoint_closes_the_connection_after_each_response() {
    let server = WireServer::start();
    let answer = server.refresh().rest().unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
}

#[test]
fn delayed_response_ends_with_the_server() {
    let server = WireServer::start();
    server.arm(&json!({"fault": "slow", "times": "always", "at": "introspection", "ms": 120_000}));
    let waiting = server.introspect("");
    // The console shows when the wait has begun.
    let auth = server.running.addresses.auth.clone();
    loop {
        let list = WireServer::call(&auth, "GET /__sandbox/faults", "Connection: close\r\n", "");
        let list = list.rest().unwrap();
        let (_, body) = list.split_once("\r\n\r\n").unwrap();
        let list: Value = serde_json::from_str(body).unwrap();
        let rows = list["faults"].as_array().unwrap();
        if rows.iter().any(|row| row["struck"] == 1) {
            break;
        }
    }
    let started = Instant::now();
    server.runtime.shutdown_background();
    let rest = waiting.rest();
    assert!(
        rest.as_ref().is_ok_and(String::is_empty) || rest.is_err(),
        "{rest:?}"
    );
    assert!(started.elapsed() < Duration::from_secs(10));
}
