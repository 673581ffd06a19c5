//! The token endpoint: requests as data, answers validated (RFC 6749 §4.1.3, §5, §6; RFC 7009).

use outlay_codes::{ErrorCode, TokenOddity};
use outlay_wire::Value;

use crate::client::ClientSettings;
use crate::form;
use crate::scope;
use crate::secret::{AccessToken, AuthorizationCode, CodeVerifier, FormBody, RefreshToken};
use crate::server_text::{self, ServerError};

/// A form `POST`, to be sent without cookies, cache, redirects or referrer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPost {
    /// The endpoint, absolute; it comes from the configuration and from nowhere else.
    pub url: String,
    /// The `application/x-www-form-urlencoded` body with its secrets.
    pub body: FormBody,
}

/// Result of sending a [`FormPost`].
#[derive(Clone, PartialEq, Eq)]
pub enum TokenHttpResponse {
    /// No response: the request may or may not have reached the server.
    Lost,
    /// No response within the timeout; as [`TokenHttpResponse::Lost`], but the server may be up.
    TimedOut,
    /// An HTTP response; the host never reports a redirect as one.
    Http {
        /// The status.
        status: u16,
        /// `Retry-After` in milliseconds, where it was sent and could be read.
        retry_after: Option<u64>,
        /// The body; it may hold tokens.
        body: String,
    },
}

impl core::fmt::Debug for TokenHttpResponse {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            TokenHttpResponse::Lost => out.write_str("Lost"),
            TokenHttpResponse::TimedOut => out.write_str("TimedOut"),
            TokenHttpResponse::Http { status, .. } => write!(out, "Http({status}, [redacted])"),
        }
    }
}

/// The tokens of a successful token response (RFC 6749 §5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSet {
    /// `access_token`, sent as a bearer (RFC 6750 §2.1).
    pub access: AccessToken,
    /// `refresh_token`; `None` if the response has none.
    pub refresh: Option<RefreshToken>,
    /// `expires_in` in milliseconds, where it is a positive number.
    pub lifetime: Option<u64>,
    /// The scopes of `scope`; `None` if the field is absent, which means as requested (RFC 6749 §5.1).
    pub scopes: Option<Vec<String>>,
    /// What the answer deviates in without being unusable; none twice.
    pub oddities: Vec<TokenOddity>,
}

/// Who failed, and how (RFC 6749 §5.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenError {
    /// An OAuth error response that is final (RFC 6749 §5.2): the grant or client is invalid.
    Refused {
        /// The error code, cleaned ([`server_text::clean`]).
        error: String,
        /// The error's sentence, cleaned.
        description: Option<String>,
    },
    /// 429 or 503: answered before anything was redeemed, may be asked again.
    Busy {
        /// `Retry-After` in milliseconds.
        retry_after: Option<u64>,
        /// The server's own words, cleaned.
        words: Option<String>,
    },
    /// Any other outcome: the server may or may not have redeemed the code or token.
    Unclear {
        /// The stable code.
        code: ErrorCode,
        /// The server's own words, cleaned.
        words: Option<String>,
    },
}

impl TokenError {
    /// Returns the stable code of a failed exchange.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            TokenError::Refused { error, .. } => ErrorCode::of_token_error(error),
            TokenError::Busy { .. } => ErrorCode::TokenBusy,
            TokenError::Unclear { code, .. } => *code,
        }
    }

    /// Returns whether any response arrived, which proves that the network works.
    #[must_use]
    pub fn answered(&self) -> bool {
        !matches!(
            self,
            TokenError::Unclear {
                code: ErrorCode::TokenNetwork | ErrorCode::TokenTimeout,
                ..
            }
        )
    }

    /// Returns the server's message, cleaned; `None` without one.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        match self {
            TokenError::Refused { error, description } => Some(match description {
                Some(description) => [error, ": ", description].concat(),
                None => error.clone(),
            }),
            TokenError::Busy { words, .. } | TokenError::Unclear { words, .. } => words.clone(),
        }
    }
}

/// The exchange of a code (RFC 6749 §4.1.3, RFC 7636 §4.5).
#[must_use]
pub fn exchange_request(
    client: &ClientSettings,
    code: &AuthorizationCode,
    verifier: &CodeVerifier,
) -> FormPost {
    post(
        &client.token_endpoint,
        &[
            ("grant_type", "authorization_code"),
            ("code", code.reveal()),
            ("redirect_uri", &client.redirect_uri),
            ("client_id", &client.client_id),
            ("code_verifier", verifier.reveal()),
        ],
    )
}

