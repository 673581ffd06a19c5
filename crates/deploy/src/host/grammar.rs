//! The token requests that a proxy lets through, as one regular expression.
//!
//! It matches the whole body, with the parameters in the order in which the client sends them. Each name
//! is literal, so it occurs once and cannot be written in another encoding; no value has a separator.
//! Every other body is refused. The syntax is common to PCRE (nginx) and RE2 (Caddy).

use std::fmt::Write;

/// A value as the client encodes it; `~` besides, for others that encode like it.
const VALUE: &str = "[0-9A-Za-z*._~+%-]+";

/// The grants that are let through, and the parameters of each after `grant_type`.
const GRANTS: [(&str, &[&str]); 2] = [
    (
        "authorization_code",
        &["code", "redirect_uri", CLIENT, VERIFIER],
    ),
    ("refresh_token", &["refresh_token", CLIENT]),
];
const CLIENT: &str = "client_id";
/// Optional: the connection test omits it once, to see whether the authorization server refuses that.
const VERIFIER: &str = "code_verifier";

/// Media type of token requests.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// Returns a regular expression for the form of a token request, optionally for one client id.
pub fn form(client: Option<&str>) -> String {
    let client = client.map(literal);
    let grants = GRANTS.map(|(grant, names)| {
        names.iter().fold(grant.to_owned(), |mut text, name| {
            let value = match &client {
                Some(client) if *name == CLIENT => client,
                _ => VALUE,
            };
            let _ = match *name {
                VERIFIER => write!(text, "(?:&{name}={value})?"),
                _ => write!(text, "&{name}={value}"),
            };
            text
        })
    });
    format!("\\Agrant_type=(?:{})\\z", grants.join("|"))
}

/// A value as the client encodes it, and as an expression that matches it alone.
fn literal(value: &str) -> String {
    value.bytes().fold(String::new(), |mut text, byte| {
        let _ = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' => {
                write!(text, "{}", char::from(byte))
            }
            b'*' | b'.' => write!(text, "[{}]", char::from(byte)),
            b' ' => write!(text, "[+]"),
            _ => write!(text, "%{byte:02X}"),
        };
        text
    })
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn token_form_pattern_matches_whole_bodies_and_is_valid_in_both_hosts() {
        for form in [form(None), form(Some("a b.c*d\"{$x}';/é"))] {
            assert!(form.starts_with("\\Agrant_type=(?:") && form.ends_with(")\\z"));
            assert!(!form.contains(['"', '\'', '`', ' ', '{', '}', ';', '\n', '$']));
            // The client's own words, which tests/e2e sends through real servers.
            for name in ["code_verifier", "redirect_uri", "refresh_token"] {
                assert!(form.contains(&format!("&{name}=[")), "{name}");
            }
            assert!(!form.contains("secret") && !form.contains("client_credentials"));
        }
    }

    #[test]
    fn known_client_id_is_part_of_the_pattern() {
        let form = form(Some("out.lay 1"));
        assert_eq!(form.matches("&client_id=out[.]lay[+]1").count(), 2);
        assert!(!form.contains("&client_id=[0"));
    }
}
