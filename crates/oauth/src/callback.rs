//! The authorization response: the query of the callback page (RFC 6749 §4.1.2).
//!
//! Two steps, so that nothing is believed too early: [`read`] looks at the form of the query alone;
//! [`check_response`] needs the sign-in that its `state` named.

pub mod issuer;
mod rewritten;

use crate::client::ClientSettings;
use crate::form;
use crate::secret::AuthorizationCode;
use crate::server_text::clean;
use crate::state::StateValue;
use outlay_codes::ErrorCode;

/// The longest response that is looked at, in bytes.
pub const LONGEST_QUERY: usize = 16 * 1024;

/// The parameters that an answer may name once (RFC 6749 §4.1.2, RFC 9207 §2). Any other parameter
/// is ignored, whatever it holds and however often it comes (RFC 6749 §4.1.2).
const KNOWN: [&str; 6] = [
    "state",
    "code",
    "error",
    "error_description",
    "error_uri",
    "iss",
];

/// Parameters of an answer in a fragment, those of the implicit grant among them (RFC 6749 §4.2.2).
const IN_A_FRAGMENT: [&str; 5] = ["code", "error", "state", "access_token", "id_token"];

/// A query with a valid form: no known name twice, a `state` present. Its content is not trusted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackResponse {
    /// The `state` as received; not yet compared with a pending sign-in.
    pub state: StateValue,
    code: Option<AuthorizationCode>,
    error: Option<String>,
    description: Option<String>,
    issuer: Option<String>,
    /// Subject URN of the parameter `urn_pleo_params_oauth_subject`, as a hint; `None` if absent.
    pub subject: Option<String>,
    /// Why there is neither `code` nor `error`, where the address shows it.
    fault: Option<CallbackRefusal>,
}

/// Why a sign-in failed. The code is stable; the detail is the server's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackRefusal {
    /// The stable code.
    pub code: ErrorCode,
    /// The server's own words, or what exactly differs; shortened, without control characters.
    pub detail: Option<String>,
}

impl CallbackRefusal {
    /// Makes a refusal without a detail.
    #[must_use]
    pub fn of(code: ErrorCode) -> CallbackRefusal {
        CallbackRefusal { code, detail: None }
    }

    fn with(code: ErrorCode, detail: String) -> CallbackRefusal {
        CallbackRefusal {
            code,
            detail: Some(detail),
        }
    }
}

/// Reads a query, without its `?`. The fragment of the address may follow it, with its `#`: a query
/// has none of its own.
///
/// # Errors
///
/// `callback_too_long`, `callback_malformed` (a known parameter is not UTF-8), `callback_duplicate`
/// (a known parameter twice, RFC 6749 §3.1), `callback_fragment` (the answer is in the fragment),
/// `callback_rewritten` (the address was changed on its way), `state_unknown` (no `state` at all).
pub fn read(query: &str) -> Result<CallbackResponse, CallbackRefusal> {
    let (query, fragment) = query.split_once('#').unwrap_or((query, ""));
    if query.len().max(fragment.len()) > LONGEST_QUERY {
        return Err(CallbackRefusal::of(ErrorCode::CallbackTooLong));
    }
    let response = parse(query)?;
    let says = response.code.is_some() || response.error.is_some();
    let fault = if says && response.state.is_some() {
        None
    } else {
        fault(query, fragment)
    };
    let Some(fault) = fault else {
        return match response.state {
            Some(_) => Ok(response.into()),
            None => Err(CallbackRefusal::of(ErrorCode::StateUnknown)),
        };
    };
    // The `state` of such an answer ends its sign-in; nothing else of it is used.
    let behind = parse(fragment).ok().and_then(|behind| behind.state);
    match response.state.or(behind) {
        Some(state) => Ok(CallbackResponse {
            state,
            code: None,
            error: None,
            description: None,
            issuer: None,
            subject: None,
            fault: Some(fault),
        }),
        None => Err(fault),
    }
}

/// Whether an address, read as [`read`] does, holds no answer at all: no query, and nothing of an
/// answer in the fragment.
#[must_use]
pub fn is_empty(query: &str) -> bool {
    let (query, fragment) = query.split_once('#').unwrap_or((query, ""));
    query.is_empty() && !holds_an_answer(fragment)
}

/// The value of a parameter that comes once and is UTF-8.
#[must_use]
pub fn parameter(query: &str, name: &str) -> Option<String> {
    let mut values = form::values(query, name);
    let value = values.next()?;
    values
        .next()
        .is_none()
        .then(|| form::decode(value))
        .flatten()
}

