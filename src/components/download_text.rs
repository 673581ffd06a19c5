//! What is shown about a download.

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
    let mut words = ["Download started: ", name].concat();
    if let Some(size) = size {
        words.push_str(", ");
        words.push_str(size);
    }
    if replaced > 0 {
        words.push_str(". Characters that files cannot hold, such as NUL, replaced by \u{fffd}: ");
        words.push_str(&count(replaced));
    }
    words
}

/// Shown where the browser did not start the download.
pub const REFUSED: &str = "The browser did not start the download.";

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
