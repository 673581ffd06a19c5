//! Selects the visible lines. Browsers render nothing beyond about ten million pixels, so a very
//! long text is scrolled in proportion.

/// Height of a line, in CSS pixels.
pub const LINE: u32 = 24;

/// The tallest that a text is laid out.
const TALLEST: u32 = 8_000_000;

/// Number of lines rendered above and below the visible ones.
const MORE: usize = 8;

/// The lines to render for a scroll position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineWindow {
    /// Index of the first line.
    pub first: usize,
    /// Number of lines.
    pub count: usize,
    /// Offset of the first line from the top, in CSS pixels.
    pub top: u32,
    /// Height of all lines, in CSS pixels.
    pub height: u32,
}

/// Returns the lines at the scroll position `scrolled` that fill `sight` pixels.
pub fn window(lines: usize, scrolled: u32, sight: u32) -> LineWindow {
    let tall = lines as u64 * u64::from(LINE);
    let height = u32::try_from(tall).unwrap_or(u32::MAX).min(TALLEST);
    let rows = (sight / LINE) as usize + 1;
    let last = lines.saturating_sub(rows.saturating_sub(1)) as u64;
    let path = u64::from(height.saturating_sub(sight).max(1));
    let scrolled = u64::from(scrolled).min(path);
    let at = if tall > u64::from(TALLEST) {
        last * scrolled / path
    } else {
        scrolled / u64::from(LINE)
    };
    let at = usize::try_from(at).unwrap_or_default();
    let first = at.saturating_sub(MORE);
    let count = (rows + at - first + MORE).min(lines.saturating_sub(first));
    // The line at the upper edge is at the scroll position.
    let exact = u64::from(LINE) * first as u64;
    let top = if tall > u64::from(TALLEST) {
        scrolled.saturating_sub((at - first) as u64 * u64::from(LINE))
    } else {
        exact
    };
    LineWindow {
        first,
        count,
        top: u32::try_from(top).unwrap_or(u32::MAX),
        height,
    }
}

/// Returns the scroll position at which a line is about a third below the upper edge.
pub fn position(lines: usize, number: usize, sight: u32) -> u32 {
    let tall = lines as u64 * u64::from(LINE);
    let number = number as u64;
    let at = if tall > u64::from(TALLEST) {
        let rows = u64::from(sight / LINE);
        let last = (lines as u64).saturating_sub(rows).max(1);
        let path = u64::from(TALLEST - sight.min(TALLEST));
        number.saturating_sub(rows / 3).min(last) * path / last
    } else {
        (number * u64::from(LINE)).saturating_sub(u64::from(sight / 3))
    };
    u32::try_from(at).unwrap_or(u32::MAX)
}
