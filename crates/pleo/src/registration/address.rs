//! An absolute address, taken apart, and the rules that hold for every one of them.
//!
//! The reading is lenient, so that each fault gets a name of its own; `crates/config` has the strict
//! one, which accepts the canonical spelling alone.

use super::brand::{self, BrandMatch};
use super::check::Finding;
use super::choice::Environment;
use super::field::FormField;
use super::host::{HostClass, check_host};
use super::rule::RegistrationRule;

/// The longest address, in bytes.
const LONGEST: usize = 2048;

/// The parts of an `http` or `https` address, as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WebAddress<'a> {
    pub(super) scheme: &'a str,
    user: Option<&'a str>,
    pub(super) host: &'a str,
    pub(super) port: Option<&'a str>,
    /// Empty, or beginning with `/`.
    pub(super) path: &'a str,
    /// Without its `?`.
    pub(super) query: Option<&'a str>,
    /// Without its `#`.
    pub(super) fragment: Option<&'a str>,
}

impl<'a> WebAddress<'a> {
    /// Takes an address apart; none if it is not absolute or its scheme is another.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let (rest, fragment) = cut(rest, '#');
        let (rest, query) = cut(rest, '?');
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        // The colon of a port comes after the bracket that closes an IPv6 address.
        let bracket = match place.find(']') {
            Some(at) => at,
            None if place.starts_with('[') => place.len(),
            None => 0,
        };
        let colon = place.get(bracket..).and_then(|it| it.find(':'));
        let (host, port) = place.split_at(colon.map_or(place.len(), |at| bracket + at));
        Some(Self {
            scheme,
            user,
            host,
            port: port.strip_prefix(':'),
            path,
            query,
            fragment,
        })
    }

    pub(super) fn is_https(&self) -> bool {
        self.scheme.len() == "https".len()
    }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// The place of an address in the form.
#[derive(Debug, Clone, Copy)]
pub(super) struct AddressLocation {
    pub(super) field: FormField,
    /// The index in a list.
    pub(super) at: Option<usize>,
    pub(super) environment: Environment,
}

impl AddressLocation {
    pub(super) fn finding(self, rule: RegistrationRule, detail: &str) -> Finding {
        Finding::new(self.field, self.at, rule, detail)
    }
}

/// The rules of every address; returns its parts if it has them.
pub(super) fn check<'a>(
    place: AddressLocation,
    text: &'a str,
    out: &mut Vec<Finding>,
) -> Option<WebAddress<'a>> {
    let whole = if text.is_empty() {
        Some((RegistrationRule::Missing, ""))
    } else if text.trim() != text {
        Some((RegistrationRule::OuterSpace, ""))
    } else if text.len() > LONGEST {
        Some((RegistrationRule::AddressLong, ""))
    } else {
        None
    };
    if let Some((rule, detail)) = whole {
        out.push(place.finding(rule, detail));
        return None;
    }
    let Some(address) = WebAddress::parse(text) else {
        out.push(place.finding(RegistrationRule::AddressScheme, text));
        return None;
    };
    if let Some((rule, detail)) = foreign(text, &address) {
        out.push(place.finding(rule, detail));
        return None;
    }
    if address.user.is_some() {
        // The user information may contain a secret: it is not shown.
        out.push(place.finding(RegistrationRule::AddressUser, ""));
    }
    if let Some(port) = address.port
        && !is_port(port)
    {
        out.push(place.finding(RegistrationRule::AddressPort, port));
    }
    // A wildcard in the host has a separate rule.
    let local = if address.host.contains('*') && place.field == FormField::RedirectUris {
        false
    } else {
        reach(place, &address, out)
    };
    if !address.is_https() && !local {
        out.push(place.finding(RegistrationRule::PlainHttp, ""));
    }
    Some(address)
}

/// The rules of the host; whether it is this machine, and that is allowed.
fn reach(place: AddressLocation, address: &WebAddress, out: &mut Vec<Finding>) -> bool {
    let shown_to_users = matches!(
        place.field,
        FormField::ClientUri | FormField::LogoUri | FormField::TermsUri | FormField::PolicyUri
    );
    if shown_to_users && let Some(BrandMatch::Brand(part)) = brand::find(address.host) {
        out.push(place.finding(RegistrationRule::BrandInHost, part));
    }
    match check_host(address.host, place.environment) {
        HostClass::Public => false,
        HostClass::Loopback => true,
        HostClass::Fault(rule, detail) => {
            out.push(place.finding(rule, &detail));
            rule == RegistrationRule::HostLoopbackNumber
        }
    }
}

/// The first thing that an address may not hold as it is.
fn foreign<'a>(text: &'a str, address: &WebAddress) -> Option<(RegistrationRule, &'a str)> {
    for (at, character) in text.char_indices() {
        let rest = text.get(at..).unwrap_or("");
        let wide = match character {
            '%' if !is_escape(rest) => 3,
            '[' | ']' if !address.host.contains(character) => 1,
            '%' | '[' | ']' => continue,
            _ if character.is_ascii_alphanumeric()
                || "-._~:/?#@!$&'()*+,;=".contains(character) =>
            {
                continue;
            }
            _ => 1,
        };
        let end = rest.char_indices().nth(wide).map_or(rest.len(), |it| it.0);
        let in_host = !character.is_ascii() && address.host.contains(character);
        let rule = if in_host {
            RegistrationRule::AddressNotAscii
        } else {
            RegistrationRule::AddressCharacters
        };
        return Some((rule, rest.get(..end).unwrap_or(rest)));
    }
    None
}

fn is_escape(rest: &str) -> bool {
    let digits = rest.as_bytes().get(1..3);
    digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
}

/// 1 to 65535, without a leading zero.
fn is_port(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
        && !text.starts_with('0')
        && text.parse::<u16>().is_ok()
}
