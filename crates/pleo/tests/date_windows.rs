//! Entries in date windows against a server whose entries change, with answers in any order.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

use std::collections::{BTreeMap, BTreeSet};

use outlay_pleo::date_windows::{
    DateWindows, LEAST_PAGES, MOST_REQUESTS, PageRequest, RequestPart,
};
use outlay_pleo::list::Completeness;
use outlay_pleo::status::PageOrder;
use outlay_pleo::time::{Date, Instant};
use outlay_pleo::{AccountingEntry, Incomplete, ListProgress, Page, Pagination};
use outlay_wire::from_text;
use proptest::prelude::*;

const DAY: i64 = 86_400;

/// How a server differs from Pleo's documents, or uses the freedom that they leave.
#[derive(Debug, Clone, Copy, Default)]
struct Habits {
    /// A range does not include its end.
    end_excluded: bool,
    /// The total is left out.
    no_total: bool,
    /// The bounds of a search are ignored.
    ignores_filter: bool,
}

/// A server: entries by id, with the second at which they were performed.
#[derive(Debug, Clone)]
struct Server {
    entries: BTreeMap<u32, i64>,
    page_rows: usize,
    habits: Habits,
}

fn seconds(text: &str) -> i64 {
    Instant::parse(text).unwrap().seconds
}

fn entry(id: u32, at: i64) -> AccountingEntry {
    let at = Instant {
        seconds: at,
        nanos: 0,
    };
    let at = at.format(0);
    let json = format!(
        r#"{{"id":"{id}","companyId":"c","status":"COMPLETED","family":"CARD_PURCHASE",
        "exportStatus":"NOT_EXPORTED","reviewStatus":"OK","performedAt":"{at}",
        "transactionValue":{{"currency":"EUR","minors":1250}},"createdAt":"{at}","updatedAt":"{at}",
        "splitItems":[],"tags":[],"attendees":[],"receiptIds":[]}}"#
    );
    from_text(&json).unwrap()
}

impl Server {
    /// Answers like a search that is sorted by date and id. A cursor is the place of the last row, which
    /// may have gone since.
    fn answer(&self, request: &PageRequest) -> Page<AccountingEntry> {
        let filter = &request.filter;
        let bound = |text: &Option<String>| {
            let text = text.as_deref().filter(|_| !self.habits.ignores_filter);
            text.map(seconds)
        };
        let (start, end) = (
            bound(&filter.performed_at_start),
            bound(&filter.performed_at_end),
        );
        let descending = request.slice.sort[0].1 == PageOrder::Desc;
        let key = |(id, at): (&u32, &i64)| (if descending { -at } else { *at }, *id);
        let mut rows: Vec<(i64, u32)> = self
            .entries
            .iter()
            .filter(|(_, at)| start.is_none_or(|start| start <= **at))
            .filter(|(_, at)| {
                end.is_none_or(|end| **at < end || (**at == end && !self.habits.end_excluded))
            })
            .map(key)
            .collect();
        rows.sort_unstable();
        let total = rows.len();
        if let Some(after) = &request.slice.after {
            let (at, id) = after.split_once('/').unwrap();
            let after = (at.parse().unwrap(), id.parse().unwrap());
            rows.retain(|row| *row > after);
        }
        let limit = self.page_rows.min(request.slice.limit.unwrap() as usize);
        let has_next_page = rows.len() > limit;
        rows.truncate(limit);
        let pagination = Pagination {
            has_next_page,
            end_cursor: rows.last().map(|(at, id)| format!("{at}/{id}")),
            total: (!self.habits.no_total).then(|| i64::try_from(total).unwrap()),
            ..Pagination::default()
        };
        let data = rows.iter().map(|(at, id)| entry(*id, at.abs())).collect();
        Page::new(data, pagination)
    }

    /// Adds, removes or moves an entry.
    fn change(&mut self, (kind, id, at): (u8, u32, i64)) {
        match kind {
            0 => drop(self.entries.insert(1_000_000 + id, at)),
            1 => drop(self.entries.remove(&id)),
            _ => {
                if let Some(before) = self.entries.get_mut(&id) {
                    *before = at;
                }
            }
        }
    }
}

/// A load and what came of it.
#[derive(Debug, Default)]
struct Load {
    list: ListProgress,
    windows: DateWindows,
    loaded: BTreeSet<u32>,
    requests: usize,
    /// The most requests in progress at once.
    most_at_once: usize,
    now: u64,
}

impl Load {
    fn take(&mut self, request: &PageRequest, page: &Page<AccountingEntry>) {
        let mut new_rows = 0;
        if request.loads_rows() {
            for entry in &page.data {
                let id = entry.id.as_str().parse().unwrap();
                new_rows += usize::from(self.loaded.insert(id));
            }
        }
        self.windows
            .take(&mut self.list, request, page, new_rows, 50);
    }

