//! The whole of a form that the token endpoint may be sent, as one regular expression.
//!
//! It is an allow-list over the body from its first byte to its last: the names are literal, so that
//! none can be written in another encoding, and no value holds a byte that separates. What does not
//! match is refused. Both PCRE and RE2 read it.

/// A value as the client encodes it; `~` and `%` besides, for others that encode like it.
const VALUE: &str = "[0-9A-Za-z*._~+%-]*";

/// The grants that are let through, and the parameters of each after `grant_type`.
const GRANTS: [(&str, &[&str]); 2] = [
    (
        "authorization_code",
        &["code", "redirect_uri", "client_id", "code_verifier"],
    ),
    ("refresh_token", &["refresh_token", "client_id", "scope"]),
];

/// The media type of a form.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// A form of one of the two grants.
pub fn form() -> String {
    let grants: Vec<_> = GRANTS
        .iter()
        .map(|(grant, names)| format!("{grant}(?:&(?:{})={VALUE})*", names.join("|")))
        .collect();
    format!("\\Agrant_type=(?:{})\\z", grants.join("|"))
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn the_form_is_matched_whole_and_can_stand_in_a_configuration() {
        let form = form();
        assert!(form.starts_with("\\Agrant_type=(?:") && form.ends_with(")\\z"));
        assert!(!form.contains(['"', ' ', '{', '}', ';', '\n']));
        // The client's own words, which tests/e2e sends through real servers.
        for name in [
            "code_verifier",
            "redirect_uri",
            "refresh_token",
            "client_id",
        ] {
            assert!(form.contains(name), "{name}");
        }
        assert!(!form.contains("secret") && !form.contains("client_credentials"));
    }
}
