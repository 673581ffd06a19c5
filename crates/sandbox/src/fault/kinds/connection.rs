//! Faults of the connection: lost, cut, slow or too long responses.

use std::future::ready;
use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use futures::stream;
use tokio::task::yield_now;

use crate::fault::endpoint::{CALLS, REQUESTS};
use crate::fault::row::{
    FaultEffect, FaultParameter, FaultReply, FaultRow, FaultSettings, ParameterKind, WHEN,
};

/// Faults of the TCP connection: delays, truncation, resets.
pub const FAULTS: &[FaultRow] = &[
    FaultRow {
        name: "lost",
        does: "The connection is closed without an answer.",
        at: REQUESTS,
        parameters: &[WHEN],
        effect: FaultEffect::Wire(lose),
    },
    FaultRow {
        name: "cut",
        does: "The answer breaks off half-way: its Content-Length promises more than is sent.",
        at: REQUESTS,
        parameters: &[],
        effect: FaultEffect::Wire(cut),
    },
    FaultRow {
        name: "slow",
        does: "The answer takes its time.",
        at: REQUESTS,
        parameters: &[
            FaultParameter {
                name: "ms",
                does: "milliseconds",
                kind: ParameterKind::Whole {
                    least: 1,
                    most: 120_000,
                    default: Some(5000),
                },
            },
            WHEN,
        ],
        effect: FaultEffect::Wait,
    },
    FaultRow {
        name: "huge",
        does: "The answer is a 200 with far too large a body of JSON, of no declared length.",
        at: CALLS,
        parameters: &[
            FaultParameter {
                name: "megabytes",
                does: "of 1,000,000 bytes",
                kind: ParameterKind::Whole {
                    least: 1,
                    most: 200,
                    default: Some(50),
                },
            },
            FaultParameter {
                name: "of",
                does: "one long text, or many rows",
                kind: ParameterKind::Choice(&["text", "rows"]),
            },
        ],
        effect: FaultEffect::Wire(swell),
    },
];

fn broken() -> io::Error {
    io::Error::from(io::ErrorKind::ConnectionAborted)
}

/// A body that fails at once makes the server close the connection before it writes the head.
fn lose(_: &FaultSettings, _: FaultReply) -> Response {
    let body = stream::once(ready(Err::<Bytes, _>(broken())));
    Response::new(Body::from_stream(body))
}

fn cut(_: &FaultSettings, reply: FaultReply) -> Response {
    let (mut parts, body) = reply.into_parts();
    let promised = HeaderValue::from(body.len().max(1));
    parts.headers.insert(header::CONTENT_LENGTH, promised);
    let half = body.slice(..body.len() / 2);
    let body = stream::unfold(Some(half), |half| async move {
        match half {
            Some(half) => Some((Ok(half), None)),
            None => {
                // Sends the bytes so far before the connection is closed.
                yield_now().await;
                Some((Err(broken()), None))
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(body))
}

fn swell(settings: &FaultSettings, reply: FaultReply) -> Response {
    const CHUNK: usize = 50_000;
    const ROW: &[u8] =
        br#"{"id":"00000000-0000-0000-0000-000000000000","name":"One of many","of":[1,2]},"#;
    let (start, filling, end): (&[u8], _, &[u8]) = match settings.text("of") {
        "rows" => (b"{\"data\":[", ROW.repeat(CHUNK / ROW.len()), b"{}]}"),
        _ => (b"{\"data\":\"", vec![b'x'; CHUNK], b"\"}"),
    };
    let chunks = settings.number("megabytes") * 1_000_000 / filling.len() as u64;
    let filling = Bytes::from(filling);
    let text = (0..chunks).map(move |_| filling.clone());
    let body = std::iter::once(Bytes::from_static(start));
    let body = body.chain(text).chain([Bytes::from_static(end)]);
    let (mut parts, _) = reply.into_parts();
    parts.status = StatusCode::OK;
    let kind = HeaderValue::from_static("application/json");
    parts.headers.insert(header::CONTENT_TYPE, kind);
    let body = stream::iter(body.map(Ok::<Bytes, io::Error>));
    Response::from_parts(parts, Body::from_stream(body))
}
