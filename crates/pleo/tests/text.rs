//! Characters that cannot be seen, and figures in the manner of every locale.
#![allow(clippy::unwrap_used)]

use outlay_pleo::text::{
    Piece, figure, invisible_inside, label, marked, marks, name, trim_invisible, trim_pasted,
};
use proptest::prelude::*;

#[test]
fn each_invisible_character_is_shown_as_a_mark() {
    for (text, shown) in [
        ("a\0b", "a␀b"),
        ("a\u{b}b\u{1f}\u{7f}", "a␋b␟␡"),
        ("\u{85}\u{9b}", "U+0085U+009B"),
        ("\u{202e}00.5 EUR", "U+202E00.5 EUR"),
        ("a\u{200b}b\u{ad}c\u{feff}", "aU+200BbU+00ADcU+FEFF"),
        ("a\u{2028}b\u{2066}c\u{2069}", "aU+2028bU+2066cU+2069"),
        ("x\u{e0041}", "xU+E0041"),
        ("x\u{200d}y \u{200d}", "xU+200Dy U+200D"),
        // What belongs to the text stays.
        (
            "tab\t line\r\n \u{a0}\u{202f}",
            "tab\t line\r\n \u{a0}\u{202f}",
        ),
        ("שלום -12.50 محمد", "שלום -12.50 محمد"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        (
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}\u{200d}🔥",
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}\u{200d}🔥",
        ),
        (
            "🏴\u{e0067}\u{e0062}\u{e007f}",
            "🏴\u{e0067}\u{e0062}\u{e007f}",
        ),
        ("", ""),
    ] {
        assert_eq!(marked(text), shown, "{text:?}");
    }
    assert_eq!(marks("a\0"), [Piece::Plain("a"), Piece::Mark('\0')]);
    assert_eq!(label('\u{202e}'), "U+202E");
    assert_eq!(name('\u{202e}'), "U+202E right-to-left override");
    assert_eq!(name('\u{3}'), "U+0003 control character");
}

#[test]
fn pasted_text_is_trimmed_and_inner_invisible_characters_are_reported() {
    for (pasted, kept, named) in [
        ("\u{feff} a b\u{a0}\u{200b}\r\n", "a b", None),
        ("\u{202a}id\u{202c}", "id", None),
        ("\0id\u{2060}", "id", None),
        ("a\u{200b}b", "a\u{200b}b", Some("U+200B zero width space")),
        (
            "a\u{a0}b\u{200b}c",
            "a\u{a0}b\u{200b}c",
            Some("U+00A0 no-break space"),
        ),
        ("a\nb", "a\nb", Some("U+000A line feed")),
        ("a\u{2003}b", "a\u{2003}b", Some("U+2003 unusual blank")),
        ("❤\u{fe0f}", "❤\u{fe0f}", None),
        ("\u{200b}", "", None),
    ] {
        assert_eq!(trim_invisible(pasted), kept, "{pasted:?}");
        assert_eq!(trim_pasted(pasted), kept, "{pasted:?}");
        assert_eq!(invisible_inside(pasted).as_deref(), named, "{pasted:?}");
    }
}

#[test]
fn typing_keeps_plain_spaces() {
    for text in ["", " ", "a ", " a b ", "a\u{200b}b "] {
        assert_eq!(trim_pasted(text), text);
    }
    assert_eq!(trim_pasted(" a\u{a0}"), "a");
}

#[test]
fn number_in_any_locale_is_parsed_exactly() {
    for (typed, number) in [
        ("−5", "-5"),
        ("\u{200e}−5", "-5"),
        ("–5", "-5"),
        ("−1 234,50", "-1234.50"),
        ("−1\u{a0}234,50", "-1234.50"),
        ("1\u{202f}234\u{202f}567,890", "1234567.890"),
        ("1 234", "1234"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1’234.5", "1234.5"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("+7", "7"),
        ("٣٫٥", "3.5"),
        ("5", "5"),
        ("1.10", "1.10"),
        ("9007199254740993", "9007199254740993"),
        ("99999999999999,99", "99999999999999.99"),
    ] {
        assert_eq!(figure(typed).as_deref(), Some(number), "{typed:?}");
    }
    for none in [
        "",
        "-",
        "1,234",
        "12 34",
        "1 23 456",
        "1,23,456.7",
        "a",
        "1-2",
        "--1",
        "1e3",
        "1.2.3",
        ",5",
        "5,",
        "1 234 5",
        "12 SEK",
        "1,234.567,8",
    ] {
        assert_eq!(figure(none), None, "{none:?}");
    }
}

proptest! {
    #[test]
    fn text_pieces_concatenate_to_the_text(text in "[\\x00-\\x{3000}a-z🏴❤]{0,12}") {
        let again: String = marks(&text).into_iter().map(|piece| match piece {
            Piece::Plain(plain) => plain.to_owned(),
            Piece::Mark(one) => one.to_string(),
        }).collect();
        prop_assert_eq!(again, &*text);
        prop_assert!(marks(&marked(&text)).iter().all(|it| matches!(it, Piece::Plain(_))));
        let trimmed = trim_invisible(&text);
        prop_assert_eq!(trim_invisible(trimmed), trimmed);
        let _ = (figure(&text), invisible_inside(&text));
    }
}