/// Checks a response against the client that asked; `profile` is the one in the path of the callback
/// page. First that path, then faults of the form, then the issuer, and only then `error` or `code`. The
/// session machine has found the client by `state`, before.
///
/// # Errors
///
/// `profile_mismatch`, `issuer_missing`, `issuer_mismatch` (RFC 9207 §2.4), `callback_malformed`
/// (both or neither of `code` and `error`), `callback_fragment`, `callback_rewritten`, the server's
/// error code where it is one of RFC 6749 §4.1.2.1, `authorization_error` where it is another.
pub fn check_response(
    response: CallbackResponse,
    client: &ClientSettings,
    profile: &str,
) -> Result<AuthorizationCode, CallbackRefusal> {
    if profile != client.profile {
        return Err(CallbackRefusal::of(ErrorCode::ProfileMismatch));
    }
    if let Some(fault) = response.fault {
        return Err(fault);
    }
    match (&client.issuer, &response.issuer) {
        (Some(_), None) => return Err(CallbackRefusal::of(ErrorCode::IssuerMissing)),
        (Some(expected), Some(received)) if expected != received => {
            let detail = issuer::difference(expected, received, profile);
            return Err(CallbackRefusal::with(ErrorCode::IssuerMismatch, detail));
        }
        _ => {}
    }
    match (response.code, response.error) {
        (Some(code), None) => Ok(code),
        (None, Some(error)) => Err(denied(&error, response.description)),
        _ => Err(CallbackRefusal::of(ErrorCode::CallbackMalformed)),
    }
}

/// What [`read`] finds in a query; `state` may be missing yet.
struct ParsedCallback {
    state: Option<StateValue>,
    code: Option<AuthorizationCode>,
    error: Option<String>,
    description: Option<String>,
    issuer: Option<String>,
    subject: Option<String>,
}

impl From<ParsedCallback> for CallbackResponse {
    fn from(parsed: ParsedCallback) -> CallbackResponse {
        CallbackResponse {
            state: parsed.state.unwrap_or_else(|| StateValue::received("")),
            code: parsed.code,
            error: parsed.error,
            description: parsed.description,
            issuer: parsed.issuer,
            subject: parsed.subject,
            fault: None,
        }
    }
}

fn parse(query: &str) -> Result<ParsedCallback, CallbackRefusal> {
    let is_twice = |name: &&str| form::values(query, name).nth(1).is_some();
    if KNOWN.iter().any(is_twice) {
        return Err(CallbackRefusal::of(ErrorCode::CallbackDuplicate));
    }
    let raw = |name: &'static str| form::values(query, name).next();
    let value = |name: &'static str| match raw(name).map(form::decode) {
        None => Ok(None),
        Some(None) => Err(CallbackRefusal::of(ErrorCode::CallbackMalformed)),
        Some(value) => Ok(value.filter(|value| !value.is_empty())),
    };
    Ok(ParsedCallback {
        state: value("state")?.as_deref().map(StateValue::received),
        code: value("code")?.map(AuthorizationCode::new),
        error: value("error")?,
        // Bytes that cannot be read never hide the error itself.
        description: raw("error_description").map(form::decode_leniently),
        issuer: value("iss")?,
        subject: parameter(query, "urn_pleo_params_oauth_subject"),
    })
}

/// Why a query names neither a code nor an error, where the address shows it.
fn fault(query: &str, fragment: &str) -> Option<CallbackRefusal> {
    if holds_an_answer(fragment) {
        return Some(CallbackRefusal::of(ErrorCode::CallbackFragment));
    }
    let detail = rewritten::how(query)?.to_owned();
    Some(CallbackRefusal::with(ErrorCode::CallbackRewritten, detail))
}

fn holds_an_answer(fragment: &str) -> bool {
    let names = |name: &&str| form::values(fragment, name).next().is_some();
    IN_A_FRAGMENT.iter().any(names)
}

fn denied(error: &str, description: Option<String>) -> CallbackRefusal {
    let description = description.as_deref().map(clean);
    let description = description.filter(|description| !description.is_empty());
    match ErrorCode::of_authorization_error(error) {
        ErrorCode::AuthorizationError => {
            let detail = match description {
                Some(description) => clean(&[error, ": ", &description].concat()),
                None => clean(error),
            };
            CallbackRefusal::with(ErrorCode::AuthorizationError, detail)
        }
        code => CallbackRefusal {
            code,
            detail: description,
        },
    }
}
