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

/// The text of a name or value; `None` when it is not UTF-8. A `%` that is not followed by two
/// hexadecimal digits stands for itself, as in every browser.
pub(crate) fn decode(text: &str) -> Option<String> {
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
    String::from_utf8(decoded).ok()
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
        fn writes_as_form_urlencoded_does(pairs in proptest::collection::vec((".*", ".*"), 0..5)) {
            let ours: Vec<_> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let theirs = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&pairs)
                .finish();
            let written = body(&ours);
            prop_assert_eq!(written.as_str(), theirs);
        }

        #[test]
        fn reads_as_form_urlencoded_does(query in "([ -~é]|[%&=+]|%[0-9a-fA-F]{2}){0,30}") {
            let theirs: Vec<(String, String)> =
                form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            match parse(&query) {
                Some(ours) => prop_assert_eq!(ours, theirs),
                None => prop_assert!(theirs.iter().any(|(name, value)| [name, value].iter().any(|text| text.contains(char::REPLACEMENT_CHARACTER))), "refused without reason"),
            }
        }

        #[test]
        fn reads_what_it_wrote(name in ".+", value in ".*") {
            prop_assert_eq!(parse(&body(&[(&name, &value)])), Some(vec![(name, value)]));
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_refused() {
        assert_eq!(parse("state=%ff"), None);
        assert_eq!(parse("%c3%28=1"), None);
        assert_eq!(
            parse("a=%zz&b=%"),
            Some(vec![("a".into(), "%zz".into()), ("b".into(), "%".into())])
        );
    }

    #[test]
    fn the_buffer_never_grows() {
        let form = body(&[("ä", "ö ü"), ("code", "%%%")]);
        assert_eq!(form.capacity(), 3 * (2 + 5 + 4 + 3) + 2 * 2);
        assert_eq!(form.as_str(), "%C3%A4=%C3%B6+%C3%BC&code=%25%25%25");
    }
}
