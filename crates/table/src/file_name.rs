//! Names of files that every file system takes.

use crate::characters::{is_forbidden, is_invisible};

/// How much of a list a file contains; part of the file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListExtent {
    /// Every row of the list; the file name has no addition.
    Whole,
    /// The first rows; the rest was not loaded.
    First {
        /// Rows in the file.
        rows: usize,
        /// Rows of the list.
        total: usize,
    },
    /// An incomplete list, or one of unknown completeness.
    Incomplete,
}

/// The name of a file of entries: `outlay-entries-Brinkholt-2026-11-27-PARTIAL-100-of-3500.csv`. `day`
/// is `YYYY-MM-DD`; `extension` has no dot.
#[must_use]
pub fn entries(company: Option<&str>, day: &str, extent: ListExtent, extension: &str) -> String {
    let company = company.map(part).unwrap_or_default();
    let extent = match extent {
        ListExtent::Whole => String::new(),
        ListExtent::First { rows, total } => format!("PARTIAL-{rows}-of-{total}"),
        ListExtent::Incomplete => "PARTIAL".to_owned(),
    };
    let mut parts = vec!["outlay-entries", &company, day, &extent];
    parts.retain(|part| !part.is_empty());
    [&parts.join("-"), ".", extension].concat()
}

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
    fn entries_file_name_states_which_part_of_the_list_it_contains() {
        let first = ListExtent::First {
            rows: 100,
            total: 3500,
        };
        let cases = [
            (
                Some("Brinkholt ApS"),
                ListExtent::Whole,
                "outlay-entries-Brinkholt-ApS-2026-11-27.csv",
            ),
            (
                None,
                first,
                "outlay-entries-2026-11-27-PARTIAL-100-of-3500.csv",
            ),
            (
                Some("\u{202e}"),
                ListExtent::Incomplete,
                "outlay-entries-2026-11-27-PARTIAL.csv",
            ),
        ];
        for (company, extent, expected) in cases {
            assert_eq!(entries(company, "2026-11-27", extent, "csv"), expected);
        }
    }

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
