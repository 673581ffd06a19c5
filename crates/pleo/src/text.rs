//! Characters that a reader cannot see: named, shown as marks, removed at the ends of what is pasted.
//!
//! Three groups: *controls* (C0 without tab and line breaks, C1, DEL), *invisible* characters (zero
//! width, bidirectional controls, fillers, tags) and *blanks* that look like a space and are none.

/// A part of a text, split by whether a screen shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Characters that a screen shows as they are.
    Plain(&'a str),
    /// A character that a screen does not show, such as U+200B.
    Mark(char),
}

/// Splits a text so that each character that cannot be seen is a separate piece. Tabs, line breaks
/// and blanks stay plain, and so do joiners inside a word or an emoji and the tags of a flag.
pub fn marks(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, one) in unseen(text) {
        if at > from {
            pieces.extend(text.get(from..at).map(Piece::Plain));
        }
        pieces.push(Piece::Mark(one));
        from = at + one.len_utf8();
    }
    if from < text.len() {
        pieces.extend(text.get(from..).map(Piece::Plain));
    }
    pieces
}

/// The text with a [`label`] in the place of each character that cannot be seen, for places that hold
/// text alone: a title, a file's name, an attribute.
#[must_use]
pub fn marked(text: &str) -> String {
    let pieces = marks(text).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned(),
        Piece::Mark(one) => label(one),
    });
    pieces.collect()
}

/// The replacement for an invisible character: `␀` for C0 and DEL, else its code, `U+202E`.
#[must_use]
pub fn label(one: char) -> String {
    let picture = match u32::from(one) {
        code @ 0..=0x20 => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        _ => None,
    };
    picture.map_or_else(|| code(one), String::from)
}

/// The code and the Unicode name, `U+200B zero width space`; the group's name for the rarer ones.
#[must_use]
pub fn name(one: char) -> String {
    let words = match one {
        '\0' => "null",
        '\t' => "tab",
        '\n' => "line feed",
        '\r' => "carriage return",
        '\u{a0}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{61c}' => "Arabic letter mark",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "pop directional formatting",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{202f}' => "narrow no-break space",
        '\u{2060}' => "word joiner",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{feff}' => "byte order mark",
        one if one.is_control() => "control character",
        one if one.is_whitespace() => "unusual blank",
        _ => "invisible character",
    };
    [&*code(one), " ", words].concat()
}

/// Returns the text without whitespace, control and invisible characters at both ends.
#[must_use]
pub fn trim_invisible(text: &str) -> &str {
    // A variation selector or a tag at the end belongs to the emoji before it.
    text.trim_matches(|one: char| {
        one.is_whitespace() || is_unseen(one) && !matches!(u32::from(one), 0xe_0000..)
    })
}

/// As [`trim_invisible`] for a field while it is typed into: a text that has at its ends nothing but plain
/// spaces keeps them.
#[must_use]
pub fn trim_pasted(text: &str) -> &str {
    let inner = trim_invisible(text);
    match text.trim_matches(' ').len() == inner.len() {
        true => text,
        false => inner,
    }
}

/// The [`name`] of the first character inside the text that a reader cannot see or takes for a space:
/// of any group, tabs and line breaks too. `None` for a text without one.
#[must_use]
pub fn invisible_inside(text: &str) -> Option<String> {
    let text = trim_invisible(text);
    let unseen = unseen(text).next();
    let blank = text
        .char_indices()
        .find(|(_, one)| *one != ' ' && one.is_whitespace());
    let first = match (unseen, blank) {
        (Some(one), Some(other)) => Some(if one.0 < other.0 { one } else { other }),
        (one, other) => one.or(other),
    };
    first.map(|(_, one)| name(one))
}

