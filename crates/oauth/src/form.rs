//! `application/x-www-form-urlencoded` (WHATWG URL §5): written for requests, read strictly for
//! callbacks. Reading is strict where the usual decoders are lenient: bytes that are not UTF-8 are
//! an error, not a replacement character.

use zeroize::Zeroizing;

/// Appends `name=value`, with `&` before it unless `form` is empty.
pub fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    encode(form, name);
    form.push('=');
    encode(form, value);
}

/// A body of these pairs. The buffer is made large enough at once, so that no reallocation leaves
/// a copy behind.
#[must_use]
pub fn body(pairs: &[(&str, &str)]) -> Zeroizing<String> {
    let room = pairs
        .iter()
        .map(|(name, value)| 3 * (name.len() + value.len()) + 2)
        .sum();
    let mut form = Zeroizing::new(String::with_capacity(room));
    for (name, value) in pairs {
        push(&mut form, name, value);
    }
    form
}

/// The pairs of a query, decoded, in order. `None` when a name or value is not UTF-8.
#[must_use]
pub fn parse(query: &str) -> Option<Vec<(String, String)>> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}

fn encode(form: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'*' | b'-' | b'.' | b'_' => {
                form.push(char::from(byte));
            }
            b' ' => form.push('+'),
            _ => {
                form.push('%');
                form.push(hex_digit(byte >> 4));
                form.push(hex_digit(byte & 15));
            }
        }
    }
}

fn hex_digit(nibble: u8) -> char {
    char::from(match nibble {
        0..=9 => b'0' + nibble,
        _ => b'A' + nibble - 10,
    })
}

/// The values of a parameter, still encoded, in order. Other parameters may hold anything.
pub fn values<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    query.split('&').filter_map(move |pair| {
        let (known, value) = pair.split_once('=').unwrap_or((pair, ""));
        (bytes(known) == name.as_bytes()).then_some(value)
    })
}

/// The text of a name or value; `None` when it is not UTF-8. A `%` that is not followed by two
/// hexadecimal digits is a literal `%`, as in every browser.
pub(crate) fn decode(text: &str) -> Option<String> {
    String::from_utf8(bytes(text)).ok()
}

/// As `str::split_once`; its search for a text is 1.6 kB of code, more than the saved time is worth.
pub(crate) fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let mut windows = text.as_bytes().windows(separator.len());
    let at = windows.position(|window| window == separator.as_bytes())?;
    Some((text.get(..at)?, text.get(at + separator.len()..)?))
}

/// The text of a value as far as it can be read: `%uXXXX` is a UTF-16 unit, as JavaScript's `escape`
/// writes it, and bytes that are not UTF-8 count as windows-1252, as in the WHATWG encoding
/// standard.
#[must_use]
pub fn decode_leniently(text: &str) -> String {
    let mut decoded = String::new();
    let split = |text| match split_once(text, "%u") {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    };
    let (first, mut after) = split(text);
    push_bytes(&mut decoded, first);
    let mut units: Vec<u16> = Vec::new();
    while let Some(text) = after {
        let (part, next) = split(text);
        after = next;
        let unit = part.get(..4).and_then(|digits| {
            let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            u16::from_str_radix(digits, 16).ok().filter(|_| hex)
        });
        let (unit, rest) = match unit {
            Some(unit) => (Some(unit), part.get(4..).unwrap_or_default()),
            None => (None, part),
        };
        units.extend(unit);
        if rest.is_empty() && unit.is_some() {
            continue;
        }
        push_units(&mut decoded, &mut units);
        if unit.is_none() {
            decoded.push_str("%u");
        }
        push_bytes(&mut decoded, rest);
    }
    push_units(&mut decoded, &mut units);
    decoded
}

