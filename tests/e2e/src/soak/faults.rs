//! The faults of a soak. None of them may make the vault present a refresh token again: where its
//! answer is lost, late, unreadable or incomplete, the rule is that it is not repeated.

use super::plan::SoakRng;
use crate::fault::{FaultPath, FaultWhen, SandboxFault, SandboxOrder};

const TOKEN: [FaultPath; 3] = [FaultPath::Refresh, FaultPath::Refresh, FaultPath::Exchange];
const ANY: [FaultPath; 6] = [
    FaultPath::Refresh,
    FaultPath::Refresh,
    FaultPath::Exchange,
    FaultPath::Introspection,
    FaultPath::Api,
    FaultPath::Api,
];
const FIELDS: [&str; 5] = [
    "expires_in",
    "refresh_token",
    "scope",
    "token_type",
    "access_token",
];
const FORMS: [&str; 6] = ["string", "zero", "negative", "fraction", "words", "null"];
const REFUSALS: [&str; 3] = ["invalid_grant", "invalid_token", "invalid_refresh_token"];
const STATUSES: [u16; 11] = [500, 502, 504, 400, 401, 403, 404, 409, 413, 415, 422];

/// One of them, with all that it is told.
pub(super) fn draw(rng: &mut SoakRng) -> SandboxOrder {
    let when = rng.pick(&[FaultWhen::Before, FaultWhen::After]);
    let token = [rng.pick(&TOKEN)];
    let any = [rng.pick(&ANY)];
    match rng.below(30) {
        0..3 => SandboxFault::Lost { when }.at(&any),
        3 => SandboxFault::Cut.at(&any),
        4..7 => SandboxFault::Slow {
            ms: rng.pick(&[300, 1_000, 4_000]),
            when,
        }
        .at(&[rng.pick(&[any[0], FaultPath::Authorize])]),
        7 => SandboxFault::Huge {
            megabytes: 1,
            of: "text",
        }
        .at(&[FaultPath::Api]),
        8..10 => SandboxFault::Status {
            status: rng.pick(&STATUSES),
            when,
        }
        .at(&any),
        10..14 => SandboxFault::Busy {
            status: rng.pick(&[429, 503]),
            retry_after: rng.pick(&[None, Some(0), Some(1), Some(2)]),
            written: rng.pick(&["seconds", "date"]),
            text: "",
            readable: rng.pick(&["yes", "no"]),
        }
        .at(&any),
        14 => SandboxFault::Html { when }.at(&any),
        15 => SandboxFault::NotJson { when }.at(&any),
        16 => SandboxFault::Empty { when }.at(&any),
        17 => SandboxFault::Redirect {
            status: rng.pick(&[302, 303, 307]),
        }
        .at(&any),
        18 => SandboxFault::Refuse {
            error: rng.pick(&REFUSALS),
            status: rng.pick(&[400, 401, 403]),
        }
        .at(&token),
        19..21 => SandboxFault::DropField {
            field: rng.pick(&FIELDS),
        }
        .at(&token),
        21 => SandboxFault::ExpiresIn {
            form: rng.pick(&FORMS),
        }
        .at(&token),
        22 => SandboxFault::TokenType { value: "mac" }.at(&token),
        23 => {
            let places = [FaultPath::Refresh, FaultPath::Consent];
            SandboxFault::NarrowScope { without: "" }.at(&[rng.pick(&places)])
        }
        24 => SandboxFault::CorsOff {
            only: rng.pick(&["all", "errors"]),
        }
        .at(&any),
        25 => callback(rng),
        26 => SandboxFault::Clock {
            seconds: rng.pick(&[2, 10, 600]),
        }
        .into(),
        27 => rng
            .pick(&[true, false])
            .then_some(SandboxFault::OtherCompany)
            .map_or_else(
                || {
                    SandboxFault::Coop {
                        policy: "same-origin",
                    }
                    .into()
                },
                SandboxOrder::from,
            ),
        28 => SandboxFault::OtherSubject.into(),
        _ => SandboxFault::NoSubject.into(),
    }
}

fn callback(rng: &mut SoakRng) -> SandboxOrder {
    let parameter = rng.pick(&["state", "code"]);
    match rng.below(5) {
        0 => SandboxFault::CallbackDrop { parameter },
        1 => SandboxFault::CallbackRepeat { parameter },
        2 => SandboxFault::CallbackChange {
            parameter,
            value: "x",
        },
        3 => SandboxFault::CallbackAdd {
            name: rng.pick(&["error", "extra"]),
            value: "x",
        },
        _ => SandboxFault::Iss {
            value: rng.pick(&["right", "wrong"]),
        },
    }
    .into()
}