/// The number that a person wrote in the manner of any locale, as JSON writes it, digit by digit:
/// U+2212 as the sign, blanks or other signs between groups of three digits, a decimal comma.
/// `None` if it is no number, or if a comma could be either: `1,234`.
#[must_use]
pub fn figure(text: &str) -> Option<String> {
    let text = text.trim_matches(|one: char| one.is_whitespace() || is_unseen(one));
    let mut plain = String::new();
    // What separates groups, and where the last comma and the last point are.
    let mut blanks = false;
    for one in text.chars() {
        match one {
            '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{2013}' => plain.push('-'),
            '\u{66b}' => plain.push(','),
            '\'' | '\u{2019}' | '\u{66c}' => plain.push(' '),
            one if one.is_whitespace() => plain.push(' '),
            one if is_unseen(one) => {}
            one => plain.push(digit(one)),
        }
        blanks |= plain.ends_with(' ');
    }
    let (sign, rest) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let count = |sign: char| rest.matches(sign).count();
    let (commas, points) = (count(','), count('.'));
    let (last_comma, last_point) = (rest.rfind(','), rest.rfind('.'));
    let (group, decimal) = match (commas, points) {
        _ if blanks => (' ', if commas > 0 { ',' } else { '.' }),
        (0, 0 | 1) => (' ', '.'),
        (0, _) => ('.', ','),
        (1, 0) => {
            let after = rest.split(',').nth(1).unwrap_or_default();
            let before = rest.split(',').next().unwrap_or_default();
            let grouped = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
            if grouped {
                return None;
            }
            (' ', ',')
        }
        (_, 0) => (',', '.'),
        _ if last_comma > last_point => ('.', ','),
        _ => (',', '.'),
    };
    let (whole, part) = match rest.split_once(decimal) {
        Some((whole, part)) => (whole, Some(part)),
        None => (rest, None),
    };
    let groups: Vec<&str> = whole.split(group).collect();
    let (first, others) = groups.split_first()?;
    let sound = others.is_empty()
        || ((1..=3).contains(&first.len()) && others.iter().all(|it| it.len() == 3));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let sound = sound && groups.iter().all(|it| digits(it)) && part.is_none_or(digits);
    sound.then(|| {
        let whole = groups.concat();
        match part {
            Some(part) => [sign, &whole, ".", part].concat(),
            None => [sign, &whole].concat(),
        }
    })
}

/// The decimal digits of Arabic, Persian and full-width text as ASCII.
fn digit(one: char) -> char {
    let code = u32::from(one);
    let zero = [0x660, 0x6f0, 0xff10]
        .into_iter()
        .find(|zero| (*zero..zero + 10).contains(&code));
    zero.and_then(|zero| char::from_digit(code - zero, 10))
        .unwrap_or(one)
}

fn code(one: char) -> String {
    format!("U+{:04X}", u32::from(one))
}

/// The characters that [`marks`] splits off, and where they are.
fn unseen(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = '\0';
    let mut flag = false;
    text.char_indices().filter(move |(at, one)| {
        let last = core::mem::replace(&mut before, *one);
        let tag = matches!(u32::from(*one), 0xe_0020..=0xe_007f);
        flag = *one == '\u{1f3f4}' || (flag && tag);
        // Inside a word of Persian or Hindi, or an emoji.
        let joins = matches!(one, '\u{200c}' | '\u{200d}') && is_joined(last) && {
            let after = text.get(at + one.len_utf8()..).unwrap_or_default();
            after.chars().next().is_some_and(is_joined)
        };
        is_unseen(*one) && !joins && !(flag && tag)
    })
}

fn is_joined(one: char) -> bool {
    let presentation = matches!(one, '\u{fe00}'..='\u{fe0f}');
    presentation || (one > '\u{2ff}' && !one.is_whitespace() && !is_unseen(one))
}

/// Controls but for tab and line breaks, and invisible characters.
fn is_unseen(one: char) -> bool {
    match one {
        '\t' | '\n' | '\r' => false,
        one if one.is_control() => true,
        _ => matches!(
            u32::from(one),
            0xad | 0x34f
                | 0x61c
                | 0x115f
                | 0x1160
                | 0x17b4
                | 0x17b5
                | 0x180b..=0x180f
                | 0x200b..=0x200f
                | 0x2028..=0x202e
                | 0x2060..=0x206f
                | 0x3164
                | 0xfeff
                | 0xffa0
                | 0xfff0..=0xfffb
                | 0xfffe
                | 0xffff
                | 0x1_d173..=0x1_d17a
                | 0xe_0000..=0xe_0fff
        ),
    }
}
