//! How many calls are under way, who waits for a turn, and what of it stands in the record.

use super::support::{HEADERS, World, answered, get, tokens};
use outlay_vault::message::{Reply, Request, Retry};
use wasm_bindgen_test::wasm_bindgen_test;

const SECOND: u64 = 1_000;

fn path(at: usize) -> String {
    format!("/v1/companies/{at}")
}

fn url(at: usize) -> String {
    format!("http://localhost:8788/base{}", path(at))
}

#[wasm_bindgen_test]
async fn six_calls_go_at_once_and_the_others_in_the_order_they_came() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let calls: Vec<u32> = (0..10)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    let mut under_way = world.sent().await;
    assert_eq!(under_way.len(), 6);
    world.advance(SECOND).await;
    for next in 6..10 {
        under_way.remove(0).answer(200, "{}");
        let sent = world.one_sent().await;
        assert_eq!(sent.request.url, url(next));
        under_way.push(sent);
    }
    for sent in under_way {
        sent.answer(200, "{}");
    }
    for call in calls {
        assert_eq!(page.reply(call).await.unwrap().0, answered(200, 1, 0));
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

#[wasm_bindgen_test]
async fn whoever_waits_may_leave_and_whoever_leaves_makes_room() {
    let world = World::new();
    let (page, _) = world.page().await;
    let (other, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let first = page.send(get(&connection, &path(0)));
    for at in 1..6 {
        other.send(get(&connection, &path(at)));
    }
    let mut sent = world.sent().await;
    let waiting = page.send(get(&connection, &path(6)));
    page.send(get(&connection, &path(7)));
    sent.append(&mut world.sent().await);
    assert_eq!(sent.len(), 6);
    page.cancel(waiting);
    page.cancel(first);
    let last = world.one_sent().await;
    assert_eq!(last.request.url, url(7), "6 had left");
    assert_eq!(sent.iter().filter(|sent| sent.aborted()).count(), 1);
    let again = page.send(get(&connection, &path(8)));
    assert!(world.sent().await.is_empty());
    world.page_gone(&other).await;
    let sent = world.one_sent().await;
    assert_eq!(sent.request.url, url(8));
    sent.answer(200, "{}");
    assert_eq!(page.reply(again).await.unwrap().0, answered(200, 1, 0));
}

#[wasm_bindgen_test]
async fn the_end_of_a_connection_settles_those_who_wait_too() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let calls: Vec<u32> = (0..9)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    let sent = world.sent().await;
    assert_eq!(sent.len(), 6);
    page.ask(Request::SignOut).await.unwrap();
    for call in calls {
        assert_eq!(page.reply(call).await.unwrap_err().code, "session_ended");
    }
    assert!(sent.iter().all(|sent| sent.aborted()));
    let after = world.sent().await;
    assert!(after.iter().all(|sent| sent.bearer().is_none()));
}

#[wasm_bindgen_test]
async fn one_connection_does_not_wait_for_another() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    for at in 0..6 {
        page.send(get(&connection, &path(at)));
    }
    let sent = world.sent().await;
    assert_eq!(sent.len(), 6);
    let stranger = page.send(get("another", &path(6)));
    assert_eq!(
        page.reply(stranger).await.unwrap_err().code,
        "connection_unknown"
    );
}

#[wasm_bindgen_test]
async fn those_who_wait_through_a_refresh_go_with_the_new_token() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    world.advance(61 * SECOND).await;
    let calls: Vec<u32> = (0..20)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    for sent in world.sent().await {
        sent.answer(401, "");
    }
    world.one_sent().await.answer(200, &tokens("2"));
    let mut answered_calls = 0;
    while answered_calls < 20 {
        for sent in world.sent().await {
            assert_eq!(sent.bearer().as_deref(), Some("secret-access-2"));
            sent.answer(200, "{}");
            answered_calls += 1;
        }
    }
    for call in calls {
        assert_eq!(page.reply(call).await.unwrap().0, answered(200, 2, 0));
    }
}

#[wasm_bindgen_test]
async fn what_is_sent_again_says_so_in_the_record_and_to_the_caller() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let call = page.send(get(&connection, "/v1/companies"));
    world
        .one_sent()
        .await
        .answer_after(429, "", Some(2 * SECOND));
    world.advance(3 * SECOND).await;
    world.one_sent().await.answer(503, "");
    world.advance(2 * SECOND).await;
    world.one_sent().await.answer(200, "{}");
    let (reply, _) = page.reply(call).await.unwrap();
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

#[wasm_bindgen_test]
async fn a_write_is_sent_once_whatever_comes() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    for status in [429, 500, 502, 503, 504] {
        let Request::Call(mut call) = get(&connection, "/v0/tags") else {
            panic!()
        };
        call.retry = Retry::Never;
        let write = page.send(Request::Call(call));
        world
            .one_sent()
            .await
            .answer_after(status, "", Some(SECOND));
        assert_eq!(page.reply(write).await.unwrap().0, answered(status, 1, 0));
        world.advance(20 * SECOND).await;
        assert!(world.sent().await.is_empty());
    }
}
