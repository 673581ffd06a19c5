//! The text of a response: the character encoding of its bytes, and the decoded text.
//!
//! Every response that is read as text goes through [`decode`]: token responses, `config.json`, and
//! the API's responses in the page and in the explorer. The rule is that of browsers with one
//! difference: bytes that are valid UTF-8 are UTF-8 whatever the server declares, since JSON is
//! (RFC 8259 §8.1).

/// The longest charset label that is looked up, in bytes; the longest known one has 19.
const LONGEST_LABEL: usize = 40;

/// The decoded body of a response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecodedBody {
    /// The text, without a byte order mark. Bytes that could not be decoded are U+FFFD.
    pub text: String,
    /// Whether the bytes began with a byte order mark (RFC 8259 §8.1 forbids one in JSON).
    pub has_mark: bool,
    /// The character encoding if the bytes were not UTF-8, in lower case: the one that they were
    /// decoded from, or the declared one if the browser does not know it.
    pub charset: Option<String>,
    /// Whether the bytes were neither UTF-8 nor in an encoding that the response declares and the
    /// browser knows.
    pub is_lossy: bool,
}

impl DecodedBody {
    /// A note about the bytes for developers; `None` for UTF-8 without a byte order mark.
    #[must_use]
    pub fn oddity(&self) -> Option<String> {
        let parts: [&str; 3] = match (&self.charset, self.is_lossy, self.has_mark) {
            (Some(charset), true, _) => ["unknown charset ", charset, ", shown as UTF-8"],
            (Some(charset), false, false) => [charset, "", ""],
            (Some(charset), false, true) => [charset, " with a byte order mark", ""],
            (None, true, _) => ["not valid UTF-8", "", ""],
            (None, false, true) => ["UTF-8 with a byte order mark", "", ""],
            (None, false, false) => return None,
        };
        Some(parts.concat())
    }
}

/// Decodes the bytes of a response. `content_type` is the value of its `Content-Type` header.
///
/// A byte order mark decides first, then valid UTF-8, then the declared encoding. UTF-8 with NUL
/// characters is decoded with the declared encoding, if there is one, because ASCII in UTF-16 looks
/// like that.
#[must_use]
pub fn decode(bytes: Vec<u8>, content_type: Option<&str>) -> DecodedBody {
    let marked = match &*bytes {
        [0xEF, 0xBB, 0xBF, ..] => None,
        [0xFF, 0xFE, ..] => Some("utf-16le"),
        [0xFE, 0xFF, ..] => Some("utf-16be"),
        _ => return decode_unmarked(bytes, content_type.and_then(charset)),
    };
    let decoded = match marked {
        Some(charset) => decode_as(charset, &bytes),
        None => decode_unmarked(bytes.get(3..).unwrap_or_default().to_vec(), None),
    };
    DecodedBody {
        has_mark: true,
        ..decoded
    }
}

fn decode_unmarked(bytes: Vec<u8>, declared: Option<String>) -> DecodedBody {
    let declared = declared.filter(|label| !matches!(&**label, "utf-8" | "utf8"));
    match (String::from_utf8(bytes), declared) {
        (Ok(text), Some(declared)) if text.contains('\0') => decode_as(&declared, text.as_bytes()),
        (Ok(text), _) => DecodedBody {
            text,
            ..DecodedBody::default()
        },
        (Err(other), Some(declared)) => decode_as(&declared, other.as_bytes()),
        (Err(other), None) => DecodedBody {
            text: String::from_utf8_lossy(other.as_bytes()).into_owned(),
            is_lossy: true,
            ..DecodedBody::default()
        },
    }
}

fn decode_as(label: &str, bytes: &[u8]) -> DecodedBody {
    let known = known_charset(label, bytes);
    let is_lossy = known.is_none();
    let (text, charset) = known.unwrap_or_else(|| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        (text, label.to_owned())
    });
    DecodedBody {
        text,
        has_mark: false,
        charset: Some(charset),
        is_lossy,
    }
}

/// Returns the `charset` parameter of a media type in lower case (RFC 9110 §8.3.2); `None` if it is
/// absent or cannot be a label.
fn charset(content_type: &str) -> Option<String> {
    let label = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let named = name.trim_ascii().eq_ignore_ascii_case("charset");
        named.then(|| {
            value
                .trim_ascii()
                .trim_matches(['"', '\''])
                .to_ascii_lowercase()
        })
    })?;
    let plausible = (1..=LONGEST_LABEL).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_:.+".contains(&byte));
    plausible.then_some(label)
}

/// Returns the text and the encoding's standard name; `None` for a label that the browser does not
/// know.
#[cfg(target_arch = "wasm32")]
fn known_charset(label: &str, bytes: &[u8]) -> Option<(String, String)> {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        type TextDecoder;

        #[wasm_bindgen(constructor, catch)]
        fn new(label: &str) -> Result<TextDecoder, JsValue>;

        #[wasm_bindgen(method, getter)]
        fn encoding(this: &TextDecoder) -> String;

        #[wasm_bindgen(method)]
        fn decode(this: &TextDecoder, bytes: &[u8]) -> String;
    }

    let decoder = TextDecoder::new(label).ok()?;
    Some((decoder.decode(bytes), decoder.encoding()))
}

