//! The sums of the amounts that a workbook holds, by column and currency.

use std::collections::BTreeMap;

use crate::slice::Amount;

/// Sums by column and currency code.
#[derive(Debug, Default)]
pub(super) struct Totals {
    sums: BTreeMap<(usize, String), Total>,
    /// The place of the sum that was added to last, which is mostly the next one too.
    last: BTreeMap<usize, (String, Total)>,
}

/// The sum of one column in one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Total {
    /// 2³² amounts of 64 bits fit.
    pub(super) minors: i128,
    pub(super) rows: u64,
    /// `None` if the decimals are not known: the units may differ from row to row.
    pub(super) exponent: Option<u8>,
}

impl Totals {
    pub(super) fn add(&mut self, column: usize, amount: &Amount<'_>) {
        let (currency, total) = self.last.entry(column).or_default();
        if currency != amount.currency {
            if total.rows > 0 {
                let before = std::mem::take(currency);
                let sum = self.sums.entry((column, before)).or_default();
                merge(sum, total);
            }
            amount.currency.clone_into(currency);
            *total = Total::default();
        }
        total.minors += i128::from(amount.minors);
        total.rows += 1;
        total.exponent = amount.exponent;
    }

    /// Returns the sums by column, then currency.
    pub(super) fn sums(&self) -> BTreeMap<(usize, String), Total> {
        let mut sums = self.sums.clone();
        for (column, (currency, total)) in &self.last {
            let sum = sums.entry((*column, currency.clone())).or_default();
            merge(sum, total);
        }
        sums
    }
}

fn merge(sum: &mut Total, other: &Total) {
    sum.minors += other.minors;
    sum.rows += other.rows;
    sum.exponent = other.exponent;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternating_currencies_and_columns_are_added_up_apart() {
        let mut totals = Totals::default();
        for (column, minors, currency) in [
            (0, 100, "EUR"),
            (1, 700, "DKK"),
            (0, -30, "EUR"),
            (0, 5, "JPY"),
            (1, i64::MAX, "DKK"),
            (0, 1, "EUR"),
        ] {
            let exponent = Some(if currency == "JPY" { 0 } else { 2 });
            let amount = Amount {
                minors,
                exponent,
                currency,
            };
            totals.add(column, &amount);
        }
        let sums: Vec<_> = totals
            .sums()
            .into_iter()
            .map(|((column, currency), total)| (column, currency, total.minors, total.rows))
            .collect();
        assert_eq!(
            sums,
            [
                (0, "EUR".to_owned(), 71, 3),
                (0, "JPY".to_owned(), 5, 1),
                (1, "DKK".to_owned(), i128::from(i64::MAX) + 700, 2),
            ]
        );
    }
}
