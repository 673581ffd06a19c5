//! How many calls are under way, who waits for a turn, and what of it stands in the record.

use super::support::{HEADERS, TestVault, answered, answered_after, get, tokens};
use outlay_vault::message::{RetryClass, VaultReply, VaultRequest};

const SECOND: u64 = 1_000;

fn path(at: usize) -> String {
    format!("/v1/companies/{at}")
}

fn url(at: usize) -> String {
    format!("http://localhost:8788/base{}", path(at))
}

#[test]
fn six_calls_run_concurrently_and_others_queue_in_order() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let calls: Vec<u32> = (0..10)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    let mut in_progress = vault.sent();
    assert_eq!(in_progress.len(), 6);
    vault.advance(SECOND);
    for next in 6..10 {
        in_progress.remove(0).answer(200, "{}");
        let sent = vault.one_sent();
        assert_eq!(sent.request.url, url(next));
        in_progress.push(sent);
    }
    for sent in in_progress {
        sent.answer(200, "{}");
    }
    for call in calls {
        assert_eq!(page.reply(call).unwrap().0, answered(200, 1, 0));
    }
    let record = page.record();
    let queue: Vec<_> = record
        .iter()
        .filter(|line| line.event.word().starts_with("queue"))
        .map(|line| (line.event.word(), line.duration, line.connection.as_deref()))
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
fn queued_call_can_be_cancelled_and_a_cancelled_call_frees_its_slot() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let (other, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let first = page.send(get(&connection, &path(0)));
    for at in 1..6 {
        other.send(get(&connection, &path(at)));
    }
    let mut sent = vault.sent();
    let waiting = page.send(get(&connection, &path(6)));
    page.send(get(&connection, &path(7)));
    sent.append(&mut vault.sent());
    assert_eq!(sent.len(), 6);
    page.cancel(waiting);
    page.cancel(first);
    let last = vault.one_sent();
    assert_eq!(last.request.url, url(7), "6 had left");
    assert_eq!(sent.iter().filter(|sent| sent.aborted()).count(), 1);
    let again = page.send(get(&connection, &path(8)));
    assert!(vault.sent().is_empty());
    vault.page_gone(&other);
    let sent = vault.one_sent();
    assert_eq!(sent.request.url, url(8));
    sent.answer(200, "{}");
    assert_eq!(page.reply(again).unwrap().0, answered(200, 1, 0));
}

#[test]
fn connection_end_settles_queued_calls() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let calls: Vec<u32> = (0..9)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    let sent = vault.sent();
    assert_eq!(sent.len(), 6);
    page.ask(VaultRequest::SignOut).unwrap();
    for call in calls {
        assert_eq!(page.reply(call).unwrap_err().code.word(), "session_ended");
    }
    assert!(sent.iter().all(|sent| sent.aborted()));
    let after = vault.sent();
    assert!(after.iter().all(|sent| sent.bearer().is_none()));
}

#[test]
fn connections_have_separate_queues() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    for at in 0..6 {
        page.send(get(&connection, &path(at)));
    }
    let sent = vault.sent();
    assert_eq!(sent.len(), 6);
    let stranger = page.send(get("another", &path(6)));
    assert_eq!(
        page.reply(stranger).unwrap_err().code.word(),
        "connection_unknown"
    );
}

#[test]
fn calls_queued_during_refresh_use_the_new_token() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.advance(61 * SECOND);
    let calls: Vec<u32> = (0..20)
        .map(|at| page.send(get(&connection, &path(at))))
        .collect();
    for sent in vault.sent() {
        sent.answer(401, "");
    }
    vault.one_sent().answer(200, &tokens("2"));
    let mut answered_calls = 0;
    while answered_calls < 20 {
        for sent in vault.sent() {
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
fn repeated_call_is_recorded_and_reported_to_the_caller() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer_after(429, "", "2");
    vault.advance(3 * SECOND);
    vault.one_sent().answer(503, "");
    vault.advance(2 * SECOND);
    vault.one_sent().answer(200, "{}");
    let (reply, _) = page.reply(call).unwrap();
    assert_eq!(reply, answered(200, 1, 2));
    let VaultReply::Api { headers, .. } = reply else {
        panic!()
    };
    assert_eq!(headers, HEADERS);
    let record = page.record();
    let repeats: Vec<_> = record
        .iter()
        .filter(|line| line.event.word() == "call_repeated")
        .collect();
    assert_eq!(repeats.len(), 2);
    assert_eq!(repeats[0].outcome.map(|it| it.word()), Some("429"));
    assert!(
        repeats[0]
            .duration
            .is_some_and(|pause| (2_000..=2_125).contains(&pause))
    );
    assert_eq!(repeats[1].outcome.map(|it| it.word()), Some("503"));
    assert!(
        repeats[1]
            .duration
            .is_some_and(|pause| (1_000..=2_000).contains(&pause))
    );
}

#[test]
fn write_is_sent_once_for_every_response() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    for status in [429, 500, 502, 503, 504] {
        let VaultRequest::Call(mut call) = get(&connection, "/v0/tags") else {
            panic!()
        };
        call.retry = RetryClass::Never;
        let write = page.send(VaultRequest::Call(call));
        vault.one_sent().answer_after(status, "", "1");
        assert_eq!(page.reply(write).unwrap().0, answered_after(status, "1"));
        vault.advance(20 * SECOND);
        assert!(vault.sent().is_empty());
    }
}
