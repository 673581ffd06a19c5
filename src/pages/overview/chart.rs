//! Spend by month as bars. Each bar is a link to its entries; the value of the one under the pointer or
//! with the focus is written above. The table below says the same.

use leptos::prelude::*;
use outlay_pleo::Currency;
use outlay_table::overview::{Axis, EntrySum, MonthSpend, Overview};

use super::cells::{entries, href};
use super::months::name;
use crate::pages::overview_messages as messages;
use crate::pages::overview_messages::months as texts;
use crate::platform::intl;

pub fn view(figures: &Overview, currency: Currency) -> AnyView {
    let months = &figures.months;
    let period = figures.scope.period;
    let axis = Axis::of(months.iter().map(|month| month.sum.minors));
    let zero = axis.depth(0);
    // Hundredths of a per cent of the width.
    let step = 10_000 / i128::try_from(months.len().max(1)).unwrap_or(1);
    let bars = months.iter().zip(0_i128..).map(|(month, at)| {
        let depth = axis.depth(month.sum.minors);
        let (top, height) = (depth.min(zero), (depth - zero).abs());
        let is_least = height < 50 && month.sum.minors != 0;
        let height = if is_least { 50 } else { height };
        let is_chosen = period.months() == 1 && period.contains(month.month);
        view! {
            <g>
                <rect
                    class="bar" class:running=month.is_running class:chosen=is_chosen class:minus=month.sum.minors < 0
                    fill=month.is_running.then_some("url(#chart-hatch)")
                    x=percent(at * step + step / 5) width=percent(step * 3 / 5)
                    y=percent(top) height=percent(height)
                />
            </g>
        }
    });
    let lines = axis.lines.iter().map(|line| {
        let y = percent(axis.depth(*line));
        let label = EntrySum {
            entries: 0,
            minors: *line,
        }
        .money(currency);
        let label = label.map(|money| intl::amount_short(&money));
        view! {
            <g>
                <line class="chart-line faint" x1="0" x2="100%" y1=y.clone() y2=y.clone() />
                <text x="-8" y=y dy="4" text-anchor="end" prop:textContent=label></text>
            </g>
        }
    });
    let labels = months.iter().zip(0_i128..).map(|(month, at)| {
        view! {
            <g>
                <text
                    class="chart-month" class:odd=at % 2 == 1 x=percent(at * step + step / 2) y="226"
                    text-anchor="middle" prop:textContent=intl::month_short(month.month)
                ></text>
            </g>
        }
    });
    let zero_line = percent(zero);
    let values: Vec<String> = months.iter().map(|month| value(month, currency)).collect();
    let shown = RwSignal::new(None::<usize>);
    let links = months.iter().enumerate().map(|(at, month)| {
        let value = values.get(at).cloned().unwrap_or_default();
        view! {
            <a
                href=href(&month.filter) translate="no" aria-label=value
                on:mouseenter=move |_| shown.set(Some(at)) on:mouseleave=move |_| shown.set(None)
                on:focus=move |_| shown.set(Some(at)) on:blur=move |_| shown.set(None)
            ></a>
        }
    });
    let links = links.collect_view();
    let has_running = months.iter().any(|month| month.is_running);
    let hint = match has_running {
        true => [texts::HINT, " ", texts::RUNNING].concat(),
        false => texts::HINT.to_owned(),
    };
    let words = move || {
        let value = shown.get().and_then(|at| values.get(at).cloned());
        value.unwrap_or_else(|| hint.clone())
    };
    view! {
        <figure class="chart" role="group" aria-label=texts::chart(currency.as_str())>
            <p class="chart-value figures" aria-hidden="true" translate="no" prop:textContent=words></p>
            <div class="chart-plot">
                <svg class="chart-ink" aria-hidden="true" width="100%" height="236">
                    <defs>
                        <pattern id="chart-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                            <line class="hatch" x1="1" x2="1" y1="0" y2="6" />
                        </pattern>
                    </defs>
                    <svg class="chart-bars" y="16" width="100%" height="192">
                        {lines.collect_view()}
                        {bars.collect_view()}
                        <line class="chart-line" x1="0" x2="100%" y1=zero_line.clone() y2=zero_line />
                    </svg>
                    {labels.collect_view()}
                </svg>
                <div class="chart-links">{links}</div>
            </div>
        </figure>
    }
    .into_any()
}

/// Month, amount and number of entries in words.
fn value(month: &MonthSpend, currency: Currency) -> String {
    let amount = month.sum.money(currency);
    let amount = amount.map_or(messages::TOO_LARGE.to_owned(), |it| intl::money(&it));
    texts::bar(&name(month), &amount, &entries(month.sum.entries))
}

/// Hundredths of a per cent as a length in SVG: `12.34%`.
fn percent(hundredths: i128) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
