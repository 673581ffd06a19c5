//! The ids of the rows in the report.

use outlay_wire::string_enum;

/// A rule of the connection test; [`crate::row::RULES`] has its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowId {
    /// The authorization server answers at the token endpoint.
    Server,
    /// The token endpoint sends CORS headers for this site.
    TokenCors,
    /// The API sends CORS headers for this site.
    ApiCors,
    /// Error responses have CORS headers too.
    ErrorCors,
    /// The token endpoint accepts a public client without a secret (RFC 6749 §2.1).
    NoSecret,
    /// `state` is returned unchanged (RFC 6749 §4.1.2).
    State,
    /// The callback has its parameters in the query.
    AnswerForm,
    /// The callback has `iss` (RFC 9207).
    Issuer,
    /// `code_challenge_method=plain` is rejected (RFC 7636 §4.2).
    Plain,
    /// A request without `code_challenge` is rejected (RFC 9700 §2.1.1).
    Challenge,
    /// A wrong `code_verifier` is rejected (RFC 7636 §4.6).
    Verifier,
    /// An unregistered redirect URI is rejected (RFC 9700 §2.1).
    Redirect,
    /// A code is accepted once (RFC 6749 §4.1.2).
    CodeOnce,
    /// The token response has `expires_in` (RFC 6749 §5.1).
    ExpiresIn,
    /// The token response has the documented shape (RFC 6749 §5.1).
    TokenForm,
    /// A refresh returns a new refresh token (RFC 9700 §4.14.2).
    Rotation,
    /// A rotated refresh token is rejected (RFC 9700 §4.14.2).
    Replaced,
    /// The granted scopes are those that were requested.
    Scopes,
    /// `GET /v1/introspect` names the subject of the token.
    Introspect,
    /// Revocation ends the session (RFC 7009).
    Revocation,
    /// The published metadata agrees with the configuration (RFC 8414).
    Metadata,
}

string_enum!(RowId {
    Server = "server", TokenCors = "token_cors", ApiCors = "api_cors", ErrorCors = "error_cors",
    NoSecret = "no_secret", State = "state", AnswerForm = "answer_form", Issuer = "issuer", Plain = "plain",
    Challenge = "challenge", Verifier = "verifier", Redirect = "redirect", CodeOnce = "code_once",
    ExpiresIn = "expires_in", TokenForm = "token_form", Rotation = "rotation", Replaced = "replaced", Scopes = "scopes",
    Introspect = "introspect", Revocation = "revocation", Metadata = "metadata",
});
