//! The client's name: Pleo forbids its brand in it.

use super::brand::{self, Seen};
use super::check::Finding;
use super::field::Field;
use super::look_alike::is_invisible;
use super::rule::Rule;

/// The longest name, in characters: what `config.json` takes.
const LONGEST: usize = 60;

pub(super) fn check(name: &str, out: &mut Vec<Finding>) {
    let mut note =
        |rule, detail: &str| out.push(Finding::new(Field::ClientName, None, rule, detail));
    if name.trim().is_empty() {
        note(Rule::Missing, "");
        return;
    }
    if name.trim() != name {
        note(Rule::OuterSpace, "");
    }
    let mut buffer = [0; 4];
    if let Some(character) = name.chars().find(|c| c.is_control()) {
        note(Rule::NameControl, character.encode_utf8(&mut buffer));
    }
    if let Some(character) = name.chars().find(|&c| is_invisible(c)) {
        note(Rule::NameInvisible, character.encode_utf8(&mut buffer));
    }
    if name.chars().nth(LONGEST).is_some() {
        note(Rule::NameLong, "");
    }
    if !name.chars().any(char::is_alphanumeric) {
        note(Rule::NameLetters, "");
    }
    match brand::find(name) {
        Some(Seen::Brand(part)) => note(Rule::Brand, part),
        Some(Seen::Inside(part)) => note(Rule::BrandInside, part),
        None => {}
    }
}
