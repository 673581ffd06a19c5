//! What crosses the port, and what a page may begin.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/script.rs"]
#[allow(dead_code)]
mod script;

use outlay_probe::card::{Card, Sight};
use outlay_probe::diagnosis::Here;
use outlay_probe::engine::{Setup, ready};
use outlay_probe::message::{Callback, FromProbe, Hello, Saw, Start, ToProbe};
use outlay_probe::row::RowId;
use outlay_wire::{from_text, to_text};
use script::profile;

#[test]
fn every_message_reads_back() {
    for message in [
        ToProbe::Hello(Hello {
            version: 1,
            lock: "page-1".to_owned(),
        }),
        ToProbe::Start(Start {
            profile: "pleo".to_owned(),
            client_id: None,
            agreed: vec![RowId::CodeOnce, RowId::Issuer],
        }),
        ToProbe::Saw(Saw {
            window: 3,
            sight: Sight::Back,
        }),
        ToProbe::Cancel,
        ToProbe::Callback(Callback {
            profile: "pleo".to_owned(),
            query: "state=probe.1".to_owned(),
        }),
    ] {
        let text = to_text(&message);
        assert_eq!(from_text::<ToProbe>(&text), Some(message), "{text}");
    }
    let card = ready(&profile(""));
    for message in [
        FromProbe::Welcome(Ok(vec![card.clone()])),
        FromProbe::Card(card),
        FromProbe::Refused("profile_unknown".to_owned()),
        FromProbe::Taken(true),
        FromProbe::Mismatch,
    ] {
        let text = to_text(&message);
        assert_eq!(from_text::<FromProbe>(&text), Some(message), "{text}");
    }
}

#[test]
fn what_the_entry_says_in_the_binarys_place_is_understood() {
    let entry = include_str!("../../../public/probe.js");
    assert!(entry.contains(r#"JSON.stringify("broken")"#));
    assert_eq!(from_text(r#""broken""#), Some(FromProbe::Broken));
}

fn begin(known: bool, typed: Option<&str>) -> Result<Setup, &'static str> {
    let mut profile = profile("");
    if !known {
        profile.client_id = None;
    }
    let card: Card = ready(&profile);
    assert_eq!(card.needs_client_id, !known);
    let here = Here {
        origin: script::SITE.to_owned(),
        config: String::new(),
        api_base: String::new(),
    };
    let start = Start {
        profile: profile.id.clone(),
        client_id: typed.map(str::to_owned),
        agreed: script::agreed(),
    };
    Setup::new(&profile, here, start)
}

#[test]
fn a_client_id_is_typed_where_there_is_none_and_only_there() {
    for (known, typed, expected) in [
        (true, None, Ok("c")),
        (true, Some("c"), Ok("c")),
        (true, Some("d"), Err("client_id_refused")),
        (false, Some("d"), Ok("d")),
        (false, None, Err("client_id_needed")),
        (false, Some(""), Err("client_id_refused")),
        (false, Some("a b"), Err("client_id_refused")),
    ] {
        let setup = begin(known, typed);
        let client_id = setup.as_ref().map(|setup| setup.client_id.as_str());
        assert_eq!(client_id.map_err(|code| *code), expected, "{typed:?}");
    }
}
