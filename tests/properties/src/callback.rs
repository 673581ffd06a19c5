//! The query of a callback: nothing but the known parameters decides, and no foreign text is shown
//! as it came.

use outlay_oauth::callback::{
    CallbackRefusal, CallbackResponse, LONGEST_QUERY, check_response, read,
};
use outlay_oauth::client::ClientSettings;
use outlay_oauth::form;

use crate::source::ByteSource;

const PROFILE: &str = "pleo";

/// Every code that a callback may end with.
const CODES: [&str; 17] = [
    "access_denied",
    "authorization_error",
    "callback_duplicate",
    "callback_fragment",
    "callback_malformed",
    "callback_rewritten",
    "callback_too_long",
    "invalid_request",
    "invalid_scope",
    "issuer_mismatch",
    "issuer_missing",
    "profile_mismatch",
    "server_error",
    "state_unknown",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_response_type",
];

fn client(issuer: Option<&str>) -> ClientSettings {
    ClientSettings {
        profile: PROFILE.to_owned(),
        client_id: "client".to_owned(),
        authorization_endpoint: "https://auth.example/authorize".to_owned(),
        token_endpoint: "https://auth.example/token".to_owned(),
        revocation_endpoint: None,
        api_base: "https://api.example".to_owned(),
        redirect_uri: "https://site.example/callback/pleo".to_owned(),
        issuer: issuer.map(str::to_owned),
        subject: None,
        refresh_grace: 0,
    }
}

/// Checks a query: the bytes themselves, and a query of known parameters whose values they are.
pub fn callback(input: &[u8]) {
    let query = String::from_utf8_lossy(input);
    any(&query);
    let mut source = ByteSource::new(input);
    let pairs: Vec<(&str, String)> = ["state", "code", "error", "error_description", "iss"]
        .into_iter()
        .map(|name| (name, source.text()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let mut query = String::new();
    for (name, value) in &pairs {
        form::push(&mut query, name, value);
    }
    any(&query);
    known(&query, &pairs);
}

/// What holds of every query.
fn any(query: &str) {
    let response = read(query);
    // An unknown parameter, however often and with any value, changes no answer. Where
    // there is no answer, it may hide how the address was rewritten.
    let more = [query, "&x=%ff&x=%00&utm%5B%5D=1"].concat();
    if more.len() <= LONGEST_QUERY && !query.contains('#') && !is_rewritten(&response) {
        assert_eq!(read(&more), response, "an unknown parameter counts");
    }
    let outcomes = [None, Some("https://auth.example")].map(|issuer| {
        let response = response.clone()?;
        check_response(response, &client(issuer), PROFILE)
    });
    for outcome in outcomes {
        match outcome {
            Ok(code) => assert!(!code.reveal().is_empty()),
            Err(refusal) => {
                let code = refusal.code.word();
                assert!(CODES.contains(&code), "{code}");
                let detail = refusal.detail.unwrap_or_default();
                assert!(!detail.chars().any(char::is_control), "{detail:?}");
                assert!(detail.len() < 4 * LONGEST_QUERY);
            }
        }
    }
    if let Ok(response) = response {
        let other = check_response(response, &client(None), "other");
        assert_eq!(
            other.err().map(|refusal| refusal.code.word()),
            Some("profile_mismatch")
        );
    }
}

fn is_rewritten(response: &Result<CallbackResponse, CallbackRefusal>) -> bool {
    let checked = response
        .clone()
        .and_then(|response| check_response(response, &client(None), PROFILE));
    checked.is_err_and(|refusal| refusal.code.word() == "callback_rewritten")
}

/// What holds of a query in which every parameter comes once.
fn known(query: &str, pairs: &[(&str, String)]) {
    if query.len() > LONGEST_QUERY {
        return;
    }
    let value = |name: &str| {
        let found = pairs.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    };
    let response: Result<CallbackResponse, _> = read(query);
    let (Some(state), Ok(response)) = (value("state"), response) else {
        assert!(value("state").is_none(), "a `state` that is not found");
        return;
    };
    assert_eq!(
        response.state,
        outlay_oauth::state::StateValue::received(state),
        "another `state`"
    );
    let checked = check_response(response, &client(None), PROFILE);
    match (value("code"), value("error")) {
        (Some(code), None) => {
            assert_eq!(checked.as_ref().map(|code| code.reveal()), Ok(code));
        }
        (None, Some(_)) => assert!(checked.is_err()),
        // A `state` may look like a query that was escaped as a whole.
        _ => {
            let code = checked.err().map_or("", |refusal| refusal.code.word());
            assert!(
                ["callback_malformed", "callback_rewritten"].contains(&code),
                "{code}"
            );
        }
    }
}
