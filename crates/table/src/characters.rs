//! Characters that files cannot hold, and characters that show nothing.

use std::borrow::Cow;

/// U+FFFD, which replaces a character that files must not contain.
pub const REPLACEMENT: char = '\u{fffd}';

/// Whether importers cut a file at this character, take it for a line break, or reject the file:
/// control characters but tab, line feed and carriage return (U+0000 to U+001F, U+007F to U+009F),
/// the line and paragraph separators U+2028 and U+2029, and U+FFFE and U+FFFF of each plane.
#[must_use]
pub fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => true,
        c => u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// The text with [`REPLACEMENT`] in place of each forbidden character, and how many there were.
#[must_use]
pub fn replace_forbidden(text: &str) -> (Cow<'_, str>, usize) {
    let count = text.chars().filter(|c| is_forbidden(*c)).count();
    if count == 0 {
        return (Cow::Borrowed(text), 0);
    }
    let replaced = |c| if is_forbidden(c) { REPLACEMENT } else { c };
    (text.chars().map(replaced).collect(), count)
}

/// JSON text with a `\u` escape in place of each forbidden character: the same value, since JSON
/// allows such characters in strings only.
#[must_use]
pub fn escape_forbidden(json: &str) -> Cow<'_, str> {
    if !json.chars().any(is_forbidden) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_forbidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = u32::from(*unit >> shift) & 0xf;
                    out.extend(char::from_digit(digit, 16));
                }
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether the character shows nothing and takes no room: format and bidirectional controls, fillers,
/// variation selectors. Blanks are not among these: see [`char::is_whitespace`].
///
/// Source: Unicode 16, properties `Default_Ignorable_Code_Point` and `General_Category=Cf`, and the
/// blank braille pattern.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_replaced_and_counted() {
        let cases = [
            ("a\0b", "a\u{fffd}b", 1),
            ("a\u{b}b\u{c}", "a\u{fffd}b\u{fffd}", 2),
            ("\u{1f}=1+1", "\u{fffd}=1+1", 1),
            ("a\u{2028}b\u{2029}", "a\u{fffd}b\u{fffd}", 2),
            ("\u{7f}\u{85}\u{9f}", "\u{fffd}\u{fffd}\u{fffd}", 3),
            ("\u{fffe}\u{ffff}\u{1fffe}", "\u{fffd}\u{fffd}\u{fffd}", 3),
            (
                "tab\t, lines\r\n, \u{a0}, é, 😀, \u{fffd}",
                "tab\t, lines\r\n, \u{a0}, é, 😀, \u{fffd}",
                0,
            ),
        ];
        for (text, expected, count) in cases {
            assert_eq!(
                replace_forbidden(text),
                (Cow::Borrowed(expected), count),
                "{text:?}"
            );
        }
    }

    #[test]
    fn forbidden_characters_in_json_become_escapes_of_the_same_value() {
        let text = "\u{2028}a\u{ffff}\u{1fffe}\u{7f}é\n";
        let json = ["[\"", &text.replace('\n', "\\n"), "\"]"].concat();
        let escaped = escape_forbidden(&json);
        assert_eq!(escaped, "[\"\\u2028a\\uffff\\ud83f\\udffe\\u007fé\\n\"]");
        let read: Vec<String> = serde_json::from_str(&escaped).unwrap();
        assert_eq!(read, [text]);
        assert!(matches!(
            escape_forbidden("{\"a\":\"b\"}"),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn no_character_is_both_invisible_and_forbidden() {
        for c in '\0'..=char::MAX {
            assert!(!(is_invisible(c) && is_forbidden(c)), "{c:?}");
        }
    }
}