    fn requests(&mut self, all: bool) -> Vec<PageRequest> {
        let requests = self.windows.requests(&self.list, all, self.now);
        self.requests += requests.len();
        self.most_at_once = self.most_at_once.max(self.windows.in_progress());
        assert!(self.windows.in_progress() <= MOST_REQUESTS);
        requests
    }

    /// Loads everything from a server that does not change.
    fn whole(server: &Server, all: bool) -> Load {
        let mut load = Load::default();
        load.windows.begin();
        let mut in_progress = Vec::new();
        loop {
            in_progress.extend(load.requests(all));
            if in_progress.is_empty() {
                break;
            }
            let request = in_progress.remove(0);
            load.take(&request, &server.answer(&request));
            assert!(load.requests < 10_000, "the load does not end");
        }
        load
    }
}

/// What happens next to one of the requests in progress.
#[derive(Debug, Clone)]
enum Event {
    /// The server answers it, as it is now.
    Answered(usize),
    /// The server has prepared the answer; it arrives with a later event.
    Prepared(usize),
    Failed(usize),
    Busy(usize),
    /// The vault repeats a request after a pause.
    Repeated(u64),
    /// The user stops the load and resumes it, or the connection is renewed.
    Resumed,
    Changed((u8, u32, i64)),
}

fn any_event(changes: bool) -> impl Strategy<Value = Event> {
    let change = (0..3_u8, 0..200_u32, 0..40 * DAY).prop_map(Event::Changed);
    prop_oneof![
        12 => (0..6_usize).prop_map(Event::Answered),
        4 => (0..6_usize).prop_map(Event::Prepared),
        1 => (0..6_usize).prop_map(Event::Failed),
        1 => (0..6_usize).prop_map(Event::Busy),
        1 => (0..500_u64).prop_map(Event::Repeated),
        1 => Just(Event::Resumed),
        if changes { 3 } else { 0 } => change,
    ]
}

fn any_server() -> impl Strategy<Value = Server> {
    // Many entries at few instants, midnights among them: pages end within a tie.
    let at = prop_oneof![
        (0..40 * DAY),
        (0..40_i64).prop_map(|day| day * DAY),
        Just(9 * DAY + 5)
    ];
    let habits = (any::<bool>(), any::<bool>()).prop_map(|(end_excluded, no_total)| Habits {
        end_excluded,
        no_total,
        ignores_filter: false,
    });
    (prop::collection::vec(at, 0..160), 1..9_usize, habits).prop_map(|(at, page_rows, habits)| {
        Server {
            entries: (0..).zip(at).collect(),
            page_rows,
            habits,
        }
    })
}

