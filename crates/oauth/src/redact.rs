//! Known secrets removed from what a server has sent, before it is shown.
//!
//! A server may repeat a token in an error, a header or a body. [`Redactor`] finds every known
//! secret: as it is, escaped as JSON strings are, percent-encoded, in UTF-16, and inside a base64
//! text. [`mask_tokens`] masks words that look like an unknown token.

use zeroize::Zeroizing;

use crate::form;
use crate::secret::FormBody;

/// The replacement for a secret, valid inside a JSON string.
pub const REDACTED: &str = "[redacted]";

/// Secrets with fewer bytes are not searched for: they would be found in ordinary text.
const SHORTEST: usize = 8;

/// Entries of the shift table; a power of two.
const TABLE: usize = 4_096;

/// The secret parameters of a token or revocation request (RFC 6749 §4.1.3 and §6,
/// RFC 7009 §2.1, RFC 7636 §4.5).
const SECRET_PARAMETERS: [&str; 4] = ["code", "code_verifier", "refresh_token", "token"];

/// A set of secrets in all their encodings, ready to be searched for (the algorithm of Wu and
/// Manber: a text is inspected about once per length of the shortest form).
#[derive(Default)]
pub struct Redactor {
    forms: Vec<Zeroizing<Vec<u8>>>,
    /// The length of the shortest form.
    shortest: usize,
    /// By the hash of two bytes: how far the window may move if they are its last ones.
    shifts: Vec<u8>,
}

impl Redactor {
    /// Prepares the search for `secrets` in every encoding. Secrets too short to be one are skipped.
    #[must_use]
    pub fn new<S: AsRef<str>>(secrets: impl IntoIterator<Item = S>) -> Redactor {
        let mut forms: Vec<Zeroizing<Vec<u8>>> = Vec::new();
        for secret in secrets {
            let secret = secret.as_ref();
            if secret.len() < SHORTEST {
                continue;
            }
            add_forms(secret.as_bytes(), &mut |form| {
                if !forms.iter().any(|known| known[..] == form[..]) {
                    forms.push(form);
                }
            });
        }
        let shortest = forms.iter().map(|form| form.len()).min().unwrap_or(0);
        let longest_shift = u8::try_from(shortest.saturating_sub(1)).unwrap_or(u8::MAX);
        let mut shifts = vec![longest_shift; if forms.is_empty() { 0 } else { TABLE }];
        for form in &forms {
            for (at, pair) in form[..shortest].windows(2).enumerate() {
                let rest = u8::try_from(shortest - 2 - at).unwrap_or(u8::MAX);
                let shift = &mut shifts[hash(pair[0], pair[1])];
                *shift = (*shift).min(rest);
            }
        }
        Redactor {
            forms,
            shortest,
            shifts,
        }
    }

    /// Returns whether there is no secret to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Where the first secret begins, and its length; `None` if there is none.
    #[must_use]
    pub fn find(&self, bytes: &[u8]) -> Option<(usize, usize)> {
        if self.is_empty() {
            return None;
        }
        let mut end = self.shortest;
        while let Some(&[first, second]) = bytes.get(end.checked_sub(2)?..end) {
            let shift = self.shifts[hash(first, second)];
            if shift > 0 {
                end += usize::from(shift);
                continue;
            }
            let start = end - self.shortest;
            let here = &bytes[start..];
            let found = self.forms.iter().filter(|form| here.starts_with(form));
            if let Some(longest) = found.map(|form| form.len()).max() {
                return Some((start, longest));
            }
            end += 1;
        }
        None
    }

    /// The bytes with [`REDACTED`] in the place of each secret; `None` if there is none.
    #[must_use]
    pub fn replace(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let (mut start, mut length) = self.find(bytes)?;
        let mut rest = bytes;
        let mut clean = Vec::with_capacity(bytes.len());
        loop {
            clean.extend_from_slice(&rest[..start]);
            clean.extend_from_slice(REDACTED.as_bytes());
            rest = &rest[start + length..];
            match self.find(rest) {
                Some(next) => (start, length) = next,
                None => break,
            }
        }
        clean.extend_from_slice(rest);
        Some(clean)
    }

