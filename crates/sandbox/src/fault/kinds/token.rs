//! Faults of token responses: errors, and fields that are missing or unusual.

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use crate::fault::call::FaultCall;
use crate::fault::endpoint::{FaultEndpoint, TOKEN};
use crate::fault::row::{
    FaultEffect, FaultParameter, FaultReply, FaultRow, FaultSettings, FaultTiming, ParameterKind,
};
use crate::params::Params;
use crate::server_state::ServerState;

/// Faults that change a token response.
pub const FAULTS: &[FaultRow] = &[
    FaultRow {
        name: "refuse",
        does: "A refusal in OAuth's form. The server does not act: nothing is redeemed or ended.",
        at: TOKEN,
        parameters: &[
            FaultParameter {
                name: "error",
                does: "Pleo names invalid_grant, invalid_token, invalid_refresh_token",
                kind: ParameterKind::Text("invalid_grant"),
            },
            FaultParameter {
                name: "status",
                does: "",
                kind: ParameterKind::Code(&[400, 401, 403]),
            },
        ],
        effect: FaultEffect::Instead(FaultTiming::Before, refuse),
    },
    FaultRow {
        name: "drop-field",
        does: "A field is missing. A refresh without a new refresh token leaves the old one good.",
        at: TOKEN,
        parameters: &[FaultParameter {
            name: "field",
            does: "",
            kind: ParameterKind::Choice(&[
                "expires_in",
                "refresh_token",
                "scope",
                "token_type",
                "access_token",
            ]),
        }],
        effect: FaultEffect::Answer(drop_field),
    },
    FaultRow {
        name: "expires-in",
        does: "expires_in is no positive whole number.",
        at: TOKEN,
        parameters: &[FaultParameter {
            name: "form",
            does: "",
            kind: ParameterKind::Choice(&[
                "string", "zero", "negative", "fraction", "words", "null",
            ]),
        }],
        effect: FaultEffect::Answer(expires_in),
    },
    FaultRow {
        name: "token-type",
        does: "token_type is another than Bearer.",
        at: TOKEN,
        parameters: &[FaultParameter {
            name: "value",
            does: "",
            kind: ParameterKind::Text("mac"),
        }],
        effect: FaultEffect::Answer(token_type),
    },
    FaultRow {
        name: "narrow-scope",
        does: "One scope less is granted, in truth and not only in words. The last one stays.",
        at: &[FaultEndpoint::Refresh, FaultEndpoint::Consent],
        parameters: &[FaultParameter {
            name: "without",
            does: "the scope; if empty, the last in the list",
            kind: ParameterKind::Text(""),
        }],
        effect: FaultEffect::Request(narrow_scope),
    },
];

fn refuse(_: &ServerState, settings: &FaultSettings, _: FaultEndpoint) -> FaultReply {
    let body = json!({
        "error": settings.text("error"),
        "error_description": "A fault of the sandbox refuses.",
    });
    let mut reply = FaultReply::new(Bytes::from(body.to_string()));
    let status = u16::try_from(settings.number("status")).ok();
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    *reply.status_mut() = status.unwrap_or(StatusCode::BAD_REQUEST);
    let kind = HeaderValue::from_static("application/json");
    reply.headers_mut().insert(header::CONTENT_TYPE, kind);
    reply
}

/// Edits the object of a success response; other responses stay unchanged.
pub(super) fn edit(reply: &mut FaultReply, change: impl FnOnce(&mut Map<String, Value>)) {
    let body = serde_json::from_slice(reply.body());
    if reply.status().is_success()
        && let Ok(Value::Object(mut object)) = body
    {
        change(&mut object);
        *reply.body_mut() = Bytes::from(Value::Object(object).to_string());
    }
}

fn drop_field(
    sandbox: &ServerState,
    settings: &FaultSettings,
    call: &FaultCall,
    reply: &mut FaultReply,
) {
    let field = settings.text("field");
    edit(reply, |answer| {
        let dropped = answer.remove(field);
        if field == "refresh_token"
            && let Some(Value::String(unseen)) = dropped
            && let Some(old) = call.form.all("refresh_token").next()
        {
            sandbox.token_store().unrotate(old, &unseen);
        }
    });
}

fn expires_in(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |answer| {
        let seconds = answer.get("expires_in").and_then(Value::as_u64);
        let seconds = seconds.unwrap_or_default();
        let odd = match settings.text("form") {
            "string" => json!(seconds.to_string()),
            "zero" => json!(0),
            "negative" => json!(-1),
            "fraction" => json!(0.5),
            "words" => json!("a while"),
            _ => Value::Null,
        };
        answer.insert("expires_in".to_owned(), odd);
    });
}

fn token_type(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |answer| {
        answer.insert("token_type".to_owned(), json!(settings.text("value")));
    });
}

fn narrow_scope(sandbox: &ServerState, settings: &FaultSettings, form: &mut Params) {
    let refresh = form.all("refresh_token").next();
    let granted: Vec<String> = match refresh {
        Some(token) => sandbox.token_store().granted(token).to_vec(),
        None => form.all("scope").map(str::to_owned).collect(),
    };
    let without = match settings.text("without") {
        "" => granted.last().map_or("", String::as_str),
        named => named,
    };
    let mut kept: Vec<&str> = granted.iter().map(String::as_str).collect();
    kept.retain(|scope| *scope != without);
    if kept.is_empty() {
        return;
    }
    // The consent form has one field for each scope, a refresh has one for all.
    let joined = kept.join(" ");
    let kept = if refresh.is_some() {
        vec![joined.as_str()]
    } else {
        kept
    };
    form.set("scope", &kept);
}
