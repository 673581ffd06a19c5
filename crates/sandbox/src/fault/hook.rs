//! The layer before each server: it counts what is asked, and it is where faults strike.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::fault::armed::Strike;
use crate::fault::call::Call;
use crate::fault::place::{Place, Server, TOKEN};
use crate::fault::row::{Effect, Reply, When};
use crate::guard;
use crate::state::{Sandbox, Shared};

/// The largest form that is read.
const LARGEST_FORM: usize = 16 * 1024;

/// The layer.
pub async fn hook(
    State((sandbox, server)): State<(Shared, Server)>,
    request: Request,
    next: Next,
) -> Response {
    let Ok((call, request)) = Call::read(server, request, LARGEST_FORM).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    if call.places.is_empty() {
        return next.run(request).await;
    }
    count(&sandbox, &call);
    let token = call.places.iter().any(|place| TOKEN.contains(place));
    let mut response = pass(&sandbox, call, request, next).await;
    if token {
        // Chromium sends a request again, even a POST, when a connection that has served before
        // is closed without a word. A lost answer would then be counted as the client's replay.
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

/// Counts by what is tried, whatever comes of it.
fn count(sandbox: &Sandbox, call: &Call) {
    let counters = &mut sandbox.ledger().counters;
    match call.place() {
        Some(Place::Authorize) => counters.authorize += 1,
        Some(Place::Exchange) => counters.exchange += 1,
        Some(Place::Refresh) => counters.refresh += 1,
        Some(Place::Introspection | Place::Api) => counters.api += 1,
        _ => {}
    }
}

/// There and back again, past every fault that is armed for this call.
async fn pass(sandbox: &Sandbox, mut call: Call, mut request: Request, next: Next) -> Response {
    let strikes = match call.place() {
        None => Vec::new(),
        Some(place) => sandbox.faults().take(&[place], &call.path, |fault, _| {
            !matches!(fault.effect, Effect::Unreadable | Effect::Rule)
        }),
    };
    if change(sandbox, &strikes, &mut call) {
        request = with_form(request, &call);
    }
    wait(&strikes, When::Before).await;
    let mut reply = match instead(sandbox, &strikes, &call, When::Before) {
        Some(reply) => reply,
        None if unsent(&strikes) => Reply::default(),
        None => {
            let own = whole(next.run(request).await).await;
            instead(sandbox, &strikes, &call, When::After).unwrap_or(own)
        }
    };
    for strike in strikes.iter().chain(&returning(sandbox, &reply)) {
        if let Effect::Answer(change) = strike.fault.effect {
            change(sandbox, &strike.settings, &call, &mut reply);
        }
    }
    if unreadable(sandbox, &call, &reply) {
        guard::close(reply.headers_mut());
    }
    wait(&strikes, When::After).await;
    let spoil = strikes.iter().find_map(|strike| match strike.fault.effect {
        Effect::Wire(spoil) => Some((spoil, &strike.settings)),
        _ => None,
    });
    match spoil {
        Some((spoil, settings)) => spoil(settings, reply),
        None => reply.map(Body::from),
    }
}

fn change(sandbox: &Sandbox, strikes: &[Strike], call: &mut Call) -> bool {
    let mut changed = false;
    for strike in strikes {
        if let Effect::Request(change) = strike.fault.effect {
            change(sandbox, &strike.settings, &mut call.form);
            changed = true;
        }
    }
    changed
}

fn with_form(request: Request, call: &Call) -> Request {
    let (mut parts, _) = request.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Request::from_parts(parts, Body::from(call.form.query()))
}

/// Ends with the server: the runtime drops what still waits.
async fn wait(strikes: &[Strike], now: When) {
    for strike in strikes {
        if matches!(strike.fault.effect, Effect::Wait) && strike.settings.when(When::After) == now {
            tokio::time::sleep(Duration::from_millis(strike.settings.number("ms"))).await;
        }
    }
}

/// The first answer that is given in the server's stead at this point, open to the site.
fn instead(sandbox: &Sandbox, strikes: &[Strike], call: &Call, now: When) -> Option<Reply> {
    let place = call.place()?;
    let mut reply = strikes
        .iter()
        .find_map(|strike| match strike.fault.effect {
            Effect::Instead(own, make) if strike.settings.when(own) == now => {
                Some(make(sandbox, &strike.settings, place))
            }
            _ => None,
        })?;
    if place.is_cross_origin() {
        guard::open(sandbox, call.origin.as_ref(), reply.headers_mut(), false);
    }
    Some(reply)
}

/// Whether the request is to get lost before it reaches the server.
fn unsent(strikes: &[Strike]) -> bool {
    strikes.iter().any(|strike| {
        let wire = matches!(strike.fault.effect, Effect::Wire(_));
        wire && strike.settings.when(When::After) == When::Before
    })
}

/// An answer of the server's own, which are all made in memory.
async fn whole(response: Response) -> Reply {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    Reply::from_parts(parts, body)
}

/// The faults of the way back to the client, if the answer leads there.
fn returning(sandbox: &Sandbox, reply: &Reply) -> Vec<Strike> {
    let client = sandbox.addresses.redirect_uri();
    let location = reply.headers().get(header::LOCATION);
    let location = location.and_then(|value| value.to_str().ok());
    let query = location.and_then(|address| address.strip_prefix(&client));
    if query.is_none_or(|query| !query.starts_with('?')) {
        return Vec::new();
    }
    sandbox.faults().take(&[Place::Callback], "", |_, _| true)
}

fn unreadable(sandbox: &Sandbox, call: &Call, reply: &Reply) -> bool {
    let error = reply.status().is_client_error() || reply.status().is_server_error();
    let strikes = sandbox
        .faults()
        .take(&call.places, &call.path, |fault, settings| {
            let all = settings.text("only") != "errors";
            matches!(fault.effect, Effect::Unreadable) && (all || error)
        });
    !strikes.is_empty()
}
