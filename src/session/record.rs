//! The record as text for people. Connections have numbers, because their names must not leave the
//! page and their ids mean nothing to a reader.

use outlay_vault::message::{RecordLine, Snapshot};

use super::app_error::AppError;
use super::messages;

/// The numbers of connections, from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConnectionNumbers(Vec<String>);

impl ConnectionNumbers {
    /// Numbers the connections in the order of the record, then those that it does not mention.
    pub fn of<'a>(
        lines: impl IntoIterator<Item = &'a RecordLine>,
        snapshot: &'a Snapshot,
    ) -> ConnectionNumbers {
        let reported = lines
            .into_iter()
            .filter_map(|line| line.connection.as_ref());
        let known = snapshot.connections.iter().map(|connection| &connection.id);
        let mut ids: Vec<String> = Vec::new();
        for id in reported.chain(known) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ConnectionNumbers(ids)
    }

    /// Returns the number of a connection.
    pub fn get(&self, id: Option<&str>) -> Option<u32> {
        let id = id?;
        let mut numbered = (1..).zip(&self.0);
        numbered
            .find(|(_, known)| *known == id)
            .map(|(number, _)| number)
    }
}

/// Returns a line of the record without its time, for example `refresh answered · ok · 120 ms`.
pub fn line_text(line: &RecordLine) -> String {
    let mut line_text = line.event.word().replace('_', " ");
    if let Some(outcome) = &line.outcome {
        line_text.push_str(" · ");
        line_text.push_str(outcome.word());
    }
    if let Some(took) = line.duration {
        line_text.push_str(&messages::duration(took));
    }
    line_text
}

/// Returns the text for "Copy details". It contains no query, no token and no name. `iso` formats
/// an instant; `route` is shortened to its first segment, since ids may follow.
pub fn details<'a>(
    app_error: Option<&AppError>,
    route: &str,
    lines: impl IntoIterator<Item = &'a RecordLine> + Clone,
    snapshot: &'a Snapshot,
    now: u64,
    iso: impl Fn(u64) -> String,
) -> String {
    let numbers = ConnectionNumbers::of(lines.clone(), snapshot);
    let mut text = messages::details_head(env!("CARGO_PKG_VERSION"), &iso(now));
    text.push_str(&["\npage: ", place(route)].concat());
    if let Some(app_error) = app_error {
        let detail = app_error.detail.as_deref().unwrap_or("none");
        let scope = app_error.scope.unwrap_or("none");
        text.push_str(&["\ncode: ", app_error.code.word(), "\ndetail: ", detail].concat());
        text.push_str(&["\nscope: ", scope].concat());
    }
    text.push_str("\nrecord:");
    for line in lines {
        let number = numbers.get(line.connection.as_deref());
        let number = number.map_or("-".to_owned(), |number| format!("#{number}"));
        text.push_str(&["\n", &iso(line.at), " ", &number, " ", &line_text(line)].concat());
    }
    text
}

/// Returns the first segment of a route. The rest may contain ids of the company.
pub fn place(route: &str) -> &str {
    let path = route.split(['?', '#']).next().unwrap_or_default();
    let end = path
        .match_indices('/')
        .nth(1)
        .map_or(path.len(), |(at, _)| at);
    path.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_codes::{ErrorCode, RecordKind, RecordNote};

    fn line(connection: Option<&str>, event: RecordKind) -> RecordLine {
        RecordLine {
            at: 1_790_000_000_000,
            connection: connection.map(str::to_owned),
            event,
            generation: None,
            duration: Some(120),
            outcome: Some(RecordNote::Ok.into()),
        }
    }

    #[test]
    fn connections_are_numbered_in_the_record() {
        let lines = [
            line(None, RecordKind::Woke),
            line(Some("bbb"), RecordKind::Ended),
            line(Some("aaa"), RecordKind::Connected),
            line(Some("bbb"), RecordKind::SignedOut),
        ];
        let numbers = ConnectionNumbers::of(&lines, &Snapshot::default());
        assert_eq!(numbers.get(Some("bbb")), Some(1));
        assert_eq!(numbers.get(Some("aaa")), Some(2));
        assert_eq!(numbers.get(Some("ccc")), None);
        assert_eq!(numbers.get(None), None);
    }

    #[test]
    fn copied_record_has_every_field_and_no_name() {
        let lines = [line(Some("secret-name"), RecordKind::RefreshAnswered)];
        let app_error = AppError::of(ErrorCode::Refused);
        let text = details(
            Some(&app_error),
            "/exports/0f3a?q=private&c=secret-name",
            &lines,
            &Snapshot::default(),
            7,
            |at| format!("<{at}>"),
        );
        assert!(text.contains("page: /exports\n"), "{text}");
        assert!(text.contains("code: refused\n"), "{text}");
        assert!(
            text.ends_with("<1790000000000> #1 refresh answered · ok · 120 ms"),
            "{text}"
        );
        for private in ["secret-name", "private", "0f3a"] {
            assert!(!text.contains(private), "{text}");
        }
    }

    #[test]
    fn route_name_is_its_first_segment() {
        for (route, first) in [
            ("/", "/"),
            ("", ""),
            ("/entries", "/entries"),
            ("/entries?from=2026", "/entries"),
            ("/exports/1/2#x", "/exports"),
        ] {
            assert_eq!(place(route), first);
        }
    }
}
