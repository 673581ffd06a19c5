//! Joins the pages of a list into one text, without a tree: the rows keep every digit and escape.

use super::text::ResponseText;

/// Returns the rows of a page, without the brackets around them; empty for no rows. `None` if the
/// text is no page with `data`.
pub fn rows(text: &ResponseText) -> Option<&str> {
    let lines = &text.scan.lines;
    let part = |from: u32, to: u32| text.whole.get(from as usize..to as usize);
    let at = lines.iter().position(|line| {
        line.depth == 1 && part(line.from, line.to).is_some_and(|it| it.starts_with("\"data\""))
    })?;
    let open = lines.get(at)?;
    let head = part(open.from, open.to)?;
    if head.ends_with(']') {
        return Some("");
    }
    head.ends_with('[').then_some(())?;
    let close = lines.iter().skip(at + 1).find(|line| line.depth == 1)?;
    part(open.to, close.from).map(str::trim)
}

/// Returns how many rows a page has; 0 if it is no page with `data`.
pub fn count(text: &ResponseText) -> usize {
    let lines = &text.scan.lines;
    let part = |from: u32, to: u32| text.whole.get(from as usize..to as usize);
    let at = lines.iter().position(|line| {
        line.depth == 1 && part(line.from, line.to).is_some_and(|it| it.starts_with("\"data\""))
    });
    let Some(at) = at.filter(|at| super::fold::opens(lines, *at)) else {
        return 0;
    };
    let inside = lines.iter().skip(at + 1).take_while(|line| line.depth > 1);
    // An item that is an object has two lines at its depth, its brackets.
    let items = inside.filter(|line| line.depth == 2);
    items
        .filter(|line| !matches!(part(line.from, line.to), Some("}" | "]")))
        .count()
}

/// Returns one JSON text with the rows of all pages.
pub fn merged<'a>(pages: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::from("{\"data\":[");
    let mut first = true;
    for rows in pages.into_iter().filter(|rows| !rows.is_empty()) {
        if !core::mem::take(&mut first) {
            out.push(',');
        }
        out.push_str(rows);
    }
    out.push_str("]}");
    out
}
