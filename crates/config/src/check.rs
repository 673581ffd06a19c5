//! One value against the shape of its key.

use crate::keys::{Field, KINDS, LONGEST_SCOPE, Shape};
use crate::location::{Location, is_path};
use crate::problem::Rule;
use outlay_wire::Value;

/// Whether a value suits its key, but for the entries of lists. `id` is the profile's, if it is
/// sound.
pub(crate) fn check(field: &Field, value: &Value, id: &str) -> Result<(), Rule> {
    match field.shape {
        Shape::Number => {
            let range = u64::from(field.least)..=u64::from(field.most);
            let fits = value.as_u64().is_some_and(|number| range.contains(&number));
            return holds(fits, Rule::Range);
        }
        Shape::Scopes | Shape::Profiles => {
            let length = value.as_list().ok_or(Rule::NotList)?.len();
            let fits = length >= field.least as usize && length <= field.most as usize;
            return holds(fits, Rule::Count);
        }
        _ => {}
    }
    let text = value.as_str().ok_or(Rule::NotText)?;
    holds(!text.is_empty(), Rule::Empty)?;
    holds(text.chars().count() <= field.most as usize, Rule::TooLong)?;
    let outer = text.starts_with(' ') || text.ends_with(' ');
    holds(!outer && !text.chars().any(char::is_control), Rule::Unclean)?;
    match field.shape {
        Shape::Text | Shape::Number | Shape::Scopes | Shape::Profiles => Ok(()),
        Shape::Kind => holds(KINDS.contains(&text), Rule::KindUnknown),
        Shape::Id => holds(text.bytes().all(is_id), Rule::IdForm),
        Shape::Ascii => holds(is_visible(text), Rule::NotAscii),
        Shape::Subject => {
            holds(is_visible(text), Rule::NotAscii)?;
            holds(text.starts_with("urn:"), Rule::SubjectForm)
        }
        Shape::Target | Shape::Base if text.starts_with('/') => {
            holds(text.len() > 1 && is_path(text), Rule::SitePath)
        }
        _ => address(field.shape, text, id),
    }
}

/// An absolute address; plain `http` for loopback only.
fn address(shape: Shape, text: &str, id: &str) -> Result<(), Rule> {
    let location = Location::parse(text)?;
    holds(
        location.is_https() || location.is_loopback(),
        Rule::PlainHttp,
    )?;
    let needs_path = !matches!(shape, Shape::Server | Shape::Base);
    holds(!needs_path || location.path().len() > 1, Rule::NoPath)?;
    if shape == Shape::Redirect {
        let ending = location.path().strip_suffix(id);
        let leads = ending.is_some_and(|path| path.ends_with("/callback/"));
        return holds(leads || id.is_empty(), Rule::CallbackPath);
    }
    let called = matches!(shape, Shape::Target | Shape::Base);
    holds(!called || !location.is_ipv6(), Rule::AddressIpv6)
}

/// A `scope-token` of RFC 6749, section 3.3.
pub(crate) fn check_scope(value: &Value) -> Result<&str, Rule> {
    let scope = value.as_str().ok_or(Rule::NotText)?;
    let fits = (1..=LONGEST_SCOPE).contains(&scope.len()) && is_visible(scope);
    holds(fits && !scope.contains(['"', '\\']), Rule::ScopeForm)?;
    Ok(scope)
}

fn holds(it: bool, rule: Rule) -> Result<(), Rule> {
    if it { Ok(()) } else { Err(rule) }
}

fn is_id(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}
