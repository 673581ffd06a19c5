//! Finds out why a request has no response. The browser does not report the reason to a page, so
//! this module sends further requests and eliminates causes. It returns the lines to add to a
//! configuration, if there are any.

use crate::io::{FetchOutcome, ProbeIo, ProbeRequest};

/// The cause of a request without a readable response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The server answers but sends no CORS headers for this site.
    Cors,
    /// The server answers with a redirect.
    Redirect,
    /// This site's Content-Security-Policy blocks the request.
    Policy,
    /// The device is offline: this site's own file cannot be loaded either.
    Offline,
    /// The browser or an extension blocks the address, although the server answers at others.
    Blocked,
    /// Unknown host name, no listener, no valid certificate, or the whole host is blocked.
    Unreachable,
    /// No response within the timeout.
    TimedOut,
}

/// The endpoint that a request went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckTarget {
    /// The token endpoint, or the revocation endpoint on the same server.
    Token,
    /// Pleo's API, at the configured base.
    Api,
    /// Any other address of the authorization server.
    Server,
}

/// A cause with its explanation and remedies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The cause that the measurements support.
    pub cause: Cause,
    /// Explanation in one sentence.
    pub explanation: String,
    /// Remedies: sentences, or lines to add to a configuration.
    pub fix: Vec<String>,
}

/// The site that runs the check: its origin, configuration and API base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteContext {
    /// The site's origin, for the server's CORS configuration.
    pub origin: String,
    /// URL of the site's `config.json`, which the offline test loads.
    pub config: String,
    /// API base as configured, absolute.
    pub api_base: String,
}

/// Finds the cause of a request to `url` without a readable response. `outcome` is the outcome of
/// that request.
pub async fn diagnose(
    probe_io: &dyn ProbeIo,
    here: &SiteContext,
    target: CheckTarget,
    url: &str,
    outcome: &FetchOutcome,
) -> Diagnosis {
    let cause = match outcome {
        FetchOutcome::Redirect => Cause::Redirect,
        FetchOutcome::Policy => Cause::Policy,
        FetchOutcome::TimedOut => Cause::TimedOut,
        _ => eliminate(probe_io, here, url).await,
    };
    let (explanation, fix) = explain_cause(cause, here, target, url);
    Diagnosis {
        cause,
        explanation,
        fix,
    }
}

async fn eliminate(probe_io: &dyn ProbeIo, here: &SiteContext, url: &str) -> Cause {
    match probe_io.send(ProbeRequest::no_cors_request(url)).await {
        FetchOutcome::Opaque | FetchOutcome::Answer { .. } => return Cause::Cors,
        FetchOutcome::Redirect => return Cause::Redirect,
        FetchOutcome::Policy => return Cause::Policy,
        FetchOutcome::TimedOut => return Cause::TimedOut,
        FetchOutcome::Failed => {}
    }
    if !matches!(
        probe_io.send(ProbeRequest::get(&here.config)).await,
        FetchOutcome::Answer { .. }
    ) {
        return Cause::Offline;
    }
    let root = [origin(url), "/"].concat();
    match probe_io.send(ProbeRequest::no_cors_request(&root)).await {
        FetchOutcome::Opaque | FetchOutcome::Answer { .. } | FetchOutcome::Redirect => {
            Cause::Blocked
        }
        _ => Cause::Unreachable,
    }
}

/// Scheme, host and port of an absolute address of the configuration.
#[must_use]
pub fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(host..).and_then(|rest| rest.find('/'));
    url.get(..end.map_or(url.len(), |end| host + end))
        .unwrap_or(url)
}

fn explain_cause(
    cause: Cause,
    here: &SiteContext,
    target: CheckTarget,
    url: &str,
) -> (String, Vec<String>) {
    let server = origin(url);
    let (explanation, fix) = match cause {
        Cause::Cors => {
            let explanation = [
                server,
                " responds, but sends no CORS headers that allow this site to read the response.",
            ];
            let mut fix = vec![
                "Add these headers to every response, errors included:".to_owned(),
                ["Access-Control-Allow-Origin: ", &*here.origin].concat(),
                "Vary: Origin".to_owned(),
            ];
            if target == CheckTarget::Api {
                fix.extend([
                    "Add these headers to the response to OPTIONS (status 204):".to_owned(),
                    "Access-Control-Allow-Methods: GET, POST, PUT, DELETE".to_owned(),
                    "Access-Control-Allow-Headers: Authorization, Content-Type".to_owned(),
                ]);
            }
            fix.extend(proxy(here, target, url));
            (explanation.concat(), fix)
        }
        Cause::Redirect => (
            [
                url,
                " responds with a redirect. The app does not follow it, because that would send a \
                    code or token to another address.",
            ]
            .concat(),
            vec!["Write the address that it redirects to into config.json.".to_owned()],
        ),
        Cause::Policy => (
            [
                "This site's Content-Security-Policy does not allow requests to ",
                server,
                ".",
            ]
            .concat(),
            vec![
                "Add the origin to connect-src in the Content-Security-Policy of vault.js and \
                    probe.js:"
                    .to_owned(),
                ["connect-src 'self' ", server].concat(),
            ],
        ),
        Cause::Offline => (
            "This device is offline: this site's own config.json cannot be loaded either."
                .to_owned(),
            vec!["Check the network connection, then start again.".to_owned()],
        ),
        Cause::Blocked => (
            [
                server,
                " responds, but no request to ",
                url,
                " leaves the browser. Most likely an extension blocks it.",
            ]
            .concat(),
            vec!["Switch off content blockers for this site, then start again.".to_owned()],
        ),
        Cause::Unreachable => (
            [
                server,
                " cannot be reached: the host name is unknown, no server listens, the certificate \
                    is not valid, or an extension blocks the whole host.",
            ]
            .concat(),
            vec!["Check the address in config.json, and open it in another tab.".to_owned()],
        ),
        Cause::TimedOut => (
            [server, " did not respond in time."].concat(),
            vec!["Start again later.".to_owned()],
        ),
    };
    (explanation, fix)
}

/// Returns the configuration of a proxy that serves the same address below the site's own origin.
fn proxy(here: &SiteContext, target: CheckTarget, url: &str) -> Vec<String> {
    let (path, key, value, whole) = match target {
        CheckTarget::Server => return Vec::new(),
        CheckTarget::Api => ("/pleo-api/", "apiBase", "/pleo-api", &*here.api_base),
        CheckTarget::Token => ("/pleo-auth/", "tokenEndpoint", "/pleo-auth", url),
    };
    let end = whole.strip_prefix(origin(whole)).unwrap_or("");
    vec![
        "Or set up a proxy on this site's own host (nginx):".to_owned(),
        ["location ", path, " { proxy_pass ", origin(url), "/; }"].concat(),
        "And in config.json:".to_owned(),
        ["\"", key, "\": \"", value, end, "\""].concat(),
    ]
}
