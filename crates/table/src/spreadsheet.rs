//! Text that a spreadsheet neither calculates nor changes, whatever separator it opens the file with.
//!
//! The rule, in both directions:
//!
//! - A cell may begin at the start of the text and after each of `,` `;` `|`, tab, line feed, carriage
//!   return and U+FFFD, since a reader may split there. Blanks, invisible characters and `"` after such
//!   a place are skipped, since a reader may drop these.
//! - [`protect`] writes an apostrophe before the character that follows, if that is one of
//!   `= + - @`, their full-width or small forms, the minus sign U+2212, or an apostrophe; and before
//!   the first character of a text that a spreadsheet would read as a number or a date.
//! - [`restore`] removes the apostrophes in these places, and so returns the text as it was.
//!
//! Quotation marks around a cell are no protection: to a reader that splits at `;`, those of
//! `n,"hello;=1+2"` are ordinary characters. An apostrophe is visible in Excel and LibreOffice. It is
//! still the best mark: it is known from typing in cells, and the same for all three.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::characters::{REPLACEMENT, is_invisible};

/// Keeps what follows from being calculated or changed.
const MARK: char = '\'';

/// The text with the marks that it needs. `tabs` states that tabs separate the cells of the file: then a
/// text that ends where a cell may begin gets a mark at its end, or the tab and a negative amount after
/// it would be such a cell.
#[must_use]
pub fn protect(text: &str, tabs: bool) -> Cow<'_, str> {
    let mut marks_next = reads_as_number(text);
    let ends_open = tabs && text.contains(is_break);
    if !(marks_next || ends_open || text.contains(is_sign)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 2);
    let mut begins = true;
    for c in text.chars() {
        if is_break(c) {
            begins = true;
        } else if !is_skipped(c) {
            if begins && (marks_next || is_sign(c)) {
                out.push(MARK);
            }
            marks_next = false;
            begins = false;
        }
        out.push(c);
    }
    if tabs && begins && !text.is_empty() {
        out.push(MARK);
    }
    Cow::Owned(out)
}

/// Returns the text before [`protect`] changed it.
#[must_use]
pub fn restore(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if is_break(c) {
            begins = true;
        } else if !is_skipped(c) {
            let mark = begins && c == MARK;
            begins = false;
            if mark {
                continue;
            }
        }
        out.push(c);
    }
    out
}

/// Whether a cell may begin after this character.
fn is_break(c: char) -> bool {
    matches!(c, ',' | ';' | '|' | '\t' | '\n' | '\r' | REPLACEMENT)
}

/// Whether a reader may drop this character from the beginning of a cell.
fn is_skipped(c: char) -> bool {
    c == '"' || c.is_whitespace() || is_invisible(c)
}

/// Whether a formula may begin with this character, or it is a mark itself.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        MARK | '='
            | '+'
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

/// Whether a spreadsheet may read the whole text as a number, a date, a time or an amount, and drop
/// what is not part of its value: text with a digit that has no letters, or only words that occur in
/// these, in the languages of Pleo's countries.
#[must_use]
pub fn reads_as_number(text: &str) -> bool {
    let mut digits = false;
    let mut word = String::new();
    // The blank at the end completes the last word.
    for c in text.chars().chain([' ']) {
        if is_letter(c) {
            // Longer than the longest month: "października".
            if word.len() > 16 {
                return false;
            }
            word.extend(c.to_lowercase());
            continue;
        }
        // A single letter counts behind a digit only: `3e5`, and not `E5`.
        let counts = || (digits || word.chars().nth(1).is_some()) && is_number_word(&word);
        if !word.is_empty() && !counts() {
            return false;
        }
        word.clear();
        digits |= is_digit(c);
    }
    digits
}

fn is_digit(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}' | '０'..='９'
    )
}

/// Letters of all scripts, by range and so without a table: what is no letter is an ASCII or Latin-1
/// sign, punctuation, a currency sign or another symbol, or a digit.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | 'ª' | 'µ' | 'º' => true,
        '\0'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' => false,
        '\u{fe00}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff20}' | '\u{ffe0}'..='\u{ffff}' => false,
        c => !is_digit(c) && !is_invisible(c),
    }
}

