//! How many calls are under way, who waits for a turn, and what of it stands in the record.

use super::support::{HEADERS, World, answered, answered_after, get, tokens};
use outlay_vault::message::{Reply, Request, Retry};

const SECOND: u64 = 1_000;

fn path(at: usize) -> String {
    format!("/v1/companies/{at}")
}

fn url(at: usize) -> String {
    format!("http://localhost:8788/base{}", path(at))
}

#[test]
fn six_calls_go_at_once_and_the_others_in_the_order_they_came() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let calls: Vec<u32> = (0..10)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    let mut under_way = world.sent();
    assert_eq!(under_way.len(), 6);
    world.advance(SECOND);
    for next in 6..10 {
        under_way.remove(0).answer(200, "{}");
        let sent = world.one_sent();
        assert_eq!(sent.request.url, url(next));
        under_way.push(sent);
    }
    for sent in under_way {
        sent.answer(200, "{}");
    }
    for call in calls {
        assert_eq!(page.reply(call).unwrap().0, answered(200, 1, 0));
    }
    let record = page.record();
    let queue: Vec<_> = record
        .iter()
        .filter(|line| line.event.starts_with("queue"))
        .map(|line| (&*line.event, line.duration, line.connection.as_deref()))
        .collect();
    let here = Some(&*connection);
    assert_eq!(
        queue,
        [
            ("queue_formed", None, here),
            ("queue_cleared", Some(SECOND), here)
        ]
    );
}

#[test]
fn whoever_waits_may_leave_and_whoever_leaves_makes_room() {
    let world = World::new();
    let (page, _) = world.page();
    let (other, _) = world.page();
    let connection = world.connect(&page, "1");
    let first = page.send(get(&connection, &path(0)));
    for at in 1..6 {
        other.send(get(&connection, &path(at)));
    }
    let mut sent = world.sent();
    let waiting = page.send(get(&connection, &path(6)));
    page.send(get(&connection, &path(7)));
    sent.append(&mut world.sent());
    assert_eq!(sent.len(), 6);
    page.cancel(waiting);
    page.cancel(first);
    let last = world.one_sent();
    assert_eq!(last.request.url, url(7), "6 had left");
    assert_eq!(sent.iter().filter(|sent| sent.aborted()).count(), 1);
    let again = page.send(get(&connection, &path(8)));
    assert!(world.sent().is_empty());
    world.page_gone(&other);
    let sent = world.one_sent();
    assert_eq!(sent.request.url, url(8));
    sent.answer(200, "{}");
    assert_eq!(page.reply(again).unwrap().0, answered(200, 1, 0));
}

#[test]
fn the_end_of_a_connection_settles_those_who_wait_too() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let calls: Vec<u32> = (0..9)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    let sent = world.sent();
    assert_eq!(sent.len(), 6);
    page.ask(Request::SignOut).unwrap();
    for call in calls {
        assert_eq!(page.reply(call).unwrap_err().code, "session_ended");
    }
    assert!(sent.iter().all(|sent| sent.aborted()));
    let after = world.sent();
    assert!(after.iter().all(|sent| sent.bearer().is_none()));
}

#[test]
fn one_connection_does_not_wait_for_another() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    for at in 0..6 {
        page.send(get(&connection, &path(at)));
    }
    let sent = world.sent();
    assert_eq!(sent.len(), 6);
    let stranger = page.send(get("another", &path(6)));
    assert_eq!(page.reply(stranger).unwrap_err().code, "connection_unknown");
}

#[test]
fn those_who_wait_through_a_refresh_go_with_the_new_token() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.advance(61 * SECOND);
    let calls: Vec<u32> = (0..20)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    for sent in world.sent() {
        sent.answer(401, "");
    }
    world.one_sent().answer(200, &tokens("2"));
    let mut answered_calls = 0;
    while answered_calls < 20 {
        for sent in world.sent() {
            assert_eq!(sent.bearer().as_deref(), Some("secret-access-2"));
            sent.answer(200, "{}");
            answered_calls += 1;
        }
    }
    for call in calls {
        assert_eq!(page.reply(call).unwrap().0, answered(200, 2, 0));
    }
}

#[test]
fn what_is_sent_again_says_so_in_the_record_and_to_the_caller() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    world.one_sent().answer_after(429, "", "2");
    world.advance(3 * SECOND);
    world.one_sent().answer(503, "");
    world.advance(2 * SECOND);
    world.one_sent().answer(200, "{}");
    let (reply, _) = page.reply(call).unwrap();
    assert_eq!(reply, answered(200, 1, 2));
    let Reply::Api { headers, .. } = reply else {
        panic!()
    };
    assert_eq!(headers, HEADERS);
    let record = page.record();
    let repeats: Vec<_> = record
        .iter()
        .filter(|line| line.event == "call_repeated")
        .collect();
    assert_eq!(repeats.len(), 2);
    assert_eq!(repeats[0].outcome.as_deref(), Some("429"));
    assert!(
        repeats[0]
            .duration
            .is_some_and(|pause| (2_000..=2_125).contains(&pause))
    );
    assert_eq!(repeats[1].outcome.as_deref(), Some("503"));
    assert!(
        repeats[1]
            .duration
            .is_some_and(|pause| (1_000..=2_000).contains(&pause))
    );
}

#[test]
fn a_write_is_sent_once_whatever_comes() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    for status in [429, 500, 502, 503, 504] {
        let Request::Call(mut call) = get(&connection, "/v0/tags") else {
            panic!()
        };
        call.retry = Retry::Never;
        let write = page.send(Request::Call(call));
        world.one_sent().answer_after(status, "", "1");
        assert_eq!(page.reply(write).unwrap().0, answered_after(status, "1"));
        world.advance(20 * SECOND);
        assert!(world.sent().is_empty());
    }
}
