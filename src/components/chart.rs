//! Spend by month as bars. The table below it shows the figures.

use leptos::prelude::*;
use outlay_pleo::{Currency, Money};
use outlay_table::{Month, MonthTotals};

use super::messages;
use crate::platform::intl;

const BAR: i64 = 40;
const STEP: i64 = 60;
const TALL: i64 = 140;

/// One bar for each month of the period, the oldest on the left.
#[component]
pub fn MonthChart(
    /// The months of the period, the newest first.
    months: Vec<Month>,
    /// The sums.
    totals: Vec<MonthTotals>,
    /// Which currency.
    currency: Currency,
) -> impl IntoView {
    let sum = move |month: &Month| {
        let sums = &totals.iter().find(|totals| totals.month == *month)?.sums;
        sums.iter().find(|sum| sum.currency == currency)?.minors
    };
    let sums: Vec<(Month, i64)> = months
        .iter()
        .rev()
        .map(|month| (*month, sum(month).unwrap_or(0)))
        .collect();
    let most = sums
        .iter()
        .map(|(_, sum)| sum.unsigned_abs())
        .max()
        .unwrap_or(0)
        .max(1);
    let below = sums.iter().any(|(_, sum)| *sum < 0);
    let (over, under) = if below {
        (TALL / 2, TALL / 2)
    } else {
        (TALL, 0)
    };
    let zero = 16 + over;
    let width = STEP * i64::try_from(sums.len()).unwrap_or(0);
    let bars = sums.into_iter().zip(0_i64..).map(|((month, minors), at)| {
        // 128 bits: a sum of any size times a height in pixels.
        let height = u128::from(minors.unsigned_abs()) * u128::from(over.unsigned_abs());
        let height = i64::try_from(height / u128::from(most)).unwrap_or(0);
        let height = if minors == 0 { 0 } else { height.max(1) };
        let x = at * STEP + (STEP - BAR) / 2;
        let y = if minors < 0 { zero } else { zero - height };
        let reported = intl::money(&Money { currency, minors });
        let name = intl::month(month);
        view! {
            <g class="bar" class:minus=minors < 0>
                <title prop:textContent=messages::chart::bar(&name, &reported)></title>
                <rect class="bar-hit" x=at * STEP y="0" width=STEP height=TALL + 16 />
                <rect class="bar-ink" x=x y=y width=BAR height=height rx="2" />
                <text x=at * STEP + STEP / 2 y=zero + under + 18 text-anchor="middle" prop:textContent=intl::month_short(month)></text>
            </g>
        }
    });
    let top = intl::money(&Money {
        currency,
        minors: i64::try_from(most).unwrap_or(i64::MAX),
    });
    let label = messages::chart::label(currency.as_str());
    view! {
        <svg class="chart" role="img" translate="no" aria-label=label viewBox=format!("0 0 {width} {}", TALL + 44)>
            <line class="chart-line" x1="0" x2=width y1=zero y2=zero />
            <line class="chart-line faint" x1="0" x2=width y1="16" y2="16" />
            <text class="chart-top" x="0" y="11" prop:textContent=top></text>
            {bars.collect_view()}
        </svg>
    }
}
