//! The types of the table: a fault's name, effect, endpoints and parameters.

use axum::body::Bytes;
use axum::response::Response;
use serde_json::Value;

use crate::fault::call::FaultCall;
use crate::fault::endpoint::FaultEndpoint;
use crate::params::Params;
use crate::server_state::ServerState;

/// A complete response with its body in memory.
pub type FaultReply = axum::http::Response<Bytes>;

/// A group of rows under one heading.
#[derive(Debug)]
pub struct FaultGroup {
    /// Heading on the console and in the documentation.
    pub title: &'static str,
    /// The rows in the order of the table.
    pub faults: &'static [FaultRow],
}

/// A row of the table of faults.
#[derive(Debug)]
pub struct FaultRow {
    /// Name in the console's JSON, in kebab-case.
    pub name: &'static str,
    /// Description in one sentence.
    pub does: &'static str,
    /// The endpoints at which it can apply; empty for a fault that acts when it is ordered.
    pub at: &'static [FaultEndpoint],
    /// The parameters that an order may set.
    pub parameters: &'static [FaultParameter],
    /// The effect on the request, the response or the state.
    pub effect: FaultEffect,
}

/// A parameter of a fault; without a value it has its default.
#[derive(Debug, Clone, Copy)]
pub struct FaultParameter {
    /// Name in the console's JSON.
    pub name: &'static str,
    /// Description in a few words; empty if the name is enough.
    pub does: &'static str,
    /// The valid values.
    pub kind: ParameterKind,
}

/// The valid values of a parameter.
#[derive(Debug, Clone, Copy)]
pub enum ParameterKind {
    /// One of these texts; the first is the default.
    Choice(&'static [&'static str]),
    /// One of these numbers, for example HTTP statuses; the first is the default.
    Code(&'static [u64]),
    /// A whole number within bounds.
    Whole {
        /// The smallest.
        least: u64,
        /// The largest.
        most: u64,
        /// Without it, the parameter stays unset.
        default: Option<u64>,
    },
    /// Text of visible ASCII characters and spaces, at most 200; this is the default.
    Text(&'static str),
    /// Text of visible ASCII characters and spaces, at most 1,000,000; empty by default.
    LongText,
}

/// The longest text.
const LONGEST: usize = 200;

/// The longest text that contains a response.
const LONGEST_ANSWER: usize = 1_000_000;

/// Whether the fault applies before or after the server acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultTiming {
    /// The request does not reach the server.
    Before,
    /// The server acts; only its response is affected.
    After,
}

/// The effect of a fault and the point at which it applies. A row with the parameter `when` lets
/// the user choose the point.
#[derive(Debug, Clone, Copy)]
pub enum FaultEffect {
    /// Acts on the state when it is ordered.
    Now(fn(&ServerState, &FaultSettings)),
    /// Changes the form body before the server reads it.
    Request(fn(&ServerState, &FaultSettings, &mut Params)),
    /// Waits for `ms` milliseconds.
    Wait,
    /// Replaces the response, before or after the server acts.
    Instead(
        FaultTiming,
        fn(&ServerState, &FaultSettings, FaultEndpoint) -> FaultReply,
    ),
    /// Changes the response after the server made it.
    Answer(fn(&ServerState, &FaultSettings, &FaultCall, &mut FaultReply)),
    /// Removes the CORS headers, so that the site cannot read the response.
    Unreadable,
    /// Switches off a rule that the server checks by [`crate::state::Sandbox::ignores`].
    Rule,
    /// Changes how the response is sent on the connection.
    Wire(fn(&FaultSettings, FaultReply) -> Response),
}

/// The values of all parameters of a fault, defaults included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultSettings(pub Vec<(&'static str, FaultSetting)>);

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultSetting {
    /// The value of a choice or a text parameter.
    Text(String),
    /// The value of a number parameter.
    Whole(u64),
}

impl FaultSettings {
    fn get(&self, name: &str) -> Option<&FaultSetting> {
        let found = self.0.iter().find(|(key, _)| *key == name);
        found.map(|(_, setting)| setting)
    }

    /// A text or choice; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(FaultSetting::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns a number; `None` if the order does not give it and it has no default.
    pub fn whole(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            Some(FaultSetting::Whole(number)) => Some(*number),
            _ => None,
        }
    }

    /// Returns a number that has a default; 0 if the row has no such parameter.
    pub fn number(&self, name: &str) -> u64 {
        self.whole(name).unwrap_or_default()
    }

    /// Returns the parameter `when`, or `own` for a row without it.
    pub fn when(&self, own: FaultTiming) -> FaultTiming {
        match self.text("when") {
            "before" => FaultTiming::Before,
            "after" => FaultTiming::After,
            _ => own,
        }
    }
}

impl ParameterKind {
    /// Returns the value that holds if the order gives none.
    pub fn default(&self) -> Option<FaultSetting> {
        match self {
            ParameterKind::Choice(of) => of
                .first()
                .map(|first| FaultSetting::Text((*first).to_owned())),
            ParameterKind::Code(of) => of.first().copied().map(FaultSetting::Whole),
            ParameterKind::Whole { default, .. } => default.map(FaultSetting::Whole),
            ParameterKind::Text(default) => Some(FaultSetting::Text((*default).to_owned())),
            ParameterKind::LongText => Some(FaultSetting::Text(String::new())),
        }
    }

    /// Returns a description of the valid values, to follow "must be".
    pub fn wants(&self) -> String {
        match self {
            ParameterKind::Choice(of) => format!("one of {}", of.join(", ")),
            ParameterKind::Code(of) => {
                let of: Vec<String> = of.iter().map(u64::to_string).collect();
                format!("one of {}", of.join(", "))
            }
            ParameterKind::Whole { least, most, .. } => {
                format!("a whole number from {least} to {most}")
            }
            ParameterKind::Text(_) => format!("text of at most {LONGEST} visible ASCII characters"),
            ParameterKind::LongText => {
                format!("text of at most {LONGEST_ANSWER} visible ASCII characters")
            }
        }
    }

    /// Parses a JSON value; `None` if it is not valid for this kind.
    pub fn read(&self, value: &Value) -> Option<FaultSetting> {
        match self {
            ParameterKind::Choice(of) => {
                let text = value.as_str().filter(|text| of.contains(text))?;
                Some(FaultSetting::Text(text.to_owned()))
            }
            ParameterKind::Code(of) => {
                let number = value.as_u64().filter(|number| of.contains(number))?;
                Some(FaultSetting::Whole(number))
            }
            ParameterKind::Whole { least, most, .. } => {
                let number = value.as_u64();
                let within = number.filter(|number| (least..=most).contains(&number))?;
                Some(FaultSetting::Whole(within))
            }
            ParameterKind::Text(_) => visible(value, LONGEST),
            ParameterKind::LongText => visible(value, LONGEST_ANSWER),
        }
    }
}

/// Parses a text of visible ASCII characters and spaces, no longer than `longest`.
fn visible(value: &Value, longest: usize) -> Option<FaultSetting> {
    let text = value.as_str().filter(|text| text.len() <= longest)?;
    let visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    visible.then(|| FaultSetting::Text(text.to_owned()))
}

/// The parameter `when` for faults that can apply at both points; by default after the server
/// acted.
pub const WHEN: FaultParameter = FaultParameter {
    name: "when",
    does: "before or after the server has acted",
    kind: ParameterKind::Choice(&["after", "before"]),
};
