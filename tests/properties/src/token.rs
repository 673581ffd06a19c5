//! The answer of a token endpoint: tokens come out as they were sent or not at all, and are in no
//! other output.

use outlay_oauth::token::{TokenError, TokenHttpResponse, TokenSet, process};
use outlay_wire::Value;

use crate::source::ByteSource;

/// 100 years in milliseconds.
const LONGEST_LIFETIME: u64 = 100 * 366 * 24 * 3_600 * 1_000;

/// The most members of an answer that is made here.
const MOST_MEMBERS: usize = 20;

const NAMES: [&str; 10] = [
    "access_token",
    "refresh_token",
    "token_type",
    "expires_in",
    "scope",
    "error",
    "error_description",
    "message",
    "errors",
    "id_token",
];

/// Checks an answer: the bytes as its body, and an object of members that they make.
pub fn token(input: &[u8]) {
    let mut source = ByteSource::new(input);
    let status = match source.below(8) {
        0..4 => 200,
        4 => 400,
        5 => 401,
        6 => 429,
        _ => 200 + u16::from(source.byte()) * 2,
    };
    let rest = input.get(1..).unwrap_or_default();
    any(status, String::from_utf8_lossy(rest).into_owned());
    any(status, outlay_wire::to_text(&members(&mut source)));
    complete(&mut ByteSource::new(rest));
}

fn answer(status: u16, body: String) -> Result<TokenSet, TokenError> {
    let answer = TokenHttpResponse::Http {
        status,
        retry_after: None,
        body,
    };
    assert!(format!("{answer:?}").contains("redacted"));
    process(answer, &["companies:read", "users:read"].map(str::to_owned))
}

/// What holds of every answer.
fn any(status: u16, body: String) {
    match answer(status, body.clone()) {
        Ok(tokens) => {
            assert!((200..300).contains(&status), "tokens with {status}");
            let access = tokens.access.reveal();
            assert!(!access.is_empty());
            assert!(access.bytes().all(|byte| byte.is_ascii_graphic()));
            let sent = outlay_wire::parse(&body).unwrap_or_default();
            let member = |name: &str| sent.get(name).and_then(Value::as_str);
            assert_eq!(member("access_token"), Some(access));
            let refresh = tokens.refresh.as_ref().map(|token| token.reveal());
            let sent_refresh = member("refresh_token").filter(|token| !token.is_empty());
            assert_eq!(refresh, sent_refresh);
            let lifetime = tokens.lifetime.unwrap_or(1_000);
            assert!((1_000..=LONGEST_LIFETIME).contains(&lifetime), "{lifetime}");
            for scope in tokens.scopes.iter().flatten() {
                assert!(!scope.is_empty() && !scope.contains(' '), "{scope:?}");
            }
        }
        Err(error) => {
            let code = error.code().word();
            assert!(!code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            let detail = error.detail().unwrap_or_default();
            assert!(!detail.chars().any(char::is_control), "{detail:?}");
            assert!(detail.chars().count() <= 500, "a long detail");
            if status == 429 || status == 503 {
                assert_eq!(code, "token_busy");
            }
        }
    }
}

/// An object of up to [`MOST_MEMBERS`] members, most of whose names are known.
fn members(source: &mut ByteSource<'_>) -> Value {
    let count = source.below(MOST_MEMBERS + 1);
    let members = (0..count).map(|_| {
        let name = match NAMES.get(source.below(NAMES.len() + 2)) {
            Some(known) => (*known).to_owned(),
            None => source.text(),
        };
        (name, value(source, 3))
    });
    Value::Object(members.collect())
}

fn value(source: &mut ByteSource<'_>, depth: usize) -> Value {
    match source.below(if depth == 0 { 5 } else { 7 }) {
        0 => Value::Null,
        1 => Value::Bool(source.bool()),
        2 => Value::Number(source.number().to_string()),
        3 | 4 => Value::Text(source.text()),
        5 => Value::List(
            (0..source.below(4))
                .map(|_| value(source, depth - 1))
                .collect(),
        ),
        _ => Value::Object(
            (0..source.below(4))
                .map(|_| (source.text(), value(source, depth - 1)))
                .collect(),
        ),
    }
}

/// An answer as RFC 6749 §5.1 has it brings everything that it holds.
fn complete(source: &mut ByteSource<'_>) {
    let graphic = |text: String| -> String {
        let mut kept: String = text.chars().filter(char::is_ascii_graphic).collect();
        kept.push('t');
        kept
    };
    let (access, refresh) = (graphic(source.text()), graphic(source.text()));
    let seconds = 1 + u64::from(source.byte()) * 1_000;
    let text = |text: &str| Value::Text(text.to_owned());
    let body = Value::Object(vec![
        ("access_token".to_owned(), text(&access)),
        ("token_type".to_owned(), text("Bearer")),
        ("expires_in".to_owned(), Value::Number(seconds.to_string())),
        ("refresh_token".to_owned(), text(&refresh)),
        ("scope".to_owned(), text("companies:read users:read")),
    ]);
    let tokens = answer(200, outlay_wire::to_text(&body));
    assert!(tokens.is_ok(), "a complete answer is refused");
    let Ok(tokens) = tokens else { return };
    assert_eq!(tokens.access.reveal(), access);
    assert_eq!(
        tokens.refresh.as_ref().map(|token| token.reveal()),
        Some(&*refresh)
    );
    assert_eq!(tokens.lifetime, Some(seconds * 1_000));
    let scopes = tokens.scopes.clone().unwrap_or_default();
    assert_eq!(scopes, ["companies:read", "users:read"]);
    assert_eq!(tokens.oddities, []);
    let shown = format!("{tokens:?}");
    // A short token may occur in it by chance.
    for token in [&access, &refresh]
        .into_iter()
        .filter(|token| token.len() > 12)
    {
        assert!(!shown.contains(token.as_str()), "a token is shown");
    }
}
