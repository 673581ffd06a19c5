//! Requests to the console, validated against the table.

use serde_json::{Map, Value};

use crate::fault::armed::ArmedFault;
use crate::fault::endpoint::{API, FaultEndpoint};
use crate::fault::kinds;
use crate::fault::row::{FaultEffect, FaultRow, FaultSettings};
use crate::server_state::ServerState;

/// A parsed request to the console.
#[derive(Debug)]
pub enum FaultOrder {
    /// Arms a fault with these values.
    Arm(ArmedFault),
    /// Disarms a fault at every endpoint.
    Disarm(&'static FaultRow),
    /// Runs a fault that has no endpoint at once.
    Now(ImmediateFault),
}

/// A fault that acts when it is ordered.
#[derive(Debug)]
pub struct ImmediateFault {
    /// The row of the table.
    pub fault: &'static FaultRow,
    /// Its effect on the state of the servers.
    pub act: fn(&ServerState, &FaultSettings),
    /// The values of its parameters.
    pub settings: FaultSettings,
}

/// Why a request to the console is invalid (400).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderError {
    /// The field at fault; empty if it is the whole body.
    pub field: String,
    /// One English sentence for the response.
    pub message: String,
}

fn mistake(field: &str, message: impl Into<String>) -> OrderError {
    OrderError {
        field: field.to_owned(),
        message: message.into(),
    }
}

/// Reads `{"fault", "times", "at", "path", …}`.
///
/// # Errors
///
/// The first mistake met.
pub fn read(body: &[u8]) -> Result<FaultOrder, OrderError> {
    let Ok(Value::Object(order)) = serde_json::from_slice(body) else {
        return Err(mistake("", "The body must be a JSON object."));
    };
    let fault = match order.get("fault").map(Value::as_str) {
        None => return Err(mistake("fault", "fault is missing.")),
        Some(None) => return Err(mistake("fault", "fault must be text.")),
        Some(Some(name)) => kinds::named(name).ok_or_else(|| {
            let known: Vec<&str> = kinds::all().map(|fault| fault.name).collect();
            let known = known.join(", ");
            mistake(
                "fault",
                format!("There is no fault {name:?}, only: {known}."),
            )
        })?,
    };
    let times = times(fault, &order)?;
    if times == "off" {
        only(&order, |name| ["fault", "times"].contains(&name), "off")?;
        return Ok(FaultOrder::Disarm(fault));
    }
    only(&order, |name| takes(fault, name), fault.name)?;
    let settings = settings(fault, &order)?;
    if let FaultEffect::Now(act) = fault.effect {
        return Ok(FaultOrder::Now(ImmediateFault {
            fault,
            act,
            settings,
        }));
    }
    let at = places(fault, &order)?;
    Ok(FaultOrder::Arm(ArmedFault {
        fault,
        path: path(&at, &order)?,
        at,
        once: times == "once",
        settings,
    }))
}

fn times<'a>(fault: &FaultRow, order: &'a Map<String, Value>) -> Result<&'a str, OrderError> {
    let known: &[&str] = match fault.effect {
        FaultEffect::Now(_) => &["once"],
        _ => &["once", "always", "off"],
    };
    let given = order.get("times");
    let given = given.ok_or_else(|| mistake("times", "times is missing."))?;
    let text = given.as_str().filter(|text| known.contains(text));
    text.ok_or_else(|| {
        let known = known.join(", ");
        mistake(
            "times",
            format!("For {}, times must be one of {known}.", fault.name),
        )
    })
}

fn takes(fault: &FaultRow, name: &str) -> bool {
    let armed = ["at", "path"].contains(&name) && !fault.at.is_empty();
    let own = fault.parameters.iter().any(|own| own.name == name);
    ["fault", "times"].contains(&name) || armed || own
}

fn only(
    order: &Map<String, Value>,
    takes: impl Fn(&str) -> bool,
    what: &str,
) -> Result<(), OrderError> {
    match order.keys().find(|name| !takes(name)) {
        None => Ok(()),
        Some(name) => Err(mistake(name, format!("{what} takes no {name:?}."))),
    }
}

fn settings(fault: &FaultRow, order: &Map<String, Value>) -> Result<FaultSettings, OrderError> {
    let mut settings = FaultSettings::default();
    for parameter in fault.parameters {
        let value = match order.get(parameter.name) {
            None => parameter.kind.default(),
            Some(value) => Some(parameter.kind.read(value).ok_or_else(|| {
                let (name, wants) = (parameter.name, parameter.kind.wants());
                mistake(name, format!("{name} must be {wants}."))
            })?),
        };
        settings
            .0
            .extend(value.map(|value| (parameter.name, value)));
    }
    Ok(settings)
}

/// One endpoint or a list; optional for a fault with only one.
fn places(fault: &FaultRow, order: &Map<String, Value>) -> Result<Vec<FaultEndpoint>, OrderError> {
    let known: Vec<&str> = fault.at.iter().map(|place| place.name()).collect();
    let known = known.join(", ");
    let given: Vec<&Value> = match order.get("at") {
        None if fault.at.len() == 1 => return Ok(fault.at.to_vec()),
        None => return Err(mistake("at", format!("at is missing: {known}."))),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
    };
    let named =
        |value: &&Value| FaultEndpoint::named(value.as_str()?).filter(|one| fault.at.contains(one));
    let found: Option<Vec<FaultEndpoint>> = given.iter().map(named).collect();
    let wrong = || mistake("at", format!("For {}, at must be of: {known}.", fault.name));
    let found = found.filter(|found| !found.is_empty()).ok_or_else(wrong)?;
    // In the order of the table, each once.
    let each = fault.at.iter().filter(|place| found.contains(place));
    Ok(each.copied().collect())
}

fn path(at: &[FaultEndpoint], order: &Map<String, Value>) -> Result<Option<String>, OrderError> {
    let Some(value) = order.get("path") else {
        return Ok(None);
    };
    if !at.iter().all(|place| API.contains(place)) {
        return Err(mistake(
            "path",
            "Only faults of the API can be limited to a path.",
        ));
    }
    let text = value.as_str().filter(|text| text.starts_with('/'));
    let text = text.filter(|text| !text.contains(['?', '#']));
    let text = text.ok_or_else(|| mistake("path", "path must be one path: /v1/companies."))?;
    Ok(Some(text.to_owned()))
}
