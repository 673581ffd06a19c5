//! The OAuth log as an HTTP archive (HAR 1.2). The log holds no secrets, so the archive cannot: of a
//! secret it has the length and the fingerprint.

use outlay_config::Profile;
use outlay_explorer::json_value::{object, text as string};
use outlay_pleo::time::Date;
use outlay_vault::message::{FlowStep, FlowStepKind};
use outlay_wire::Value;

use super::compare::{flows, text};
use super::messages::tools as messages;
use super::timeline::parameters;

/// Returns the archive. `profile` has the addresses; without one, only paths are known.
pub fn archive(steps: &[FlowStep], profile: Option<&Profile>, version: &str) -> Value {
    let flows = flows(steps);
    let entries = steps
        .iter()
        .zip(flows)
        .map(|(step, flow)| entry(step, flow, profile));
    let creator = object([
        ("name", string(messages::CREATOR)),
        ("version", string(version)),
    ]);
    object([(
        "log",
        object([
            ("version", string("1.2")),
            ("creator", creator),
            ("entries", Value::List(entries.collect())),
        ]),
    )])
}

fn entry(step: &FlowStep, flow: Option<usize>, profile: Option<&Profile>) -> Value {
    let (method, url) = target(step, profile);
    let pairs = |outline: &str| {
        let all = parameters(outline).into_iter();
        let all = all.map(|(name, value)| {
            object([("name", string(&name)), ("value", string(&text(&value)))])
        });
        Value::List(all.collect())
    };
    let none = || Value::List(Vec::new());
    let is_query = matches!(step.kind, FlowStepKind::Authorize | FlowStepKind::Callback);
    let is_form = matches!(
        step.kind,
        FlowStepKind::Exchange | FlowStepKind::Refresh | FlowStepKind::Revoke
    );
    let query = match step.kind {
        // The response arrives as the query of a request to this site.
        FlowStepKind::Callback if step.sent.is_empty() => pairs(&step.came),
        _ if is_query => pairs(&step.sent),
        _ => none(),
    };
    let mut request = vec![
        ("method", string(&method)),
        ("url", string(&url)),
        ("httpVersion", string("unknown")),
        ("cookies", none()),
        ("headers", none()),
        ("queryString", query),
        ("headersSize", number(-1)),
        ("bodySize", number(-1)),
    ];
    if is_form {
        let form = object([
            ("mimeType", string("application/x-www-form-urlencoded")),
            ("params", pairs(&step.sent)),
            ("text", string("")),
        ]);
        request.push(("postData", form));
    }
    let received = parameters(&step.came).into_iter();
    let received = received.map(|(name, value)| (name, Value::Text(text(&value))));
    let received: Vec<_> = received.collect();
    let body = match received.is_empty() || step.kind == FlowStepKind::Callback {
        true => String::new(),
        false => outlay_wire::to_text(&Value::Object(received)),
    };
    let content = object([
        ("size", number(-1)),
        ("mimeType", string("application/json")),
        ("text", string(&body)),
    ]);
    let response = object([
        ("status", number(step.status.map_or(0, i64::from))),
        ("statusText", string("")),
        ("httpVersion", string("unknown")),
        ("cookies", none()),
        ("headers", none()),
        ("content", content),
        ("redirectURL", string("")),
        ("headersSize", number(-1)),
        ("bodySize", number(-1)),
    ]);
    let took = i64::try_from(step.duration.unwrap_or_default()).unwrap_or(i64::MAX);
    let timings = object([
        ("send", number(0)),
        ("wait", number(took)),
        ("receive", number(0)),
    ]);
    let flow = flow.map_or_else(String::new, |flow| format!("flow-{flow}"));
    let comment = messages::har_comment(step.kind.word());
    object([
        ("startedDateTime", string(&started(step.at))),
        ("time", number(took)),
        ("request", object(request)),
        ("response", response),
        ("cache", object([])),
        ("timings", timings),
        ("comment", string(&comment)),
        ("_correlationId", string(&flow)),
    ])
}

/// Method and address of a step.
fn target(step: &FlowStep, profile: Option<&Profile>) -> (String, String) {
    let address = |of: fn(&Profile) -> &str| profile.map_or("", of).to_owned();
    match step.kind {
        FlowStepKind::Authorize => ("GET".to_owned(), address(|it| &it.authorization_endpoint)),
        FlowStepKind::Callback => ("GET".to_owned(), address(|it| &it.redirect_uri)),
        FlowStepKind::Exchange | FlowStepKind::Refresh => {
            ("POST".to_owned(), address(|it| &it.token_endpoint))
        }
        FlowStepKind::Revoke => (
            "POST".to_owned(),
            address(|it| it.revocation_endpoint.as_deref().unwrap_or_default()),
        ),
        FlowStepKind::Introspect => {
            let base = address(|it| it.api_base.trim_end_matches('/'));
            ("GET".to_owned(), base + "/v1/introspect")
        }
        FlowStepKind::Call => {
            let (method, path) = step.sent.split_once(' ').unwrap_or(("GET", ""));
            let base = address(|it| it.api_base.trim_end_matches('/'));
            (method.to_owned(), base + path)
        }
    }
}

/// Milliseconds since the Unix epoch as RFC 3339.
fn started(at: u64) -> String {
    let millis = i64::try_from(at).unwrap_or_default();
    let (day, of_day) = (
        millis.div_euclid(MILLIS_PER_DAY),
        millis.rem_euclid(MILLIS_PER_DAY),
    );
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1_000 % 60, of_day % 1_000);
    let day = Date::from_days(day);
    format!("{day}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

const MILLIS_PER_DAY: i64 = 86_400_000;

fn number(number: i64) -> Value {
    Value::Number(number.to_string())
}

#[cfg(test)]
mod tests {
    use outlay_oauth::outline::of_form;

    use super::*;

    #[test]
    fn archive_has_each_step_and_no_secret() {
        let exchange = FlowStep {
            at: 1_768_469_400_000,
            duration: Some(120),
            status: Some(200),
            sent: of_form("grant_type=authorization_code&code=Hidden1&code_verifier=Hidden2"),
            came: of_form("access_token=Hidden3&refresh_token=Hidden4&expires_in=900"),
            ..FlowStep::of(FlowStepKind::Exchange)
        };
        let call = FlowStep {
            sent: "GET /v1/companies".to_owned(),
            status: Some(200),
            ..FlowStep::of(FlowStepKind::Call)
        };
        let value = archive(&[exchange, call], None, "1.0.0");
        let text = outlay_wire::to_text(&value);
        assert!(!text.contains("Hidden"), "{text}");
        let log = value.get("log").expect("a log");
        let entries = log
            .get("entries")
            .and_then(Value::as_list)
            .expect("entries");
        assert_eq!(entries.len(), 2);
        let started = entries[0].get("startedDateTime").and_then(Value::as_str);
        assert_eq!(started, Some("2026-01-15T09:30:00.000Z"));
        assert!(text.contains("authorization_code") && text.contains("expires_in"));
        assert!(text.contains("/v1/companies"));
    }
}
