//! No byte of a code, a token, a verifier or a state leaves the engine, whatever a server answers.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/script.rs"]
#[allow(dead_code)]
mod script;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

use outlay_probe::export::{self, ExportFormat};
use outlay_probe::io::{CorsMode, FetchOutcome, ProbeRequest, SignInReturn};
use outlay_probe::message::FromProbe;
use outlay_probe::report::{CheckReport, Observation};
use outlay_wire::{from_text, to_text};
use proptest::prelude::*;
use script::{ScriptedServers, answer, back, field, profile};

/// The shortest piece of a secret that counts as leaked: shorter ones stand in any text.
const PIECE: usize = 6;

/// The pieces of these secrets, without the public prefix of a `state`.
fn pieces(secrets: &[String]) -> HashSet<&[u8]> {
    let all = secrets
        .iter()
        .flat_map(|secret| secret.as_bytes().windows(PIECE));
    all.filter(|piece| *piece != b"probe.").collect()
}

fn leak<'a>(text: &'a str, pieces: &HashSet<&[u8]>) -> Option<&'a [u8]> {
    let mut windows = text.as_bytes().windows(PIECE);
    windows.find(|window| pieces.contains(window))
}

/// A random answer of a server, with every known secret in every field.
#[derive(Debug, Clone)]
struct SecretServer {
    rng: Vec<u8>,
    secrets: Vec<String>,
}

fn servers() -> impl Strategy<Value = SecretServer> {
    let secret = "[A-Z]{3}[0-9]{3}[A-Za-z0-9_-]{37}";
    (
        prop::collection::vec(any::<u8>(), 64),
        prop::collection::vec(secret, 3),
    )
        .prop_map(|(rng, secrets)| SecretServer { rng, secrets })
}

/// Everything that was ever secret in the run.
#[derive(Default)]
struct KnownSecrets(RefCell<Vec<String>>, RefCell<usize>);

impl KnownSecrets {
    fn throw(&self, server: &SecretServer) -> u8 {
        let mut at = self.1.borrow_mut();
        *at += 1;
        server.rng[*at % server.rng.len()]
    }

    fn answer(&self, server: &SecretServer, request: &ProbeRequest) -> FetchOutcome {
        let posted = ["code", "code_verifier", "refresh_token", "token"];
        let seen = posted.iter().filter_map(|name| field(request, name));
        let bearer = request.bearer.iter().map(|token| token.reveal().to_owned());
        let made_up = |text: &String| text.starts_with("probe-no-such-");
        let seen: Vec<String> = seen.chain(bearer).filter(|text| !made_up(text)).collect();
        self.0.borrow_mut().extend(seen);
        let all = self.0.borrow().join(" ");
        let [access, refresh, other] = server.secrets.as_slice() else {
            unreachable!()
        };
        let echo = format!(
            r#"{{"error":"{access}","error_description":"{all} {refresh}","issuer":"{other}",
            "data":{{"subjectURN":"{access}","scope":"{refresh} users:read"}}}}"#
        );
        let tokens = format!(
            r#"{{"access_token":"{access}","refresh_token":"{refresh}","expires_in":9,
            "scope":"companies:read {other}","token_type":"Bearer"}}"#
        );
        if request.mode == CorsMode::NoCors {
            return match self.throw(server) % 4 {
                0 => FetchOutcome::Failed,
                _ => FetchOutcome::Opaque,
            };
        }
        match self.throw(server) % 16 {
            0 => FetchOutcome::Failed,
            1 => FetchOutcome::Redirect,
            2 => FetchOutcome::TimedOut,
            3 => answer(200, &echo),
            4 => answer(500, &all),
            5 => answer(401, &echo),
            6 => answer(400, &echo),
            7 => answer(400, r#"{"error":"invalid_grant"}"#),
            8 => answer(200, &tokens.replacen(refresh.as_str(), other, 1)),
            _ => answer(200, &tokens),
        }
    }

    fn window(&self, server: &SecretServer, state: &str) -> SignInReturn {
        self.0.borrow_mut().push(state.to_owned());
        let code = format!("CODE-{}", server.secrets[2]);
        self.0.borrow_mut().push(code.clone());
        match self.throw(server) % 12 {
            0 => SignInReturn::Saw(Observation::Refused),
            1 => SignInReturn::Saw(Observation::Back),
            2 => back(&[
                ("state", state),
                ("error", &code),
                ("error_description", &code),
            ]),
            3 => back(&[("state", state), ("state", state), ("code", &code)]),
            4 => back(&[("state", state), ("code", &code), ("iss", &code)]),
            5 => back(&[
                ("state", state),
                ("error", "invalid_request"),
                ("iss", &code),
            ]),
            6 => back(&[("state", state), (&code, &code)]),
            _ => back(&[("state", state), ("code", &code)]),
        }
    }
}

