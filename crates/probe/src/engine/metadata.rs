//! Tests the server's published metadata (RFC 8414).

use outlay_wire::Value;

use super::CheckRun;
use crate::diagnosis::{Cause, CheckTarget, origin};
use crate::io::{FetchOutcome, ProbeRequest};
use crate::row::RowId;

impl CheckRun<'_> {
    pub(super) async fn metadata(&mut self) {
        if !self.begin(RowId::Metadata) {
            return;
        }
        let server = origin(&self.client.authorization_endpoint).to_owned();
        let issuer = self.client.issuer.clone().unwrap_or(server);
        // RFC 8414 §3.1: the well-known path is between host and path.
        let host = origin(&issuer);
        let path = issuer.strip_prefix(host).unwrap_or("");
        let url = [
            host,
            "/.well-known/oauth-authorization-server",
            path.trim_end_matches('/'),
        ]
        .concat();
        if !self.callable(&url) {
            let explanation = "This site's Content-Security-Policy does not allow requests to the authorization \
                    server itself.";
            return self.unknown(RowId::Metadata, explanation);
        }
        match self.probe_io.send(ProbeRequest::get(&url)).await {
            FetchOutcome::Answer { status: 200, body } => match outlay_wire::parse(&body) {
                Ok(published @ Value::Object(_)) => self.compare(&published, &issuer),
                _ => {
                    let explanation = "The response is not metadata in JSON.";
                    self.unknown(RowId::Metadata, explanation);
                }
            },
            FetchOutcome::Answer { status, .. } => {
                let status = status.to_string();
                let explanation =
                    ["The server publishes no metadata (status ", &status, ")."].concat();
                self.unknown(RowId::Metadata, &explanation);
            }
            other => {
                let diagnosis = self.diagnose(CheckTarget::Server, &url, &other).await;
                match diagnosis.cause {
                    Cause::Cors => {
                        let explanation = "No response could be read at \
                            /.well-known/oauth-authorization-server: the server publishes no \
                            metadata, or sends no CORS headers with it.";
                        self.unknown(RowId::Metadata, explanation);
                    }
                    _ => self.unanswered(RowId::Metadata, diagnosis),
                }
            }
        }
    }

    fn compare(&mut self, published: &Value, issuer: &str) {
        let text = |name: &str| published.get(name).and_then(Value::as_str);
        let mut wrong = Vec::new();
        if text("issuer") != Some(issuer) {
            wrong.push("issuer is not the expected one.");
        }
        if text("authorization_endpoint") != Some(&self.client.authorization_endpoint) {
            wrong.push("authorization_endpoint is not the configured one.");
        }
        // A server does not publish this site's own proxy.
        let token = &self.client.token_endpoint;
        if !self.proxied() && text("token_endpoint") != Some(token) {
            wrong.push("token_endpoint is not the configured one.");
        }
        let methods = published.get("code_challenge_methods_supported");
        let methods = methods.and_then(Value::as_list).unwrap_or_default();
        if !methods.iter().any(|method| method.as_str() == Some("S256")) {
            wrong.push("code_challenge_methods_supported does not contain S256.");
        }
        match wrong.as_slice() {
            [] => {
                let explanation = "issuer and endpoints are the configured ones, and S256 is \
                    supported.";
                self.pass(RowId::Metadata, explanation);
            }
            wrong => {
                let explanation = wrong.join(" ");
                self.fail(RowId::Metadata, &explanation, &[]);
            }
        }
    }
}
