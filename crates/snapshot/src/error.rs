//! Why a file is rejected, with the part of the file that is damaged.

use std::fmt;

/// Why a file is no intact snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The file does not begin as a snapshot does, or is too short for one.
    NotASnapshot,
    /// The file is of another version of the format.
    Version(u16),
    /// The first 64 bytes were changed.
    Prologue,
    /// The file ends inside this part; 0 is the header, `None` the list of parts.
    Truncated(Option<usize>),
    /// The file goes on after its last part.
    TooLong,
    /// The list of parts was changed.
    PartList,
    /// This part was changed; 0 is the header.
    Part(usize),
    /// This part is as it was sealed, but does not follow the format: the program that wrote it has an
    /// error, or the file was made to harm a reader.
    Content(usize),
    /// The file is larger than a reader accepts.
    TooLarge,
}

impl Fault {
    /// A stable code for an attribute of the page.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Fault::NotASnapshot => "not_a_snapshot",
            Fault::Version(_) => "other_version",
            Fault::Prologue => "prologue_changed",
            Fault::Truncated(_) => "truncated",
            Fault::TooLong => "too_long",
            Fault::PartList => "part_list_changed",
            Fault::Part(_) => "part_changed",
            Fault::Content(_) => "content_invalid",
            Fault::TooLarge => "snapshot_too_large",
        }
    }

    /// The number of the part that is damaged, if it is one; 0 is the header.
    #[must_use]
    pub fn part(self) -> Option<usize> {
        match self {
            Fault::Part(part) | Fault::Content(part) => Some(part),
            Fault::Truncated(part) => part,
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotASnapshot => f.write_str("not a snapshot"),
            Fault::Version(version) => write!(f, "version {version} of the format"),
            Fault::Prologue => f.write_str("the first 64 bytes were changed"),
            Fault::Truncated(None) => f.write_str("the file ends in the list of parts"),
            Fault::Truncated(Some(part)) => write!(f, "the file ends in part {part}"),
            Fault::TooLong => f.write_str("bytes after the last part"),
            Fault::PartList => f.write_str("the list of parts was changed"),
            Fault::Part(part) => write!(f, "part {part} was changed"),
            Fault::Content(part) => write!(f, "part {part} does not follow the format"),
            Fault::TooLarge => f.write_str("too large"),
        }
    }
}

impl std::error::Error for Fault {}
