//! Requests and responses without their secrets, for the OAuth log.
//!
//! An outline is a form (`name=value&…`, encoded as [`crate::form`] does). It contains a value only
//! if its name is one of the `PLAIN` ones and, where it came from outside, nothing in it is like a
//! token; of any other there is `~`, its length in bytes, `~`, and the first characters of its
//! SHA-256: enough to see that two values are the same, and never enough to use one. No encoded
//! value begins with `~`.

use outlay_wire::Value;
use zeroize::Zeroizing;

use crate::form;
use crate::pkce;
use crate::server_text::ServerError;

/// The names of parameters without secret values (RFC 6749, RFC 7009, RFC 7636, RFC 9207, and Pleo's).
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

/// The names of parameters with secret or unforgeable values. Any other name becomes `other`: a name may
/// come from outside too.
const SECRET: [&str; 6] = [
    "state",
    "code",
    "code_verifier",
    "access_token",
    "refresh_token",
    "token",
];

/// The longest word from outside that is shown whatever it holds: no token is as short.
const SHORT: usize = 12;

/// Signs between scopes that servers write in place of spaces.
const SEPARATORS: &[char] = &[',', ';', '+', '[', ']', '"'];

/// Most pairs, and most bytes of a value: external input has no limit.
const PAIRS: usize = 32;
const BYTES: usize = 2_000;

/// Returns the outline of a query or form body that this client made: only known non-secret values
/// appear in the clear.
#[must_use]
pub fn of_form(text: &str) -> String {
    outline(text, false)
}

/// Returns the outline of a query from outside: names are cleaned too, and unknown values are
/// hidden.
#[must_use]
pub fn of_query(text: &str) -> String {
    outline(text, true)
}

/// The outline of a JSON answer; empty where it is no object.
#[must_use]
pub fn of_answer(body: &str) -> String {
    let mut outline = String::new();
    if let Ok(object) = outlay_wire::parse(body)
        && object.as_object().is_some()
    {
        let is_text = |name: &str| {
            object
                .get(name)
                .is_some_and(|value| value.as_str().is_some())
        };
        // An error of another form is shown under the name that RFC 6749 gives it.
        if !is_text("access_token")
            && !is_text("error")
            && !is_text("error_description")
            && let Some(error) = ServerError::of(&object)
        {
            form::push(&mut outline, "error", &error.words());
        }
        let Value::Object(fields) = object else {
            return outline;
        };
        for (name, value) in fields.into_iter().take(PAIRS) {
            let value = Zeroizing::new(match value {
                Value::Text(text) | Value::Number(text) => text,
                Value::List(items) if name == "scope" => list(&items),
                _ => String::new(),
            });
            push(&mut outline, &name, &value, true);
        }
    }
    outline
}

/// A list of texts, written as JSON writes it; only names that fit a scope are in it.
fn list(items: &[Value]) -> String {
    let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    ["[\"", &texts.join("\",\""), "\"]"].concat()
}

fn outline(text: &str, foreign: bool) -> String {
    let mut outline = String::new();
    // A query from outside may have been rewritten, and its fragment may follow.
    let separators: &[char] = if foreign { &['&', '#', '?'] } else { &['&'] };
    for pair in text
        .split(separators)
        .filter(|pair| !pair.is_empty())
        .take(PAIRS)
    {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = Zeroizing::new(form::decode(value).unwrap_or_default());
        push(&mut outline, name, &value, foreign);
    }
    outline
}

