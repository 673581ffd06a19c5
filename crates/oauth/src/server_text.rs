//! The server's own words: found in an error of any usual form, and cleaned so that they may be
//! shown.
//!
//! RFC 6749 §5.2 names two members, `error` and `error_description`. Servers, gateways and firewalls
//! also send an object or a list in `error`, RFC 9457 problems, and members of other names. Whatever
//! the form, the words are kept: they are often all that explains a failure.

use crate::form::split_once;
use outlay_wire::Value;

/// The longest text that is shown, in characters.
const LONGEST: usize = 200;

/// The longest text that is read, in characters.
const LONGEST_READ: usize = 4_000;

/// Replaces a part of a text that could be a token.
const MASK: &str = "[masked]";

/// The shortest run of a token's characters that is masked.
const SHORTEST_TOKEN: usize = 12;

/// Members that hold a code, the likeliest first.
const CODES: [&str; 7] = [
    "error",
    "code",
    "errorCode",
    "error_code",
    "type",
    "name",
    "status",
];

/// Members that hold a sentence, the likeliest first.
const SENTENCES: [&str; 12] = [
    "error_description",
    "errorDescription",
    "message",
    "errorMessage",
    "error_message",
    "detail",
    "title",
    "description",
    "reason",
    "msg",
    "faultstring",
    "errorSummary",
];

/// Members that hold an error as an object or a list.
const NESTED: [&str; 4] = ["error", "errors", "fault", "problem"];

/// Codes that say that the presented grant or client is refused (RFC 6749 §5.2, RFC 6750 §3.1,
/// RFC 8707, OpenID Connect Core §3.1.2.6, and Pleo's).
const REFUSALS: [&str; 13] = [
    "invalid_grant",
    "invalid_client",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_token",
    "invalid_refresh_token",
    "access_denied",
    "expired_token",
    "login_required",
    "consent_required",
    "interaction_required",
];

/// Codes that promise nothing about the grant: the same request may succeed later.
const TRANSIENT: [&str; 4] = [
    "server_error",
    "temporarily_unavailable",
    "slow_down",
    "authorization_pending",
];

/// An error of the server, cleaned by [`clean`] so that it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    /// `error` or another code field; `None` if the object has none.
    pub code: Option<String>,
    /// `error_description` or another sentence; `None` if the object has none.
    pub sentence: Option<String>,
    /// Whether it is certainly an OAuth error (RFC 6749 §5.2) that rejects the code or token.
    pub refuses: bool,
}

impl ServerError {
    /// The error in a JSON object; `None` if it holds neither a code nor a sentence.
    #[must_use]
    pub fn of(object: &Value) -> Option<ServerError> {
        let inner = NESTED.iter().find_map(|name| nested(object.get(name)?));
        let levels = [inner, Some(object)];
        let mut code = None;
        let mut sentence = None;
        let mut refuses = object
            .get("error")
            .and_then(Value::as_str)
            .is_some_and(is_code);
        for level in levels.into_iter().flatten() {
            for written in CODES.iter().filter_map(|name| short(level.get(name)?)) {
                let refusal = REFUSALS.iter().find(|known| names(written, known));
                if let Some(known) = refusal {
                    refuses = true;
                    code = Some(*known);
                    break;
                }
                code = code.or(Some(written));
            }
            let mut found = SENTENCES.iter().filter_map(|name| level.get(name));
            sentence = sentence.or_else(|| found.find_map(sentence_of));
        }
        // `errors` or `error` as a list of texts.
        let mut lists = NESTED.iter().filter_map(|name| object.get(name)?.as_list());
        sentence = sentence.or_else(|| lists.find_map(|list| list.iter().find_map(sentence_of)));
        let stated = object.get("error").and_then(Value::as_str);
        let code = stated.filter(|stated| !stated.is_empty()).or(code);
        let sentence = sentence.filter(|sentence| Some(*sentence) != code);
        let cleaned = |text: &str| {
            let text = clean(&without_tokens(text, object));
            (!text.is_empty()).then_some(text)
        };
        let error = ServerError {
            code: code.and_then(cleaned),
            sentence: sentence.and_then(cleaned),
            refuses,
        };
        (error.code.is_some() || error.sentence.is_some()).then_some(error)
    }

