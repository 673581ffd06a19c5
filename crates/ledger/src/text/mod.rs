//! Texts as a format can hold them, and the list of what was changed.

mod latin;

use std::fmt;

use outlay_pleo::id::{AccountingEntryId, EntryLineId};

pub use latin::plain;

/// The character set of a file; characters outside it are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8: every Unicode character.
    Utf8,
    /// Windows-1252.
    Cp1252,
    /// Code page 437, which SIE calls PC8.
    Cp437,
}

impl Charset {
    /// Returns whether the character set has the character.
    #[must_use]
    pub fn has(self, one: char) -> bool {
        if one.is_ascii() {
            return true;
        }
        let mut bytes = [0; 4];
        let text = &*one.encode_utf8(&mut bytes);
        match self {
            Charset::Utf8 => true,
            // The five bytes without a character in Windows-1252 stand for C1 controls in some tables.
            Charset::Cp1252 => !one.is_control() && yore::code_pages::CP1252.encode(text).is_ok(),
            Charset::Cp437 => yore::code_pages::CP437.encode(text).is_ok(),
        }
    }

    /// The bytes of a text; `?` for a character without one, which [`TextRules::fit`] leaves none of.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Charset::Utf8 => text.as_bytes().to_vec(),
            Charset::Cp1252 => yore::code_pages::CP1252
                .encode_lossy(text, b'?')
                .into_owned(),
            Charset::Cp437 => yore::code_pages::CP437
                .encode_lossy(text, b'?')
                .into_owned(),
        }
    }
}

/// The rules of a format for texts.
#[derive(Debug, Clone, Copy)]
pub struct TextRules {
    /// Character set of the file; characters outside it are replaced.
    pub charset: Charset,
    /// Longest text, in characters; `None` for no limit.
    pub longest: Option<usize>,
    /// Characters with a meaning in the format, and their replacements.
    pub replaced: &'static [(char, char)],
    /// Whether signs that begin a formula are removed, since people open CSV files in spreadsheets.
    pub formulas: bool,
}

/// Why a text was changed; one text may have several reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Line breaks and tabs became spaces; controls and invisible characters were removed.
    Unprintable,
    /// The character set does not have a character.
    Characters,
    /// A character has a meaning in the format.
    Reserved,
    /// A spreadsheet would calculate the text.
    Formula,
    /// The text is longer than the format allows.
    Length,
}

impl Reason {
    /// Returns the stable word for the page and the manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Unprintable => "unprintable",
            Reason::Characters => "characters",
            Reason::Reserved => "reserved",
            Reason::Formula => "formula",
            Reason::Length => "length",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that the format changes, with the reasons, for the user to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The entry; `None` for a text of the mapping.
    pub entry: Option<AccountingEntryId>,
    /// Id of the line; `None` for a text of the entry or the mapping.
    pub line: Option<EntryLineId>,
    /// Name of the field in the file.
    pub field: String,
    /// The text before the change, as Pleo has it.
    pub from: String,
    /// The text in the file.
    pub to: String,
    /// The reasons for the change.
    pub reasons: Vec<Reason>,
}

impl TextRules {
    /// Returns the text as the format allows it, and why it differs.
    #[must_use]
    pub fn fit(&self, text: &str) -> (String, Vec<Reason>) {
        let mut reasons = Vec::new();
        let mut step = |before: String, after: String, reason| {
            if before != after {
                reasons.push(reason);
            }
            after
        };
        let text = step(text.to_owned(), printable(text), Reason::Unprintable);
        let encoded = self.encodable(&text);
        let text = step(text, encoded, Reason::Characters);
        let allowed = text.chars().map(|one| self.allowed(one)).collect();
        let text = step(text, allowed, Reason::Reserved);
        let harmless = if self.formulas {
            without_formulas(&text)
        } else {
            text.clone()
        };
        let text = step(text, harmless, Reason::Formula);
        let short = self
            .longest
            .map_or_else(|| text.clone(), |longest| cut(&text, longest));
        let text = step(text, short, Reason::Length);
        (text, reasons)
    }

    fn allowed(&self, one: char) -> char {
        let found = self.replaced.iter().find(|(from, _)| *from == one);
        found.map_or(one, |(_, to)| *to)
    }

    fn encodable(&self, text: &str) -> String {
        if self.charset == Charset::Utf8 {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for one in text.chars() {
            if self.charset.has(one) {
                out.push(one);
            } else {
                out.push_str(plain(one));
            }
        }
        out
    }
}

/// The text on one line, without controls and characters that show nothing.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        let blank = matches!(
            one,
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        );
        if blank {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !one.is_control() && !shows_nothing(one) {
            out.push(one);
        }
    }
    out.trim().to_owned()
}

/// Zero width and bidirectional controls, fillers, and code points that are not characters. Joiners and
/// variation selectors stay: scripts and emoji need them.
fn shows_nothing(one: char) -> bool {
    let code = u32::from(one);
    matches!(code,
        0xad | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180e | 0x200b | 0x200e | 0x200f
        | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfeff | 0xffa0 | 0xfff0..=0xfffb)
        || code & 0xfffe == 0xfffe
}

