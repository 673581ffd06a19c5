//! Faults that only a browser notices, by headers.

use axum::http::{HeaderName, HeaderValue};

use crate::fault::call::FaultCall;
use crate::fault::endpoint::{CALLS, FaultEndpoint};
use crate::fault::row::{
    FaultEffect, FaultParameter, FaultReply, FaultRow, FaultSettings, ParameterKind,
};
use crate::server_state::ServerState;

/// Faults about rules that the browser enforces, such as CORS.
pub const FAULTS: &[FaultRow] = &[
    FaultRow {
        name: "cors-off",
        does: "Answers carry no CORS headers, so the site cannot read them; nor do preflights.",
        at: CALLS,
        parameters: &[FaultParameter {
            name: "only",
            does: "all answers, or those with an error status",
            kind: ParameterKind::Choice(&["all", "errors"]),
        }],
        effect: FaultEffect::Unreadable,
    },
    FaultRow {
        name: "coop",
        does: "The login and consent pages carry Cross-Origin-Opener-Policy, which cuts a popup off.",
        at: &[FaultEndpoint::Pages],
        parameters: &[FaultParameter {
            name: "policy",
            does: "",
            kind: ParameterKind::Choice(&["same-origin", "same-origin-allow-popups"]),
        }],
        effect: FaultEffect::Answer(coop),
    },
];

fn coop(_: &ServerState, settings: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    let name = HeaderName::from_static("cross-origin-opener-policy");
    if let Ok(policy) = HeaderValue::from_str(settings.text("policy")) {
        reply.headers_mut().insert(name, policy);
    }
}
