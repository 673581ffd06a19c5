//! Decides which field names are those of secrets, in any spelling.

use std::borrow::Cow;

/// Endings of names of secret fields; everything inside such a field is secret too.
const ENDINGS: &[&str] = &[
    "token",
    "tokens",
    "tokenvalue",
    "pwd",
    "passcode",
    "passphrase",
    "apikey",
    "apikeys",
    "privatekey",
    "accesskey",
    "signingkey",
    "encryptionkey",
    "authorization",
    "cookie",
    "customheaders",
    "codeverifier",
    "assertion",
    "jwt",
    "sessionid",
];

/// Parts of names of secret fields.
const PARTS: &[&str] = &["secret", "password", "passwd", "credential"];

/// The beginning of a key that signs webhooks.
pub const WEBHOOK_KEY: &str = "whsec_";

/// Whether a field of this name is secret. Letters and digits alone decide: `secret_key`,
/// `Secret-Key` and `secretKey` are one name, and so is `to\\u006ben` with `token`.
pub fn is_secret_name(name: &str) -> bool {
    let unescaped = unescaped(name);
    let plain = unescaped.chars().filter_map(|one| {
        // Full-width letters count as the letters that they look like.
        let one = match u32::from(one) {
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0)?,
            _ => one,
        };
        one.is_ascii_alphanumeric()
            .then(|| one.to_ascii_lowercase())
    });
    let plain: String = plain.collect();
    ENDINGS.iter().any(|it| plain.ends_with(it))
        || (PARTS.iter().any(|it| plain.contains(it)) && !plain.contains("secretar"))
}

/// Returns the text with `\\u006b`, `\\x6b` and `%6b` decoded.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '%']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '%']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (skip, digits) = match from.as_bytes() {
            [b'\\', b'u', ..] => (2, 4),
            [b'\\', b'x', ..] => (2, 2),
            [b'%', ..] => (1, 2),
            _ => (1, 0),
        };
        let code = from.get(skip..skip + digits);
        let code = code.and_then(|it| u32::from_str_radix(it, 16).ok());
        let (one, used) = match code.filter(|_| digits > 0) {
            Some(code) => (char::from_u32(code).unwrap_or('\u{fffd}'), skip + digits),
            None => (
                char::from(from.as_bytes().first().copied().unwrap_or(b'?')),
                1,
            ),
        };
        out.push(one);
        rest = from.get(used..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}