/// Removes the signs that begin a formula, at the start and wherever a spreadsheet may begin a cell.
fn without_formulas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for one in text.chars() {
        if begins && is_formula_sign(one) {
            continue;
        }
        let skipped = one == '"' || one == '\'' || one.is_whitespace();
        begins = matches!(one, ',' | ';' | '|') || begins && skipped;
        out.push(one);
    }
    out.trim().to_owned()
}

fn is_formula_sign(one: char) -> bool {
    matches!(
        one,
        '=' | '+'
            | '-'
            | '@'
            | '＝'
            | '＋'
            | '－'
            | '＠'
            | '\u{fe66}'
            | '\u{fe62}'
            | '\u{fe63}'
            | '\u{fe6b}'
            | '\u{2212}'
    )
}

/// At most so many characters, without a space at the end, and without half of what is shown as one
/// character.
fn cut(text: &str, longest: usize) -> String {
    let mut kept: Vec<char> = text.chars().take(longest).collect();
    let mut next = text.chars().nth(longest);
    while next.is_some_and(continues) || kept.last() == Some(&JOINER) && next.is_some() {
        next = kept.pop();
        if next.is_none() {
            break;
        }
    }
    kept.into_iter().collect::<String>().trim_end().to_owned()
}

const JOINER: char = '\u{200d}';

/// Whether the character belongs to the one before it.
fn continues(one: char) -> bool {
    matches!(u32::from(one),
        0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f | 0x93c | 0x93e..=0x94d
        | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x200c | 0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f
        | 0xfe20..=0xfe2f | 0x1_f3fb..=0x1_f3ff | 0xe_0020..=0xe_007f | 0xe_0100..=0xe_01ef)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATEV: TextRules = TextRules {
        charset: Charset::Cp1252,
        longest: Some(60),
        replaced: &[],
        formulas: true,
    };
    const SIE: TextRules = TextRules {
        charset: Charset::Cp437,
        longest: None,
        replaced: &[('{', '('), ('}', ')'), ('\\', '/')],
        formulas: false,
    };
    const CSV: TextRules = TextRules {
        charset: Charset::Utf8,
        longest: None,
        replaced: &[],
        formulas: true,
    };

    #[test]
    fn texts_become_what_the_character_set_has() {
        let cases = [
            (
                DATEV,
                "Müller & Söhne – 12 € „Essen“ 😀 Łódź",
                "Müller & Söhne – 12 € „Essen“ ? Lódz",
            ),
            (DATEV, "Žofín, Ķekava, ẞ", "Žofín, Kekava, SS"),
            (DATEV, "Żółć ѣ", "Zólc ?"),
            (DATEV, "👩‍👩‍👧 x", "??? x"),
            (DATEV, "e\u{301}", "e"),
            (
                SIE,
                "Åsa Öberg \"rea\" \\ 100 €",
                "Åsa Öberg \"rea\" / 100 EUR",
            ),
            (SIE, "a{b}\r\nc – d", "a(b) c - d"),
            (SIE, "ÀÕõ", "AOo"),
            (CSV, "שלום 😀 é", "שלום 😀 é"),
        ];
        for (rules, text, expected) in cases {
            assert_eq!(rules.fit(text).0, expected, "{text}");
        }
    }

    #[test]
    fn each_change_has_its_reason() {
        let cases: [(&str, &[Reason]); 6] = [
            ("plain", &[]),
            ("a\nb", &[Reason::Unprintable]),
            ("a\u{202e}b", &[Reason::Unprintable]),
            ("Łódź", &[Reason::Characters]),
            ("=1+2", &[Reason::Formula]),
            (
                "\u{7}=Ł",
                &[Reason::Unprintable, Reason::Characters, Reason::Formula],
            ),
        ];
        for (text, reasons) in cases {
            assert_eq!(DATEV.fit(text).1, reasons, "{text:?}");
        }
        let long = format!("{}ß", "a".repeat(60));
        assert_eq!(DATEV.fit(&long), ("a".repeat(60), vec![Reason::Length]));
        let fits = format!("{}ß", "a".repeat(59));
        assert_eq!(DATEV.fit(&fits), (fits.clone(), vec![]));
    }

    #[test]
    fn no_cell_begins_with_a_formula_whatever_separates_cells() {
        for (text, expected) in [
            ("=1+1;=1+2", "1+1;1+2"),
            ("hello;=1+2", "hello;1+2"),
            ("==1", "1"),
            (" @SUM(A1)", "SUM(A1)"),
            ("\"=1", "\"1"),
            ("a, -b", "a, b"),
            ("tea = cake", "tea = cake"),
            ("-", ""),
        ] {
            assert_eq!(CSV.fit(text).0, expected, "{text}");
        }
    }

    #[test]
    fn truncated_text_ends_at_a_character_boundary() {
        for (text, longest, expected) in [
            ("abc def", 4, "abc"),
            ("ae\u{301}", 2, "a"),
            ("a👩\u{200d}👩", 3, "a"),
            ("a👍\u{1f3fd}b", 2, "a"),
            ("ab", 2, "ab"),
        ] {
            assert_eq!(cut(text, longest), expected, "{text}");
        }
    }

    #[test]
    fn every_replacement_is_ascii() {
        for one in '\0'..'\u{3100}' {
            let plain = plain(one);
            assert!(
                plain.is_ascii() && !plain.contains(char::is_control),
                "{one:?}"
            );
        }
    }
}