/// Everything that leaves the engine, each sentence once, but for the addresses of windows.
fn report_text(shown: &[CheckReport]) -> String {
    let mut report_text = BTreeSet::new();
    for row in shown.iter().flat_map(|card| &card.rows) {
        report_text.extend(row.reason.iter().chain(&row.evidence).chain(&row.fix));
    }
    let mut text: String = report_text.into_iter().map(String::as_str).collect();
    if let Some(done) = shown.last() {
        text.push_str(&export::markdown(done));
        text.push_str(&export::json(done));
        text.push_str(&to_text(&FromProbe::Card(done.clone())));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_secret_leaves_the_probe(server in servers(), issuer in any::<bool>()) {
        let known = KnownSecrets::default();
        known.0.borrow_mut().extend(server.secrets.clone());
        let script = ScriptedServers::new(
            |request| known.answer(&server, request),
            |_, state| known.window(&server, state),
        );
        let more = match issuer {
            true => r#","issuer":"https://auth.example""#,
            false => r#","revocationEndpoint":"https://auth.example/oauth/revoke""#,
        };
        script.run(&profile(more));
        let text = report_text(&script.shown.borrow());
        let secrets = known.0.borrow();
        prop_assert_eq!(leak(&text, &pieces(&secrets)), None, "{}", text);
    }
}

#[test]
fn secret_search_finds_a_planted_secret() {
    let secrets = ["ABC123xyzxyz-_456".to_owned(), "probe.XYZ".to_owned()];
    let pieces = pieces(&secrets);
    assert_eq!(leak("…xyzxyz…", &pieces), Some(&b"xyzxyz"[..]));
    assert_eq!(leak("…xyzxy… probe.", &pieces), None);
}

#[test]
fn export_omits_the_open_window_and_round_trips() {
    let script = ScriptedServers::new(
        |_| FetchOutcome::Opaque,
        |_, state| back(&[("state", state), ("code", "a-code")]),
    );
    script.run(&profile(""));
    let shown = script.shown.borrow();
    let waiting = shown.iter().find(|card| card.want.is_some()).unwrap();
    let url = &waiting.want.as_ref().unwrap().url;
    assert!(url.contains("state=probe."));
    for form in [ExportFormat::Markdown, ExportFormat::Json] {
        assert!(!export::write(waiting, form).contains("state=probe."));
    }
    let read: CheckReport = from_text(&export::json(waiting)).unwrap();
    assert_eq!(read.rows, waiting.rows);
    assert_eq!(read.want, None);
}

#[test]
fn markdown_export_is_a_table() {
    let mut card = outlay_probe::engine::ready(&profile(""));
    card.name = "a|b <i> `c`\n# d".to_owned();
    card.rows[0].evidence.push("*bold* [x](y)".to_owned());
    card.rows[0].fix.push("``` out\nof it".to_owned());
    let text = export::markdown(&card);
    assert!(text.starts_with("# Connection test: a\\|b \\<i\\> \\`c\\` \\# d\n"));
    assert!(text.contains("| CORS on the API | not tested |\n"));
    assert!(text.contains("- \\*bold\\* \\[x\\](y)\n"));
    assert!(text.contains("\n    out of it\n"), "{text}");
    assert_eq!(text.matches("```").count(), 2);
    assert_eq!(text.matches("\n## ").count(), card.rows.len());
}
