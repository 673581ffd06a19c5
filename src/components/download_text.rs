//! What is shown about a download.

use super::messages;

/// What is known once the browser was asked to save: that it started, and never that a file exists.
/// `size` is a further fact such as `3,512 rows`; `replaced` counts the characters that files cannot
/// hold, and `count` writes a number.
#[must_use]
pub fn started(
    name: &str,
    size: Option<&str>,
    replaced: usize,
    count: impl Fn(usize) -> String,
) -> String {
    let mut words = messages::download::started(name);
    if let Some(size) = size {
        words.push_str(&messages::download::size(size));
    }
    if replaced > 0 {
        words.push_str(&messages::download::replaced(&count(replaced)));
    }
    words
}

/// Shown where the browser did not start the download.
pub use messages::download::REFUSED;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn download_notice_states_name_size_and_replaced_characters() {
        let count = |number: usize| number.to_string();
        assert_eq!(
            started("a.json", None, 0, count),
            "Download started: a.json"
        );
        assert_eq!(
            started("a.csv", Some("12 rows"), 3, count),
            "Download started: a.csv, 12 rows. Characters that files cannot hold, such as NUL, replaced by \u{fffd}: 3"
        );
    }
}