/// A refresh (RFC 6749 §6). No `scope`: the grant stays as wide as it is.
#[must_use]
pub fn refresh_request(client: &ClientSettings, token: &RefreshToken) -> FormPost {
    post(
        &client.token_endpoint,
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", token.reveal()),
            ("client_id", &client.client_id),
        ],
    )
}

/// The revocation of a refresh token (RFC 7009 §2.1); `None` where the server has no endpoint.
#[must_use]
pub fn revoke_request(client: &ClientSettings, token: &RefreshToken) -> Option<FormPost> {
    let endpoint = client.revocation_endpoint.as_deref()?;
    Some(post(
        endpoint,
        &[
            ("token", token.reveal()),
            ("token_type_hint", "refresh_token"),
            ("client_id", &client.client_id),
        ],
    ))
}

/// Validates an answer of the token endpoint to a request for the scopes `asked`.
///
/// # Errors
///
/// [`TokenError`]; its stable codes are `token_network`, `token_timeout`, `token_server_error`,
/// `token_not_json`, `token_form_encoded`, `token_malformed`, `token_type_unsupported`,
/// `token_unexpected_status`.
pub fn process(answer: TokenHttpResponse, asked: &[String]) -> Result<TokenSet, TokenError> {
    let (status, retry_after, body) = match answer {
        TokenHttpResponse::Lost => return Err(unclear(ErrorCode::TokenNetwork, None)),
        TokenHttpResponse::TimedOut => return Err(unclear(ErrorCode::TokenTimeout, None)),
        TokenHttpResponse::Http {
            status,
            retry_after,
            body,
        } => (status, retry_after, zeroize::Zeroizing::new(body)),
    };
    let object = outlay_wire::parse(&body).ok();
    let object = object.filter(|value| value.as_object().is_some());
    let form = object.is_none().then(|| form_answer(&body)).flatten();
    let error = object.as_ref().or(form.as_ref()).and_then(ServerError::of);
    let words = error.as_ref().map(ServerError::words);
    let words = words.or_else(|| {
        object
            .is_none()
            .then(|| server_text::title(&body))
            .flatten()
    });
    if status == 429 || status == 503 {
        return Err(TokenError::Busy { retry_after, words });
    }
    match (status, object) {
        (200..=299, Some(object)) if has_token(&object) => tokens(object, asked, words),
        (200..=299, object) => Err(match (object, form) {
            (Some(_), _) => refused(error).unwrap_or(unclear(ErrorCode::TokenMalformed, words)),
            (None, Some(form)) if has_token(&form) => unclear(ErrorCode::TokenFormEncoded, words),
            (None, Some(_)) => {
                refused(error).unwrap_or(unclear(ErrorCode::TokenFormEncoded, words))
            }
            (None, None) => unclear(ErrorCode::TokenNotJson, words),
        }),
        (400..=499, object) => {
            // Any `error` counts here: the status says already that the request failed.
            let stated = object.as_ref().and_then(|object| object.get("error"));
            let stated = stated
                .and_then(Value::as_str)
                .is_some_and(|error| !error.is_empty());
            let error = error.map(|error| ServerError {
                refuses: error.refuses || stated,
                ..error
            });
            Err(refused(error).unwrap_or(unclear(ErrorCode::TokenUnexpectedStatus, words)))
        }
        (500..=599, _) => Err(unclear(ErrorCode::TokenServerError, words)),
        _ => Err(unclear(ErrorCode::TokenUnexpectedStatus, words)),
    }
}

fn post(url: &str, pairs: &[(&str, &str)]) -> FormPost {
    FormPost {
        url: url.to_owned(),
        body: FormBody::new(core::mem::take(&mut *form::body(pairs))),
    }
}

fn unclear(code: ErrorCode, words: Option<String>) -> TokenError {
    TokenError::Unclear { code, words }
}

/// The refusal that an error is beyond doubt; `None` if it is not.
fn refused(error: Option<ServerError>) -> Option<TokenError> {
    let error = error.filter(|error| error.refuses)?;
    Some(TokenError::Refused {
        error: error.code.unwrap_or_default(),
        description: error.sentence,
    })
}

/// Whether an answer holds a token of any type, so that something may have been issued.
fn has_token(object: &Value) -> bool {
    let absent = |value: &Value| *value == Value::Null || value.as_str() == Some("");
    ["access_token", "refresh_token"]
        .iter()
        .any(|name| object.get(name).is_some_and(|value| !absent(value)))
}

