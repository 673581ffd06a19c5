//! Joins the record and the flow steps into one timeline.

use outlay_codes::RecordKind;
use outlay_oauth::form;
use outlay_vault::message::{FlowStep, FlowStepKind, RecordLine};

use crate::messages::record::meaning;

use super::messages::event as messages;

/// The largest difference, in milliseconds, between an event of the record and its flow step. The
/// vault writes both, one after the other.
const TOGETHER: u64 = 1_500;

/// An item of the timeline: an event of the record, a flow step, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineItem {
    /// The event of the record.
    pub line: Option<RecordLine>,
    /// The request and response.
    pub step: Option<FlowStep>,
}

impl TimelineItem {
    /// Returns the time of the item, in milliseconds since the Unix epoch.
    pub fn at(&self) -> u64 {
        let line = self.line.as_ref().map(|line| line.at);
        line.or(self.step.as_ref().map(end)).unwrap_or_default()
    }

    /// Returns the number of its step in Pleo's OAuth workflow, from 2 to 6.
    pub fn stage(&self) -> u8 {
        let kind = match (&self.line, &self.step) {
            (Some(line), _) => Some(line.event),
            (None, Some(step)) => match counterpart(step.kind) {
                Some(kind) => Some(kind),
                None => return 4,
            },
            (None, None) => None,
        };
        kind.map_or(6, stage)
    }

    /// Returns the meaning of the event.
    pub fn meaning(&self) -> &'static str {
        match (&self.line, &self.step) {
            (Some(line), _) => meaning(line.event),
            (None, Some(step)) if step.kind == FlowStepKind::Call => messages::CALLED,
            _ => "",
        }
    }
}

/// A filter of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimelineFilter {
    /// Every item.
    #[default]
    All,
    /// Authorization requests, callbacks and exchanges.
    SignIn,
    /// Refreshes.
    Refresh,
    /// Requests of the API, introspection among them.
    Calls,
    /// Ends and revocations.
    End,
}

impl TimelineFilter {
    /// All filters, in the order of the choice.
    pub const ALL: [TimelineFilter; 5] = [
        TimelineFilter::All,
        TimelineFilter::SignIn,
        TimelineFilter::Refresh,
        TimelineFilter::Calls,
        TimelineFilter::End,
    ];

    /// Whether an item passes.
    pub fn admits(self, item: &TimelineItem) -> bool {
        let stages: &[u8] = match self {
            TimelineFilter::All => return true,
            TimelineFilter::SignIn => &[2, 3],
            TimelineFilter::Calls => &[4],
            TimelineFilter::Refresh => &[5],
            TimelineFilter::End => &[6],
        };
        stages.contains(&item.stage())
    }
}

/// Folds equal API calls that follow each other into the newest one. Returns each item with the
/// number of calls that are folded into it.
pub fn folded(items: Vec<TimelineItem>) -> Vec<(TimelineItem, usize)> {
    let mut out: Vec<(TimelineItem, usize)> = Vec::with_capacity(items.len());
    for item in items {
        match out.last_mut() {
            Some((last, count)) if is_same_call(last, &item) => {
                *count += 1;
                *last = item;
            }
            _ => out.push((item, 1)),
        }
    }
    out
}

fn is_same_call(one: &TimelineItem, two: &TimelineItem) -> bool {
    let call = |item: &TimelineItem| {
        let step = item.step.clone().filter(|_| item.line.is_none())?;
        (step.kind == FlowStepKind::Call).then_some((step.sent, step.status, step.connection))
    };
    let one = call(one);
    one.is_some() && one == call(two)
}

/// Returns the number of the step in Pleo's OAuth workflow that an event belongs to, from 2 to 6.
fn stage(kind: RecordKind) -> u8 {
    match kind {
        RecordKind::SignInStarted => 2,
        RecordKind::Callback
        | RecordKind::ExchangeSent
        | RecordKind::ExchangeAnswered
        | RecordKind::Connected
        | RecordKind::SignInFailed
        | RecordKind::TokenAnswerOdd
        | RecordKind::IntrospectionSent
        | RecordKind::IntrospectionAnswered
        | RecordKind::Replaced => 3,
        RecordKind::QueueFormed | RecordKind::QueueCleared | RecordKind::CallRepeated => 4,
        RecordKind::RefreshAsked
        | RecordKind::RefreshSent
        | RecordKind::RefreshAnswered
        | RecordKind::NetworkChecked
        | RecordKind::Woke => 5,
        RecordKind::Unsure
        | RecordKind::Ended
        | RecordKind::SignedOut
        | RecordKind::RevocationSent
        | RecordKind::AnswerDropped => 6,
    }
}

