//! What the results may contain of a secret: its type, length and fingerprint.

use outlay_oauth::state::StateValue;

/// Returns for example `refresh token, 43 characters, fingerprint 9f86d081`: the first four bytes
/// of its SHA-256.
pub(super) fn fingerprint(kind: &str, secret: &str) -> String {
    let hash = StateValue::received(secret).hash();
    let mut shown = String::with_capacity(8);
    for byte in hash.iter().take(4) {
        for nibble in [byte >> 4, byte & 15] {
            shown.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    let length = secret.chars().count().to_string();
    [kind, ", ", &length, " characters, fingerprint ", &shown].concat()
}

/// Joins names with commas; `none` for an empty list.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => "none".to_owned(),
        items => items.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprint_is_a_prefix_of_the_hash() {
        let explanation = fingerprint("code", "test");
        assert_eq!(explanation, "code, 4 characters, fingerprint 9f86d081");
    }
}