    /// The same bytes if there is no secret in them.
    #[must_use]
    pub fn bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        self.replace(&bytes).unwrap_or(bytes)
    }

    /// Returns the text with [`REDACTED`] in the place of each secret; the same text if there is
    /// none.
    #[must_use]
    pub fn text(&self, text: String) -> String {
        match self.replace(text.as_bytes()) {
            // Forms are ASCII, or ASCII with NUL between: no character of the text is cut.
            Some(clean) => String::from_utf8_lossy(&clean).into_owned(),
            None => text,
        }
    }
}

fn hash(first: u8, second: u8) -> usize {
    (usize::from(first) << 4 ^ usize::from(second)) & (TABLE - 1)
}

/// Gives every encoding of a secret to `add`, the plain one first.
fn add_forms(secret: &[u8], add: &mut dyn FnMut(Zeroizing<Vec<u8>>)) {
    let mapped = |map: &dyn Fn(u8, &mut Vec<u8>)| {
        let mut form = Zeroizing::new(Vec::with_capacity(secret.len() * 6));
        for byte in secret {
            map(*byte, &mut form);
        }
        form
    };
    let bare = |byte: u8, form: &mut Vec<u8>| form.push(byte);
    let json = |byte: u8, form: &mut Vec<u8>| {
        if matches!(byte, b'"' | b'\\') {
            form.push(b'\\');
        }
        form.push(byte);
    };
    let json_twice = |byte: u8, form: &mut Vec<u8>| match byte {
        b'"' => form.extend_from_slice(b"\\\\\\\""),
        b'\\' => form.extend_from_slice(b"\\\\\\\\"),
        _ => form.push(byte),
    };
    // As PHP does.
    let slashes = |byte: u8, form: &mut Vec<u8>| {
        if matches!(byte, b'"' | b'\\' | b'/') {
            form.push(b'\\');
        }
        form.push(byte);
    };
    add(mapped(&bare));
    // Most tokens hold nothing that any of these escapes.
    let is_plain = secret.iter().all(is_unreserved);
    let cases: &[&[u8; 16]] = match is_plain {
        true => &[],
        false => &[b"0123456789ABCDEF", b"0123456789abcdef"],
    };
    if !is_plain {
        add(mapped(&json));
        add(mapped(&json_twice));
        add(mapped(&slashes));
    }
    for digits in cases {
        let hex = |byte: u8, form: &mut Vec<u8>| {
            form.extend([byte >> 4, byte & 15].map(|digit| digits[usize::from(digit)]));
        };
        // As .NET does, which escapes what HTML knows.
        add(mapped(&|byte, form| match byte {
            b'"' | b'&' | b'\'' | b'+' | b'<' | b'>' | b'`' => {
                form.extend_from_slice(b"\\u00");
                hex(byte, form);
            }
            _ => json(byte, form),
        }));
        add(mapped(&|byte, form| {
            if is_unreserved(&byte) {
                form.push(byte);
            } else {
                form.push(b'%');
                hex(byte, form);
            }
        }));
    }
    let mut wide = mapped(&|byte, form| form.extend([byte, 0]));
    wide.pop();
    add(wide);
    for symbols in [b"+/", b"-_"] {
        for lead in 0..3 {
            add(base64_inside(secret, lead, *symbols));
        }
    }
}

/// What no encoding changes (RFC 3986 §2.3).
fn is_unreserved(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(byte)
}

