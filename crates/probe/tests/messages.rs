//! What crosses the port, and what a page may begin.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/script.rs"]
#[allow(dead_code)]
mod script;

use outlay_codes::ErrorCode;
use outlay_probe::diagnosis::SiteContext;
use outlay_probe::engine::{RunSetup, ready};
use outlay_probe::message::{
    FromProbe, ObservationMessage, ProbeCallback, ProbeHello, StartCheck, ToProbe,
};
use outlay_probe::report::{CheckReport, Observation};
use outlay_probe::row::RowId;
use outlay_wire::{from_text, to_text};
use script::profile;

#[test]
fn every_message_round_trips() {
    for message in [
        ToProbe::Hello(ProbeHello {
            version: 1,
            lock: "page-1".to_owned(),
        }),
        ToProbe::Start(StartCheck {
            profile: "pleo".to_owned(),
            client_id: None,
            agreed: vec![RowId::CodeOnce, RowId::Issuer],
        }),
        ToProbe::Saw(ObservationMessage {
            window: 3,
            sight: Observation::Back,
        }),
        ToProbe::Cancel,
        ToProbe::Callback(ProbeCallback {
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
        FromProbe::Refused(ErrorCode::ProfileUnknown),
        FromProbe::Taken(true),
        FromProbe::Mismatch,
    ] {
        let text = to_text(&message);
        assert_eq!(from_text::<FromProbe>(&text), Some(message), "{text}");
    }
}

#[test]
fn messages_of_the_entry_script_are_parsed() {
    let entry = include_str!("../../../public/probe.js");
    assert!(entry.contains(r#"JSON.stringify("broken")"#));
    assert_eq!(from_text(r#""broken""#), Some(FromProbe::Broken));
}

fn begin(known: bool, typed: Option<&str>) -> Result<RunSetup, ErrorCode> {
    let mut profile = profile("");
    if !known {
        profile.client_id = None;
    }
    let card: CheckReport = ready(&profile);
    assert_eq!(card.needs_client_id, !known);
    let here = SiteContext {
        origin: script::SITE.to_owned(),
        config: String::new(),
        api_base: String::new(),
    };
    let start = StartCheck {
        profile: profile.id.clone(),
        client_id: typed.map(str::to_owned),
        agreed: script::agreed(),
    };
    RunSetup::new(&profile, here, start)
}

#[test]
fn client_id_is_accepted_only_if_the_profile_has_none() {
    for (known, typed, expected) in [
        (true, None, Ok("c")),
        (true, Some("c"), Ok("c")),
        (true, Some("d"), Err(ErrorCode::ClientIdRefused)),
        (false, Some("d"), Ok("d")),
        (false, None, Err(ErrorCode::ClientIdNeeded)),
        (false, Some(""), Err(ErrorCode::ClientIdRefused)),
        (false, Some("a b"), Err(ErrorCode::ClientIdRefused)),
    ] {
        let setup = begin(known, typed);
        let client_id = setup.as_ref().map(|setup| setup.client_id.as_str());
        assert_eq!(client_id.map_err(|code| *code), expected, "{typed:?}");
    }
}
