//! The OAuth log.

use crate::components::heading::Heading;
use crate::platform::location;
use crate::session::Session;
use crate::session::record::ConnectionNumbers;
use leptos::prelude::*;
use outlay_vault::message::FlowStep;

use super::compare::flows;
use super::diagram::SessionDiagram;
use super::event::event;
use super::explanations::Explanations;
use super::log_tools::{comparison, log_bar};
use super::machine::MachineState;
use super::messages;
use super::replay::Replay;
use super::timeline::{TimelineFilter, TimelineItem, folded, merged};
use crate::platform::clock::poll_while_mounted;

/// Interval of the request for new flow steps, in milliseconds.
const BEAT: i32 = 1_000;

/// The OAuth log.
#[component]
pub fn InspectPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let steps = RwSignal::new(Vec::<FlowStep>::new());
    follow(session, steps);
    let state = Memo::new(move |_| {
        let chosen = location::connection();
        session
            .snapshot
            .with(|snapshot| MachineState::now(snapshot, chosen.as_deref()))
    });
    let items = Memo::new(move |_| {
        let lines: Vec<_> = session.record.with(|lines| lines.iter().cloned().collect());
        steps.with(|steps| merged(&lines, steps))
    });
    let numbers = Memo::new(move |_| {
        let snapshot = session.snapshot.get();
        items.with(|items| {
            let lines = items.iter().filter_map(|item| item.line.as_ref());
            ConnectionNumbers::of(lines, &snapshot)
        })
    });
    let filter = RwSignal::new(TimelineFilter::default());
    let shown = Memo::new(move |_| {
        let filter = filter.get();
        let all = items.with(|items| {
            let all = items.iter().filter(|item| filter.admits(item));
            all.cloned().collect::<Vec<_>>()
        });
        folded(all)
    });
    let flow_of = Memo::new(move |_| steps.with(|steps| flows(steps)));
    let none = move || {
        let text = match items.with(Vec::is_empty) {
            true => messages::EMPTY,
            false => messages::tools::NONE_MATCH,
        };
        shown
            .with(Vec::is_empty)
            .then(|| view! { <p class="empty">{text}</p> }.into_any())
    };
    view! {
        <Heading text=messages::TITLE />
        <p>{messages::LEAD}</p>
        <SessionDiagram state />
        <section class="card">
            <h2>{messages::EVENTS}</h2>
            {log_bar(session, filter, steps)}
            {move || none()}
            <ol class="timeline">
                <For each=move || keyed(shown.get()) key=|(key, _)| key.clone() let((_key, (item, count)))>
                    {
                        let connection = item.line.as_ref().and_then(|line| line.connection.clone());
                        let connection = connection.or_else(|| item.step.as_ref()?.connection.clone());
                        let number = numbers.with_untracked(|all| all.get(connection.as_deref()));
                        let at = item.step.as_ref().and_then(|step| {
                            steps.with_untracked(|steps| steps.iter().position(|it| it == step))
                        });
                        let flow = at.and_then(|at| flow_of.with_untracked(|all| all.get(at).copied().flatten()));
                        event(item, number, count, flow)
                    }
                </For>
            </ol>
        </section>
        {comparison(steps)}
        <Explanations items />
        <Replay />
    }
}

/// Gives each item a stable key, so that an opened item stays open.
fn keyed(items: Vec<(TimelineItem, usize)>) -> Vec<(String, (TimelineItem, usize))> {
    let mut keyed: Vec<(String, (TimelineItem, usize))> = Vec::with_capacity(items.len());
    for (item, count) in items {
        let event = item.line.as_ref().map_or("", |line| line.event.word());
        let kind = item.step.as_ref().map_or("", |step| step.kind.word());
        let mut key = format!("{}{event}{kind}*{count}", item.at());
        while keyed.iter().rev().take(32).any(|(known, _)| *known == key) {
            key.push('+');
        }
        keyed.push((key, (item, count)));
    }
    keyed
}

/// Requests the flow steps from the vault while the page is shown.
fn follow(session: Session, steps: RwSignal<Vec<FlowStep>>) {
    poll_while_mounted(BEAT, move || async move {
        if let Some(client) = session.client()
            && let Ok(now) = client.inspect().await
            && steps.try_with_untracked(|known| *known != now) == Some(true)
        {
            steps.set(now);
        }
    });
}