/// The months, which spreadsheets read from their third letter on: English, Danish, German, Swedish,
/// Norwegian, Dutch, French, Spanish, Italian, Portuguese, Finnish, Polish, Czech. A name that another
/// one begins with is left out.
const MONTHS: &str = "january february march april may june july augusti september october november december \
    januari marts oktober märz mrz mai juni juli dezember jänner maj mars desember maart mei augustus \
    janvier février fevrier avril juin juillet août aout septembre octobre novembre décembre decembre \
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre \
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre \
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro \
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta \
    lokakuuta marraskuuta joulukuuta \
    stycznia styczeń lutego luty marca marzec kwietnia kwiecień maja czerwca czerwiec lipca lipiec \
    sierpnia sierpień września wrzesień października październik listopada grudnia grudzień \
    ledna leden února únor března březen dubna duben května květen června července červenec srpna \
    srpen září října říjen listopadu prosince prosinec";

/// Other words in numbers: exponents, times of day, amounts, dates of China and Japan.
const WORDS: [&str; 20] = [
    "e", "am", "pm", "a", "p", "t", "z", "kr", "eur", "usd", "gbp", "dkk", "sek", "nok", "zł",
    "kč", "fr", "年", "月", "日",
];

fn is_number_word(word: &str) -> bool {
    let is_month = || {
        let after = SORTED_MONTHS.partition_point(|month| *month < word);
        let next = SORTED_MONTHS.get(after);
        word.chars().nth(2).is_some() && next.is_some_and(|month| month.starts_with(word))
    };
    WORDS.contains(&word) || is_month()
}

/// The months in the order of their bytes, so that those with the same beginning are neighbours.
static SORTED_MONTHS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut months: Vec<&str> = MONTHS.split_whitespace().collect();
    months.sort_unstable();
    months
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_beginning_like_a_formula_is_prefixed() {
        let cases = [
            ("hello;=1+2", "hello;'=1+2"),
            ("=1+1;=1+2", "'=1+1;'=1+2"),
            ("x\t=1+2", "x\t'=1+2"),
            ("\"=1+1", "\"'=1+1"),
            ("a\"\";=1", "a\"\";'=1"),
            ("a;\"=1", "a;\"'=1"),
            ("\u{fffd}=1+1", "\u{fffd}'=1+1"),
            ("\u{200e}=1+1", "\u{200e}'=1+1"),
            ("\u{a0}=1+1", "\u{a0}'=1+1"),
            ("  @SUM(A1)", "  '@SUM(A1)"),
            ("a\n-b", "a\n'-b"),
            ("a\r\n+b", "a\r\n'+b"),
            ("＝1", "'＝1"),
            ("＋a,－b;＠c", "'＋a,'－b;'＠c"),
            ("'=1", "''=1"),
            ("-", "'-"),
            ("tea = cake", "tea = cake"),
            ("a-b, c=d; e@f", "a-b, c=d; e@f"),
            ("don't", "don't"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(protect(text, false), expected, "{text:?}");
            assert_eq!(restore(expected), text);
        }
    }

    #[test]
    fn text_after_an_inner_separator_is_prefixed_in_tab_separated_files_only() {
        for (text, expected) in [
            ("a;", "a;'"),
            ("a;'", "a;''"),
            ("a,\u{a0}\"", "a,\u{a0}\"'"),
            ("a\n", "a\n'"),
        ] {
            assert_eq!(protect(text, true), expected);
            assert_eq!(restore(expected), text);
        }
        assert_eq!(protect("a;", false), "a;");
    }

    #[test]
    fn digit_text_is_prefixed() {
        for text in [
            "000123",
            "+46701234567",
            "1234567890123456789",
            "1-2",
            "3E5",
            "3e-5",
            "MAR1",
            "1/2",
            "0410",
            " 0410",
            "\u{a0}7",
            "(12)",
            "12 %",
            "€ 12",
            "12 kr",
            "10:30",
            "5 pm",
            "1. Mai",
            "12 März 2026",
            "2 sept",
            "1 août",
            "2026-11-27T10:00Z",
            "１２",
            "٣",
            "1.5",
            "-12.50",
            "1\u{200b}2",
            "3. října",
            "1 października 2026",
            "2026年11月1日",
        ] {
            let protected = protect(text, false);
            let marks = protected.chars().count() - text.chars().count();
            assert_eq!(
                (marks, restore(&protected)),
                (1, text.to_owned()),
                "{text:?} {protected:?}"
            );
        }
    }

    #[test]
    fn words_with_digits_are_not_prefixed() {
        for text in [
            "Taxi 12",
            "A100",
            "INV-2026-17",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "Room 5, floor 2",
            "no digit",
            "EUR",
            "March",
            "B12/7",
            "7 chairs",
            "E5",
            "T10",
        ] {
            assert_eq!(protect(text, false), text);
        }
    }
}
