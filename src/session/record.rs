//! The record as people read it: what happened and when, with connections as numbers, since their
//! names open nothing but say nothing either.

use outlay_vault::message::{Record, Snapshot};

use super::trouble::Trouble;

/// The numbers that connections go by, from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers(Vec<String>);

impl Numbers {
    /// In the order in which the record names them, then those that it does not.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Record>, snapshot: &'a Snapshot) -> Numbers {
        let told = lines
            .into_iter()
            .filter_map(|line| line.connection.as_ref());
        let known = snapshot.connections.iter().map(|connection| &connection.id);
        let mut ids: Vec<String> = Vec::new();
        for id in told.chain(known) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        Numbers(ids)
    }

    /// The number of a connection.
    pub fn get(&self, id: Option<&str>) -> Option<u32> {
        let id = id?;
        let mut numbered = (1..).zip(&self.0);
        numbered
            .find(|(_, known)| *known == id)
            .map(|(number, _)| number)
    }
}

/// A line without its time: `refresh answered · ok · 120 ms`.
pub fn words(line: &Record) -> String {
    let mut words = line.event.replace('_', " ");
    if let Some(outcome) = &line.outcome {
        words.push_str(" · ");
        words.push_str(outcome);
    }
    if let Some(took) = line.duration {
        words.push_str(&format!(" · {took} ms"));
    }
    words
}

/// What "Copy details" copies: no query, no token, no name. `iso` writes an instant; `route` is
/// shortened to its first part, since ids may follow.
pub fn details<'a>(
    trouble: Option<&Trouble>,
    route: &str,
    lines: impl IntoIterator<Item = &'a Record> + Clone,
    snapshot: &'a Snapshot,
    now: u64,
    iso: impl Fn(u64) -> String,
) -> String {
    let numbers = Numbers::of(lines.clone(), snapshot);
    let mut text = ["Outlay ", env!("CARGO_PKG_VERSION"), "\nat: ", &iso(now)].concat();
    text.push_str(&["\npage: ", place(route)].concat());
    if let Some(trouble) = trouble {
        let detail = trouble.detail.as_deref().unwrap_or("none");
        let scope = trouble.scope.unwrap_or("none");
        text.push_str(&["\ncode: ", &trouble.code, "\ndetail: ", detail].concat());
        text.push_str(&["\nscope: ", scope].concat());
    }
    text.push_str("\nrecord:");
    for line in lines {
        let number = numbers.get(line.connection.as_deref());
        let number = number.map_or("-".to_owned(), |number| format!("#{number}"));
        text.push_str(&["\n", &iso(line.at), " ", &number, " ", &words(line)].concat());
    }
    text
}

/// The first part of a route: what follows it may name something of the company.
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

    fn line(connection: Option<&str>, event: &str) -> Record {
        Record {
            at: 1_790_000_000_000,
            connection: connection.map(str::to_owned),
            event: event.to_owned(),
            generation: None,
            duration: Some(120),
            outcome: Some("ok".to_owned()),
        }
    }

    #[test]
    fn connections_go_by_numbers() {
        let lines = [
            line(None, "woke"),
            line(Some("bbb"), "ended"),
            line(Some("aaa"), "connected"),
            line(Some("bbb"), "signed_out"),
        ];
        let numbers = Numbers::of(&lines, &Snapshot::default());
        assert_eq!(numbers.get(Some("bbb")), Some(1));
        assert_eq!(numbers.get(Some("aaa")), Some(2));
        assert_eq!(numbers.get(Some("ccc")), None);
        assert_eq!(numbers.get(None), None);
    }

    #[test]
    fn what_is_copied_has_every_part_of_a_line_and_no_name() {
        let lines = [line(Some("secret-name"), "refresh_answered")];
        let trouble = Trouble::of("refused");
        let text = details(
            Some(&trouble),
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
    fn a_place_is_the_first_part_of_a_route() {
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
