//! Faults of the connection: lost, cut, slow, too much.

use std::future::ready;
use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use futures::stream;
use tokio::task::yield_now;

use crate::fault::place::{CALLS, REQUESTS};
use crate::fault::row::{Effect, Fault, Kind, Parameter, Reply, Settings, WHEN};

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "lost",
        does: "The connection is closed without an answer.",
        at: REQUESTS,
        parameters: &[WHEN],
        effect: Effect::Wire(lose),
    },
    Fault {
        name: "cut",
        does: "The answer breaks off half-way: its Content-Length promises more than is sent.",
        at: REQUESTS,
        parameters: &[],
        effect: Effect::Wire(cut),
    },
    Fault {
        name: "slow",
        does: "The answer takes its time.",
        at: REQUESTS,
        parameters: &[
            Parameter {
                name: "ms",
                does: "milliseconds",
                kind: Kind::Whole {
                    least: 1,
                    most: 120_000,
                    default: Some(5000),
                },
            },
            WHEN,
        ],
        effect: Effect::Wait,
    },
    Fault {
        name: "huge",
        does: "The answer is a 200 with far too large a body of JSON, of no declared length.",
        at: CALLS,
        parameters: &[
            Parameter {
                name: "megabytes",
                does: "of 1,000,000 bytes",
                kind: Kind::Whole {
                    least: 1,
                    most: 200,
                    default: Some(50),
                },
            },
            Parameter {
                name: "of",
                does: "one long text, or many rows",
                kind: Kind::Choice(&["text", "rows"]),
            },
        ],
        effect: Effect::Wire(swell),
    },
];

fn broken() -> io::Error {
    io::Error::from(io::ErrorKind::ConnectionAborted)
}

/// A body that fails at once makes the server hang up before the head is written.
fn lose(_: &Settings, _: Reply) -> Response {
    let body = stream::once(ready(Err::<Bytes, _>(broken())));
    Response::new(Body::from_stream(body))
}

fn cut(_: &Settings, reply: Reply) -> Response {
    let (mut parts, body) = reply.into_parts();
    let promised = HeaderValue::from(body.len().max(1));
    parts.headers.insert(header::CONTENT_LENGTH, promised);
    let half = body.slice(..body.len() / 2);
    let body = stream::unfold(Some(half), |half| async move {
        match half {
            Some(half) => Some((Ok(half), None)),
            None => {
                // What has been written so far leaves the house first.
                yield_now().await;
                Some((Err(broken()), None))
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(body))
}

fn swell(settings: &Settings, reply: Reply) -> Response {
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
