//! One event and its request and response.

use crate::platform::intl;
use crate::session::record::line_text;
use leptos::prelude::*;
use outlay_vault::message::FlowStepKind;

use super::messages::{event as messages, tools};
use super::parameters::explained;
use super::timeline::{ShownValue, TimelineItem, parameters};
use crate::components::external_text::external;

/// The list item; `number` is that of its connection, `count` the number of equal requests that it
/// is folded from, `flow` the number of its flow.
pub fn event(
    item: TimelineItem,
    number: Option<u32>,
    count: usize,
    flow: Option<usize>,
) -> impl IntoView {
    let times = (count > 1).then(|| tools::times(count));
    let flow = flow.map(tools::flow);
    let stage = usize::from(item.stage());
    let stage = messages::STAGES
        .get(stage.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let title = match (&item.line, &item.step) {
        (Some(line), _) => line_text(line),
        (None, Some(step)) => {
            let status = step
                .status
                .map_or(messages::NO_RESPONSE.to_owned(), |it| it.to_string());
            let took = step.duration.map(messages::duration).unwrap_or_default();
            let what = if step.kind == FlowStepKind::Call {
                step.sent.as_str()
            } else {
                step.kind.word()
            };
            messages::title(what, &status, &took)
        }
        (None, None) => String::new(),
    };
    let generation = item.line.as_ref().and_then(|line| line.generation);
    let generation = generation.map(messages::generation);
    let status = item.step.as_ref().and_then(|step| step.status);
    let status = status
        .map(|status| view! { <p>{messages::STATUS} <code translate="no">{status}</code></p> });
    let sent = item
        .step
        .as_ref()
        .filter(|step| step.kind != FlowStepKind::Call);
    let sent = sent.and_then(|step| table(messages::SENT, &step.sent));
    let came = item
        .step
        .as_ref()
        .and_then(|step| table(messages::RECEIVED, &step.came));
    view! {
        <li>
            <details>
                <summary>
                    <span class="figures" translate="no">{intl::time_of_day(item.at())}</span>
                    <span class="stage">{stage}</span>
                    <span class="event-title" translate="no">
                        {number.map(messages::connection)}
                        {title} {times}
                    </span>
                    <span class="fine" translate="no">{flow}</span>
                    <span class="fine" translate="no">{generation}</span>
                </summary>
                <div class="event-body">
                    <p>{item.meaning().replace('`', "")}</p>
                    {status}
                    {sent}
                    {came}
                </div>
            </details>
        </li>
    }
}

fn table(caption: &'static str, outline: &str) -> Option<impl IntoView + use<>> {
    let rows = parameters(outline);
    let rows = (!rows.is_empty()).then_some(rows)?;
    let rows = rows.into_iter().map(|(name, value)| {
        let about = explained(&name);
        let value = match value {
            ShownValue::Plain(text) => view! { <code>{external(&text)}</code> }.into_any(),
            ShownValue::Secret {
                length,
                fingerprint,
            } => view! {
                {messages::secret(&name, &length)} <code translate="no">{fingerprint}</code>
            }
            .into_any(),
        };
        view! {
            <tr>
                <th scope="row"><code>{external(&name)}</code></th>
                <td>{value}</td>
                <td>
                    {about.map(|about| [about.what, " ", about.why].concat())}
                    <span class="fine">{about.map(|about| [" ", about.source].concat())}</span>
                </td>
            </tr>
        }
    });
    Some(view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{messages::PARAMETER}</th>
                        <th scope="col">{messages::VALUE}</th>
                        <th scope="col">{messages::MEANING}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    })
}
