//! A package against every rule.

use super::address::{Place, check as check_address};
use super::choice::{Pkce, SubjectType};
use super::field::Field;
use super::look_alike::is_invisible;
use super::package::Package;
use super::rule::{Level, Rule};
use super::source::{APPLIED, PLEO_REGISTRATION, Source};
use super::{contact, logo, name, redirect, scopes};

/// The most entries of a list that are looked at.
pub(super) const LONGEST_LIST: usize = 50;

/// The longest detail, in characters.
const LONGEST_DETAIL: usize = 80;

/// One thing that is wrong with a package, or worth a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub field: Field,
    /// Which entry, if the field is a list and one of its entries is meant.
    pub at: Option<usize>,
    /// What.
    pub rule: Rule,
    /// The part of the text that shows it, the name that was meant, or what belongs to the rule
    /// otherwise; short, in one line, and all of it visible. Often empty.
    pub detail: String,
}

impl Finding {
    pub(super) fn new(field: Field, rule: Rule) -> Self {
        Self {
            field,
            at: None,
            rule,
            detail: String::new(),
        }
    }

    /// How grave it is.
    #[must_use]
    pub fn level(&self) -> Level {
        self.rule.level()
    }

    /// Where the rule comes from: one source or two. Of an address, first why people have to reach
    /// it, then what keeps them from it.
    #[must_use]
    pub fn sources(&self) -> Vec<&'static Source> {
        let own = self.rule.source();
        if !self.rule.is_reach() {
            return vec![own];
        }
        match self.field {
            Field::RedirectUris => vec![&PLEO_REGISTRATION, own],
            _ => vec![&APPLIED, own],
        }
    }
}

/// Everything that is to be said about a package, field by field in the order of the form.
#[must_use]
pub fn check(package: &Package) -> Vec<Finding> {
    let mut out = Vec::new();
    name::check(&package.client_name, &mut out);
    for &field in Field::ALL {
        let optional = field == Field::LogoUri && package.logo_uri.is_empty();
        if field != Field::ClientName && !optional {
            address(package, field, &mut out);
        }
        lengths(package, field, &mut out);
    }
    logo::check(package.logo.as_ref(), &mut out);
    contact::check(&package.contacts, &mut out);
    redirect::check(package, &mut out);
    scopes::check(package, &mut out);
    match package.pkce {
        Pkce::S256 => {}
        Pkce::Plain => out.push(Finding::new(Field::Pkce, Rule::PkcePlain)),
        Pkce::Unsupported => out.push(Finding::new(Field::Pkce, Rule::PkceMissing)),
    }
    if package.subject_type != SubjectType::None {
        out.push(Finding::new(Field::SubjectType, Rule::SubjectTypeInferred));
    }
    out.sort_by_key(|finding| (finding.field as usize, finding.at));
    out
}

fn address(package: &Package, field: Field, out: &mut Vec<Finding>) {
    if let Some(text) = package.text(field) {
        let place = Place {
            field,
            at: None,
            environment: package.environment,
        };
        check_address(place, text, out);
    }
}

/// A list is neither empty nor endless.
fn lengths(package: &Package, field: Field, out: &mut Vec<Finding>) {
    match package.list(field).map(<[String]>::len) {
        Some(0) => out.push(Finding::new(field, Rule::Missing)),
        Some(length) if length > LONGEST_LIST => out.push(Finding::new(field, Rule::TooMany)),
        _ => {}
    }
}

/// A text as a finding shows it: cut, and with a name for every character that is not seen.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST_DETAIL {
            shown.push('…');
            break;
        }
        push_visible(character, &mut shown);
    }
    shown
}

/// Appends a character, or its name if it is not seen.
pub(super) fn push_visible(character: char, out: &mut String) {
    if character.is_control() || is_invisible(character) {
        out.extend(character.escape_unicode());
    } else {
        out.push(character);
    }
}
