//! The texts about a download, shown next to the button that starts it.

/// Shown if the browser did not start the download.
pub const REFUSED: &str =
    "The browser did not start the download. Allow downloads for this site, then try again.";

/// Returns the text after the browser was asked to save a file. The page learns only that the
/// download started, never that the file exists. `size` is a further fact such as `3,512 rows`;
/// `replaced` is the number of characters that were replaced because files cannot hold them, and
/// `count` formats a number.
#[must_use]
pub fn started(
    name: &str,
    size: Option<&str>,
    replaced: usize,
    count: impl Fn(usize) -> String,
) -> String {
    let mut words = ["Download started: ", name].concat();
    if let Some(size) = size {
        words.push_str(&[", ", size].concat());
    }
    if replaced > 0 {
        words.push_str(&replaced_characters(&count(replaced)));
    }
    words
}

fn replaced_characters(number: &str) -> String {
    [
        ". Characters that files cannot hold, such as NUL, replaced by \u{fffd}: ",
        number,
    ]
    .concat()
}

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
