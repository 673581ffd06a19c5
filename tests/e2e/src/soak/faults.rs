//! The faults of a soak. None of them may make the vault present a refresh token again: where its
//! answer is lost, late, unreadable or incomplete, the rule is that it is not repeated.

use super::plan::Dice;
use crate::fault::{Fault, Order, Place, When};

const TOKEN: [Place; 3] = [Place::Refresh, Place::Refresh, Place::Exchange];
const ANY: [Place; 6] = [
    Place::Refresh,
    Place::Refresh,
    Place::Exchange,
    Place::Introspection,
    Place::Api,
    Place::Api,
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
pub(super) fn draw(dice: &mut Dice) -> Order {
    let when = dice.pick(&[When::Before, When::After]);
    let token = [dice.pick(&TOKEN)];
    let any = [dice.pick(&ANY)];
    match dice.below(30) {
        0..3 => Fault::Lost { when }.at(&any),
        3 => Fault::Cut.at(&any),
        4..7 => Fault::Slow {
            ms: dice.pick(&[300, 1_000, 4_000]),
            when,
        }
        .at(&[dice.pick(&[any[0], Place::Authorize])]),
        7 => Fault::Huge {
            megabytes: 1,
            of: "text",
        }
        .at(&[Place::Api]),
        8..10 => Fault::Status {
            status: dice.pick(&STATUSES),
            when,
        }
        .at(&any),
        10..14 => Fault::Busy {
            status: dice.pick(&[429, 503]),
            retry_after: dice.pick(&[None, Some(0), Some(1), Some(2)]),
            written: dice.pick(&["seconds", "date"]),
            text: "",
            readable: dice.pick(&["yes", "no"]),
        }
        .at(&any),
        14 => Fault::Html { when }.at(&any),
        15 => Fault::NotJson { when }.at(&any),
        16 => Fault::Empty { when }.at(&any),
        17 => Fault::Redirect {
            status: dice.pick(&[302, 303, 307]),
        }
        .at(&any),
        18 => Fault::Refuse {
            error: dice.pick(&REFUSALS),
            status: dice.pick(&[400, 401, 403]),
        }
        .at(&token),
        19..21 => Fault::DropField {
            field: dice.pick(&FIELDS),
        }
        .at(&token),
        21 => Fault::ExpiresIn {
            form: dice.pick(&FORMS),
        }
        .at(&token),
        22 => Fault::TokenType { value: "mac" }.at(&token),
        23 => {
            let places = [Place::Refresh, Place::Consent];
            Fault::NarrowScope { without: "" }.at(&[dice.pick(&places)])
        }
        24 => Fault::CorsOff {
            only: dice.pick(&["all", "errors"]),
        }
        .at(&any),
        25 => callback(dice),
        26 => Fault::Clock {
            seconds: dice.pick(&[2, 10, 600]),
        }
        .into(),
        27 => dice
            .pick(&[true, false])
            .then_some(Fault::OtherCompany)
            .map_or_else(
                || {
                    Fault::Coop {
                        policy: "same-origin",
                    }
                    .into()
                },
                Order::from,
            ),
        28 => Fault::OtherSubject.into(),
        _ => Fault::NoSubject.into(),
    }
}

fn callback(dice: &mut Dice) -> Order {
    let parameter = dice.pick(&["state", "code"]);
    match dice.below(5) {
        0 => Fault::CallbackDrop { parameter },
        1 => Fault::CallbackRepeat { parameter },
        2 => Fault::CallbackChange {
            parameter,
            value: "x",
        },
        3 => Fault::CallbackAdd {
            name: dice.pick(&["error", "extra"]),
            value: "x",
        },
        _ => Fault::Iss {
            value: dice.pick(&["right", "wrong"]),
        },
    }
    .into()
}