/// Plays the events, then answers everything until the list is over. Returns the load and the entries
/// that existed unchanged all the time.
fn play(mut server: Server, events: &[Event], all: bool) -> (Load, Server, BTreeSet<u32>) {
    let mut load = Load::default();
    let mut unchanged = server.entries.clone();
    let mut in_progress: Vec<(PageRequest, Option<Page<AccountingEntry>>)> = Vec::new();
    load.windows.begin();
    let end = std::iter::repeat(&Event::Answered(0));
    for event in events.iter().chain(end) {
        load.now += 20;
        in_progress.extend(
            load.requests(all)
                .into_iter()
                .map(|request| (request, None)),
        );
        if in_progress.is_empty() {
            if load.list.is_over() {
                break;
            }
            // The user tries again.
            load.windows.begin();
            continue;
        }
        assert!(load.requests < 20_000, "the load does not end");
        let some = |at: &usize| at % in_progress.len();
        match event {
            Event::Answered(at) => {
                let (request, prepared) = in_progress.remove(some(at));
                let page = prepared.unwrap_or_else(|| server.answer(&request));
                load.take(&request, &page);
            }
            Event::Prepared(at) => {
                let at = some(at);
                let (request, prepared) = &mut in_progress[at];
                prepared.get_or_insert_with(|| server.answer(request));
            }
            Event::Failed(at) | Event::Busy(at) => {
                let (request, _) = in_progress.remove(some(at));
                load.windows.fail(&request, matches!(event, Event::Busy(_)));
            }
            Event::Repeated(pause) => load.windows.slow_down(load.now, *pause),
            Event::Resumed => {
                in_progress.clear();
                load.windows.begin();
            }
            Event::Changed(change) => {
                server.change(*change);
                unchanged.retain(|id, at| server.entries.get(id) == Some(at));
            }
        }
    }
    let unchanged = unchanged.into_keys().collect();
    (load, server, unchanged)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn unchanged_list_is_loaded_whole_in_any_order_of_answers_and_failures(
        server in any_server(), events in prop::collection::vec(any_event(false), 0..120),
    ) {
        let (load, server, _) = play(server, &events, true);
        let all: BTreeSet<u32> = server.entries.keys().copied().collect();
        prop_assert_eq!(load.list.completeness(), Completeness::Complete);
        prop_assert_eq!(&load.loaded, &all);
        prop_assert_eq!(load.list.distinct(), all.len());
        let one_by_one = Load::whole(&server, false);
        prop_assert_eq!(one_by_one.loaded, load.loaded);
        prop_assert_eq!(one_by_one.list.completeness(), Completeness::Complete);
    }

    #[test]
    fn entry_that_does_not_change_is_loaded_while_others_change(
        server in any_server(), events in prop::collection::vec(any_event(true), 0..160),
    ) {
        for all in [true, false] {
            let (load, server, unchanged) = play(server.clone(), &events, all);
            let missing: Vec<_> = unchanged.difference(&load.loaded).collect();
            // A page whose rows have all come before, since they were moved, ends any list.
            let ended_early = load.list.incomplete() == Some(&Incomplete::NoNewRows);
            prop_assert!(missing.is_empty() || ended_early, "{:?} of {:?}", missing, server);
            prop_assert_eq!(load.list.distinct(), load.loaded.len());
            // Every change that the server's count shows is stated.
            if !server.habits.no_total && load.list.completeness() == Completeness::Complete {
                prop_assert_eq!(load.list.total(), Some(load.loaded.len()));
            }
        }
    }

    #[test]
    fn server_that_ignores_the_filter_is_loaded_by_one_cursor(server in any_server()) {
        let server = Server {
            habits: Habits { ignores_filter: true, ..server.habits },
            ..server
        };
        let load = Load::whole(&server, true);
        prop_assert_eq!(load.loaded.len(), server.entries.len());
        prop_assert_eq!(load.list.completeness(), Completeness::Complete);
        // Not once per window.
        let pages = server.entries.len().div_ceil(server.page_rows);
        prop_assert!(load.requests <= 2 * pages + 10, "{} for {} pages", load.requests, pages);
    }
}

/// Entries at an even distance over so many days.
fn even(entries: u32, days: i64, page_rows: usize) -> Server {
    let at = |id: u32| i64::from(id) * days * DAY / i64::from(entries);
    Server {
        entries: (0..entries).map(|id| (id, at(id))).collect(),
        page_rows,
        habits: Habits::default(),
    }
}

#[test]
fn long_list_is_loaded_six_pages_at_once_with_few_more_requests() {
    let server = even(20_000, 540, 100);
    let load = Load::whole(&server, true);
    assert_eq!(load.loaded.len(), 20_000);
    assert_eq!(load.most_at_once, MOST_REQUESTS);
    assert!(load.requests <= 200 + 40, "{} requests", load.requests);
}

#[test]
fn short_list_and_single_page_are_loaded_by_one_cursor() {
    let rows = u32::try_from(LEAST_PAGES * 10).unwrap();
    let short = Load::whole(&even(rows, 30, 10), true);
    assert_eq!((short.requests, short.most_at_once), (LEAST_PAGES, 1));
    let mut load = Load::default();
    let server = even(1_000, 30, 10);
    let first = load.requests(false);
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].part, RequestPart::List);
    load.take(&first[0], &server.answer(&first[0]));
    assert!(load.list.cursor().is_some());
    assert!(load.windows.is_idle());
}

/// One day has nearly all entries: the window of that day cannot be divided, and every other can.
#[test]
fn uneven_list_is_divided_while_it_is_loaded() {
    let mut server = even(4_000, 400, 20);
    server
        .entries
        .extend((0..4_000).map(|id| (10_000 + id, 90 * DAY + i64::from(id) * 300)));
    let load = Load::whole(&server, true);
    assert_eq!(load.loaded.len(), 8_000);
    assert_eq!(load.list.completeness(), Completeness::Complete);
    assert!(load.requests <= 400 + 100, "{} requests", load.requests);
}

