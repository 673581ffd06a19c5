//! The tools of the log: filter, export, and the comparison of two requests.

use leptos::prelude::*;
use outlay_vault::message::FlowStep;

use super::compare::{ComparedParameter, compared, first_difference};
use super::har::archive;
use super::messages::tools as messages;
use super::timeline::TimelineFilter;
use crate::components::external_text::external;
use crate::platform::{download, intl};
use crate::session::Session;

/// The filter and the export.
pub fn log_bar(
    session: Session,
    filter: RwSignal<TimelineFilter>,
    steps: RwSignal<Vec<FlowStep>>,
) -> impl IntoView {
    let reported = RwSignal::new(String::new());
    let options = TimelineFilter::ALL
        .iter()
        .map(|it| view! { <option value=name(*it)>{name(*it)}</option> })
        .collect_view();
    let pick = move |event: leptos::ev::Event| {
        let named = event_target_value(&event);
        let chosen = TimelineFilter::ALL
            .into_iter()
            .find(|it| name(*it) == named);
        filter.set(chosen.unwrap_or_default());
    };
    let export = move |_| {
        let profile = session.view.with_untracked(|view| {
            let live = view.live()?;
            session.profile(&live.profile)
        });
        let only = || {
            let config = session.config.get_untracked()?;
            let one = config.profiles.len() == 1;
            config.profiles.into_iter().next().filter(|_| one)
        };
        let profile = profile.or_else(only);
        let text = steps.with_untracked(|steps| {
            outlay_wire::to_text(&archive(steps, profile.as_ref(), env!("CARGO_PKG_VERSION")))
        });
        reported.set(download::save("oauth-log.har", "application/json", &text));
    };
    view! {
        <div class="actions">
            <label class="x-filter">{messages::FILTER} " "
                <select on:change=pick>{options}</select>
            </label>
            <button type="button" class="quiet" on:click=export>{messages::EXPORT}</button>
            <span role="status" class="fine">{reported}</span>
        </div>
    }
}

fn name(filter: TimelineFilter) -> &'static str {
    match filter {
        TimelineFilter::All => messages::ALL,
        TimelineFilter::SignIn => messages::SIGN_IN,
        TimelineFilter::Refresh => messages::REFRESH,
        TimelineFilter::Calls => messages::CALLS,
        TimelineFilter::End => messages::END,
    }
}

/// Two requests side by side; nothing until there are two.
pub fn comparison(steps: RwSignal<Vec<FlowStep>>) -> impl IntoView {
    let chosen = [RwSignal::new(None::<FlowStep>), RwSignal::new(None)];
    let any = Memo::new(move |_| steps.with(|steps| steps.len() > 1));
    let choice = move |label: &'static str, chosen: RwSignal<Option<FlowStep>>| {
        let options = move || {
            let all = steps.get();
            let all = all.into_iter().enumerate().map(|(number, step)| {
                let time = intl::time_of_day(step.at);
                let title = [&*time, " · ", step.kind.word()].concat();
                let selected = chosen.with_untracked(|chosen| chosen.as_ref() == Some(&step));
                view! { <option value=number.to_string() selected=selected>{title}</option> }
            });
            all.collect_view()
        };
        let pick = move |event: leptos::ev::Event| {
            let number: Option<usize> = event_target_value(&event).parse().ok();
            let step =
                number.and_then(|number| steps.with_untracked(|steps| steps.get(number).cloned()));
            chosen.set(step);
        };
        view! {
            <label class="field">
                <span>{label}</span>
                <select on:change=pick><option value="">{messages::CHOOSE}</option>{options}</select>
            </label>
        }
    };
    let result = move || {
        let (Some(first), Some(second)) = (chosen[0].get(), chosen[1].get()) else {
            return None;
        };
        let all = compared(&first, &second);
        let summary = match first_difference(&all) {
            Some(one) => messages::first_difference(&one.name, one.source),
            None => messages::EQUAL.to_owned(),
        };
        let rows = all.into_iter().map(row).collect_view();
        Some(
            view! {
                <p id="first-difference">{summary}</p>
                <div class="table-wrap" tabindex="0" role="region" aria-label=messages::TITLE>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{super::messages::event::PARAMETER}</th>
                                <th scope="col">{messages::FIRST}</th>
                                <th scope="col">{messages::SECOND}</th>
                                <th scope="col">{messages::DIFFERS}</th>
                                <th scope="col">{messages::SOURCE}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any(),
        )
    };
    view! {
        <Show when=move || any.get()>
            <section class="card">
                <h2>{messages::TITLE}</h2>
                <p class="fine">{messages::HINT}</p>
                {choice(messages::FIRST, chosen[0])}
                {choice(messages::SECOND, chosen[1])}
                <div role="status">{result}</div>
            </section>
        </Show>
    }
}

fn row(one: ComparedParameter) -> impl IntoView {
    let value = |value: Option<String>| match value {
        Some(value) => view! { <code>{external(&value)}</code> }.into_any(),
        None => view! { <em>{messages::ABSENT}</em> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><code>{external(&one.name)}</code></th>
            <td>{value(one.first)}</td>
            <td>{value(one.second)}</td>
            <td>{if one.differs { messages::DIFFERS } else { messages::SAME }}</td>
            <td>{one.source}</td>
        </tr>
    }
}