/// The base64 characters of a secret that do not depend on what is around it in the encoded text,
/// if `lead` bytes of the first group of three are another text's.
fn base64_inside(secret: &[u8], lead: usize, symbols: [u8; 2]) -> Zeroizing<Vec<u8>> {
    let mut form = Zeroizing::new(Vec::with_capacity(secret.len() * 4 / 3 + 1));
    let bits = (lead + secret.len()) * 8;
    // A character covers six bits; the first whole one begins at or after the lead's last bit.
    let mut bit = (lead * 8).div_ceil(6) * 6;
    while bit + 6 <= bits {
        let byte = |at: usize| at.checked_sub(lead).and_then(|at| secret.get(at)).copied();
        let pair = u16::from_be_bytes([byte(bit / 8).unwrap_or(0), byte(bit / 8 + 1).unwrap_or(0)]);
        let value = (pair >> (10 - bit % 8) & 63) as u8;
        form.push(match value {
            0..=25 => b'A' + value,
            26..=51 => b'a' + value - 26,
            52..=61 => b'0' + value - 52,
            62 => symbols[0],
            _ => symbols[1],
        });
        bit += 6;
    }
    form
}

/// Returns the values of the secret parameters of a token or revocation request: code, verifier,
/// tokens.
#[must_use]
pub fn secrets_of_form(body: &FormBody) -> Vec<Zeroizing<String>> {
    body.reveal()
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| SECRET_PARAMETERS.contains(name))
        .filter_map(|(_, value)| form::decode(value).map(Zeroizing::new))
        .collect()
}

