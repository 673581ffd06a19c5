//! Names what differs between the configured issuer and the one in an answer. The two must be equal
//! byte for byte (RFC 9207 §2.4); a small difference is a mistake in the configuration far more often
//! than an attack, so the message says which value to correct.

use crate::form::split_once;
use crate::server_text::clean;

/// An issuer taken apart, so that parts that name the same server can be compared alone.
struct Parts {
    scheme: String,
    host: String,
    port: Option<String>,
    path: String,
}

/// Both values, what differs, and the key of `config.json` that holds the expected one.
#[must_use]
pub fn difference(expected: &str, received: &str, profile: &str) -> String {
    let differs = differing(expected, received);
    // A value that is the configured one but for its writing holds nothing that is not known.
    let received = match differs.is_empty() {
        true => clean(received),
        false => received.chars().filter(|c| !c.is_control()).collect(),
    };
    let only = match differs.is_empty() {
        true => String::new(),
        false => [" Only ", &differs.join(" and "), " differs."].concat(),
    };
    [
        "The answer names “",
        &received,
        "”; config.json expects “",
        expected,
        "”.",
        &only,
        " Key: issuer of the profile “",
        profile,
        "”.",
    ]
    .concat()
}

/// The parts that differ in writing only; empty if the values name different servers.
fn differing(expected: &str, received: &str) -> Vec<&'static str> {
    let (Some(one), Some(other)) = (parts(expected), parts(received)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut note = |differs: bool, what| {
        if differs {
            found.push(what);
        }
    };
    let host = one.host != other.host;
    let scheme = one.scheme != other.scheme;
    let upper = host || scheme && one.scheme.eq_ignore_ascii_case(&other.scheme);
    note(upper, "the case of letters");
    note(
        !one.scheme.eq_ignore_ascii_case(&other.scheme),
        "the scheme (http or https)",
    );
    note(one.port != other.port, "the port");
    note(one.path != other.path, "the final slash");
    let (one, other) = (one.plain(), other.plain());
    if one == other { found } else { Vec::new() }
}

impl Parts {
    /// What has to be equal for two values to name the same server.
    fn plain(&self) -> (String, Option<&str>, &str) {
        let scheme = self.scheme.to_ascii_lowercase();
        let default = if scheme == "http" { "80" } else { "443" };
        let port = self
            .port
            .as_deref()
            .filter(|port| *port != default && !port.is_empty());
        (
            self.host.to_ascii_lowercase(),
            port,
            self.path.trim_end_matches('/'),
        )
    }
}

fn parts(issuer: &str) -> Option<Parts> {
    let (scheme, rest) = split_once(issuer.trim_ascii(), "://")?;
    let at = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(at);
    let port = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let (host, port) = match port {
        Some((host, port)) => (host, Some(port.to_owned())),
        None => (host, None),
    };
    Some(Parts {
        scheme: scheme.to_owned(),
        host: host.to_owned(),
        port,
        path: path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_spelling_difference_is_named() {
        const EXPECTED: &str = "https://auth.pleo.io";
        for (received, differs) in [
            ("https://auth.pleo.io/", &["the final slash"][..]),
            ("https://Auth.Pleo.io", &["the case of letters"]),
            ("HTTPS://auth.pleo.io", &["the case of letters"]),
            ("https://auth.pleo.io:443", &["the port"]),
            ("http://auth.pleo.io", &["the scheme (http or https)"]),
            (
                "http://auth.pleo.io:80",
                &["the scheme (http or https)", "the port"],
            ),
            (
                "https://AUTH.PLEO.IO:443/",
                &["the case of letters", "the port", "the final slash"],
            ),
            ("https://auth.pleo.io:8443", &[]),
            ("https://auth.pleo.io.evil.example", &[]),
            ("https://auth.pleo.io/tenant", &[]),
            ("https://auth.pleo.io@evil.example", &[]),
            ("auth.pleo.io", &[]),
            ("", &[]),
        ] {
            assert_eq!(differing(EXPECTED, received), differs, "{received}");
            let words = difference(EXPECTED, received, "pleo");
            assert!(words.contains(&format!("“{received}”")), "{words}");
            assert!(words.contains(&format!("“{EXPECTED}”")), "{words}");
            assert_eq!(words.contains("Only "), !differs.is_empty(), "{words}");
        }
    }

    #[test]
    fn trailing_slash_may_be_in_the_configuration() {
        assert_eq!(
            differing("https://a.example/t/", "https://a.example/t"),
            ["the final slash"]
        );
    }

    #[test]
    fn foreign_issuer_is_sanitised() {
        let words = difference(
            "https://a.example",
            "https://b.example/qX7vT2mK9pL4qX7vT2mK\u{202e}",
            "pleo",
        );
        assert!(
            !words.contains("qX7v") && !words.contains('\u{202e}'),
            "{words}"
        );
    }
}