/// Without a browser: the encodings that the standard library can decode.
#[cfg(not(target_arch = "wasm32"))]
fn known_charset(label: &str, bytes: &[u8]) -> Option<(String, String)> {
    let unit: fn([u8; 2]) -> u16 = match label {
        "utf-16le" | "utf-16" => u16::from_le_bytes,
        "utf-16be" => u16::from_be_bytes,
        "iso-8859-1" | "windows-1252" => {
            let text = bytes.iter().map(|byte| char::from(*byte)).collect();
            return Some((text, "windows-1252".to_owned()));
        }
        _ => return None,
    };
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units: Vec<u16> = pairs
        .filter_map(|pair| Some(unit(pair.try_into().ok()?)))
        .collect();
    let mut text = String::from_utf16_lossy(&units);
    if odd {
        text.push('\u{fffd}');
    }
    let name = if label == "utf-16" { "utf-16le" } else { label };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Some((text.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded_with_charset(bytes: &[u8], content_type: &str) -> (String, Option<String>) {
        let content_type = (!content_type.is_empty()).then_some(content_type);
        let decoded = decode(bytes.to_vec(), content_type);
        let oddity = decoded.oddity();
        (decoded.text, oddity)
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn valid_utf_8_ignores_the_declared_charset() {
        for declared in [
            "",
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=ISO-8859-1",
            "text/plain; charset=\"windows-1252\"",
            "text/plain; charset=nonsense",
        ] {
            let text = r#"{"note":"Fika på Söder 😀"}"#;
            assert_eq!(
                decoded_with_charset(text.as_bytes(), declared),
                (text.to_owned(), None)
            );
        }
        assert_eq!(decoded_with_charset(b"", ""), (String::new(), None));
        assert_eq!(decoded_with_charset(b"a\0b", ""), ("a\0b".to_owned(), None));
    }

    #[test]
    fn byte_order_mark_is_removed_and_recorded() {
        let text = r#"{"a":"ä😀"}"#;
        for (mark, bytes, oddity) in [
            (
                &[0xEF, 0xBB, 0xBF][..],
                text.as_bytes().to_vec(),
                "UTF-8 with a byte order mark",
            ),
            (
                &[0xFF, 0xFE],
                utf16(text, u16::to_le_bytes),
                "utf-16le with a byte order mark",
            ),
            (
                &[0xFE, 0xFF],
                utf16(text, u16::to_be_bytes),
                "utf-16be with a byte order mark",
            ),
        ] {
            for declared in ["", "application/json; charset=iso-8859-1"] {
                let whole = [mark, &bytes].concat();
                let decoded_with_charset = decoded_with_charset(&whole, declared);
                assert_eq!(
                    decoded_with_charset,
                    (text.to_owned(), Some(oddity.to_owned()))
                );
            }
        }
        // Only the first mark is a byte order mark.
        let twice = "\u{feff}\u{feff}{}".as_bytes();
        assert_eq!(decoded_with_charset(twice, "").0, "\u{feff}{}");
        assert_eq!(decoded_with_charset(&[0xEF, 0xBB, 0xBF], "").0, "");
    }

    #[test]
    fn declared_charset_decodes_non_utf_8() {
        for declared in [
            "application/json; charset=iso-8859-1",
            "application/json;CHARSET=\"ISO-8859-1\"",
            "text/html; q=1; charset = windows-1252 ",
        ] {
            assert_eq!(
                decoded_with_charset(b"{\"a\":\"f\xFCr\"}", declared),
                (r#"{"a":"für"}"#.to_owned(), Some("windows-1252".to_owned()))
            );
        }
        // ASCII in UTF-16 is valid UTF-8 with NUL characters between.
        let plain = utf16("{\"a\":1}", u16::to_le_bytes);
        assert_eq!(
            decoded_with_charset(&plain, "application/json; charset=utf-16"),
            ("{\"a\":1}".to_owned(), Some("utf-16le".to_owned()))
        );
    }

    #[test]
    fn undecodable_body_keeps_its_ascii_and_is_reported() {
        let bytes = b"{\"a\":\"\xFC\"}";
        for (declared, oddity) in [
            ("", "not valid UTF-8"),
            ("application/json; charset=utf-8", "not valid UTF-8"),
            ("application/json; charset=UTF8", "not valid UTF-8"),
            ("application/json; charset=", "not valid UTF-8"),
            ("application/json; charset=<b>", "not valid UTF-8"),
            (
                "application/json; charset=klingon",
                "unknown charset klingon, shown as UTF-8",
            ),
        ] {
            assert_eq!(
                decoded_with_charset(bytes, declared),
                ("{\"a\":\"\u{fffd}\"}".to_owned(), Some(oddity.to_owned())),
                "{declared}"
            );
        }
    }
}
