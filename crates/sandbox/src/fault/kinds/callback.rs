//! Faults of the redirect that leads back to the client.

use axum::http::{HeaderValue, header};

use crate::fault::call::FaultCall;
use crate::fault::endpoint::FaultEndpoint;
use crate::fault::row::{
    FaultEffect, FaultParameter, FaultReply, FaultRow, FaultSettings, ParameterKind,
};
use crate::params::Params;
use crate::server_state::ServerState;

const AT: &[FaultEndpoint] = &[FaultEndpoint::Callback];

const PARAMETER: FaultParameter = FaultParameter {
    name: "parameter",
    does: "",
    kind: ParameterKind::Choice(&["state", "code", "error", "iss"]),
};

/// Faults that change the redirect to the client.
pub const FAULTS: &[FaultRow] = &[
    FaultRow {
        name: "callback-drop",
        does: "A parameter is missing.",
        at: AT,
        parameters: &[PARAMETER],
        effect: FaultEffect::Answer(drop),
    },
    FaultRow {
        name: "callback-repeat",
        does: "A parameter stands twice, with the same value.",
        at: AT,
        parameters: &[PARAMETER],
        effect: FaultEffect::Answer(repeat),
    },
    FaultRow {
        name: "callback-change",
        does: "A parameter has another value.",
        at: AT,
        parameters: &[PARAMETER, VALUE],
        effect: FaultEffect::Answer(change),
    },
    FaultRow {
        name: "callback-add",
        does: "A parameter is added: an error next to a code, or an unknown one.",
        at: AT,
        parameters: &[
            FaultParameter {
                name: "name",
                does: "",
                kind: ParameterKind::Text("extra"),
            },
            VALUE,
        ],
        effect: FaultEffect::Answer(add),
    },
    FaultRow {
        name: "iss",
        does: "The issuer is named, as RFC 9207 has it. Without this fault it is absent.",
        at: AT,
        parameters: &[FaultParameter {
            name: "value",
            does: "whether it is the sandbox's own; slash: its own with a slash behind it",
            kind: ParameterKind::Choice(&["wrong", "right", "slash"]),
        }],
        effect: FaultEffect::Answer(iss),
    },
    FaultRow {
        name: "callback-form",
        does: "The answer has another form than a query: it is in the fragment, has its \"&\" escaped \
               for HTML, follows a second \"?\", has a fragment \"#_=_\" behind it, or is missing.",
        at: AT,
        parameters: &[FaultParameter {
            name: "form",
            does: "",
            kind: ParameterKind::Choice(&["fragment", "escaped", "question", "sign", "empty"]),
        }],
        effect: FaultEffect::Answer(form),
    },
    FaultRow {
        name: "callback-raw",
        does: "The answer is followed by this text as it is, or replaced by it.",
        at: AT,
        parameters: &[
            FaultParameter {
                name: "text",
                does: "{state} stands for the state",
                kind: ParameterKind::Text("&x=%E9"),
            },
            FaultParameter {
                name: "where",
                does: "",
                kind: ParameterKind::Choice(&["behind", "instead"]),
            },
        ],
        effect: FaultEffect::Answer(raw),
    },
];

const VALUE: FaultParameter = FaultParameter {
    name: "value",
    does: "",
    kind: ParameterKind::Text("changed-by-the-sandbox"),
};

/// Edits the query of the address that is redirected to.
fn edit(reply: &mut FaultReply, change: impl FnOnce(&mut Params)) {
    let location = reply.headers().get(header::LOCATION);
    let Some((address, old)) = location
        .and_then(|value| value.to_str().ok())
        .and_then(|address| address.split_once('?'))
    else {
        return;
    };
    let mut params = Params::parse(old.as_bytes());
    change(&mut params);
    let new = format!("{address}?{}", params.query());
    if let Ok(new) = HeaderValue::from_str(&new) {
        reply.headers_mut().insert(header::LOCATION, new);
    }
}

fn drop(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |params| params.set(settings.text("parameter"), &[]));
}

fn repeat(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |params| {
        let name = settings.text("parameter");
        let value = params.all(name).next().map(str::to_owned);
        if let Some(value) = value {
            params.set(name, &[&value, &value]);
        }
    });
}

fn change(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |params| {
        let name = settings.text("parameter");
        if params.all(name).next().is_some() {
            params.set(name, &[settings.text("value")]);
        }
    });
}

fn add(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |params| {
        params.add(settings.text("name"), settings.text("value"))
    });
}

fn iss(sandbox: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    let issuer = match settings.text("value") {
        "right" => sandbox.addresses.auth.clone(),
        "slash" => format!("{}/", sandbox.addresses.auth),
        _ => "https://another-issuer.example".to_owned(),
    };
    edit(reply, |params| params.set("iss", &[&issuer]));
}

/// Joins an address from its part before the query and the query.
fn rewrite(reply: &mut FaultReply, write: impl FnOnce(&str, &str) -> String) {
    let location = reply.headers().get(header::LOCATION);
    let parts = location
        .and_then(|value| value.to_str().ok())
        .and_then(|address| address.split_once('?'));
    let new = parts.map(|(address, query)| write(address, query));
    if let Some(Ok(new)) = new.map(|new| HeaderValue::from_str(&new)) {
        reply.headers_mut().insert(header::LOCATION, new);
    }
}

fn form(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    rewrite(reply, |address, query| match settings.text("form") {
        "escaped" => format!("{address}?{}", query.replace('&', "&amp;")),
        "question" => format!("{address}?lang=en?{query}"),
        "sign" => format!("{address}?{query}#_=_"),
        "empty" => address.to_owned(),
        _ => format!("{address}#{query}"),
    });
}

fn raw(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    rewrite(reply, |address, query| {
        let mut state = query
            .split('&')
            .filter_map(|pair| pair.strip_prefix("state="));
        let text = settings.text("text");
        let text = text.replace("{state}", state.next().unwrap_or_default());
        match settings.text("where") {
            "instead" => format!("{address}?{text}"),
            _ => format!("{address}?{query}{text}"),
        }
    });
}
