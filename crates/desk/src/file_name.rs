//! Names of files that every file system takes.

use crate::characters::{is_forbidden, is_invisible};

/// Characters of a part of a name, at most; file systems allow 255 bytes in all.
const LONGEST: usize = 60;

/// The text as one part of a file's name: without characters that file systems reject or programs
/// interpret, without controls, bidirectional and other invisible characters, with a hyphen for
/// blanks, and cut to 60 characters. Empty if nothing is left.
#[must_use]
pub fn part(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        let rejected = matches!(
            c,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '~' | '`' | '$' | '\''
        );
        if c.is_whitespace() || rejected || c == '-' {
            // One hyphen for any run of these, and none at the start.
            if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
        } else if !is_forbidden(c) && !is_invisible(c) {
            name.push(c);
        }
    }
    let name: String = name.chars().take(LONGEST).collect();
    // Windows drops dots and blanks at the end; a dot at the start hides a file elsewhere.
    name.trim_matches(['.', '-', ',', ';']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_file_systems_reject_are_removed() {
        let cases = [
            ("Brinkholt ApS", "Brinkholt-ApS"),
            ("A/B\\C:D*E?F\"G<H>I|J", "A-B-C-D-E-F-G-H-I-J"),
            ("../../etc/passwd", "etc-passwd"),
            ("evil\u{202e}fdp.exe", "evilfdp.exe"),
            ("\u{2066}a\u{2069}\u{200b}b\u{feff}", "ab"),
            ("a\0b\u{1f}c\nd\u{2028}e", "abc-d-e"),
            ("Ærø & Søn, Inc. ", "Ærø-&-Søn,-Inc"),
            ("株式会社", "株式会社"),
            (" . - ", ""),
            ("\u{202e}", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(part(text), expected, "{text:?}");
        }
        assert_eq!(part(&"é".repeat(300)).chars().count(), LONGEST);
    }
}
