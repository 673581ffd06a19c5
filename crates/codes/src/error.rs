//! Why something failed.

use outlay_wire::string_enum;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal,)+) => {
        /// Why something failed, or what a notice is about. `docs/codes.md` has the text that the page
        /// shows for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ $name,)+
        }

        string_enum!(ErrorCode { $($name = $word),+ });
    };
}

codes! {
    // The authorization response (RFC 6749 section 4.1.2).

    /// The callback's `state` is absent or names no pending sign-in of this vault.
    StateUnknown = "state_unknown",
    /// The callback's `state` was used before.
    StateUsed = "state_used",
    /// The sign-in was pending for ten minutes.
    SignInExpired = "sign_in_expired",
    /// The user cancelled the sign-in, or signed out meanwhile.
    SignInCancelled = "sign_in_cancelled",
    /// No callback came from the popup within three minutes.
    SignInTimeout = "sign_in_timeout",
    /// Three sign-ins began in this tab within a minute.
    SignInLoop = "sign_in_loop",
    /// The browser opened no popup.
    PopupBlocked = "popup_blocked",
    /// The response has neither or both of `code` and `error`, or a known parameter that is not UTF-8.
    CallbackMalformed = "callback_malformed",
    /// A known parameter occurs twice in the response (RFC 6749 section 3.1).
    CallbackDuplicate = "callback_duplicate",
    /// The response is in the fragment of the address.
    CallbackFragment = "callback_fragment",
    /// The query of the response was changed on its way.
    CallbackRewritten = "callback_rewritten",
    /// The callback page was loaded without a query while a sign-in was pending.
    CallbackEmpty = "callback_empty",
    /// The query is longer than 16 kB.
    CallbackTooLong = "callback_too_long",
    /// The path of the callback page names another profile than the sign-in's.
    ProfileMismatch = "profile_mismatch",
    /// `iss` differs from the configured issuer (RFC 9207 section 2.4).
    IssuerMismatch = "issuer_mismatch",
    /// `iss` is absent though an issuer is configured (RFC 9207 section 2.4).
    IssuerMissing = "issuer_missing",
    /// RFC 6749 section 4.1.2.1.
    AccessDenied = "access_denied",
    /// RFC 6749 sections 4.1.2.1 and 5.2.
    InvalidRequest = "invalid_request",
    /// RFC 6749 sections 4.1.2.1 and 5.2.
    UnauthorizedClient = "unauthorized_client",
    /// RFC 6749 section 4.1.2.1.
    UnsupportedResponseType = "unsupported_response_type",
    /// RFC 6749 sections 4.1.2.1 and 5.2.
    InvalidScope = "invalid_scope",
    /// RFC 6749 section 4.1.2.1.
    ServerError = "server_error",
    /// RFC 6749 section 4.1.2.1.
    TemporarilyUnavailable = "temporarily_unavailable",
    /// The authorization server returned an `error` that no standard names.
    AuthorizationError = "authorization_error",

    // The exchange of the authorization code (RFC 6749 section 4.1.3).

    /// No answer of the token endpoint could be read.
    TokenNetwork = "token_network",
    /// The token endpoint did not answer in time.
    TokenTimeout = "token_timeout",
    /// The token endpoint answered 429 or 503.
    TokenBusy = "token_busy",
    /// The token endpoint answered with a status that a token endpoint does not use.
    TokenUnexpectedStatus = "token_unexpected_status",
    /// The token endpoint's success is not a JSON object.
    TokenNotJson = "token_not_json",
    /// The token endpoint's success is form-encoded.
    TokenFormEncoded = "token_form_encoded",
    /// The token endpoint's success lacks a required member, or one has the wrong type.
    TokenMalformed = "token_malformed",
    /// `token_type` is not `Bearer`.
    TokenTypeUnsupported = "token_type_unsupported",
    /// The token endpoint answered 5xx other than 503.
    TokenServerError = "token_server_error",
    /// The API rejected the access token that had just been issued.
    TokenRefused = "token_refused",
    /// RFC 6749 section 5.2.
    InvalidGrant = "invalid_grant",
    /// RFC 6749 section 5.2.
    InvalidClient = "invalid_client",
    /// RFC 6749 section 5.2.
    UnsupportedGrantType = "unsupported_grant_type",

    // Connections that ended, workers and files that are missing.

    /// A call was made with a connection that has ended.
    SessionEnded = "session_ended",
    /// See [`EndReason::Refused`](crate::EndReason::Refused).
    Refused = "refused",
    /// See [`EndReason::Expired`](crate::EndReason::Expired).
    Expired = "expired",
    /// See [`EndReason::Unsure`](crate::EndReason::Unsure).
    Unsure = "unsure",
    /// See [`EndReason::Revoked`](crate::EndReason::Revoked).
    Revoked = "revoked",
    /// See [`EndReason::Idle`](crate::EndReason::Idle).
    Idle = "idle",
    /// See [`EndReason::Absolute`](crate::EndReason::Absolute).
    Absolute = "absolute",
    /// The vault's worker stopped.
    VaultLost = "vault_lost",
    /// Every connection was signed out.
    SignedOut = "signed_out",
    /// A sign-in that was to renew one connection brought another subject.
    OtherCompany = "other_company",
    /// The client's installation was removed from the company.
    Disconnected = "disconnected",
    /// The outcome of removing the installation is unknown.
    DisconnectUnclear = "disconnect_unclear",
    /// A reload ended the vault, in a browser without extended lifetime.
    ReloadEnded = "reload_ended",
    /// The vault's worker could not be started.
    VaultUnavailable = "vault_unavailable",
    /// The vault uses another version of the messages than the page.
    VaultMismatch = "vault_mismatch",
    /// A chunk of the page could not be loaded.
    PartNotLoaded = "part_not_loaded",
    /// A chunk could not be loaded because a newer version of the site is deployed.
    NewerVersion = "newer_version",
    /// Another tab runs another version of the site.
    OtherVersionOpen = "other_version_open",
    /// A service worker controls the site's origin.
    ServiceWorkerPresent = "service_worker_present",
    /// The worker of the connection test could not be started.
    CheckUnavailable = "check_unavailable",
    /// The worker of the connection test uses another version of the messages than the page.
    CheckMismatch = "check_mismatch",
    /// The worker of the connection test stopped.
    CheckLost = "check_lost",
    /// The browser opened no popup for the connection test.
    CheckWindowBlocked = "check_window_blocked",
    /// The worker that writes a workbook could not be started.
    WorkbookUnavailable = "workbook_unavailable",
    /// The worker that writes a workbook uses another version of the messages than the page.
    WorkbookMismatch = "workbook_mismatch",
    /// The worker that writes a workbook stopped, or received fewer rows than announced.
    WorkbookLost = "workbook_lost",
    /// A file chosen as a support file is larger than 400 kB.
    BundleTooLarge = "bundle_too_large",
    /// A file chosen as a support file is not one.
    BundleUnreadable = "bundle_unreadable",
    /// The support file has another format version.
    BundleOfAnotherForm = "bundle_of_another_form",
    /// A refresh is delayed because the token endpoint is busy.
    RefreshUnavailable = "refresh_unavailable",
    /// A refresh is delayed because no network is reachable.
    Offline = "offline",

    // Calls of Pleo's API.

    /// The API answered 401 although the access token is valid.
    UnauthorisedOperation = "unauthorised_operation",
    /// The API answered 403.
    ScopeMissing = "scope_missing",
    /// The API answered 404.
    NotFound = "not_found",
    /// The API answered 409.
    Conflict = "conflict",
    /// The API answered 413, or the vault rejected a request body of more than 32 MB.
    TooLarge = "too_large",
    /// The API answered 422.
    Unprocessable = "unprocessable",
    /// The API answered 400, or a 4xx without a code of its own.
    ApiBadRequest = "api_bad_request",
    /// The API answered 429.
    RateLimited = "rate_limited",
    /// The API answered 5xx.
    ApiServerError = "api_server_error",
    /// The outcome of a write is unknown.
    OutcomeUnknown = "outcome_unknown",
    /// An answer of the API lacks a documented field, or has a status outside 200 to 599.
    ApiMalformed = "api_malformed",
    /// An answer of the API is larger than 32 MB.
    ApiTooLarge = "api_too_large",
    /// No answer of the API could be read.
    ApiNetwork = "api_network",
    /// The API did not answer in time.
    ApiTimeout = "api_timeout",

    // Requests that a worker rejects, and the configuration.

    /// The path of a call is not one below the API's base.
    PathRefused = "path_refused",
    /// The method of a call is not one of the API's.
    MethodRefused = "method_refused",
    /// More than 1,000 calls are open.
    TooManyRequests = "too_many_requests",
    /// `config.json` has no profile of this id.
    ProfileUnknown = "profile_unknown",
    /// The profile has no client id and the user typed none.
    ClientIdNeeded = "client_id_needed",
    /// The typed client id is malformed, or differs from the profile's.
    ClientIdRefused = "client_id_refused",
    /// The subject of a link is not a URN.
    SubjectRefused = "subject_refused",
    /// A scope is not one of the profile's, occurs twice, or none was given.
    ScopeRefused = "scope_refused",
    /// No connection has this id.
    ConnectionUnknown = "connection_unknown",
    /// The connection in the address is unknown, and another one is shown.
    OtherCompanyShown = "other_company_shown",
    /// `config.json` breaks a rule.
    ConfigInvalid = "config_invalid",
    /// `config.json` could not be read.
    ConfigUnreachable = "config_unreachable",
}

