//! Where the neighbouring pages of an answer are.

use outlay_pleo::Pagination;
use outlay_wire::from_text;

use super::text::Text;

/// The cursors of the pages before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// What `before` is asked for.
    pub previous: Option<String>,
    /// What `after` is asked for.
    pub next: Option<String>,
    /// How many rows the whole list has, where Pleo tells.
    pub total: Option<i64>,
}

/// Those of a whole answer; none where it is no page of a list.
pub fn neighbours(text: &Text) -> Option<Neighbours> {
    let lines = &text.scan.lines;
    let part = |from: u32, to: u32| text.whole.get(from as usize..to as usize);
    let at = lines.iter().rposition(|line| {
        let head = |text: &str| text.starts_with("\"pagination\"") && text.ends_with('{');
        line.depth == 1 && part(line.from, line.to).is_some_and(head)
    })?;
    let open = lines.get(at)?;
    let close = lines.iter().skip(at + 1).find(|line| line.depth == 1)?;
    let pagination: Pagination = from_text(part(open.to - 1, close.to)?)?;
    Some(Neighbours {
        previous: pagination
            .start_cursor
            .filter(|_| pagination.has_previous_page),
        next: pagination.end_cursor.filter(|_| pagination.has_next_page),
        total: pagination.total,
    })
}
