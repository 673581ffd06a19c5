//! Finds Pleo's brand in a text, in any spelling.

use super::confusable::{is_invisible, is_mark, taken_for};

/// The form of the brand in a text, with the part of the text that contains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BrandMatch<'a> {
    /// As a word, spaced out or not, or at the beginning of one.
    Brand(&'a str),
    /// Within a word that begins otherwise, or that is in the dictionary.
    Inside(&'a str),
}

/// Words of the dictionary that begin so, without these four letters.
const DICTIONARY: [&[u8]; 4] = [b"nas", b"pod", b"mor", b"chr"];

/// One letter or digit of the text.
struct Letter {
    /// What a reader takes it for; `?` for any other.
    taken_for: u8,
    /// Itself in small ASCII, to know words of the dictionary by; `?` for any other.
    plain: u8,
    /// Its position.
    at: usize,
    /// Whether a character other than a letter precedes it: a space, a dot, a digit.
    apart: bool,
    /// Whether a word begins here: apart, after a sign, or with a capital after a small letter.
    begins: bool,
    /// Whether it is a sign that passes for a letter, and so may end a word as well.
    is_sign: bool,
}

/// The gravest sight of the brand.
pub(super) fn find(text: &str) -> Option<BrandMatch<'_>> {
    let letters = letters(text);
    let mut inside = None;
    for start in 0..letters.len() {
        let Some(end) = spelt(&letters, start) else {
            continue;
        };
        let word = letters.get(start..end).unwrap_or_default();
        let rest = letters.get(end..).unwrap_or_default();
        let begins = word.first().is_some_and(|letter| letter.begins);
        let ends = rest.first().is_none_or(|next| next.begins || next.is_sign);
        let spaced = word.iter().skip(1).any(|letter| letter.apart);
        let from = word.first().map_or(0, |letter| letter.at);
        let last = word.last().map_or(from, |letter| letter.at);
        let wide = text.get(last..).and_then(|it| it.chars().next());
        let to = last + wide.map_or(0, char::len_utf8);
        let part = text.get(from..to).unwrap_or(text);
        if begins && (ends || (!spaced && !is_in_dictionary(rest))) {
            return Some(BrandMatch::Brand(part));
        }
        if !spaced {
            inside = inside.or(Some(BrandMatch::Inside(part)));
        }
    }
    inside
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if is_invisible(character) || is_mark(character) {
            continue;
        }
        let next = characters.peek().map(|&(_, next)| next);
        let taken_for = taken_for(character, next);
        if taken_for.is_some() || character.is_alphabetic() {
            let plain = character.to_ascii_lowercase();
            letters.push(Letter {
                taken_for: taken_for.unwrap_or(b'?'),
                plain: u8::try_from(plain).unwrap_or(b'?'),
                at,
                apart: before == ' ',
                begins: !before.is_alphanumeric()
                    || (before.is_lowercase() && character.is_uppercase()),
                is_sign: !character.is_alphanumeric(),
            });
            before = character;
        } else {
            // A digit that passes for no letter parts words as a space does.
            before = ' ';
        }
    }
    letters
}

/// Where the brand's letters end that begin here, each of them once or more.
fn spelt(letters: &[Letter], start: usize) -> Option<usize> {
    let is = |at: usize, wanted: u8| letters.get(at).is_some_and(|it| it.taken_for == wanted);
    // Of a doubled letter only the first counts, unless a word begins between the two.
    let within = start > 0 && is(start - 1, b'p');
    if within && letters.get(start).is_some_and(|it| !it.begins) {
        return None;
    }
    let mut at = start;
    for wanted in *b"pleo" {
        if !is(at, wanted) {
            return None;
        }
        while is(at, wanted) {
            at += 1;
        }
    }
    Some(at)
}

fn is_in_dictionary(rest: &[Letter]) -> bool {
    DICTIONARY.iter().any(|ending| {
        rest.len() >= ending.len() && rest.iter().zip(*ending).all(|(it, &own)| it.plain == own)
    })
}