/// The value of a parameter as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownValue {
    /// No secret: the value as it was sent or received.
    Plain(String),
    /// A secret: its length in bytes and the beginning of its SHA-256.
    Secret {
        /// The length in bytes.
        length: String,
        /// The first six characters of the hash in base64url.
        fingerprint: String,
    },
}

/// Returns the parameters of an outline, in their order.
pub fn parameters(outline: &str) -> Vec<(String, ShownValue)> {
    let pairs = outline.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let secret = value
                .strip_prefix('~')
                .and_then(|rest| rest.split_once('~'));
            let shown = match secret {
                Some((length, fingerprint)) => ShownValue::Secret {
                    length: length.to_owned(),
                    fingerprint: fingerprint.to_owned(),
                },
                None => ShownValue::Plain(
                    form::parse(pair)
                        .and_then(|pairs| pairs.into_iter().next())
                        .map_or_else(|| value.to_owned(), |(_, value)| value),
                ),
            };
            (name.to_owned(), shown)
        })
        .collect()
}

/// Returns all items, the oldest first.
pub fn merged(lines: &[RecordLine], steps: &[FlowStep]) -> Vec<TimelineItem> {
    let mut items: Vec<TimelineItem> = lines
        .iter()
        .map(|line| TimelineItem {
            line: Some(line.clone()),
            step: None,
        })
        .collect();
    // From the newest: if either list has lost its oldest items, the others still match.
    for step in steps.iter().rev() {
        let event = counterpart(step.kind);
        let fits = |item: &&mut TimelineItem| {
            item.step.is_none()
                && item.line.as_ref().is_some_and(|line| {
                    Some(line.event) == event && line.at.abs_diff(end(step)) <= TOGETHER
                })
        };
        match items.iter_mut().rev().find(fits) {
            Some(item) => item.step = Some(step.clone()),
            None => items.push(TimelineItem {
                line: None,
                step: Some(step.clone()),
            }),
        }
    }
    items.sort_by_key(TimelineItem::at);
    items
}

fn end(step: &FlowStep) -> u64 {
    match step.kind {
        // The record notes a revocation when it is sent; nothing waits for its response.
        FlowStepKind::Revoke => step.at,
        _ => step.at + step.duration.unwrap_or_default(),
    }
}

