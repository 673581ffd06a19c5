//! Faults that only a browser notices: headers which open or shut.

use axum::http::{HeaderName, HeaderValue};

use crate::fault::call::Call;
use crate::fault::place::{CALLS, Place};
use crate::fault::row::{Effect, Fault, Kind, Parameter, Reply, Settings};
use crate::server_state::ServerState;

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "cors-off",
        does: "Answers carry no CORS headers, so the site cannot read them; nor do preflights.",
        at: CALLS,
        parameters: &[Parameter {
            name: "only",
            does: "all answers, or those with an error status",
            kind: Kind::Choice(&["all", "errors"]),
        }],
        effect: Effect::Unreadable,
    },
    Fault {
        name: "coop",
        does: "The login and consent pages carry Cross-Origin-Opener-Policy, which cuts a popup off.",
        at: &[Place::Pages],
        parameters: &[Parameter {
            name: "policy",
            does: "",
            kind: Kind::Choice(&["same-origin", "same-origin-allow-popups"]),
        }],
        effect: Effect::Answer(coop),
    },
];

fn coop(_: &ServerState, settings: &Settings, _: &Call, reply: &mut Reply) {
    let name = HeaderName::from_static("cross-origin-opener-policy");
    if let Ok(policy) = HeaderValue::from_str(settings.text("policy")) {
        reply.headers_mut().insert(name, policy);
    }
}
