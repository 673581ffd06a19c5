//! A package against every rule.

use super::address::{AddressLocation, check as check_address};
use super::choice::{Pkce, SubjectType};
use super::confusable::is_invisible;
use super::field::FormField;
use super::package::RegistrationPackage;
use super::rule::{FindingLevel, RegistrationRule};
use super::source::{APPLIED, PLEO_REGISTRATION, RuleSource};
use super::{contact, logo, name, redirect, scopes};

/// The most entries of a list that are looked at.
pub(super) const LONGEST_LIST: usize = 50;

/// The longest detail, in characters.
const LONGEST_DETAIL: usize = 80;

/// One problem of a registration package: an error or a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field with the problem; the page shows the finding below it.
    pub field: FormField,
    /// Index of the list entry with the problem, from 0; `None` if the whole field is meant.
    pub at: Option<usize>,
    /// The rule that the field breaks; it has the sentences.
    pub rule: RegistrationRule,
    /// The part of the text that shows it, the name that was meant, or what belongs to the rule
    /// otherwise; short, in one line, and all of it visible. Often empty.
    pub detail: String,
}

impl Finding {
    pub(super) fn new(
        field: FormField,
        at: Option<usize>,
        rule: RegistrationRule,
        detail: &str,
    ) -> Self {
        let detail = shown(detail);
        Self {
            field,
            at,
            rule,
            detail,
        }
    }

    /// Returns whether the rule is an error or a warning.
    #[must_use]
    pub fn level(&self) -> FindingLevel {
        self.rule.level()
    }

    /// Where the rule comes from: one source or two. Of an address, first why people have to reach
    /// it, then what keeps them from it.
    #[must_use]
    pub fn sources(&self) -> Vec<&'static RuleSource> {
        let own = self.rule.source();
        if !self.rule.is_reach() {
            return vec![own];
        }
        match self.field {
            FormField::RedirectUris => vec![&PLEO_REGISTRATION, own],
            _ => vec![&APPLIED, own],
        }
    }
}

/// Everything that is to be said about a package, field by field in the order of the form, and of a
/// list first what concerns it as a whole.
#[must_use]
pub fn check(package: &RegistrationPackage) -> Vec<Finding> {
    let mut out = Vec::new();
    for &field in FormField::ALL {
        if let Some(list) = package.list(field) {
            length(field, list, &mut out);
        }
        match field {
            FormField::ClientName => name::check(&package.client_name, &mut out),
            FormField::Logo => logo::check(package.logo.as_ref(), &mut out),
            FormField::LogoUri if package.logo_uri.is_empty() => {}
            FormField::Contacts => contact::check(&package.contacts, &mut out),
            FormField::RedirectUris => redirect::check(package, &mut out),
            FormField::Scopes => scopes::check(package, &mut out),
            FormField::Pkce => match package.pkce {
                Pkce::S256 => {}
                Pkce::Plain => out.push(Finding::new(field, None, RegistrationRule::PkcePlain, "")),
                Pkce::Unsupported => {
                    out.push(Finding::new(field, None, RegistrationRule::PkceMissing, ""))
                }
            },
            FormField::SubjectType => subject_type(package, &mut out),
            FormField::Environment | FormField::ClientKind | FormField::Purposes => {}
            _ => page(package, field, &mut out),
        }
    }
    out
}

/// A list is neither empty nor endless.
fn length(field: FormField, list: &[String], out: &mut Vec<Finding>) {
    if list.is_empty() {
        out.push(Finding::new(field, None, RegistrationRule::Missing, ""));
    } else if list.len() > LONGEST_LIST {
        out.push(Finding::new(field, None, RegistrationRule::TooMany, ""));
    }
}

/// A page that people open.
fn page(package: &RegistrationPackage, field: FormField, out: &mut Vec<Finding>) {
    let text = package.text(field).unwrap_or("");
    let place = AddressLocation {
        field,
        at: None,
        environment: package.environment,
    };
    check_address(place, text, out);
    let starts = matches!(field, FormField::InitiationUri | FormField::SettingsUri);
    if starts && !text.is_empty() && package.redirect_uris.iter().any(|uri| uri == text) {
        out.push(Finding::new(
            field,
            None,
            RegistrationRule::PageIsRedirect,
            "",
        ));
    }
}

/// Values other than the one that Pleo shows; suppliers and accounts live on company level.
fn subject_type(package: &RegistrationPackage, out: &mut Vec<Finding>) {
    if package.subject_type == SubjectType::None {
        return;
    }
    let mut note =
        |rule, detail: &str| out.push(Finding::new(FormField::SubjectType, None, rule, detail));
    note(RegistrationRule::SubjectTypeInferred, "");
    let of_company = |it: &&String| it.starts_with("vendors:") || it.starts_with("accounts:");
    if package.subject_type == SubjectType::Organisation
        && let Some(scope) = package.scopes.iter().find(of_company)
    {
        note(RegistrationRule::SubjectTypeLevel, scope);
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