impl ErrorCode {
    /// The code of an HTTP status of Pleo's API; `None` for a success.
    #[must_use]
    pub fn of_status(status: u16) -> Option<ErrorCode> {
        Some(match status {
            200..=299 => return None,
            400 => ErrorCode::ApiBadRequest,
            401 => ErrorCode::UnauthorisedOperation,
            403 => ErrorCode::ScopeMissing,
            404 => ErrorCode::NotFound,
            409 => ErrorCode::Conflict,
            413 => ErrorCode::TooLarge,
            422 => ErrorCode::Unprocessable,
            429 => ErrorCode::RateLimited,
            402..=499 => ErrorCode::ApiBadRequest,
            500..=599 => ErrorCode::ApiServerError,
            _ => ErrorCode::ApiMalformed,
        })
    }

    /// The code of an `error` of an authorization response (RFC 6749 section 4.1.2.1);
    /// [`ErrorCode::AuthorizationError`] for a value that the section does not name.
    #[must_use]
    pub fn of_authorization_error(error: &str) -> ErrorCode {
        match ErrorCode::from_word(error) {
            Some(
                known @ (ErrorCode::AccessDenied
                | ErrorCode::InvalidRequest
                | ErrorCode::InvalidScope
                | ErrorCode::ServerError
                | ErrorCode::TemporarilyUnavailable
                | ErrorCode::UnauthorizedClient
                | ErrorCode::UnsupportedResponseType),
            ) => known,
            _ => ErrorCode::AuthorizationError,
        }
    }

