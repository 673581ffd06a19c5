//! Faults that respond in place of the server.

use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use outlay_pleo::ApiProblem;
use serde_json::json;

use crate::fault::endpoint::{API, CALLS, FaultEndpoint, REQUESTS};
use crate::fault::row::{
    FaultEffect, FaultParameter, FaultReply, FaultRow, FaultSettings, FaultTiming, ParameterKind,
    WHEN,
};
use crate::server_state::ServerState;

/// Faults that replace or change a response.
pub const FAULTS: &[FaultRow] = &[
    FaultRow {
        name: "status",
        does: "An error status. The API gives Pleo's error body, the others a page of HTML.",
        at: REQUESTS,
        parameters: &[
            FaultParameter {
                name: "status",
                does: "",
                kind: ParameterKind::Code(&[500, 502, 504, 400, 401, 403, 404, 409, 413, 415, 422]),
            },
            WHEN,
        ],
        effect: FaultEffect::Instead(FaultTiming::After, status),
    },
    FaultRow {
        name: "busy",
        does: "Too many requests, or unavailable; answered before the server acts.",
        at: CALLS,
        parameters: &[
            FaultParameter {
                name: "status",
                does: "",
                kind: ParameterKind::Code(&[429, 503]),
            },
            FaultParameter {
                name: "retryAfter",
                does: "seconds for a Retry-After header, which is absent without",
                kind: ParameterKind::Whole {
                    least: 0,
                    most: 86_400,
                    default: None,
                },
            },
            FaultParameter {
                name: "as",
                does: "how Retry-After is written",
                kind: ParameterKind::Choice(&["seconds", "date"]),
            },
            FaultParameter {
                name: "text",
                does: "any text for Retry-After, in place of the seconds",
                kind: ParameterKind::Text(""),
            },
            FaultParameter {
                name: "readable",
                does: "whether a page of another origin may read Retry-After",
                kind: ParameterKind::Choice(&["yes", "no"]),
            },
        ],
        effect: FaultEffect::Instead(FaultTiming::Before, busy),
    },
    FaultRow {
        name: "html",
        does: "A page of HTML with status 200, as from a network that wants a log-in first.",
        at: CALLS,
        parameters: &[WHEN],
        effect: FaultEffect::Instead(FaultTiming::After, html),
    },
    FaultRow {
        name: "not-json",
        does: "Status 200 and a body that says it is JSON and is not.",
        at: CALLS,
        parameters: &[WHEN],
        effect: FaultEffect::Instead(FaultTiming::After, not_json),
    },
    FaultRow {
        name: "empty",
        does: "Status 200 and an empty body.",
        at: CALLS,
        parameters: &[WHEN],
        effect: FaultEffect::Instead(FaultTiming::After, empty),
    },
    FaultRow {
        name: "redirect",
        does: "A redirect to a path of the API that does not exist: a client that follows it is counted there.",
        at: CALLS,
        parameters: &[FaultParameter {
            name: "status",
            does: "",
            kind: ParameterKind::Code(&[302, 303, 307]),
        }],
        effect: FaultEffect::Instead(FaultTiming::Before, redirect),
    },
];

const JSON: &str = "application/json;charset=UTF-8";
const HTML: &str = "text/html; charset=utf-8";

fn reply(status: u64, kind: &'static str, body: impl Into<Bytes>) -> FaultReply {
    let mut reply = FaultReply::new(body.into());
    let status = u16::try_from(status).ok();
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    *reply.status_mut() = status.unwrap_or_default();
    let kind = HeaderValue::from_static(kind);
    reply.headers_mut().insert(header::CONTENT_TYPE, kind);
    reply
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn status(_: &ServerState, settings: &FaultSettings, place: FaultEndpoint) -> FaultReply {
    let status = settings.number("status");
    if !API.contains(&place) {
        let page = format!("<!doctype html>\n<title>{status}</title>\n<h1>{status}</h1>\n");
        return reply(status, HTML, page);
    }
    let problem = ApiProblem {
        kind: "SANDBOX_FAULT".to_owned(),
        message: Some(format!("A fault of the sandbox answers {status}.")),
    };
    let mut reply = reply(status, JSON, outlay_wire::to_text(&problem));
    if status == 401 {
        let challenge = "Bearer realm=\"sandbox\", error=\"invalid_token\"";
        insert(reply.headers_mut(), header::WWW_AUTHENTICATE, challenge);
    }
    reply
}

/// The body looks like a refusal of the token endpoint, so that only the status shows the difference.
fn busy(_: &ServerState, settings: &FaultSettings, _: FaultEndpoint) -> FaultReply {
    let body = json!({"error": "temporarily_unavailable", "type": "SANDBOX_FAULT"});
    let mut reply = reply(settings.number("status"), JSON, body.to_string());
    let headers = reply.headers_mut();
    let given = Some(settings.text("text")).filter(|text| !text.is_empty());
    let seconds = settings.whole("retryAfter").map(|seconds| {
        if settings.text("as") == "date" {
            httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(seconds))
        } else {
            seconds.to_string()
        }
    });
    if let Some(text) = given.map(str::to_owned).or(seconds) {
        insert(headers, header::RETRY_AFTER, &text);
        if settings.text("readable") == "yes" {
            insert(
                headers,
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                "Retry-After",
            );
        }
    }
    reply
}

fn html(_: &ServerState, _: &FaultSettings, _: FaultEndpoint) -> FaultReply {
    let page = "<!doctype html>\n<title>Welcome</title>\n<h1>Log in to this network</h1>\n";
    reply(200, HTML, page)
}

fn not_json(_: &ServerState, _: &FaultSettings, _: FaultEndpoint) -> FaultReply {
    reply(200, JSON, "{\"data\": [ this is no JSON")
}

fn empty(_: &ServerState, _: &FaultSettings, _: FaultEndpoint) -> FaultReply {
    reply(200, JSON, Bytes::new())
}

fn redirect(sandbox: &ServerState, settings: &FaultSettings, _: FaultEndpoint) -> FaultReply {
    let mut reply = reply(settings.number("status"), HTML, Bytes::new());
    let address = format!("{}/redirected", sandbox.addresses.api);
    insert(reply.headers_mut(), header::LOCATION, &address);
    reply
}
