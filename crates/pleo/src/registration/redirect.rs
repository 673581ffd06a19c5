//! The redirect URIs: compared character by character (RFC 9700, section 2.1), so that whatever a
//! program on the way may rewrite is worth a warning.

use super::address::{AddressLocation, WebAddress, check as check_address};
use super::check::{Finding, LONGEST_LIST};
use super::choice::Environment;
use super::field::FormField;
use super::package::RegistrationPackage;
use super::rule::RegistrationRule;

/// What the authorization server adds to the query: RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207.
const ANSWERS: [&str; 6] = [
    "code",
    "state",
    "error",
    "error_description",
    "error_uri",
    "iss",
];

/// The callbacks that Pleo's guide registers for Postman.
const POSTMAN: &str = "oauth.pstmn.io";

pub(super) fn check(package: &RegistrationPackage, out: &mut Vec<Finding>) {
    let uris = package.redirect_uris.get(..LONGEST_LIST);
    let uris = uris.unwrap_or(&package.redirect_uris);
    for (at, uri) in uris.iter().enumerate() {
        let place = AddressLocation {
            field: FormField::RedirectUris,
            at: Some(at),
            environment: package.environment,
        };
        let earlier = uris.get(..at).unwrap_or_default();
        repeated(place, uri, earlier, out);
        if let Some(address) = check_address(place, uri, out) {
            form(place, &address, out);
        }
    }
}

fn repeated(place: AddressLocation, uri: &str, earlier: &[String], out: &mut Vec<Finding>) {
    if uri.is_empty() {
        return;
    }
    if earlier.iter().any(|it| it == uri) {
        out.push(place.finding(RegistrationRule::RedirectTwice, ""));
    } else if let Some(similar) = earlier.iter().find(|it| loose(it) == loose(uri)) {
        out.push(place.finding(RegistrationRule::RedirectAlike, similar));
    }
}

/// A redirect URI without what two spellings of it may differ in.
fn loose(uri: &str) -> String {
    let small = uri.to_ascii_lowercase();
    let Some(address) = WebAddress::parse(&small) else {
        return small;
    };
    let own = if address.is_https() { "443" } else { "80" };
    let port = address.port.filter(|&port| port != own).unwrap_or("");
    let path = address.path.trim_end_matches('/');
    let query = address.query.unwrap_or("");
    [address.scheme, address.host, port, path, query].join("\n")
}

fn form(place: AddressLocation, address: &WebAddress, out: &mut Vec<Finding>) {
    let mut note = |rule, detail: &str| out.push(place.finding(rule, detail));
    let WebAddress {
        scheme,
        host,
        path,
        query,
        ..
    } = *address;
    if host.contains('*') || path.contains('*') || query.is_some_and(|it| it.contains('*')) {
        note(RegistrationRule::RedirectWildcard, "");
    }
    if address.fragment.is_some() {
        note(RegistrationRule::RedirectFragment, "");
    }
    if let Some(query) = query {
        let reserved = query.split('&').find_map(|pair| {
            let name = pair.split('=').next()?;
            ANSWERS.contains(&name).then_some(name)
        });
        match reserved {
            Some(name) => note(RegistrationRule::RedirectReserved, name),
            None => note(RegistrationRule::RedirectQuery, query),
        }
    }
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        if plain == "." || plain == ".." || (segment.is_empty() && !last) {
            note(RegistrationRule::RedirectDots, path);
            break;
        }
    }
    if let Some(segment) = path.split('/').find(|it| it.starts_with(':')) {
        note(RegistrationRule::RedirectPlaceholder, segment);
    }
    if path.is_empty() {
        note(RegistrationRule::RedirectNoPath, "");
    } else if path.ends_with('/') {
        note(RegistrationRule::RedirectSlash, path);
    }
    if let Some(part) = [scheme, host, path]
        .into_iter()
        .find(|part| unescaped(part).any(|b| b.is_ascii_uppercase()))
    {
        note(RegistrationRule::RedirectCase, part);
    }
    if let Some(port) = address.port {
        // A program on the engineer's own machine has a port, as a rule.
        let own = if address.is_https() { "443" } else { "80" };
        if place.environment != Environment::Development || port == own {
            note(RegistrationRule::RedirectPort, port);
        }
    }
    if place.environment == Environment::Production && host.eq_ignore_ascii_case(POSTMAN) {
        note(RegistrationRule::RedirectPostman, "");
    }
}

/// The bytes outside percent escapes, whose capitals are the usual spelling.
fn unescaped(text: &str) -> impl Iterator<Item = u8> {
    let mut skip = 0;
    text.bytes().filter(move |&byte| {
        if byte == b'%' {
            skip = 3;
        }
        let counts = skip == 0;
        skip -= usize::from(!counts);
        counts
    })
}