/// A body in form encoding with members of a token answer or of an error, as an object of texts.
fn form_answer(body: &str) -> Option<Value> {
    const MEMBERS: [&str; 4] = ["access_token", "refresh_token", "token_type", "error"];
    let body = body.trim_ascii();
    if !body.starts_with(|first: char| first.is_ascii_alphabetic()) || body.contains(['\n', '<']) {
        return None;
    }
    let pairs = form::parse(body)?;
    let known = pairs
        .iter()
        .any(|(name, _)| MEMBERS.contains(&name.as_str()));
    let texts = |(name, value)| (name, Value::Text(value));
    (known && body.contains('=')).then(|| Value::Object(pairs.into_iter().map(texts).collect()))
}

fn tokens(
    mut object: Value,
    asked: &[String],
    words: Option<String>,
) -> Result<TokenSet, TokenError> {
    let malformed = || unclear(ErrorCode::TokenMalformed, words.clone());
    let mut oddities = Vec::new();
    // A header takes no other letter (RFC 6750 §2.1), so that such a token is none.
    let access = text(&mut object, "access_token")
        .ok()
        .flatten()
        .filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(malformed)?;
    let kind = text(&mut object, "token_type").map_err(|()| malformed())?;
    match kind {
        Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
        Some(_) => return Err(unclear(ErrorCode::TokenTypeUnsupported, words)),
        None => oddities.push(TokenOddity::TokenTypeAbsent),
    }
    let lifetime = object.get("expires_in").and_then(lifetime);
    if lifetime.is_none() {
        oddities.push(TokenOddity::ExpiresInAbsent);
    }
    let refresh = text(&mut object, "refresh_token").map_err(|()| malformed())?;
    Ok(TokenSet {
        access: AccessToken::new(access),
        refresh: refresh.map(RefreshToken::new),
        lifetime,
        scopes: scopes(object.take("scope"), asked, &mut oddities),
        oddities,
    })
}

/// The granted scopes. `scope` is no token field: however odd, it is no reason to throw the tokens
/// away.
fn scopes(value: Value, asked: &[String], oddities: &mut Vec<TokenOddity>) -> Option<Vec<String>> {
    match value {
        Value::Null => None,
        Value::Text(text) if text.is_empty() => None,
        Value::Text(text) => {
            let (scopes, split) = scope::granted(scope::parts(&text), asked);
            if split {
                oddities.push(TokenOddity::ScopeSeparators);
            }
            Some(scopes)
        }
        Value::List(items)
            if !items.is_empty() && items.iter().all(|item| item.as_str().is_some()) =>
        {
            oddities.push(TokenOddity::ScopeList);
            let texts = items.iter().filter_map(Value::as_str);
            Some(scope::granted(texts.flat_map(scope::parts).collect(), asked).0)
        }
        _ => {
            oddities.push(TokenOddity::ScopeUnreadable);
            None
        }
    }
}

/// A string field, taken out so that no second copy of a token stays behind; absent, null and empty
/// are `None`, any other type is an error.
fn text(object: &mut Value, name: &str) -> Result<Option<String>, ()> {
    match object.take(name) {
        Value::Null => Ok(None),
        Value::Text(value) if value.is_empty() => Ok(None),
        Value::Text(value) => Ok(Some(value)),
        _ => Err(()),
    }
}

/// Whole seconds, as a number or as digits in a string; a fraction of a second is dropped. More than
/// More than 100 years counts as 100 years.
fn lifetime(value: &Value) -> Option<u64> {
    const LONGEST: u64 = 100 * 366 * 24 * 3_600;
    let written = match value {
        Value::Number(written) => written,
        Value::Text(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits,
        _ => return None,
    };
    let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = match exponent.parse() {
        Ok(exponent) => exponent,
        Err(_) if exponent.starts_with('-') => i32::MIN,
        Err(_) => i32::MAX,
    };
    // As many digits as stand before the point once the exponent has moved it; a dozen more than
    // were written are enough to be too many.
    let places = i32::try_from(whole.len()).ok()?.saturating_add(exponent);
    let places = usize::try_from(places)
        .unwrap_or(0)
        .min(mantissa.len() + 12);
    let digits = whole
        .bytes()
        .chain(fraction.bytes())
        .chain(core::iter::repeat(b'0'));
    let mut seconds: u64 = 0;
    for digit in digits.take(places) {
        // A minus is no digit.
        seconds = seconds * 10 + u64::from(digit.checked_sub(b'0')?);
        if seconds > LONGEST {
            return Some(LONGEST * 1_000);
        }
    }
    (seconds > 0).then_some(seconds * 1_000)
}
