//! What was sent and what came, without its secrets: for whoever inspects a flow.
//!
//! An outline is a form (`name=value&…`, encoded as [`crate::form`] does). A value stands in it only
//! if its name is one of the [`PLAIN`] ones; of any other there is `~`, its length in bytes, `~`, and
//! the first characters of its SHA-256: enough to see that two values are the same, and never enough
//! to use one. No encoded value begins with `~`.

use outlay_wire::Value;
use zeroize::Zeroizing;

use crate::form;
use crate::pkce;

/// The names whose values are no secret (RFC 6749, RFC 7009, RFC 7636, RFC 9207, and Pleo's).
const PLAIN: [&str; 14] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "code_challenge",
    "code_challenge_method",
    "grant_type",
    "token_type_hint",
    "token_type",
    "expires_in",
    "error",
    "error_description",
    "iss",
    "urn_pleo_params_oauth_subject",
];

/// So many pairs, and so many bytes of a value: what comes from outside has no bound of its own.
const PAIRS: usize = 32;
const BYTES: usize = 2_000;

/// The outline of a query or of a form's body.
#[must_use]
pub fn of_form(text: &str) -> String {
    let mut outline = String::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()).take(PAIRS) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = Zeroizing::new(form::decode(value).unwrap_or_default());
        push(&mut outline, name, &value);
    }
    outline
}

/// The outline of a JSON answer; empty where it is no object.
#[must_use]
pub fn of_answer(body: &str) -> String {
    let mut outline = String::new();
    if let Ok(Value::Object(fields)) = outlay_wire::parse(body) {
        for (name, value) in fields.into_iter().take(PAIRS) {
            let value = Zeroizing::new(match value {
                Value::Text(text) | Value::Number(text) => text,
                _ => String::new(),
            });
            push(&mut outline, &name, &value);
        }
    }
    outline
}

fn push(outline: &mut String, name: &str, value: &str) {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    let name = match name.len() {
        1..=40 if name.bytes().all(word) => name,
        _ => "other",
    };
    if PLAIN.contains(&name) && value.len() <= BYTES {
        form::push(outline, name, value);
        return;
    }
    form::push(outline, name, "");
    let print = pkce::digest(value);
    for part in [
        "~",
        &outlay_wire::decimal(value.len() as u64),
        "~",
        print.get(..6).unwrap_or_default(),
    ] {
        outline.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_request_shows_what_is_no_secret() {
        assert_eq!(
            of_form(
                "grant_type=authorization_code&code=abc&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback%2Fx&code_verifier=s%20t"
            ),
            "grant_type=authorization_code&code=~3~ungWv4&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback%2Fx&code_verifier=~3~TmA1Hh"
        );
        assert_eq!(of_form(""), "");
    }

    #[test]
    fn an_answer_shows_its_fields_and_of_tokens_only_the_outline() {
        assert_eq!(
            of_answer(r#"{"access_token":"abc","expires_in":300,"token_type":"Bearer","x":{}}"#),
            "access_token=~3~ungWv4&expires_in=300&token_type=Bearer&x=~0~47DEQp"
        );
        for other in ["", "<html>", "[1]", "\"abc\""] {
            assert_eq!(of_answer(other), "");
        }
    }

    #[test]
    fn a_name_from_outside_is_a_word_or_nothing() {
        let long = "n".repeat(41);
        for name in ["a b", "", "secret~value", "\u{e9}", &long] {
            let outline = of_form(&[name, "=abc"].concat());
            assert_eq!(outline, "other=~3~ungWv4", "{name}");
        }
    }

    #[test]
    fn what_comes_from_outside_is_bounded() {
        let many = "a=b&".repeat(1_000);
        assert_eq!(of_form(&many).matches('&').count(), PAIRS - 1);
        let large = ["error=", &"x".repeat(1_000_000)].concat();
        assert!(of_form(&large).starts_with("error=~1000000~"));
    }

    proptest! {
        #[test]
        fn no_secret_shows(
            token in "[A-Za-z0-9._~+/-]{12,200}",
            name in "(access_token|refresh_token|code|code_verifier|state|token|[a-z]{1,9})",
        ) {
            prop_assume!(!PLAIN.contains(&name.as_str()));
            let mut sent = String::new();
            form::push(&mut sent, "grant_type", "refresh_token");
            form::push(&mut sent, &name, &token);
            let came = ["{\"", &name, "\":\"", &token, "\"}"].concat();
            for outline in [of_form(&sent), of_answer(&came)] {
                for window in token.as_bytes().windows(8) {
                    let piece = core::str::from_utf8(window).unwrap_or_default();
                    prop_assert!(!outline.contains(piece), "{outline}");
                }
            }
        }

        #[test]
        fn nothing_panics(text in ".{0,200}") {
            let _ = (of_form(&text), of_answer(&text));
        }
    }
}