    /// Returns `code: sentence`, or the one of the two that exists.
    #[must_use]
    pub fn words(&self) -> String {
        let parts = [self.code.as_deref(), self.sentence.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.join(": ")
    }
}

/// Returns the `<title>` of an HTML page, cleaned; `None` without one.
#[must_use]
pub fn title(page: &str) -> Option<String> {
    let find = |text: &str, tag: &str| {
        let bytes = text.as_bytes().windows(tag.len());
        bytes
            .take(LONGEST_READ)
            .position(|window| window.eq_ignore_ascii_case(tag.as_bytes()))
    };
    let start = page.get(find(page, "<title")?..)?;
    let text = start.get(start.find('>')? + 1..)?;
    let text = clean(text.get(..find(text, "</title")?)?.trim_ascii());
    (!text.is_empty()).then_some(text)
}

/// Text from outside, fit to be shown: at most 200 characters, without control and bidirectional
/// characters, and with a mask in place of everything that could be a token.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut characters = text.chars().filter(|character| !is_hidden(*character));
    let mut read: String = characters.by_ref().take(LONGEST_READ).collect();
    if characters.next().is_some() {
        // The last run of letters may be one half of a token.
        read.truncate(read.trim_end_matches(is_of_a_token).len());
    }
    let mut shown = String::new();
    let mut rest = read.as_str();
    while let Some(next) = rest.chars().next() {
        let run = rest.find(|character| !is_of_a_token(character));
        let (run, after) = rest.split_at(run.unwrap_or(rest.len()).max(next.len_utf8()));
        shown.push_str(if is_like_a_token(run) { MASK } else { run });
        rest = after;
    }
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            shown.truncate(end);
            shown
        }
        None => shown,
    }
}

/// Whether a run of characters could be a token: long, and not made of words and short numbers.
#[must_use]
pub fn is_like_a_token(run: &str) -> bool {
    let mut parts = run.split(|character: char| !character.is_ascii_alphanumeric());
    // Short parts of mixed case are what a random text falls into.
    let mixed = run.bytes().any(|byte| byte.is_ascii_uppercase());
    let word = |part: &str| {
        let shortest = if mixed && !is_number(part) { 3 } else { 0 };
        part.is_empty() || (part.len() >= shortest && is_word(part))
    };
    run.len() >= SHORTEST_TOKEN && (run.contains(['~', '+']) || !parts.all(word))
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word of one case, of one capital, or of a few joined ones, and at most six digits after it; or
/// a number of at most eight digits.
fn is_word(part: &str) -> bool {
    let letters = part.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = part.len() - letters.len();
    if letters.is_empty() {
        return digits <= 8;
    }
    let upper: Vec<bool> = letters
        .bytes()
        .map(|byte| byte.is_ascii_uppercase())
        .collect();
    let changes = upper
        .windows(2)
        .skip(1)
        .filter(|pair| pair[0] != pair[1])
        .count();
    let only_letters = letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    only_letters
        && digits <= 6
        && letters.len() <= 30
        && (changes <= 1 || changes * 4 <= letters.len())
}

/// The characters of tokens (RFC 6750 §2.1, base64, base64url).
fn is_of_a_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~+/=".contains(character)
}

/// Invisible characters that change the visible text: controls, line separators, zero-width
/// and bidirectional characters, tags.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The first object in a member that holds an error.
fn nested(member: &Value) -> Option<&Value> {
    match member {
        Value::Object(_) => Some(member),
        Value::List(items) => items.iter().find(|item| item.as_object().is_some()),
        _ => None,
    }
}

fn short(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Number(text) if !text.is_empty() && text != "about:blank" => {
            Some(text)
        }
        _ => None,
    }
}

fn sentence_of(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim_ascii().is_empty())
}

/// Whether a code is `known`, alone or as the last part of an address of a problem's type.
fn names(written: &str, known: &str) -> bool {
    let last = written.trim_ascii().rsplit(['/', '#', ':']).next();
    last.is_some_and(|last| last.eq_ignore_ascii_case(known))
}

/// Whether the text of `error` is a code as RFC 6749 writes them, and a final one.
fn is_code(error: &str) -> bool {
    (1..=64).contains(&error.len())
        && error.bytes().any(|byte| byte.is_ascii_lowercase())
        && error.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(&byte)
        })
        && !TRANSIENT.contains(&error)
}

/// A text without the values of members of the same answer that are named as secrets.
fn without_tokens(text: &str, object: &Value) -> String {
    let mut text = text.to_owned();
    hide(&mut text, object, false);
    text
}

fn hide(text: &mut String, value: &Value, secret: bool) {
    match value {
        Value::Text(token) if secret && token.len() >= 4 => {
            let mut masked = String::new();
            let mut rest = text.as_str();
            while let Some((before, after)) = split_once(rest, token) {
                masked.push_str(before);
                masked.push_str(MASK);
                rest = after;
            }
            masked.push_str(rest);
            *text = masked;
        }
        Value::List(items) => items.iter().for_each(|item| hide(text, item, secret)),
        Value::Object(fields) => {
            for (name, value) in fields {
                hide(text, value, secret || is_secret(name));
            }
        }
        _ => {}
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name != "token_type"
        && ["token", "secret", "password", "verifier", "assertion"]
            .iter()
            .any(|word| split_once(&name, word).is_some())
}