/// Returns the event that the record has for a step; `None` for a call of the API.
fn counterpart(kind: FlowStepKind) -> Option<RecordKind> {
    match kind {
        FlowStepKind::Authorize => Some(RecordKind::SignInStarted),
        FlowStepKind::Callback => Some(RecordKind::Callback),
        FlowStepKind::Exchange => Some(RecordKind::ExchangeAnswered),
        FlowStepKind::Refresh => Some(RecordKind::RefreshAnswered),
        FlowStepKind::Introspect => Some(RecordKind::IntrospectionAnswered),
        FlowStepKind::Revoke => Some(RecordKind::RevocationSent),
        FlowStepKind::Call => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: u64, event: RecordKind) -> RecordLine {
        RecordLine {
            at,
            connection: None,
            event,
            generation: None,
            duration: None,
            outcome: None,
        }
    }

    fn step(at: u64, took: u64, kind: FlowStepKind) -> FlowStep {
        FlowStep {
            at,
            duration: Some(took),
            ..FlowStep::of(kind)
        }
    }

    fn timeline_rows(items: &[TimelineItem]) -> Vec<(u64, Option<&str>, Option<&str>)> {
        items
            .iter()
            .map(|item| {
                let line = item.line.as_ref().map(|line| line.event.word());
                let step = item.step.as_ref().map(|step| step.kind.word());
                (item.at(), line, step)
            })
            .collect()
    }

    #[test]
    fn step_is_paired_with_its_record_line() {
        let lines = [
            line(100, RecordKind::SignInStarted),
            line(5_000, RecordKind::Callback),
            line(5_000, RecordKind::ExchangeSent),
            line(5_900, RecordKind::ExchangeAnswered),
        ];
        let steps = [
            step(100, 0, FlowStepKind::Authorize),
            step(5_000, 0, FlowStepKind::Callback),
            step(5_000, 900, FlowStepKind::Exchange),
            step(7_000, 30, FlowStepKind::Call),
        ];
        assert_eq!(
            timeline_rows(&merged(&lines, &steps)),
            [
                (100, Some("sign_in_started"), Some("authorize")),
                (5_000, Some("callback"), Some("callback")),
                (5_000, Some("exchange_sent"), None),
                (5_900, Some("exchange_answered"), Some("exchange")),
                (7_030, None, Some("call")),
            ]
        );
    }

    #[test]
    fn equal_calls_are_folded_with_their_count() {
        let call = |at, status| TimelineItem {
            line: None,
            step: Some(FlowStep {
                at,
                status: Some(status),
                sent: "GET /v1/companies".to_owned(),
                ..FlowStep::of(FlowStepKind::Call)
            }),
        };
        let refresh = TimelineItem {
            line: Some(line(3, RecordKind::RefreshSent)),
            step: None,
        };
        let items = vec![
            call(1, 200),
            call(2, 200),
            refresh,
            call(4, 200),
            call(5, 500),
        ];
        let found = folded(items).into_iter();
        let found: Vec<_> = found.map(|(item, count)| (item.at(), count)).collect();
        assert_eq!(found, [(2, 2), (3, 1), (4, 1), (5, 1)]);
    }

    #[test]
    fn each_item_passes_one_filter_besides_all() {
        for kind in RecordKind::ALL {
            let item = TimelineItem {
                line: Some(line(0, *kind)),
                step: None,
            };
            let passed = TimelineFilter::ALL.iter().filter(|it| it.admits(&item));
            assert_eq!(passed.count(), 2, "{}", kind.word());
        }
    }

    #[test]
    fn each_refresh_is_paired_with_its_own_step_after_eviction() {
        let lines = [
            line(20_000, RecordKind::RefreshAnswered),
            line(30_000, RecordKind::RefreshAnswered),
        ];
        let steps = [
            step(9_900, 100, FlowStepKind::Refresh),
            step(19_900, 100, FlowStepKind::Refresh),
            step(29_900, 100, FlowStepKind::Refresh),
        ];
        assert_eq!(
            timeline_rows(&merged(&lines, &steps)),
            [
                (10_000, None, Some("refresh")),
                (20_000, Some("refresh_answered"), Some("refresh")),
                (30_000, Some("refresh_answered"), Some("refresh")),
            ]
        );
    }

    #[test]
    fn every_record_event_has_a_stage_and_a_description() {
        for kind in RecordKind::ALL {
            let item = TimelineItem {
                line: Some(line(0, *kind)),
                step: None,
            };
            assert!((2..=6).contains(&item.stage()));
            assert!(item.meaning().len() > 10, "{}", kind.word());
        }
    }

    #[test]
    fn outline_is_parsed_as_the_vault_wrote_it() {
        let outline = outlay_oauth::outline::of_form(
            "grant_type=authorization_code&code=abc&redirect_uri=https%3A%2F%2Fa.example%2F&scope=%7Ex",
        );
        let plain = |text: &str| ShownValue::Plain(text.to_owned());
        assert_eq!(
            parameters(&outline),
            [
                ("grant_type".to_owned(), plain("authorization_code")),
                (
                    "code".to_owned(),
                    ShownValue::Secret {
                        length: "3".to_owned(),
                        fingerprint: "ungWv4".to_owned()
                    }
                ),
                ("redirect_uri".to_owned(), plain("https://a.example/")),
                ("scope".to_owned(), plain("~x")),
            ]
        );
        assert!(parameters("").is_empty());
    }
}
