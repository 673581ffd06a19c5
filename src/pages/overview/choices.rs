//! The fields for the date basis and the period. Both are in the address.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use outlay_table::filter::DayField;

use super::running_month;
use crate::address;
use crate::pages::overview_choices::{self, BASIS, PERIOD, PeriodChoice};
use crate::pages::overview_messages as messages;
use crate::platform::{intl, location};

#[component]
pub fn Choices() -> impl IntoView {
    let here = use_location();
    let navigate = use_navigate();
    let (path, query) = (here.pathname, here.search);
    let go = StoredValue::new_local(move |name: &str, value: &str| {
        let whole = location::with_query(&path.get_untracked());
        let options = NavigateOptions {
            scroll: false,
            ..Default::default()
        };
        navigate(&address::with_parameter(&whole, name, value), options);
    });
    let choose = move |name: &'static str| {
        move |event| go.with_value(|go| go(name, &event_target_value(&event)))
    };
    let basis = Memo::new(move |_| {
        query.with(|query| overview_choices::basis(&location::parameter(query, BASIS)))
    });
    let period = Memo::new(move |_| {
        query.with(|query| PeriodChoice::of(&location::parameter(query, PERIOD)))
    });
    let bases = DayField::ALL.map(|one| {
        view! {
            <option
                value=overview_choices::basis_parameter(one) selected=move || basis.get() == one
                prop:textContent=messages::basis(one)
            ></option>
        }
    });
    let periods = move || {
        let running = running_month();
        let offered = period.get().offered(running).into_iter();
        let options = offered.map(|one| {
            view! {
                <option
                    value=one.parameter() selected=one == period.get_untracked() translate="no"
                    prop:textContent=label(one)
                ></option>
            }
        });
        options.collect_view().into_any()
    };
    view! {
        <div class="choices">
            <label class="field">
                <span>{messages::BASIS}</span>
                <select on:change=choose(BASIS)>{bases.into_iter().collect_view()}</select>
            </label>
            <label class="field">
                <span>{messages::PERIOD}</span>
                <select on:change=choose(PERIOD)>{move || periods()}</select>
            </label>
        </div>
    }
}

/// A period in words.
pub fn label(period: PeriodChoice) -> String {
    let running = running_month();
    match period {
        PeriodChoice::LastYear => messages::LAST_YEAR.to_owned(),
        PeriodChoice::Month(month) if month == running => messages::so_far(&intl::month(month)),
        PeriodChoice::Month(month) => intl::month(month),
        PeriodChoice::Year(year) if year == running.year => messages::so_far(&year.to_string()),
        PeriodChoice::Year(year) => year.to_string(),
    }
}
