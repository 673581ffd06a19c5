//! Whether the public internet reaches a host.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::choice::Environment;
use super::rule::Rule;

/// What a host is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Host {
    /// A public name.
    Public,
    /// This very machine, by its name.
    Loopback,
    /// A fault, or something to look at twice, and what belongs to it.
    Fault(Rule, String),
}

/// Judges a host in any case of letters. In development, this machine is as good as a public name.
pub(super) fn judge(host: &str, environment: Environment) -> Host {
    let host = &*host.to_ascii_lowercase();
    let class = class(host);
    let development = environment == Environment::Development;
    match class {
        Host::Loopback if !development => Host::Fault(Rule::HostLoopback, host.to_owned()),
        Host::Fault(Rule::HostLoopback, it) if development => {
            Host::Fault(Rule::HostLoopbackNumber, it)
        }
        Host::Fault(Rule::HostTunnel, _) if development => Host::Public,
        class => class,
    }
}

fn fault(rule: Rule, detail: &str) -> Host {
    Host::Fault(rule, detail.to_owned())
}

fn class(host: &str) -> Host {
    if let Some(inner) = host.strip_prefix('[') {
        let address = inner.strip_suffix(']').and_then(|it| it.parse().ok());
        return address.map_or_else(|| fault(Rule::AddressHost, host), |it| v6(it, host));
    }
    if is_number(host) {
        let Some(address) = number(host) else {
            return fault(Rule::AddressHost, host);
        };
        if host.parse() != Ok(address) {
            return Host::Fault(Rule::HostOddNumber, address.to_string());
        }
        return Host::Fault(v4(address), host.to_owned());
    }
    name(host)
}

fn name(host: &str) -> Host {
    let valid = host.len() <= 253 && host.split('.').all(is_label);
    if !valid {
        return fault(Rule::AddressHost, host);
    }
    if is_or_below(host, "localhost") {
        return Host::Loopback;
    }
    if !host.contains('.') {
        return fault(Rule::HostSingleLabel, host);
    }
    for (names, rule) in [
        (SPECIAL, Rule::HostSpecialName),
        (EXAMPLES, Rule::HostExample),
        (TUNNELS, Rule::HostTunnel),
    ] {
        if let Some(name) = names.iter().find(|name| is_or_below(host, name)) {
            return fault(rule, name);
        }
    }
    Host::Public
}

/// Names that are kept out of the public tree: RFC 6761, RFC 6762 (`local`), RFC 7686 (`onion`),
/// RFC 8375 (`home.arpa`), RFC 9476 (`alt`), and those that ICANN has put aside or never delegated.
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
/// the last fills what is left.
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
fn v4(address: Ipv4Addr) -> Rule {
    match address.octets() {
        [127, ..] => Rule::HostLoopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Rule::HostPrivate,
        [100, 64..=127, ..] => Rule::HostShared,
        [169, 254, ..] => Rule::HostLinkLocal,
        [224..=239, ..] => Rule::HostMulticast,
        [0 | 240..=255, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18..=19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Rule::HostReserved,
        _ => Rule::HostNumber,
    }
}

fn v6(address: Ipv6Addr, host: &str) -> Host {
    let rule = match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Rule::HostLoopback,
        // Mapped, and the deprecated compatible form.
        [0, 0, 0, 0, 0, 0xffff, ..] => Rule::HostMapped,
        [0, 0, 0, 0, 0, 0, ..] | [0x64, 0xff9b, ..] | [0x100, 0, 0, 0, ..] => Rule::HostReserved,
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] => Rule::HostReserved,
        [0xfc00..=0xfdff, ..] => Rule::HostPrivate,
        [0xfe80..=0xfebf, ..] => Rule::HostLinkLocal,
        [0xff00..=0xffff, ..] => Rule::HostMulticast,
        _ => Rule::HostIpv6,
    };
    fault(rule, host)
}
