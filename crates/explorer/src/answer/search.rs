//! Finds text in a response body. Letters of both cases match. A match inside a masked secret does
//! not count, because it would disclose a part of it.

use super::text::ResponseText;

/// Returns the numbers of the pretty form's lines that contain `needle`, in ascending order; empty
/// for an empty `needle`. `revealed`: secrets are shown, and searched too.
pub fn lines_with(text: &ResponseText, needle: &str, revealed: bool) -> Vec<usize> {
    let lines = &text.scan.lines;
    let mut found = Vec::new();
    each_match(text, needle, revealed, &mut |at| {
        // Lines are in the order of the text. A match in the white space between two lines is in
        // none of them.
        let number = lines.partition_point(|line| (line.from as usize) <= at);
        let Some(number) = number.checked_sub(1) else {
            return;
        };
        let inside = lines.get(number).is_some_and(|line| at < line.to as usize);
        if inside && found.last() != Some(&number) {
            found.push(number);
        }
    });
    found
}

/// Like [`lines_with`], for the rows of the body as received.
pub fn rows_with(text: &ResponseText, needle: &str, revealed: bool) -> Vec<usize> {
    let mut found = Vec::new();
    each_match(text, needle, revealed, &mut |at| {
        let number = text.row_at(at);
        if found.last() != Some(&number) {
            found.push(number);
        }
    });
    found
}

/// Calls `on_match` with the byte offset of each match, in ascending order.
fn each_match(text: &ResponseText, needle: &str, revealed: bool, on_match: &mut dyn FnMut(usize)) {
    let whole = &*text.whole;
    let needle: String = needle.chars().flat_map(char::to_lowercase).collect();
    let mut secrets = text.scan.secrets.iter().copied().peekable();
    let mut visible = |at: usize, end: usize| {
        while secrets.next_if(|(_, to)| *to <= at).is_some() {}
        revealed || secrets.peek().is_none_or(|(from, _)| *from >= end)
    };
    let Some(first) = needle.bytes().next() else {
        return;
    };
    if needle.is_ascii() {
        let (bytes, needle) = (whole.as_bytes(), needle.as_bytes());
        let upper = first.to_ascii_uppercase();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..) {
            let Some(next) = rest
                .iter()
                .position(|byte| *byte == first || *byte == upper)
            else {
                return;
            };
            at += next;
            let end = at + needle.len();
            let here = bytes.get(at..end);
            if here.is_some_and(|here| here.eq_ignore_ascii_case(needle)) && visible(at, end) {
                on_match(at);
            }
            at += 1;
        }
        return;
    }
    let wanted: Vec<char> = needle.chars().collect();
    for (at, _) in whole.char_indices() {
        let mut here = whole[at..].chars().flat_map(char::to_lowercase);
        if wanted.iter().all(|one| here.next() == Some(*one)) {
            // The lower case may be longer than the text; its exact end does not matter, because a
            // secret is masked as a whole.
            let end = at + needle.len();
            if visible(at, end) {
                on_match(at);
            }
        }
    }
}
