//! The client's name: Pleo forbids its brand in it.

use super::brand::{self, BrandMatch};
use super::check::Finding;
use super::confusable::is_invisible;
use super::field::FormField;
use super::rule::RegistrationRule;

/// The longest name, in characters: what `config.json` takes.
const LONGEST: usize = 60;

pub(super) fn check(name: &str, out: &mut Vec<Finding>) {
    let mut note =
        |rule, detail: &str| out.push(Finding::new(FormField::ClientName, None, rule, detail));
    if name.trim().is_empty() {
        note(RegistrationRule::Missing, "");
        return;
    }
    if name.trim() != name {
        note(RegistrationRule::OuterSpace, "");
    }
    let mut buffer = [0; 4];
    if let Some(character) = name.chars().find(|c| c.is_control()) {
        note(
            RegistrationRule::NameControl,
            character.encode_utf8(&mut buffer),
        );
    }
    if let Some(character) = name.chars().find(|&c| is_invisible(c)) {
        note(
            RegistrationRule::NameInvisible,
            character.encode_utf8(&mut buffer),
        );
    }
    if name.chars().nth(LONGEST).is_some() {
        note(RegistrationRule::NameLong, "");
    }
    if !name.chars().any(char::is_alphanumeric) {
        note(RegistrationRule::NameLetters, "");
    }
    match brand::find(name) {
        Some(BrandMatch::Brand(part)) => note(RegistrationRule::Brand, part),
        Some(BrandMatch::Inside(part)) => note(RegistrationRule::BrandInside, part),
        None => {}
    }
}
