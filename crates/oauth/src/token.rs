//! The token endpoint: requests as data, answers validated (RFC 6749 §4.1.3, §5, §6; RFC 7009).

use outlay_wire::Value;

use crate::callback::shorten;
use crate::client::Client;
use crate::form;
use crate::secret::{AccessToken, AuthorizationCode, CodeVerifier, FormBody, RefreshToken};

/// A `POST` of a form, to be sent without cookies, cache, redirect or referrer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPost {
    /// The endpoint, absolute; it comes from the configuration and from nowhere else.
    pub url: String,
    /// The `application/x-www-form-urlencoded` body.
    pub body: FormBody,
}

/// What came of a [`FormPost`].
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// No answer: the request may or may not have arrived.
    Lost,
    /// No answer in time: as [`Answer::Lost`], but somebody may be there.
    TimedOut,
    /// An HTTP answer. A redirect never becomes one.
    Http {
        /// The status.
        status: u16,
        /// `Retry-After` in milliseconds, where it was sent and could be read.
        retry_after: Option<u64>,
        /// The body; it may hold tokens.
        body: String,
    },
}

impl core::fmt::Debug for Answer {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Answer::Lost => out.write_str("Lost"),
            Answer::TimedOut => out.write_str("TimedOut"),
            Answer::Http { status, .. } => write!(out, "Http({status}, [redacted])"),
        }
    }
}

/// The tokens of a complete answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSet {
    /// `access_token`.
    pub access: AccessToken,
    /// `refresh_token`, where one came.
    pub refresh: Option<RefreshToken>,
    /// `expires_in` in milliseconds, where it is a positive number.
    pub lifetime: Option<u64>,
    /// The scopes of `scope`; none where the field is absent, which means as asked (RFC 6749 §5.1).
    pub scopes: Option<Vec<String>>,
    /// What was odd about the answer without making it unusable: `token_type_absent`,
    /// `expires_in_absent`, `scope_unreadable`.
    pub oddities: Vec<&'static str>,
}

/// Who failed, and how (RFC 6749 §5.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenError {
    /// The server refused in OAuth's own words: final.
    Refused {
        /// The `error` field, shortened.
        error: String,
        /// The `error_description` field, shortened.
        description: Option<String>,
    },
    /// 429 or 503: answered before anything was redeemed, may be asked again.
    Busy {
        /// `Retry-After` in milliseconds.
        retry_after: Option<u64>,
    },
    /// Anything else: whether the code or token was redeemed is unknown. Holds the stable code.
    Unclear(&'static str),
}

impl TokenError {
    /// The stable code of a failed exchange.
    #[must_use]
    pub fn code(&self) -> &'static str {
        const KNOWN: [&str; 6] = [
            "invalid_client",
            "invalid_grant",
            "invalid_request",
            "invalid_scope",
            "unauthorized_client",
            "unsupported_grant_type",
        ];
        match self {
            TokenError::Refused { error, .. } => KNOWN
                .iter()
                .find(|known| *known == error)
                .copied()
                .unwrap_or("authorization_error"),
            TokenError::Busy { .. } => "token_busy",
            TokenError::Unclear(code) => code,
        }
    }

    /// Whether any answer came, which shows that the network is there.
    #[must_use]
    pub fn answered(&self) -> bool {
        !matches!(self, TokenError::Unclear("token_network" | "token_timeout"))
    }

    /// The server's own words.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        match self {
            TokenError::Refused { error, description } => Some(match description {
                Some(description) => [error, ": ", description].concat(),
                None => error.clone(),
            }),
            _ => None,
        }
    }
}

/// The exchange of a code (RFC 6749 §4.1.3, RFC 7636 §4.5).
#[must_use]
pub fn exchange_request(
    client: &Client,
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
pub fn refresh_request(client: &Client, token: &RefreshToken) -> FormPost {
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
pub fn revoke_request(client: &Client, token: &RefreshToken) -> Option<FormPost> {
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

/// Validates an answer of the token endpoint.
///
/// # Errors
///
/// [`TokenError`]; its stable codes are `token_network`, `token_timeout`, `token_server_error`,
/// `token_not_json`, `token_malformed`, `token_type_unsupported`, `token_unexpected_status`.
pub fn process(answer: Answer) -> Result<TokenSet, TokenError> {
    let (status, retry_after, body) = match answer {
        Answer::Lost => return Err(TokenError::Unclear("token_network")),
        Answer::TimedOut => return Err(TokenError::Unclear("token_timeout")),
        Answer::Http {
            status,
            retry_after,
            body,
        } => (status, retry_after, zeroize::Zeroizing::new(body)),
    };
    if status == 429 || status == 503 {
        return Err(TokenError::Busy { retry_after });
    }
    let object = outlay_wire::parse(&body).ok();
    let object = object.filter(|value| value.as_object().is_some());
    match (status, object) {
        (200..=299, Some(object)) => tokens(object),
        (200..=299, None) => Err(TokenError::Unclear("token_not_json")),
        (400..=499, Some(object)) => Err(refusal(&object)),
        (500..=599, _) => Err(TokenError::Unclear("token_server_error")),
        _ => Err(TokenError::Unclear("token_unexpected_status")),
    }
}

fn post(url: &str, pairs: &[(&str, &str)]) -> FormPost {
    FormPost {
        url: url.to_owned(),
        body: FormBody::new(core::mem::take(&mut *form::body(pairs))),
    }
}

fn refusal(object: &Value) -> TokenError {
    match object.get("error") {
        Some(Value::Text(error)) if !error.is_empty() => TokenError::Refused {
            error: shorten(error),
            description: object
                .get("error_description")
                .and_then(Value::as_str)
                .map(shorten),
        },
        _ => TokenError::Unclear("token_unexpected_status"),
    }
}

fn tokens(mut object: Value) -> Result<TokenSet, TokenError> {
    let malformed = TokenError::Unclear("token_malformed");
    let mut oddities = Vec::new();
    // A header takes no other letter (RFC 6750 §2.1), so that such a token is none.
    let access = text(&mut object, "access_token")?
        .filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or(malformed)?;
    match text(&mut object, "token_type")? {
        Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
        Some(_) => return Err(TokenError::Unclear("token_type_unsupported")),
        None => oddities.push("token_type_absent"),
    }
    let lifetime = object.get("expires_in").and_then(lifetime);
    if lifetime.is_none() {
        oddities.push("expires_in_absent");
    }
    let refresh = text(&mut object, "refresh_token")?.map(RefreshToken::new);
    // No token field: however odd, it is no reason to throw the tokens away.
    let scopes = text(&mut object, "scope").unwrap_or_else(|_| {
        oddities.push("scope_unreadable");
        None
    });
    Ok(TokenSet {
        access: AccessToken::new(access),
        refresh,
        lifetime,
        scopes: scopes.map(|list| list.split_ascii_whitespace().map(str::to_owned).collect()),
        oddities,
    })
}

/// A string field, taken out so that no second copy of a token stays behind; absent, null and empty
/// are `None`, any other type is an error.
fn text(object: &mut Value, name: &str) -> Result<Option<String>, TokenError> {
    match object.take(name) {
        Value::Null => Ok(None),
        Value::Text(value) if value.is_empty() => Ok(None),
        Value::Text(value) => Ok(Some(value)),
        _ => Err(TokenError::Unclear("token_malformed")),
    }
}

/// Whole seconds, as a number or as digits in a string; a fraction of a second is dropped. More than
/// 100 years is no lifetime anybody meant and counts as 100 years.
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
