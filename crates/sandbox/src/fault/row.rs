//! The shape of the table: what a fault is called, does, applies to and can be told.

use axum::body::Bytes;
use axum::response::Response;
use serde_json::Value;

use crate::fault::call::Call;
use crate::fault::place::Place;
use crate::params::Params;
use crate::server_state::ServerState;

/// A whole answer, in memory.
pub type Reply = axum::http::Response<Bytes>;

/// A group of rows.
#[derive(Debug)]
pub struct Group {
    /// Its heading.
    pub title: &'static str,
    /// Its rows.
    pub faults: &'static [Fault],
}

/// A row of the table.
#[derive(Debug)]
pub struct Fault {
    /// What the console calls it.
    pub name: &'static str,
    /// One sentence.
    pub does: &'static str,
    /// Where it applies. Nowhere: it happens at once.
    pub at: &'static [Place],
    /// What it can be told.
    pub parameters: &'static [Parameter],
    /// What it does.
    pub effect: Effect,
}

/// Something that a fault can be told. Left out, it has its default.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name in JSON.
    pub name: &'static str,
    /// A few words, where the name does not say it all.
    pub does: &'static str,
    /// Which values it takes.
    pub kind: Kind,
}

/// The values of a parameter.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
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
pub enum When {
    /// The request never reaches the server.
    Before,
    /// The server has done its work; only its answer is affected.
    After,
}

/// What a fault does, and at which point. A row with the parameter `when` lets the user choose
/// the point.
#[derive(Debug, Clone, Copy)]
pub enum Effect {
    /// Happens when it is ordered.
    Now(fn(&ServerState, &Settings)),
    /// Changes the form that is sent.
    Request(fn(&ServerState, &Settings, &mut Params)),
    /// Waits for `ms` milliseconds.
    Wait,
    /// Answers in the server's stead.
    Instead(When, fn(&ServerState, &Settings, Place) -> Reply),
    /// Changes the answer.
    Answer(fn(&ServerState, &Settings, &Call, &mut Reply)),
    /// Takes away what lets the site read the answer.
    Unreadable,
    /// A rule that the server itself asks about, and then does not keep.
    Rule,
    /// Spoils how the answer is sent.
    Wire(fn(&Settings, Reply) -> Response),
}

/// The values that a fault was armed with, defaults included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings(pub Vec<(&'static str, Setting)>);

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// Of a choice or a text.
    Text(String),
    /// A number.
    Whole(u64),
}

impl Settings {
    fn get(&self, name: &str) -> Option<&Setting> {
        let found = self.0.iter().find(|(key, _)| *key == name);
        found.map(|(_, setting)| setting)
    }

    /// A text or choice; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Setting::Text(text)) => text,
            _ => "",
        }
    }

    /// A number, if it was given.
    pub fn whole(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            Some(Setting::Whole(number)) => Some(*number),
            _ => None,
        }
    }

    /// A number that has a default and fits.
    pub fn number(&self, name: &str) -> u64 {
        self.whole(name).unwrap_or_default()
    }

    /// The parameter `when`; a row without it has a point of its own.
    pub fn when(&self, own: When) -> When {
        match self.text("when") {
            "before" => When::Before,
            "after" => When::After,
            _ => own,
        }
    }
}

impl Kind {
    /// The value that holds if none is given.
    pub fn default(&self) -> Option<Setting> {
        match self {
            Kind::Choice(of) => of.first().map(|first| Setting::Text((*first).to_owned())),
            Kind::Code(of) => of.first().copied().map(Setting::Whole),
            Kind::Whole { default, .. } => default.map(Setting::Whole),
            Kind::Text(default) => Some(Setting::Text((*default).to_owned())),
            Kind::LongText => Some(Setting::Text(String::new())),
        }
    }

    /// What a value has to be, in words that follow "must be".
    pub fn wants(&self) -> String {
        match self {
            Kind::Choice(of) => format!("one of {}", of.join(", ")),
            Kind::Code(of) => {
                let of: Vec<String> = of.iter().map(u64::to_string).collect();
                format!("one of {}", of.join(", "))
            }
            Kind::Whole { least, most, .. } => format!("a whole number from {least} to {most}"),
            Kind::Text(_) => format!("text of at most {LONGEST} visible ASCII characters"),
            Kind::LongText => format!("text of at most {LONGEST_ANSWER} visible ASCII characters"),
        }
    }

    /// The value, if it is one of this kind.
    pub fn read(&self, value: &Value) -> Option<Setting> {
        match self {
            Kind::Choice(of) => {
                let text = value.as_str().filter(|text| of.contains(text))?;
                Some(Setting::Text(text.to_owned()))
            }
            Kind::Code(of) => {
                let number = value.as_u64().filter(|number| of.contains(number))?;
                Some(Setting::Whole(number))
            }
            Kind::Whole { least, most, .. } => {
                let number = value.as_u64();
                let within = number.filter(|number| (least..=most).contains(&number))?;
                Some(Setting::Whole(within))
            }
            Kind::Text(_) => visible(value, LONGEST),
            Kind::LongText => visible(value, LONGEST_ANSWER),
        }
    }
}

/// A text of visible ASCII characters and spaces, no longer than `longest`.
fn visible(value: &Value, longest: usize) -> Option<Setting> {
    let text = value.as_str().filter(|text| text.len() <= longest)?;
    let visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    visible.then(|| Setting::Text(text.to_owned()))
}

/// `when` for faults that can strike at both points; most often the server has acted.
pub const WHEN: Parameter = Parameter {
    name: "when",
    does: "before or after the server has acted",
    kind: Kind::Choice(&["after", "before"]),
};
