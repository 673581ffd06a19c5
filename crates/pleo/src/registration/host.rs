//! Whether the public internet reaches a host.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::choice::Environment;
use super::rule::RegistrationRule;

/// What a host is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HostClass {
    /// A public name.
    Public,
    /// This very machine, by its name.
    Loopback,
    /// A fault, or something to look at twice, and what belongs to it.
    Fault(RegistrationRule, String),
}

/// Judges a host in any case of letters. In development, this machine is as good as a public name.
pub(super) fn check_host(host: &str, environment: Environment) -> HostClass {
    let host = &*host.to_ascii_lowercase();
    let class = class(host);
    let development = environment == Environment::Development;
    match class {
        HostClass::Loopback if !development => {
            HostClass::Fault(RegistrationRule::HostLoopback, host.to_owned())
        }
        HostClass::Fault(RegistrationRule::HostLoopback, it) if development => {
            HostClass::Fault(RegistrationRule::HostLoopbackNumber, it)
        }
        HostClass::Fault(RegistrationRule::HostTunnel, _) if development => HostClass::Public,
        class => class,
    }
}

fn fault(rule: RegistrationRule, detail: &str) -> HostClass {
    HostClass::Fault(rule, detail.to_owned())
}

fn class(host: &str) -> HostClass {
    if let Some(inner) = host.strip_prefix('[') {
        let address = inner.strip_suffix(']').and_then(|it| it.parse().ok());
        return address.map_or_else(
            || fault(RegistrationRule::AddressHost, host),
            |it| v6(it, host),
        );
    }
    if is_number(host) {
        let Some(address) = number(host) else {
            return fault(RegistrationRule::AddressHost, host);
        };
        if host.parse() != Ok(address) {
            return HostClass::Fault(RegistrationRule::HostOddNumber, address.to_string());
        }
        return HostClass::Fault(v4(address), host.to_owned());
    }
    name(host)
}

fn name(host: &str) -> HostClass {
    let valid = host.len() <= 253 && host.split('.').all(is_label);
    if !valid {
        return fault(RegistrationRule::AddressHost, host);
    }
    if is_or_below(host, "localhost") {
        return HostClass::Loopback;
    }
    if !host.contains('.') {
        return fault(RegistrationRule::HostSingleLabel, host);
    }
    for (names, rule) in [
        (SPECIAL, RegistrationRule::HostSpecialName),
        (EXAMPLES, RegistrationRule::HostExample),
        (TUNNELS, RegistrationRule::HostTunnel),
    ] {
        if let Some(name) = names.iter().find(|name| is_or_below(host, name)) {
            return fault(rule, name);
        }
    }
    HostClass::Public
}

/// Names that are kept out of the public tree: RFC 6761, RFC 6762 (`local`), RFC 7686 (`onion`),
/// RFC 8375 (`home.arpa`), RFC 9476 (`alt`), and those that ICANN reserved or never delegated.
const SPECIAL: &[&str] = &[
    "test",
    "invalid",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "onion",
    "alt",
];

/// Names that are reserved for examples: RFC 6761, section 6.5.
const EXAMPLES: &[&str] = &["example", "example.com", "example.net", "example.org"];

/// Services that lend a public name to a machine behind them, or to any address.
const TUNNELS: &[&str] = &[
    "ngrok.io",
    "ngrok.app",
    "ngrok-free.app",
    "loca.lt",
    "trycloudflare.com",
    "serveo.net",
    "devtunnels.ms",
    "nip.io",
    "sslip.io",
    "localtest.me",
    "lvh.me",
];

fn is_or_below(host: &str, name: &str) -> bool {
    host.strip_suffix(name)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A label of RFC 1123.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether browsers read it as an IPv4 address: the last label is a number, `0x` and all.
fn is_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or(host);
    let digits = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    let hexadecimal = last.strip_prefix("0x");
    digits || hexadecimal.is_some_and(|it| it.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The IPv4 address that browsers make of it: 1 to 4 parts, decimal, octal or hexadecimal, of which
/// the last fills the rest.
fn number(host: &str) -> Option<Ipv4Addr> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let mut address: u32 = 0;
    let mut places: u32 = 4;
    let mut parts = host.split('.').peekable();
    while let Some(text) = parts.next() {
        let value = part(text)?;
        if parts.peek().is_none() {
            let left = u64::from(u32::MAX) >> (32 - 8 * places);
            return (value <= left).then(|| Ipv4Addr::from(address | value as u32));
        }
        if value > 255 || places == 1 {
            return None;
        }
        places -= 1;
        address |= (value as u32) << (8 * places);
    }
    None
}

fn part(text: &str) -> Option<u64> {
    let (digits, radix) = if let Some(digits) = text.strip_prefix("0x") {
        (digits, 16)
    } else if text.len() > 1 && text.starts_with('0') {
        (text, 8)
    } else {
        (text, 10)
    };
    if digits.is_empty() {
        return (radix == 16).then_some(0);
    }
    // A plus sign is no digit, whatever the parser says.
    let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
    plain
        .then(|| u64::from_str_radix(digits, radix).ok())
        .flatten()
}

/// The rule that an IPv4 address comes under; every one does, since an address is no name.
fn v4(address: Ipv4Addr) -> RegistrationRule {
    match address.octets() {
        [127, ..] => RegistrationRule::HostLoopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => RegistrationRule::HostPrivate,
        [100, 64..=127, ..] => RegistrationRule::HostShared,
        [169, 254, ..] => RegistrationRule::HostLinkLocal,
        [224..=239, ..] => RegistrationRule::HostMulticast,
        [0 | 240..=255, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18..=19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => RegistrationRule::HostReserved,
        _ => RegistrationRule::HostNumber,
    }
}

fn v6(address: Ipv6Addr, host: &str) -> HostClass {
    let rule = match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => RegistrationRule::HostLoopback,
        // Mapped, and the deprecated compatible form.
        [0, 0, 0, 0, 0, 0xffff, ..] => RegistrationRule::HostMapped,
        [0, 0, 0, 0, 0, 0, ..] | [0x64, 0xff9b, ..] | [0x100, 0, 0, 0, ..] => {
            RegistrationRule::HostReserved
        }
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] => {
            RegistrationRule::HostReserved
        }
        [0xfc00..=0xfdff, ..] => RegistrationRule::HostPrivate,
        [0xfe80..=0xfebf, ..] => RegistrationRule::HostLinkLocal,
        [0xff00..=0xffff, ..] => RegistrationRule::HostMulticast,
        _ => RegistrationRule::HostIpv6,
    };
    fault(rule, host)
}
