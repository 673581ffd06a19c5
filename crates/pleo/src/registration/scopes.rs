//! The scopes: known names, each once, and no more than the purposes take.

use super::check::{Finding, LONGEST_LIST};
use super::choice::Environment;
use super::field::FormField;
use super::package::RegistrationPackage;
use super::purpose::least_scopes;
use super::rule::RegistrationRule;
use crate::scope::{SCOPES, Scope, ScopeCertainty, known};

/// Names that occur in old pages and samples, and what they are called now.
const OLD_NAMES: [(&str, &str); 4] = [
    ("employees.read", "users:read"),
    ("expense:read", "accounting-entries:read"),
    ("export:read", "export-jobs:read"),
    ("export:write", "export-jobs:write"),
];

pub(super) fn check(package: &RegistrationPackage, out: &mut Vec<Finding>) {
    let scopes = package.scopes.get(..LONGEST_LIST);
    let scopes = scopes.unwrap_or(&package.scopes);
    let least = least_scopes(&package.purposes, package.environment);
    for &scope in &least {
        if !scopes.iter().any(|it| is_same(it, scope)) {
            out.push(Finding::new(
                FormField::Scopes,
                None,
                RegistrationRule::ScopeLacking,
                scope,
            ));
        }
    }
    for (at, scope) in scopes.iter().enumerate() {
        let mut note =
            |rule, detail: &str| out.push(Finding::new(FormField::Scopes, Some(at), rule, detail));
        if scope.is_empty() {
            note(RegistrationRule::Missing, "");
            continue;
        }
        if scope.trim() != scope {
            note(RegistrationRule::OuterSpace, "");
            continue;
        }
        if !is_scope(scope) {
            note(RegistrationRule::ScopeForm, scope);
            continue;
        }
        let earlier = scopes.get(..at).unwrap_or_default();
        if earlier.contains(scope) {
            note(RegistrationRule::ScopeTwice, scope);
            continue;
        }
        match known(scope) {
            Some(known) => doubts(known, package, &mut note),
            None => match meant(scope) {
                Some(meant) => note(RegistrationRule::ScopeMisspelt, meant),
                None => note(RegistrationRule::ScopeUnknown, scope),
            },
        }
        let taken = least.is_empty() || least.iter().any(|it| is_same(it, scope));
        if !taken && known(scope).is_some() {
            note(RegistrationRule::ScopeExcess, scope);
        }
    }
}

/// What is to be said of a known scope.
fn doubts(
    scope: &Scope,
    package: &RegistrationPackage,
    note: &mut impl FnMut(RegistrationRule, &str),
) {
    match scope.certainty {
        ScopeCertainty::Conflicting => note(RegistrationRule::ScopeTwoNames, scope.name),
        ScopeCertainty::Inferred => note(RegistrationRule::ScopeInferred, scope.name),
        ScopeCertainty::Documented | ScopeCertainty::Strong => {}
    }
    let name = scope.name;
    if name == "accounting-entries:write" {
        note(RegistrationRule::ScopeSelected, name);
    }
    if name == "test:test" && package.environment == Environment::Production {
        note(RegistrationRule::ScopeTest, name);
    }
}

/// A `scope-token` of RFC 6749, section 3.3, of the length that `config.json` takes.
fn is_scope(text: &str) -> bool {
    text.len() <= 128
        && text
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
}

/// The known scope that a name was meant for.
fn meant(name: &str) -> Option<&'static str> {
    let small = name.to_ascii_lowercase();
    let old = OLD_NAMES.iter().find(|(old, _)| *old == small);
    old.map(|&(_, new)| new).or_else(|| {
        let plain = plain(&small);
        let found = SCOPES.iter().find(|scope| self::plain(scope.name) == plain);
        found.map(|scope| scope.name)
    })
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether two names are the same scope; those of tags have two.
fn is_same(one: &str, other: &str) -> bool {
    let plural = |it: &str| it.replace("tag-group:", "tag-groups:");
    one == other || plural(one) == plural(other)
}
