//! The shape of the table: what a fault is called, does, applies to and can be told.

use axum::body::Bytes;
use axum::response::Response;
use serde_json::Value;

use crate::fault::call::FaultCall;
use crate::fault::endpoint::FaultEndpoint;
use crate::params::Params;
use crate::server_state::ServerState;

/// A whole answer, in memory.
pub type FaultReply = axum::http::Response<Bytes>;

/// A group of rows.
#[derive(Debug)]
pub struct FaultGroup {
    /// Its heading.
    pub title: &'static str,
    /// Its rows.
    pub faults: &'static [FaultRow],
}

/// A row of the table.
#[derive(Debug)]
pub struct FaultRow {
    /// What the console calls it.
    pub name: &'static str,
    /// One sentence.
    pub does: &'static str,
    /// Where it applies. Nowhere: it happens at once.
    pub at: &'static [FaultEndpoint],
    /// What it can be told.
    pub parameters: &'static [FaultParameter],
    /// What it does.
    pub effect: FaultEffect,
}

/// Something that a fault can be told. Left out, it has its default.
#[derive(Debug, Clone, Copy)]
pub struct FaultParameter {
    /// Its name in JSON.
    pub name: &'static str,
    /// A few words, where the name does not say it all.
    pub does: &'static str,
    /// Which values it takes.
    pub kind: ParameterKind,
}

/// The values of a parameter.
#[derive(Debug, Clone, Copy)]
pub enum ParameterKind {
    /// One of these; the first is the default.
    Choice(&'static [&'static str]),
    /// One of these numbers; the first is the default.
    Code(&'static [u64]),
    /// A whole number.
    Whole {
        /// The smallest.
        least: u64,
        /// The largest.
        most: u64,
        /// Without it, the parameter stays unset.
        default: Option<u64>,
    },
    /// Text of visible ASCII characters and spaces, at most 200; the default stands here.
    Text(&'static str),
    /// Text of visible ASCII characters and spaces, at most 1,000,000; empty by default.
    LongText,
}

/// The longest text.
const LONGEST: usize = 200;

/// The longest text that holds an answer.
const LONGEST_ANSWER: usize = 1_000_000;

/// Whether the server acts before the fault does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultTiming {
    /// The request never reaches the server.
    Before,
    /// The server has done its work; only its answer is affected.
    After,
}

/// What a fault does, and at which point. A row with the parameter `when` lets the user choose
/// the point.
#[derive(Debug, Clone, Copy)]
pub enum FaultEffect {
    /// Happens when it is ordered.
    Now(fn(&ServerState, &FaultSettings)),
    /// Changes the form that is sent.
    Request(fn(&ServerState, &FaultSettings, &mut Params)),
    /// Waits for `ms` milliseconds.
    Wait,
    /// Answers in the server's stead.
    Instead(
        FaultTiming,
        fn(&ServerState, &FaultSettings, FaultEndpoint) -> FaultReply,
    ),
    /// Changes the answer.
    Answer(fn(&ServerState, &FaultSettings, &FaultCall, &mut FaultReply)),
    /// Takes away what lets the site read the answer.
    Unreadable,
    /// A rule that the server itself asks about, and then does not keep.
    Rule,
    /// Spoils how the answer is sent.
    Wire(fn(&FaultSettings, FaultReply) -> Response),
}

/// The values that a fault was armed with, defaults included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultSettings(pub Vec<(&'static str, FaultSetting)>);

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultSetting {
    /// Of a choice or a text.
    Text(String),
    /// A number.
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

    /// A number, if it was given.
    pub fn whole(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            Some(FaultSetting::Whole(number)) => Some(*number),
            _ => None,
        }
    }

    /// A number that has a default and fits.
    pub fn number(&self, name: &str) -> u64 {
        self.whole(name).unwrap_or_default()
    }

    /// The parameter `when`; a row without it has a point of its own.
    pub fn when(&self, own: FaultTiming) -> FaultTiming {
        match self.text("when") {
            "before" => FaultTiming::Before,
            "after" => FaultTiming::After,
            _ => own,
        }
    }
}

impl ParameterKind {
    /// The value that holds if none is given.
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

    /// What a value has to be, in words that follow "must be".
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

    /// The value, if it is one of this kind.
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

/// A text of visible ASCII characters and spaces, no longer than `longest`.
fn visible(value: &Value, longest: usize) -> Option<FaultSetting> {
    let text = value.as_str().filter(|text| text.len() <= longest)?;
    let visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    visible.then(|| FaultSetting::Text(text.to_owned()))
}

/// `when` for faults that can strike at both points; most often the server has acted.
pub const WHEN: FaultParameter = FaultParameter {
    name: "when",
    does: "before or after the server has acted",
    kind: ParameterKind::Choice(&["after", "before"]),
};
