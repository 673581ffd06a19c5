//! One value against the shape of its key.

use crate::keys::{ConfigKey, KINDS, KeyShape, LONGEST_SCOPE};
use crate::location::{Location, is_path};
use crate::problem::ConfigRule;
use outlay_wire::Value;

/// Whether a value suits its key, but for the entries of lists. `id` is the profile's, if it is
/// sound.
pub(crate) fn check(field: &ConfigKey, value: &Value, id: &str) -> Result<(), ConfigRule> {
    match field.shape {
        KeyShape::Number => {
            let range = u64::from(field.least)..=u64::from(field.most);
            let fits = value.as_u64().is_some_and(|number| range.contains(&number));
            return holds(fits, ConfigRule::Range);
        }
        KeyShape::Scopes | KeyShape::Origins | KeyShape::Profiles => {
            let length = value.as_list().ok_or(ConfigRule::NotList)?.len();
            let fits = length >= field.least as usize && length <= field.most as usize;
            return holds(fits, ConfigRule::Count);
        }
        _ => {}
    }
    let text = value.as_str().ok_or(ConfigRule::NotText)?;
    holds(!text.is_empty(), ConfigRule::Empty)?;
    holds(
        text.chars().count() <= field.most as usize,
        ConfigRule::TooLong,
    )?;
    let outer = text.starts_with(' ') || text.ends_with(' ');
    holds(
        !outer && !text.chars().any(char::is_control),
        ConfigRule::Unclean,
    )?;
    match field.shape {
        KeyShape::Text
        | KeyShape::Number
        | KeyShape::Scopes
        | KeyShape::Origins
        | KeyShape::Profiles => Ok(()),
        KeyShape::Kind => holds(KINDS.contains(&text), ConfigRule::KindUnknown),
        KeyShape::Id => holds(text.bytes().all(is_id), ConfigRule::IdForm),
        KeyShape::Ascii => holds(is_visible(text), ConfigRule::NotAscii),
        KeyShape::Subject => {
            holds(is_visible(text), ConfigRule::NotAscii)?;
            holds(text.starts_with("urn:"), ConfigRule::SubjectForm)
        }
        KeyShape::Target | KeyShape::Base if text.starts_with('/') => {
            holds(text.len() > 1 && is_path(text), ConfigRule::SitePath)
        }
        _ => address(field.shape, text, id),
    }
}

/// An absolute address; plain `http` for loopback only.
fn address(shape: KeyShape, text: &str, id: &str) -> Result<(), ConfigRule> {
    let location = Location::parse(text)?;
    holds(
        location.is_https() || location.is_loopback(),
        ConfigRule::PlainHttp,
    )?;
    let needs_path = !matches!(shape, KeyShape::Server | KeyShape::Base);
    holds(!needs_path || location.path().len() > 1, ConfigRule::NoPath)?;
    if shape == KeyShape::Redirect {
        let ending = location.path().strip_suffix(id);
        let leads = ending.is_some_and(|path| path.ends_with("/callback/"));
        return holds(leads || id.is_empty(), ConfigRule::CallbackPath);
    }
    let called = matches!(shape, KeyShape::Target | KeyShape::Base);
    holds(!called || !location.is_ipv6(), ConfigRule::AddressIpv6)
}

/// A `scope-token` of RFC 6749, section 3.3.
pub(crate) fn check_scope(value: &Value) -> Result<&str, ConfigRule> {
    let scope = value.as_str().ok_or(ConfigRule::NotText)?;
    let fits = (1..=LONGEST_SCOPE).contains(&scope.len()) && is_visible(scope);
    holds(fits && !scope.contains(['"', '\\']), ConfigRule::ScopeForm)?;
    Ok(scope)
}

/// An origin that a content security policy can name; plain `http` for loopback only.
pub(crate) fn check_origin(value: &Value) -> Result<&str, ConfigRule> {
    let text = value.as_str().ok_or(ConfigRule::NotText)?;
    let location = Location::parse(text)?;
    holds(
        location.is_https() || location.is_loopback(),
        ConfigRule::PlainHttp,
    )?;
    holds(location.path().is_empty(), ConfigRule::OriginForm)?;
    holds(!location.is_ipv6(), ConfigRule::AddressIpv6)?;
    Ok(text)
}

fn holds(it: bool, rule: ConfigRule) -> Result<(), ConfigRule> {
    if it { Ok(()) } else { Err(rule) }
}

fn is_id(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}