fn push_units(decoded: &mut String, units: &mut Vec<u16>) {
    let characters = char::decode_utf16(units.drain(..));
    decoded.extend(characters.map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

fn push_bytes(decoded: &mut String, text: &str) {
    for chunk in bytes(text).utf8_chunks() {
        decoded.push_str(chunk.valid());
        decoded.extend(chunk.invalid().iter().map(|byte| windows_1252(*byte)));
    }
}

/// The character of a byte from 0x80 in windows-1252.
fn windows_1252(byte: u8) -> char {
    const FROM_80_TO_9F: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let special = usize::from(byte).checked_sub(0x80);
    let special = special.and_then(|at| FROM_80_TO_9F.get(at));
    special.copied().unwrap_or(char::from(byte))
}

/// The bytes of a name or value, which need not be UTF-8. A `%` that is not followed by two
/// hexadecimal digits stands for itself.
#[must_use]
pub fn bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => match (nibble(bytes.get(at)), nibble(bytes.get(at + 1))) {
                (Some(high), Some(low)) => {
                    decoded.push(high * 16 + low);
                    at += 2;
                }
                _ => decoded.push(b'%'),
            },
            _ => decoded.push(byte),
        }
    }
    decoded
}

fn nibble(byte: Option<&u8>) -> Option<u8> {
    char::from(*byte?).to_digit(16)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn encoder_matches_the_form_urlencoded_crate(pairs in proptest::collection::vec((".*", ".*"), 0..5)) {
            let ours: Vec<_> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let theirs = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&pairs)
                .finish();
            let written = body(&ours);
            prop_assert_eq!(written.as_str(), theirs);
        }

        #[test]
        fn decoder_matches_the_form_urlencoded_crate(query in "([ -~é]|[%&=+]|%[0-9a-fA-F]{2}){0,30}") {
            let theirs: Vec<(String, String)> =
                form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            match parse(&query) {
                Some(ours) => prop_assert_eq!(ours, theirs),
                None => prop_assert!(theirs.iter().any(|(name, value)| [name, value].iter().any(|text| text.contains(char::REPLACEMENT_CHARACTER))), "refused without reason"),
            }
        }

        #[test]
        fn any_description_is_decoded_without_panic(text in "(.|%|%u|%[0-9a-f]{2}|%u[0-9a-f]{4}|é){0,30}") {
            let read = decode_leniently(&text);
            if !text.contains("%u") && let Some(strict) = decode(&text) {
                prop_assert_eq!(read, strict);
            }
        }

        #[test]
        fn form_round_trips(name in ".+", value in ".*") {
            prop_assert_eq!(parse(&body(&[(&name, &value)])), Some(vec![(name, value)]));
        }
    }

    #[test]
    fn non_utf_8_bytes_are_rejected() {
        assert_eq!(parse("state=%ff"), None);
        assert_eq!(parse("%c3%28=1"), None);
        assert_eq!(
            parse("a=%zz&b=%"),
            Some(vec![("a".into(), "%zz".into()), ("b".into(), "%".into())])
        );
    }

    #[test]
    fn description_is_decoded_leniently() {
        for (written, read) in [
            ("Zugriff+f%FCr+verweigert", "Zugriff für verweigert"),
            ("Zugriff+f%C3%BCr", "Zugriff für"),
            ("introducci%u00f3n", "introducción"),
            ("introducci%F3n+%93bien%94", "introducción “bien”"),
            ("%E2%28%A1", "â(¡"),
            ("%C3%A9+%E9", "é é"),
            ("%u20AC%uD83D%uDE00%20x", "€😀 x"),
            ("%uD83D", "\u{fffd}"),
            ("%uD83D+%uDE00", "\u{fffd} \u{fffd}"),
            ("%u00", "%u00"),
            ("%u", "%u"),
            ("%uzzzz%u0041", "%uzzzzA"),
            ("%u+041", "%u 041"),
            ("%u00é9", "%u00é9"),
            ("100%+%zz", "100% %zz"),
            ("", ""),
        ] {
            assert_eq!(decode_leniently(written), read, "{written}");
        }
    }

    #[test]
    fn buffer_is_never_reallocated() {
        let form = body(&[("ä", "ö ü"), ("code", "%%%")]);
        assert_eq!(form.capacity(), 3 * (2 + 5 + 4 + 3) + 2 * 2);
        assert_eq!(form.as_str(), "%C3%A4=%C3%B6+%C3%BC&code=%25%25%25");
    }
}