fn push(outline: &mut String, name: &str, value: &str, foreign: bool) {
    let plain = PLAIN.contains(&name);
    if plain && value.len() <= BYTES && !(foreign && value.split(' ').any(is_like_a_token)) {
        form::push(outline, name, value);
        return;
    }
    let known = plain || SECRET.contains(&name);
    form::push(outline, if known { name } else { "other" }, "");
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

/// Whether a word from outside could be a token: long, and more than a name or the address of a
/// host.
fn is_like_a_token(word: &str) -> bool {
    let name = |byte: u8| byte.is_ascii_lowercase() || b"_:.-".contains(&byte);
    let host = |rest: &str| {
        let rest = rest.trim_end_matches('/');
        rest.len() <= 60 && rest.contains(['.', ':']) && !rest.contains('/')
    };
    let address = word
        .strip_prefix("https://")
        .or(word.strip_prefix("http://"));
    let names = |word: &str| word.split(SEPARATORS).all(|part| part.bytes().all(name));
    word.len() > SHORT && !names(word) && !address.is_some_and(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn request_outline_shows_non_secret_values() {
        assert_eq!(
            of_form(
                "grant_type=authorization_code&code=abc&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback%2Fx&code_verifier=s%20t"
            ),
            "grant_type=authorization_code&code=~3~ungWv4&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback%2Fx&code_verifier=~3~TmA1Hh"
        );
        assert_eq!(of_form(""), "");
    }

    #[test]
    fn response_outline_shows_fields_and_token_outlines_only() {
        assert_eq!(
            of_answer(r#"{"access_token":"abc","expires_in":300,"token_type":"Bearer","x":{}}"#),
            "access_token=~3~ungWv4&expires_in=300&token_type=Bearer&other=~0~47DEQp"
        );
        for other in ["", "<html>", "[1]", "\"abc\""] {
            assert_eq!(of_answer(other), "");
        }
    }

    #[test]
    fn scopes_of_another_json_type_are_shown() {
        for (body, shown) in [
            (
                r#"{"scope":"companies:read,users:read"}"#,
                "scope=companies%3Aread%2Cusers%3Aread",
            ),
            (
                r#"{"scope":["companies:read","users:read"]}"#,
                "scope=%5B%22companies%3Aread%22%2C%22users%3Aread%22%5D",
            ),
            (
                r#"{"scope":["companies:read","qX7vT2mK9pL4x"]}"#,
                "scope=~34~",
            ),
        ] {
            assert!(of_answer(body).starts_with(shown), "{}", of_answer(body));
        }
    }

    #[test]
    fn error_of_another_json_type_is_shown_sanitised() {
        let body = r#"{"error":{"code":"E1","message":"Unauthorized: qX7vT2mK9pL4x"}}"#;
        assert!(
            of_answer(body).starts_with("error=E1%3A+Unauthorized%3A+%5Bmasked%5D&"),
            "{}",
            of_answer(body)
        );
    }

    #[test]
    fn rewritten_query_and_fragment_outlines_have_no_secret() {
        for query in [
            "#code=abc&state=abc",
            "x=1?code=abc",
            "code=abc#_=_",
            "error=e#access_token=abc",
        ] {
            let outline = of_query(query);
            assert!(
                outline.contains("=~3~ungWv4") && !outline.contains("abc"),
                "{outline}"
            );
        }
    }

    #[test]
    fn external_name_is_shown_only_if_known() {
        for name in ["a b", "", "secret~value", "\u{e9}", "s3cr3ts3cr3ts3cr3t"] {
            let outline = of_form(&[name, "=abc"].concat());
            assert_eq!(outline, "other=~3~ungWv4", "{name}");
        }
    }

    #[test]
    fn external_value_is_shown_unless_token_like() {
        for shown in [
            "error=unsupported_grant_type",
            "error_description=The+code+is+unknown.",
            "expires_in=3600",
            "token_type=Bearer",
            "scope=accounting-entries%3Aread+users%3Aread",
            "iss=http%3A%2F%2Flocalhost%3A8787",
            "iss=https%3A%2F%2Fauth.example%2F",
        ] {
            assert_eq!(of_query(shown), shown);
        }
        for (name, hidden) in [
            ("error", "eyJhbGciOiJIUzI1NiJ9"),
            (
                "error_description",
                "The token 0f8fad5bd9cb469fa165 is used",
            ),
            ("token_type", "rt-0123456789abcdef"),
            ("iss", "https://auth.example/0f8fad5bd9cb469fa165"),
        ] {
            let mut sent = String::new();
            form::push(&mut sent, name, hidden);
            let outline = of_query(&sent);
            assert!(outline.starts_with(&[name, "=~"].concat()), "{outline}");
        }
        // What this client sends is its own configuration.
        let own = "client_id=12a3b456-78c9-0d12-93f4-f567ab8cde9f";
        assert_eq!(of_form(own), own);
    }

    #[test]
    fn external_text_is_length_limited() {
        let many = "a=b&".repeat(1_000);
        assert_eq!(of_form(&many).matches('&').count(), PAIRS - 1);
        let large = ["error=", &"x".repeat(1_000_000)].concat();
        assert!(of_form(&large).starts_with("error=~1000000~"));
    }

    proptest! {
        #[test]
        fn outline_contains_no_secret(
            token in "[A-Za-z0-9._~+/-]{16,200}",
            name in "(access_token|refresh_token|code|code_verifier|state|token|[a-z]{1,9})",
            answered in "(error|error_description|scope|token_type|[A-Za-z0-9]{1,50})",
        ) {
            prop_assume!(!PLAIN.contains(&name.as_str()));
            // A token of small letters alone is a word like any other.
            prop_assume!(!token.bytes().all(|byte| byte.is_ascii_lowercase() || b"_.-".contains(&byte)));
            let mut sent = String::new();
            form::push(&mut sent, "grant_type", "refresh_token");
            form::push(&mut sent, &name, &token);
            let came = ["{\"", &answered, "\":\"", &token, "\",\"", &token, "\":1}"].concat();
            for outline in [of_form(&sent), of_answer(&came)] {
                for window in token.as_bytes().windows(8) {
                    let piece = core::str::from_utf8(window).unwrap_or_default();
                    prop_assert!(!outline.contains(piece), "{outline}");
                }
            }
        }

        #[test]
        fn any_input_is_outlined_without_panic(text in ".{0,200}") {
            let _ = (of_form(&text), of_answer(&text));
        }
    }
}