/// The server's words with [`REDACTED`] in the place of what looks like a token.
///
/// Masked is a run of token characters (RFC 6750 §2.1 without `.` and `/`) of at least 16 bytes
/// that mixes letters and digits, or of at least 24 that changes between small and capital letters
/// as words do not. A UUID is left: servers name the request by one, which support asks for.
#[must_use]
pub fn mask_tokens(text: &str) -> String {
    let in_run = |c: char| c.is_ascii_alphanumeric() || "-_~+=".contains(c);
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.find(|c| !in_run(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(run);
        masked.push_str(if looks_like_a_token(word) {
            REDACTED
        } else {
            word
        });
        let other = after.find(in_run).unwrap_or(after.len());
        let (between, next) = after.split_at(other);
        masked.push_str(between);
        rest = next;
    }
    masked
}

fn looks_like_a_token(word: &str) -> bool {
    let bytes = word.as_bytes();
    let any = |test: fn(&u8) -> bool| bytes.iter().any(test);
    let mixes = any(u8::is_ascii_digit) && any(u8::is_ascii_alphabetic);
    let changes = bytes
        .windows(2)
        .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        .count();
    (bytes.len() >= 16 && mixes && !is_uuid(bytes))
        || (bytes.len() >= 24 && changes * 6 > bytes.len())
}

fn is_uuid(bytes: &[u8]) -> bool {
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    const TOKEN: &str = "eyJ0.a+b/c=-_~9f8e7d6c\"\\x";

    #[test]
    fn secret_is_removed_and_surrounding_text_kept() {
        let redactor = Redactor::new(["at-9f8e7d6c", "rt-0123456789"]);
        for (text, clean) in [
            ("", ""),
            ("nothing here", "nothing here"),
            ("at-9f8e7d6c", "[redacted]"),
            ("Bearer at-9f8e7d6c.", "Bearer [redacted]."),
            (
                "ä at-9f8e7d6cat-9f8e7d6c rt-0123456789 ö",
                "ä [redacted][redacted] [redacted] ö",
            ),
            ("at-9f8e7d6", "at-9f8e7d6"),
            ("at-9f8e7dat-9f8e7d6c", "at-9f8e7d[redacted]"),
        ] {
            assert_eq!(redactor.text(text.to_owned()), clean);
        }
    }

    #[test]
    fn secret_is_found_in_every_encoding() {
        let percent: String = TOKEN
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect();
        let json = TOKEN.replace('\\', "\\\\").replace('"', "\\\"");
        let twice = json.replace('\\', "\\\\").replace('"', "\\\"");
        let html = TOKEN
            .replace('\\', "\\\\")
            .replace('"', "\\u0022")
            .replace('+', "\\u002B");
        let wide: Vec<u8> = TOKEN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let redactor = Redactor::new([TOKEN]);
        for form in [
            TOKEN.as_bytes(),
            percent.as_bytes(),
            percent.to_lowercase().replace("eyj0", "eyJ0").as_bytes(),
            json.as_bytes(),
            json.replace('/', "\\/").as_bytes(),
            twice.as_bytes(),
            html.as_bytes(),
            html.replace("\\u002B", "\\u002b").as_bytes(),
            &wide,
        ] {
            let whole = [b"<<", form, b">>"].concat();
            assert!(
                redactor.find(&whole).is_some(),
                "{}",
                String::from_utf8_lossy(form)
            );
        }
        for before in ["", "x", "xy", "xyz", "Bearer "] {
            let plain = [before, TOKEN, "zz"].concat();
            for encoded in [STANDARD.encode(&plain), URL_SAFE_NO_PAD.encode(&plain)] {
                assert!(redactor.find(encoded.as_bytes()).is_some(), "{encoded}");
            }
        }
    }

    #[test]
    fn form_secrets_are_code_verifier_and_tokens() {
        let body = "grant_type=authorization_code&code=a%2Bb&client_id=c&code_verifier=v";
        let secrets = secrets_of_form(&FormBody::new(body.to_owned()));
        let secrets: Vec<&str> = secrets.iter().map(|secret| secret.as_str()).collect();
        assert_eq!(secrets, ["a+b", "v"]);
    }

    #[test]
    fn short_secret_is_not_replaced() {
        assert!(Redactor::new(["a", "1234567"]).is_empty());
        assert!(Redactor::new(Vec::<String>::new()).find(b"abc").is_none());
    }

    #[test]
    fn unknown_token_in_an_error_is_masked_and_ordinary_words_are_kept() {
        for (text, masked) in [
            (
                "The token 0f8fad5bd9cb469fa165 is used",
                "The token [redacted] is used",
            ),
            (
                "invalid_grant: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x",
                "invalid_grant: [redacted].[redacted].x",
            ),
            (
                "Bearer QmFzZUFsbExldHRlcnNNaXhlZENhc2U=",
                "Bearer [redacted]",
            ),
            (
                "(refresh_token='rt_8d7c6b5a49382716')",
                "(refresh_token='[redacted]')",
            ),
        ] {
            assert_eq!(mask_tokens(text), masked);
        }
        for text in [
            "",
            "invalid_grant: The code passed is incorrect or expired.",
            "AADSTS700082: The refresh token has expired due to inactivity.",
            "Trace 0f8fad5b-d9cb-469f-a165-70867728950e at 2026-03-31T22:00:00Z",
            "InvalidAuthenticationTokenException at https://auth.example/oauth/errors",
            "zugriffsverweigerungsgrund für Benutzer",
            "unauthorised_operation",
        ] {
            assert_eq!(mask_tokens(text), text);
        }
    }

    proptest! {
        #[test]
        fn redacted_text_contains_no_secret(
            secrets in prop::collection::vec("[!-~]{8,60}", 1..4),
            parts in prop::collection::vec((".{0,40}", 0..4usize), 0..8),
        ) {
            let redactor = Redactor::new(&secrets);
            let mut text = String::new();
            for (between, which) in &parts {
                text.push_str(between);
                if let Some(secret) = secrets.get(*which) {
                    text.push_str(secret);
                }
            }
            let clean = redactor.text(text.clone());
            // The replacement may form another secret with the text around it.
            prop_assume!(secrets.iter().all(|secret| !REDACTED.contains(&secret[..1])
                && !REDACTED.contains(&secret[secret.len() - 1..])));
            for secret in &secrets {
                prop_assert!(!clean.contains(secret.as_str()), "{clean}");
            }
            if !secrets.iter().any(|secret| text.contains(secret.as_str())) {
                prop_assert_eq!(redactor.replace(text.as_bytes()).is_none(), clean == text);
            }
        }

        #[test]
        fn first_match_equals_a_naive_search(
            secret in "[a-c]{8,12}",
            text in "[a-c]{0,300}",
            at in 0..300usize,
        ) {
            let mut text = text;
            if at < text.len() {
                text.insert_str(at, &secret);
            }
            let found = Redactor::new([&secret]).find(text.as_bytes()).map(|found| found.0);
            prop_assert_eq!(found, text.find(&secret));
        }
    }
}
