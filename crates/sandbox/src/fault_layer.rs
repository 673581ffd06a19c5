//! The middleware before each server: it counts requests and applies faults.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::fault::armed::AppliedFault;
use crate::fault::call::FaultCall;
use crate::fault::endpoint::{FaultEndpoint, SandboxServer, TOKEN};
use crate::fault::row::{FaultEffect, FaultReply, FaultTiming};
use crate::guard;
use crate::state::{Sandbox, SharedSandbox};

/// The largest form that is read.
const LARGEST_FORM: usize = 16 * 1024;

/// Middleware before each server: counts the request and applies the armed faults.
pub async fn hook(
    State((sandbox, server)): State<(SharedSandbox, SandboxServer)>,
    request: Request,
    next: Next,
) -> Response {
    let Ok((call, request)) = FaultCall::read(server, request, LARGEST_FORM).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    if call.places.is_empty() {
        return next.run(request).await;
    }
    count(&sandbox, &call);
    let token = call.places.iter().any(|place| TOKEN.contains(place));
    let mut response = pass(&sandbox, call, request, next).await;
    if token {
        // If a reused connection closes without a response, Chromium sends the request again, even
        // a POST. The counters would then show a repetition by the client.
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

/// Counts requests by endpoint, valid or not.
fn count(sandbox: &Sandbox, call: &FaultCall) {
    let counters = &mut sandbox.token_store().counters;
    match call.place() {
        Some(FaultEndpoint::Authorize) => counters.authorize += 1,
        Some(FaultEndpoint::Exchange) => counters.exchange += 1,
        Some(FaultEndpoint::Refresh) => counters.refresh += 1,
        Some(FaultEndpoint::Introspection | FaultEndpoint::Api) => counters.api += 1,
        _ => {}
    }
}

/// Passes a request to the server and its response back, through every armed fault.
async fn pass(
    sandbox: &Sandbox,
    mut call: FaultCall,
    mut request: Request,
    next: Next,
) -> Response {
    let strikes = match call.place() {
        None => Vec::new(),
        Some(place) => sandbox.faults().take(&[place], &call.path, |fault, _| {
            !matches!(fault.effect, FaultEffect::Unreadable | FaultEffect::Rule)
        }),
    };
    if change(sandbox, &strikes, &mut call) {
        request = with_form(request, &call);
    }
    wait(&strikes, FaultTiming::Before).await;
    let mut reply = match instead(sandbox, &strikes, &call, FaultTiming::Before) {
        Some(reply) => reply,
        None if unsent(&strikes) => FaultReply::default(),
        None => {
            let own = whole(next.run(request).await).await;
            instead(sandbox, &strikes, &call, FaultTiming::After).unwrap_or(own)
        }
    };
    for apply in strikes.iter().chain(&returning(sandbox, &reply)) {
        if let FaultEffect::Answer(change) = apply.fault.effect {
            change(sandbox, &apply.settings, &call, &mut reply);
        }
    }
    if unreadable(sandbox, &call, &reply) {
        guard::close(reply.headers_mut());
    }
    wait(&strikes, FaultTiming::After).await;
    let spoil = strikes.iter().find_map(|apply| match apply.fault.effect {
        FaultEffect::Wire(spoil) => Some((spoil, &apply.settings)),
        _ => None,
    });
    match spoil {
        Some((spoil, settings)) => spoil(settings, reply),
        None => reply.map(Body::from),
    }
}

fn change(sandbox: &Sandbox, strikes: &[AppliedFault], call: &mut FaultCall) -> bool {
    let mut changed = false;
    for apply in strikes {
        if let FaultEffect::Request(change) = apply.fault.effect {
            change(sandbox, &apply.settings, &mut call.form);
            changed = true;
        }
    }
    changed
}

fn with_form(request: Request, call: &FaultCall) -> Request {
    let (mut parts, _) = request.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Request::from_parts(parts, Body::from(call.form.query()))
}

/// Ends with the server: the runtime drops the waiting tasks.
async fn wait(strikes: &[AppliedFault], now: FaultTiming) {
    for apply in strikes {
        if matches!(apply.fault.effect, FaultEffect::Wait)
            && apply.settings.when(FaultTiming::After) == now
        {
            tokio::time::sleep(Duration::from_millis(apply.settings.number("ms"))).await;
        }
    }
}

/// Returns the first response of a fault in place of the server at this point, with CORS headers.
fn instead(
    sandbox: &Sandbox,
    strikes: &[AppliedFault],
    call: &FaultCall,
    now: FaultTiming,
) -> Option<FaultReply> {
    let place = call.place()?;
    let mut reply = strikes.iter().find_map(|apply| match apply.fault.effect {
        FaultEffect::Instead(own, make) if apply.settings.when(own) == now => {
            Some(make(sandbox, &apply.settings, place))
        }
        _ => None,
    })?;
    if place.is_cross_origin() {
        guard::open(sandbox, call.origin.as_ref(), reply.headers_mut(), false);
    }
    Some(reply)
}

/// Whether the request must not reach the server.
fn unsent(strikes: &[AppliedFault]) -> bool {
    strikes.iter().any(|apply| {
        let wire = matches!(apply.fault.effect, FaultEffect::Wire(_));
        wire && apply.settings.when(FaultTiming::After) == FaultTiming::Before
    })
}

/// Reads a response of the server, which is always in memory.
async fn whole(response: Response) -> FaultReply {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    FaultReply::from_parts(parts, body)
}

/// Applies the faults of the redirect to the client, if the response is one.
fn returning(sandbox: &Sandbox, reply: &FaultReply) -> Vec<AppliedFault> {
    let client = sandbox.addresses.redirect_uri();
    let location = reply.headers().get(header::LOCATION);
    let location = location.and_then(|value| value.to_str().ok());
    let query = location.and_then(|address| address.strip_prefix(&client));
    if query.is_none_or(|query| !query.starts_with('?')) {
        return Vec::new();
    }
    sandbox
        .faults()
        .take(&[FaultEndpoint::Callback], "", |_, _| true)
}

fn unreadable(sandbox: &Sandbox, call: &FaultCall, reply: &FaultReply) -> bool {
    let error = reply.status().is_client_error() || reply.status().is_server_error();
    let strikes = sandbox
        .faults()
        .take(&call.places, &call.path, |fault, settings| {
            let all = settings.text("only") != "errors";
            matches!(fault.effect, FaultEffect::Unreadable) && (all || error)
        });
    !strikes.is_empty()
}
