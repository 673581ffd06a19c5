//! Faults of the session: its subject and its end.

use std::time::Duration;

use outlay_pleo::Subject;
use serde_json::{Value, json};

use crate::fault::call::FaultCall;
use crate::fault::endpoint::FaultEndpoint;
use crate::fault::kinds::token::edit;
use crate::fault::row::{
    FaultEffect, FaultParameter, FaultReply, FaultRow, FaultSettings, ParameterKind,
};
use crate::params::Params;
use crate::server_state::ServerState;

const SUBJECT: &str = "subjectURN";

/// Faults about sessions and subjects.
pub const FAULTS: &[FaultRow] = &[
    FaultRow {
        name: "revoke",
        does: "Every authorisation ends now.",
        at: &[],
        parameters: &[],
        effect: FaultEffect::Now(|sandbox, _| sandbox.revoke()),
    },
    FaultRow {
        name: "expire",
        does: "Every access token expires now; refresh tokens stay good.",
        at: &[],
        parameters: &[],
        effect: FaultEffect::Now(|sandbox, _| sandbox.expire()),
    },
    FaultRow {
        name: "clock",
        does: "The sandbox's clock jumps ahead: tokens, codes and sign-ins age by as much.",
        at: &[],
        parameters: &[FaultParameter {
            name: "seconds",
            does: "",
            kind: ParameterKind::Whole {
                least: 1,
                most: 10 * 365 * 24 * 3600,
                default: Some(3600),
            },
        }],
        effect: FaultEffect::Now(|sandbox, settings| {
            let ahead = Duration::from_secs(settings.number("seconds"));
            sandbox.clock.advance(ahead);
        }),
    },
    FaultRow {
        name: "no-installation",
        does: "No company has an installation of the client; tokens stay good.",
        at: &[],
        parameters: &[],
        effect: FaultEffect::Now(|sandbox, _| sandbox.uninstall()),
    },
    FaultRow {
        name: "other-company",
        does: "Whatever company is chosen, the grant is for the next one in the list.",
        at: &[FaultEndpoint::Consent],
        parameters: &[],
        effect: FaultEffect::Request(other_company),
    },
    FaultRow {
        name: "other-subject",
        does: "Introspection names another company than the token is for.",
        at: &[FaultEndpoint::Introspection],
        parameters: &[],
        effect: FaultEffect::Answer(other_subject),
    },
    FaultRow {
        name: "no-subject",
        does: "Introspection names no subject.",
        at: &[FaultEndpoint::Introspection],
        parameters: &[],
        effect: FaultEffect::Answer(no_subject),
    },
];

/// The company after this one, from the last to the first.
fn next<'a>(sandbox: &'a ServerState, id: &str) -> Option<&'a str> {
    let all = sandbox.sample_data.companies();
    let at = all.iter().position(|company| company.id == id)?;
    let next = all.iter().cycle().nth(at + 1);
    next.map(|company| company.id.as_str())
}

fn other_company(sandbox: &ServerState, _: &FaultSettings, form: &mut Params) {
    let chosen = form.all("company").next();
    if let Some(other) = chosen.and_then(|id| next(sandbox, id)) {
        form.set("company", &[other]);
    }
}

fn other_subject(sandbox: &ServerState, _: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |answer| {
        let subject = answer
            .get_mut("data")
            .and_then(|data| data.get_mut(SUBJECT));
        let Some(subject) = subject else { return };
        let own = subject.as_str().and_then(Subject::parse);
        let own = own.as_ref().and_then(Subject::company_id);
        if let Some(other) = own.and_then(|id| next(sandbox, id)) {
            *subject = json!(Subject::Company(other.to_owned()).urn());
        }
    });
}

fn no_subject(_: &ServerState, _: &FaultSettings, _: &FaultCall, reply: &mut FaultReply) {
    edit(reply, |answer| {
        if let Some(Value::Object(inner)) = answer.get_mut("data") {
            inner.remove(SUBJECT);
        }
    });
}