#[test]
fn failed_window_leaves_the_others_and_is_resumed_at_its_cursor() {
    let server = even(2_000, 100, 10);
    let mut load = Load::default();
    let mut in_progress = Vec::new();
    let mut pages = 0;
    let failed = loop {
        in_progress.extend(load.requests(true));
        let request: PageRequest = in_progress.remove(0);
        let is_window = matches!(request.part, RequestPart::Window(_));
        if is_window && request.slice.after.is_some() {
            break request;
        }
        load.take(&request, &server.answer(&request));
    };
    load.windows.fail(&failed, false);
    loop {
        in_progress.extend(load.requests(true));
        if in_progress.is_empty() {
            break;
        }
        let request = in_progress.remove(0);
        assert_ne!(request.part, failed.part);
        load.take(&request, &server.answer(&request));
        pages += 1;
    }
    assert!(pages > 100, "{pages} pages after the failure");
    assert_eq!(load.list.completeness(), Completeness::Partial);
    load.windows.begin();
    assert_eq!(load.requests(true), std::slice::from_ref(&failed));
    load.take(&failed, &server.answer(&failed));
    loop {
        let requests = load.requests(true);
        if requests.is_empty() {
            break;
        }
        for request in requests {
            load.take(&request, &server.answer(&request));
        }
    }
    assert_eq!(load.loaded.len(), 2_000);
    assert_eq!(load.list.completeness(), Completeness::Complete);
}

#[test]
fn busy_server_is_left_alone_until_the_pause_ends() {
    let server = even(2_000, 100, 10);
    let mut load = Load::default();
    let mut in_progress = Vec::new();
    while in_progress.len() < MOST_REQUESTS {
        in_progress.extend(load.requests(true));
        if in_progress.len() < MOST_REQUESTS {
            let request = in_progress.remove(0);
            load.take(&request, &server.answer(&request));
        }
    }
    load.windows.slow_down(load.now, 2_000);
    let answered = in_progress.remove(0);
    load.take(&answered, &server.answer(&answered));
    assert_eq!(load.requests(true), []);
    load.now += 2_000;
    // Three at once from now on, and five are in progress.
    for _ in 0..2 {
        assert_eq!(load.requests(true), []);
        let answered = in_progress.remove(0);
        load.take(&answered, &server.answer(&answered));
    }
    // Three answers in time have raised the limit to four.
    assert_eq!(load.requests(true).len(), 1);
    // A busy answer that reaches the page ends the load until the user resumes it.
    load.windows.fail(&in_progress.remove(0), true);
    assert_eq!(load.requests(true), []);
}

#[test]
fn three_failures_in_sequence_halt_the_load() {
    let server = even(2_000, 100, 10);
    let mut load = Load::default();
    let mut in_progress = Vec::new();
    while in_progress.len() < MOST_REQUESTS {
        in_progress.extend(load.requests(true));
        if in_progress.len() < MOST_REQUESTS {
            let request = in_progress.remove(0);
            load.take(&request, &server.answer(&request));
        }
    }
    for (at, request) in in_progress.iter().enumerate() {
        load.windows.fail(request, false);
        assert_eq!(load.requests(true).is_empty(), at >= 2, "{at}");
    }
}

#[test]
fn entry_without_a_readable_date_keeps_the_list_to_one_cursor() {
    let server = even(2_000, 100, 10);
    let mut load = Load::default();
    let first = load.requests(true).remove(0);
    load.take(&first, &server.answer(&first));
    let oldest = load.requests(true).remove(0);
    assert_eq!(oldest.part, RequestPart::Oldest);
    let mut page = server.answer(&oldest);
    page.data[0].performed_at = "soon".into();
    load.take(&oldest, &page);
    for _ in 0..20 {
        let requests = load.requests(true);
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].part, RequestPart::List);
        load.take(&requests[0], &server.answer(&requests[0]));
    }
}

#[test]
fn change_of_the_count_between_first_and_last_request_is_stated() {
    let mut server = even(2_000, 100, 10);
    let mut load = Load::default();
    let mut in_progress = Vec::new();
    loop {
        in_progress.extend(load.requests(true));
        if in_progress.is_empty() {
            break;
        }
        let request = in_progress.remove(0);
        if request.part == RequestPart::Count {
            let newest = Date::from_days(99).midnight().seconds;
            server.entries.insert(5_000, newest);
        }
        load.take(&request, &server.answer(&request));
    }
    let changed = Incomplete::Changed {
        first: 2_000,
        last: 2_001,
        distinct: 2_000,
    };
    assert_eq!(load.list.incomplete(), Some(&changed));
}

#[test]
fn time_left_follows_the_speed_of_the_load() {
    let server = even(2_000, 100, 100);
    let mut load = Load::default();
    let first = load.requests(true).remove(0);
    load.take(&first, &server.answer(&first));
    assert_eq!(load.windows.time_left(&load.list, 1_999), None);
    // 100 of 2,000 in two seconds.
    assert_eq!(load.windows.time_left(&load.list, 2_000), Some(38_000));
    load.windows.begin();
    assert_eq!(load.windows.time_left(&load.list, 9_000), None);
}
