//! Faults with a response from the caller: a whole body, or single values of a genuine one.

use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::fault::call::FaultCall;
use crate::fault::endpoint::{FaultEndpoint, REQUESTS};
use crate::fault::row::{
    FaultEffect, FaultParameter, FaultReply, FaultRow, FaultSettings, FaultTiming, ParameterKind,
    WHEN,
};
use crate::server_state::ServerState;

const HEADER: FaultParameter = FaultParameter {
    name: "header",
    does: "one more header, as Name: value, which pages of the site may read",
    kind: ParameterKind::Text(""),
};

/// Faults with a response that the console states.
pub const FAULTS: &[FaultRow] = &[
    FaultRow {
        name: "body",
        does: "An answer of exactly these bytes.",
        at: REQUESTS,
        parameters: &[
            FaultParameter {
                name: "status",
                does: "",
                kind: ParameterKind::Whole {
                    least: 200,
                    most: 599,
                    default: Some(200),
                },
            },
            FaultParameter {
                name: "type",
                does: "the Content-Type; no header if empty",
                kind: ParameterKind::Text("application/json;charset=UTF-8"),
            },
            FaultParameter {
                name: "base64",
                does: "the bytes, in Base64",
                kind: ParameterKind::LongText,
            },
            HEADER,
            WHEN,
        ],
        effect: FaultEffect::Instead(FaultTiming::After, body),
    },
    FaultRow {
        name: "patch",
        does: "Values of a genuine JSON answer are replaced.",
        at: REQUESTS,
        parameters: &[
            FaultParameter {
                name: "changes",
                does: "a JSON object from JSON Pointers (RFC 6901) to JSON texts, which are put in \
                       as they are; an empty text removes the value",
                kind: ParameterKind::LongText,
            },
            HEADER,
        ],
        effect: FaultEffect::Answer(patch),
    },
];

fn body(_: &ServerState, settings: &FaultSettings, _: FaultEndpoint) -> FaultReply {
    let bytes = STANDARD.decode(settings.text("base64")).unwrap_or_default();
    let mut reply = FaultReply::new(Bytes::from(bytes));
    let status = u16::try_from(settings.number("status")).ok();
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    *reply.status_mut() = status.unwrap_or_default();
    if let Ok(kind) = HeaderValue::from_str(settings.text("type"))
        && !kind.is_empty()
    {
        reply.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    add_header(settings, &mut reply);
    reply
}

/// Adds the header of the parameter `header` and lets pages of another origin read it.
fn add_header(settings: &FaultSettings, reply: &mut FaultReply) {
    let Some((name, value)) = settings.text("header").split_once(':') else {
        return;
    };
    let name = name.trim();
    if let (Ok(name), Ok(value), Ok(exposed)) = (
        HeaderName::try_from(name),
        HeaderValue::from_str(value.trim()),
        HeaderValue::from_str(name),
    ) {
        let headers = reply.headers_mut();
        headers.append(name, value);
        headers.append(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
}

/// Replaces values by raw text: a tree of values could hold no unpaired surrogate.
fn patch(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    add_header(settings, reply);
    let (Ok(mut answer), Ok(changes)) = (
        serde_json::from_slice::<Value>(reply.body()),
        serde_json::from_str::<Map<String, Value>>(settings.text("changes")),
    ) else {
        return;
    };
    let mut texts = Vec::new();
    for (pointer, text) in &changes {
        let text = text.as_str().unwrap_or_default();
        if text.is_empty() {
            remove(&mut answer, pointer);
        } else {
            let mark = format!("outlay-sandbox-patch-{}", texts.len());
            insert(&mut answer, pointer, Value::String(mark.clone()));
            texts.push((format!("\"{mark}\""), text));
        }
    }
    let mut whole = answer.to_string();
    for (mark, text) in texts {
        whole = whole.replacen(&mark, text, 1);
    }
    *reply.body_mut() = Bytes::from(whole);
}

/// The value that holds the one of this pointer, and its name in there.
fn parent<'a>(answer: &'a mut Value, pointer: &str) -> Option<(&'a mut Value, String)> {
    let (parent, name) = pointer.rsplit_once('/')?;
    let name = name.replace("~1", "/").replace("~0", "~");
    Some((answer.pointer_mut(parent)?, name))
}

fn insert(answer: &mut Value, pointer: &str, value: Value) {
    if pointer.is_empty() {
        *answer = value;
        return;
    }
    match parent(answer, pointer) {
        Some((Value::Object(object), name)) => {
            object.insert(name, value);
        }
        Some((Value::Array(list), name)) => match name.parse::<usize>() {
            Ok(at) if at < list.len() => list[at] = value,
            _ => list.push(value),
        },
        _ => {}
    }
}

fn remove(answer: &mut Value, pointer: &str) {
    match parent(answer, pointer) {
        Some((Value::Object(object), name)) => {
            object.remove(&name);
        }
        Some((Value::Array(list), name)) => {
            if let Some(at) = name.parse().ok().filter(|at| *at < list.len()) {
                list.remove(at);
            }
        }
        _ => {}
    }
}
