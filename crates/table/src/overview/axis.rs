//! The scale of a bar chart of amounts.

/// The vertical scale of a chart: from the lowest bar, or 0, to a grid line above the highest one. A
/// negative bar takes only the height that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    bottom: i128,
    top: i128,
    /// The values of the grid lines other than 0, from the lowest to the highest.
    pub lines: Vec<i128>,
}

/// Grid lines above 0, at most, where no bar is below.
const MOST_LINES: i128 = 4;

impl Axis {
    /// The scale for these values, in minor units; at most 2⁹⁶ in size.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = i128>) -> Axis {
        let (mut bottom, mut highest) = (0, 0);
        for value in values {
            bottom = value.min(bottom);
            highest = value.max(highest);
        }
        let range = highest - bottom;
        let step = step(range);
        let top = match highest {
            0 if bottom < 0 => 0,
            _ => (highest.max(1) + step - 1).div_euclid(step) * step,
        };
        let first = -(-bottom).div_euclid(step);
        let lines = (first..=top.div_euclid(step)).map(|at| at * step);
        Axis {
            bottom,
            top,
            lines: lines.filter(|line| *line != 0).collect(),
        }
    }

    /// How far a value is below the top, in hundredths of a per cent of the height: 0 to 10,000.
    #[must_use]
    pub fn depth(&self, value: i128) -> i128 {
        (self.top - value) * 10_000 / (self.top - self.bottom)
    }
}

/// The smallest of 1, 2, 2.5 and 5 times a power of ten of which few fit into the range.
fn step(range: i128) -> i128 {
    let mut power = 1;
    loop {
        let quarters = (power % 10 == 0).then_some(power / 10 * 25);
        let steps = [Some(power), Some(power * 2), quarters, Some(power * 5)];
        let mut steps = steps.into_iter().flatten();
        let fits = |step: &i128| range <= step * MOST_LINES;
        if let Some(step) = steps.find(fits) {
            return step;
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_or_four_lines_lie_above_any_largest_amount() {
        for highest in (100..3_000).chain([60_140_031, 999_999_999_999, i128::from(i64::MAX)]) {
            let axis = Axis::of([highest, 0, highest / 2]);
            let count = axis.lines.len();
            assert!((3..=4).contains(&count), "{highest}: {:?}", axis.lines);
            assert_eq!(axis.depth(0), 10_000);
            let last = axis.lines.last().copied();
            assert!(last.is_some_and(|last| last >= highest), "{highest}");
            assert!(
                axis.depth(highest) >= 0 && axis.depth(highest) < 3_400,
                "{highest}"
            );
        }
    }

    #[test]
    fn a_negative_month_takes_the_height_that_it_needs() {
        let axis = Axis::of([60_140_031, -1_000_000, 41_000_000]);
        assert_eq!(axis.lines, [20_000_000, 40_000_000, 60_000_000, 80_000_000]);
        assert_eq!((axis.depth(0), axis.depth(-1_000_000)), (9_876, 10_000));
        let axis = Axis::of([-300, -1_000]);
        assert_eq!(axis.lines, [-1_000, -750, -500, -250]);
        assert_eq!((axis.depth(0), axis.depth(-1_000)), (0, 10_000));
    }

    #[test]
    fn a_chart_of_nothing_has_a_height() {
        let axis = Axis::of([0, 0]);
        assert_eq!((axis.depth(0), axis.lines.as_slice()), (10_000, &[1][..]));
    }
}