    /// The code of an `error` of a token endpoint (RFC 6749 section 5.2);
    /// [`ErrorCode::AuthorizationError`] for a value that the section does not name.
    #[must_use]
    pub fn of_token_error(error: &str) -> ErrorCode {
        match ErrorCode::from_word(error) {
            Some(
                known @ (ErrorCode::InvalidClient
                | ErrorCode::InvalidGrant
                | ErrorCode::InvalidRequest
                | ErrorCode::InvalidScope
                | ErrorCode::UnauthorizedClient
                | ErrorCode::UnsupportedGrantType),
            ) => known,
            _ => ErrorCode::AuthorizationError,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_a_string_of_its_own_that_reads_back() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::from_word(code.word()), Some(*code));
        }
        assert_eq!(ErrorCode::from_word("no_such_code"), None);
    }

    #[test]
    fn server_errors_are_limited_to_those_of_their_endpoint() {
        assert_eq!(
            ErrorCode::of_authorization_error("access_denied"),
            ErrorCode::AccessDenied
        );
        assert_eq!(
            ErrorCode::of_token_error("access_denied"),
            ErrorCode::AuthorizationError
        );
        assert_eq!(
            ErrorCode::of_authorization_error("vault_lost"),
            ErrorCode::AuthorizationError
        );
        assert_eq!(
            ErrorCode::of_token_error("invalid_grant"),
            ErrorCode::InvalidGrant
        );
    }

    #[test]
    fn every_status_but_a_success_has_a_code() {
        for status in 0..=999 {
            assert_eq!(
                ErrorCode::of_status(status).is_none(),
                (200..300).contains(&status),
                "{status}"
            );
        }
    }
}
