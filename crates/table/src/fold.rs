//! Text without case, accents and invisible signs, so that a search finds it however it is typed.

/// Base letters of U+00DF to U+017F, by position. Letters that fold to two are in [`fold`].
const BASE_LETTERS: &[u8; 161] = b"saaaaaaaceeeeiiiidnooooo/ouuuuytyaaaaaaccccccccddddeeeeeeeeee\
gggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The first letter of [`BASE_LETTERS`].
const FIRST_LETTER: u32 = 0xDF;

/// Appends `text` to `folded` without case, accents and invisible signs. Blanks and dashes of any
/// kind become ASCII, digits too.
pub fn fold(text: &str, folded: &mut String) {
    for c in text.chars() {
        match c {
            ' '..='~' => folded.push(c.to_ascii_lowercase()),
            // Combining accents, as decomposed text has them; marks without width.
            '\u{300}'..='\u{36f}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            '\u{2019}' => folded.push('\''),
            // Arabic and Devanagari digits, as `Intl` writes them; full-width signs.
            '\u{660}'..='\u{669}' => ascii(c, 0x660, b'0', folded),
            '\u{6f0}'..='\u{6f9}' => ascii(c, 0x6f0, b'0', folded),
            '\u{966}'..='\u{96f}' => ascii(c, 0x966, b'0', folded),
            '\u{66b}' => folded.push('.'),
            '\u{66c}' => folded.push(','),
            '\u{ff01}'..='\u{ff40}' => ascii(c, 0xff01, b'!', folded),
            c if c.is_whitespace() || c.is_control() => folded.push(' '),
            c => c.to_lowercase().for_each(|c| push_base(c, folded)),
        }
    }
}

fn ascii(c: char, first: u32, as_first: u8, folded: &mut String) {
    let offset = u8::try_from(u32::from(c) - first).unwrap_or_default();
    folded.push(char::from(as_first.saturating_add(offset)).to_ascii_lowercase());
}

/// Appends a lower-case letter without its accent.
fn push_base(c: char, folded: &mut String) {
    let base = u32::from(c)
        .checked_sub(FIRST_LETTER)
        .and_then(|at| BASE_LETTERS.get(usize::try_from(at).ok()?));
    match (c, base) {
        ('ß', _) => folded.push_str("ss"),
        ('æ', _) => folded.push_str("ae"),
        ('œ', _) => folded.push_str("oe"),
        ('þ', _) => folded.push_str("th"),
        ('ĳ', _) => folded.push_str("ij"),
        // `to_lowercase` splits some capitals into a letter and a combining accent.
        ('\u{300}'..='\u{36f}', _) => {}
        (_, Some(base)) => folded.push(char::from(*base)),
        (c, None) => folded.push(c),
    }
}
