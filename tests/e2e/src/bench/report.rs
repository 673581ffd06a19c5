//! Medians of the loads, as a table.

use std::fmt::Write;

use super::load::Sample;

/// A figure of a load.
struct Figure {
    name: &'static str,
    of: fn(&Sample) -> f64,
    decimals: usize,
}

const FIGURES: [Figure; 5] = [
    Figure {
        name: "navigation to a usable Connect, ms",
        of: |sample| sample.usable,
        decimals: 0,
    },
    Figure {
        name: "first contentful paint, ms",
        of: |sample| sample.first_paint,
        decimals: 0,
    },
    Figure {
        name: "bytes to a usable Connect, kB",
        #[expect(clippy::cast_precision_loss, reason = "megabytes at most")]
        of: |sample| sample.bytes() as f64 / 1000.0,
        decimals: 1,
    },
    Figure {
        name: "requests to a usable Connect",
        #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
        of: |sample| sample.sent.len() as f64,
        decimals: 0,
    },
    Figure {
        name: "cumulative layout shift",
        of: |sample| sample.layout_shift,
        decimals: 3,
    },
];

/// The table of one CPU speed: each figure's median with its lowest and highest value, of both apps,
/// and the ratio of the medians.
pub(super) fn table(slowdown: u32, names: [&str; 2], samples: [&[Sample]; 2]) -> String {
    let loads = samples[0].len().min(samples[1].len());
    let [one, other] = names;
    let mut text =
        format!("CPU ×{slowdown}, medians of {loads} cold loads each [lowest to highest]\n");
    let _ = writeln!(text, "{:36}{one:>24}{other:>24}{:>8}", "", "ratio");
    for Figure { name, of, decimals } in FIGURES {
        let cells = samples.map(|samples| spread(samples.iter().map(of).collect()));
        let shown = cells.map(|[low, middle, high]| {
            format!("{middle:.decimals$} [{low:.decimals$} to {high:.decimals$}]")
        });
        let [[_, ours, _], [_, theirs, _]] = cells;
        let ratio = if theirs > 0.0 {
            format!("{:.2}", ours / theirs)
        } else {
            "–".to_owned()
        };
        let [one, other] = shown;
        let _ = writeln!(text, "{name:36}{one:>24}{other:>24}{ratio:>8}");
    }
    text
}

/// Every answer of a load, the largest first.
pub(super) fn answers(name: &str, sample: &Sample) -> String {
    let mut sent = sample.sent.clone();
    sent.sort_by_key(|sent| std::cmp::Reverse(sent.bytes));
    let lines = sent
        .iter()
        .map(|sent| format!("{:>9}  {}\n", sent.bytes, sent.path));
    format!(
        "{name}, bytes of each answer until Connect was usable\n{}",
        lines.collect::<String>()
    )
}

/// The median; 0 of nothing.
pub(super) fn median(values: Vec<f64>) -> f64 {
    let [_, median, _] = spread(values);
    median
}

/// The lowest value, the median and the highest value; zeros where there are none.
fn spread(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let median = match values.get(middle) {
        None => 0.0,
        Some(upper) if values.len() % 2 == 1 => *upper,
        Some(upper) => f64::midpoint(values[middle - 1], *upper),
    };
    let end = |value: Option<&f64>| value.copied().unwrap_or_default();
    [end(values.first()), median, end(values.last())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::static_site::SentBytes;

    #[test]
    fn median_is_the_middle_or_the_mean_of_two() {
        assert_eq!(spread(vec![3.0, 1.0, 9.0]), [1.0, 3.0, 9.0]);
        assert_eq!(spread(vec![4.0, 1.0, 2.0, 9.0]), [1.0, 3.0, 9.0]);
        assert_eq!(spread(vec![]), [0.0; 3]);
    }

    #[test]
    fn report_table_compares_medians() {
        let sample = |usable| Sample {
            usable,
            first_paint: 50.0,
            layout_shift: 0.0,
            sent: vec![SentBytes {
                path: "/".to_owned(),
                bytes: 102_700,
            }],
        };
        let ours = [sample(200.0), sample(100.0), sample(900.0)];
        let text = table(4, ["Outlay", "React"], [&ours, &[sample(400.0)]]);
        let lines: Vec<Vec<&str>> = text
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert!(text.starts_with("CPU ×4, medians of 1 cold loads each"));
        assert_eq!(lines[1], ["Outlay", "React", "ratio"]);
        assert!(lines[2].ends_with(&[
            "200", "[100", "to", "900]", "400", "[400", "to", "400]", "0.50"
        ]));
        assert!(lines[4].ends_with(&["102.7", "[102.7", "to", "102.7]", "1.00"]));
        assert!(lines[5].ends_with(&["1", "[1", "to", "1]", "1.00"]));
        assert!(lines[6].ends_with(&["0.000]", "–"]));
    }
}
