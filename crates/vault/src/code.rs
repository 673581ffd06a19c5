//! The table of stable error codes, with the words that explain each.
//!
//! A code never changes its meaning: tests, documentation and copied reports rely on it. The words
//! may improve. Each row says what happened, what it means and what to do, without blame.

/// One code and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The stable code, for example `state_unknown`.
    pub code: &'static str,
    /// What happened, in one sentence.
    pub happened: &'static str,
    /// What it means for the user.
    pub means: &'static str,
    /// The next step.
    pub next: &'static str,
}

/// The row of `code`, or a general one for a code that is not in the [`TABLE`].
pub fn explain(code: &str) -> &'static Explanation {
    TABLE
        .iter()
        .find(|row| row.code == code)
        .unwrap_or(&UNKNOWN)
}

/// The stable code of an answer of the API by its status; `None` for a success.
pub fn of_status(status: u16) -> Option<&'static str> {
    Some(match status {
        200..=299 => return None,
        400 => "api_bad_request",
        401 => "unauthorised_operation",
        403 => "scope_missing",
        404 => "not_found",
        409 => "conflict",
        413 => "too_large",
        422 => "unprocessable",
        429 => "rate_limited",
        402..=499 => "api_bad_request",
        500..=599 => "api_server_error",
        _ => "api_malformed",
    })
}

static UNKNOWN: Explanation = Explanation {
    code: "unknown",
    happened: "Something went wrong that this page has no words for.",
    means: "The code below is all that is known about it.",
    next: "Try again. If it stays, copy the details and pass them on.",
};

macro_rules! table {
    ($($code:ident $happened:literal $means:literal $next:literal)*) => {
        /// Every stable code that a page can meet, each once.
        pub const TABLE: &[Explanation] = &[$(Explanation {
            code: stringify!($code),
            happened: $happened,
            means: $means,
            next: $next,
        }),*];
    };
}

table! {
    // The way back from the authorization server.

    state_unknown
        "This sign-in began in another window or browser."
        "This window knows nothing of it, so nothing was changed here. A link from a mail, a private window, a bookmark of Pleo's own page or a restored tab leads here like this."
        "Connect here: while Pleo remembers your log-in it takes one click. Bookmark this app rather than Pleo's page."
    state_used
        "This sign-in link was already used."
        "Each link works once, so that nobody can use it after you."
        "Connect again to start a new sign-in."
    sign_in_expired
        "The sign-in took longer than ten minutes."
        "It was dropped, so that an old link cannot be used by somebody else."
        "Connect again."
    sign_in_cancelled
        "The sign-in was cancelled."
        "Nothing was changed."
        "Connect again when you are ready."
    sign_in_timeout
        "The sign-in in the other window took longer than three minutes."
        "It was given up, so that this page does not wait for ever. Nothing was changed."
        "Close the other window if it is still open, then connect again."
    sign_in_loop
        "This is the third sign-in within a minute."
        "Something may be sending you to Pleo and back without end, so it was stopped here."
        "If you meant to, go on. If it stays like this, wait a minute, or copy the details and pass them on."
    popup_blocked
        "The browser did not let a window open."
        "The sign-in can go on in this tab. You come back to this address with its filters, and what was read here is read again."
        "Allow windows for this site and choose Reconnect again, or continue in this tab."
    callback_malformed
        "The answer that came back is incomplete."
        "It holds neither a code nor an error, or both at once, or signs that are no text, so it cannot be trusted."
        "Connect again. If it happens each time, tell whoever runs the authorization server."
    callback_duplicate
        "The answer that came back names the same thing twice."
        "Such an answer can be read in two ways, so it was refused."
        "Connect again. If it happens each time, tell whoever runs the authorization server."
    callback_fragment
        "The answer came back behind the # of the address."
        "The authorization server put it where Outlay does not read it, as older kinds of sign-in do. It was not used, and the address was cleared."
        "Have the server answer in the query: response_mode=query, which is the default for response_type=code."
    callback_rewritten
        "The address of the answer was changed on its way."
        "A mail program, a portal or the authorization server itself wrote its parameters in a form that cannot be read safely. Which one is in the details. It was not used, and the address was cleared."
        "Connect again. If it happens each time, have the server separate the parameters by & after one ?."
    callback_empty
        "The browser came back without an answer."
        "The address holds neither a code nor an error. A server that answers by a form (POST) looks like this here, as does a host or portal that drops the query."
        "Connect again. If it happens each time, have the server answer in the query: response_mode=query."
    callback_too_long
        "The answer that came back is far longer than an answer can be."
        "It was refused unread."
        "Connect again from this page."
    profile_mismatch
        "The answer arrived at the address of another environment."
        "It was refused, because answers of two environments must not mix."
        "Connect again, and choose the environment you mean."
    issuer_mismatch
        "The answer was sent by another server than the one you were sent to."
        "It was refused, because it may be an attempt to swap one server's answer for another's. Both names are in the details."
        "Connect again. If it happens each time, and the name in the answer is the right one, put it into issuer in config.json, letter by letter."
    issuer_missing
        "The answer does not say which server sent it."
        "This deployment expects that name, so the answer was refused."
        "Connect again. If it happens each time, check issuer in the configuration."
    access_denied
        "Access was not granted at Pleo."
        "You, or an administrator's rule, said no. Nothing was changed."
        "Connect again and choose Allow, or ask an administrator of the company."
    invalid_request
        "Pleo did not accept the sign-in request."
        "Something in it is missing or wrong, most often the redirect address."
        "Compare the redirect address and client id with the registration at Pleo."
    unauthorized_client
        "This client may not ask for access in this way."
        "Its registration at Pleo does not allow the authorization code flow."
        "Ask Pleo to allow it for this client id."
    unsupported_response_type
        "Pleo does not answer with an authorization code here."
        "The authorization endpoint in the configuration may be the wrong one."
        "Check authorizationEndpoint in the configuration."
    invalid_scope
        "Pleo refused one of the scopes that were asked for."
        "A scope in the configuration is unknown or was not approved for this client."
        "Compare scopes in the configuration with the registration at Pleo."
    server_error
        "The authorization server had an error of its own."
        "Nothing was changed."
        "Try again in a few minutes."
    temporarily_unavailable
        "The authorization server is busy or under maintenance."
        "Nothing was changed."
        "Try again in a few minutes."
    authorization_error
        "Pleo answered with an error that has no standard meaning."
        "The sign-in ended; nothing was changed. Its own words are in the details."
        "Connect again. If it stays, pass the details on to Pleo."

    // The exchange of the code for tokens.

    token_network
        "The token endpoint could not be reached."
        "The network failed, or the browser was not allowed to read the answer: the server must permit this site's origin (CORS)."
        "Check the connection, then connect again. If it stays, the server's CORS settings are the likeliest cause."
    token_timeout
        "The token endpoint did not answer in time."
        "Whether the code was used up is not known, so it is not sent again."
        "Connect again."
    token_busy
        "The token endpoint asked for a pause."
        "It is busy or under maintenance. The sign-in could not be finished."
        "Wait a minute, then connect again."
    token_unexpected_status
        "The token endpoint gave an answer that has no meaning here."
        "A proxy or a firewall often stands in the way like this. Whether the code was used up is not known, so it is not sent again."
        "Connect again. If it stays, check tokenEndpoint in the configuration."
    token_not_json
        "The token endpoint answered with something other than JSON."
        "A proxy or an error page often stands in the way like this."
        "Connect again. If it stays, check tokenEndpoint in the configuration."
    token_form_encoded
        "The token endpoint answered in form encoding, not in JSON."
        "OAuth 2.0 requires JSON there, so nothing of the answer was used."
        "Have the server answer in JSON (RFC 6749 section 5.1), then connect again."
    token_malformed
        "The token endpoint's answer lacks something it must have."
        "It was refused whole rather than used in part."
        "Connect again. If it stays, tell whoever runs the authorization server."
    token_type_unsupported
        "The token that came back is not a bearer token."
        "It cannot be used for Pleo's API."
        "Tell whoever runs the authorization server."
    token_server_error
        "The token endpoint had an error of its own."
        "The sign-in could not be finished."
        "Try again in a few minutes."
    token_refused
        "The API refused the token that was just issued."
        "The authorization server and the API of this environment may not belong together."
        "Check authorizationServer and apiBase in the configuration."
    invalid_grant
        "Pleo refused the code."
        "It is too old, was used before, or was issued for another redirect address."
        "Connect again. If it stays, compare the redirect address with the registration."
    invalid_client
        "Pleo does not know this client."
        "The client id is wrong, or it is registered as one that needs a secret, which a browser cannot keep."
        "Check the client id, and that the client is registered as a public one."
    unsupported_grant_type
        "The token endpoint does not take authorization codes."
        "The endpoint in the configuration may be the wrong one."
        "Check tokenEndpoint in the configuration."

    // A connection that is over, or hampered.

    session_ended
        "This connection has ended."
        "Nothing was sent."
        "Reconnect to go on."
    refused
        "Pleo refused to renew the connection."
        "Pleo does not say why: access may have been withdrawn there, renewed from somewhere else, or left unused too long. Nothing at Pleo was changed."
        "Reconnect to go on where you were."
    expired
        "The connection ran out."
        "The access token reached its end and could not be renewed."
        "Reconnect to go on where you were."
    unsure
        "The last renewal got no clear answer, and the old access has now run out."
        "The renewal may have worked without us hearing of it. Asking twice could cancel the access altogether, so it was not repeated."
        "Reconnect to go on where you were."
    revoked
        "Pleo no longer accepts this connection, even right after a renewal."
        "Pleo does not say why. Asking once more would change nothing."
        "Reconnect, if you are still meant to have access."
    idle
        "You were signed out after a time without activity."
        "Everything this page had read was dropped, to protect the company's figures."
        "Reconnect when you are back."
    absolute
        "You were signed out because the longest time for one sign-in has passed."
        "Everything this page had read was dropped, to protect the company's figures."
        "Reconnect to go on."
    vault_lost
        "The background worker that holds the connection has stopped."
        "The browser ended it, most often to save memory. The access it held is gone with it; nothing was stored."
        "Load the page again: you come back to this place. Then connect."
    signed_out
        "You are signed out, here and in every tab."
        "What this page had read was dropped, and nothing of it is stored."
        "Connect when you want to continue. Pleo's own site may still know you: to connect as somebody else, sign out there first."
    other_company
        "You signed in to another company than the one that was shown."
        "Both stay apart: nothing that was loaded for the other one is shown or kept here."
        "To return to it, connect again and choose it at Pleo. Pleo's own site may still know you: to connect as somebody else, sign out there first."
    disconnected
        "Outlay is disconnected from the company at Pleo."
        "Its integration there is removed, and with it every access that this client had to the company."
        "Connect again if it is to be set up anew."
    disconnect_unclear
        "Whether the disconnection was carried out is not known."
        "Pleo gave no answer that could be read. Nothing was changed here."
        "Look at the integrations page of Pleo, or try once more."
    reload_ended
        "Loading the page again has ended the connection."
        "This browser ends the background worker, which holds the connection in memory, together with the last page of this site. Nothing is stored, so nothing could be kept."
        "Connect: you come back to this place."
    vault_unavailable
        "The background worker that holds connections could not be started."
        "The browser blocks it, or a file of this site is missing."
        "Load the page again. If it stays, try another browser or a window without extensions."
    vault_mismatch
        "This page is of another version than the background worker."
        "The site was updated while it was open."
        "Load the page again; close other tabs of this site if it stays."
    part_not_loaded
        "A part of this site did not load."
        "The rest of the page goes on working; nothing is lost."
        "Check the connection, then try again. If it stays, load the page again: the site may have been updated."
    newer_version
        "A newer version of this site is out."
        "This page is still the earlier one, and this part of it can no longer be loaded. What is loaded in the other pages stays until you reload."
        "Reload. If this message comes back, a proxy or cache on the way keeps an old copy of the file that the details name."
    other_version_open
        "Another version of this site is open in another tab."
        "Each version has a background worker of its own: signing in or out here does not change the other tab."
        "Reload or close the other tabs of this site."
    service_worker_present
        "Another app's service worker answers for this address."
        "An earlier app left it in this browser. It can read what this site sends and receives, access tokens included, and can store it on disk. Signing in is switched off until it is removed."
        "Remove it below. If it comes back, tell the operator of this site."
    check_unavailable
        "The background worker that asks the questions could not be started."
        "The browser has no shared workers or blocks them, or a file of this site is missing. Nothing was asked."
        "Start again. If it stays, try another browser or a window without extensions."
    check_mismatch
        "This page is of another version than the background worker that asks the questions."
        "The site was updated while it was open."
        "Load the page again; close other tabs of this site if it stays."
    check_lost
        "The background worker that asks the questions has stopped."
        "The run has ended, and what it had obtained is gone with it. What was found out so far stays below."
        "Start again, then run the check anew."
    check_window_blocked
        "The browser did not let the check open its window."
        "The check goes on waiting for it; nothing was asked meanwhile."
        "Allow windows for this site, then try again."
    bundle_too_large
        "This file is too large for a support bundle."
        "It was not read. A bundle holds some two hundred lines."
        "Choose the file that was saved as outlay-support.json."
    bundle_unreadable
        "This file is no support bundle."
        "It is no JSON text, or a part of a bundle is missing or of another kind. Nothing was changed."
        "Choose the file that was saved as outlay-support.json."
    bundle_of_another_form
        "This support bundle was made by another version."
        "Its form is not the one that this page reads. Nothing was changed."
        "Look at it with the version that made it; the file names it."
    refresh_unavailable
        "The connection could not be renewed for the moment."
        "Pleo is busy or asked for a pause. Your access is not lost; it is tried again by itself."
        "Wait a little, or choose Retry now."
    offline
        "The network is not there."
        "Nothing was sent. Your access is not lost."
        "Check the connection; this goes on by itself once the network is back."

    // Calls of Pleo's API.

    unauthorised_operation
        "Pleo does not allow this operation for this sign-in."
        "The connection itself is sound; only this operation was refused."
        "Check the scopes of this connection, and your own role at Pleo."
    scope_missing
        "Pleo refused this for lack of a permission."
        "What needs no such permission goes on working."
        "Reconnect and allow the permission on Pleo's page, or ask an administrator of the company."
    not_found
        "Pleo has no such record."
        "It may have been deleted, or belongs to another company."
        "Go back and load the list again."
    conflict
        "Pleo could not do this beside what is there already."
        "Nothing was changed."
        "Something is under way, or a name or id is taken: wait, or choose another, then try again."
    too_large
        "This was more than Pleo takes at once."
        "Nothing was changed."
        "Try it in smaller parts."
    unprocessable
        "Pleo understood the request but could not carry it out."
        "The state of the record may have changed meanwhile."
        "Load it again, then retry."
    api_bad_request
        "Pleo did not accept the request."
        "A value in it is missing or wrong. Its own words are in the details."
        "Try again. If it stays, copy the details and pass them on."
    rate_limited
        "Pleo asks for a pause: too many requests in a short time."
        "Nothing is lost."
        "Wait a minute, then try again."
    api_server_error
        "Pleo's API had an error of its own."
        "It is not caused by this page."
        "Try again in a few minutes."
    outcome_unknown
        "Whether this was carried out is not known."
        "Pleo may have done it although no clear answer came. It was not sent again: that could do it twice."
        "Look at what Pleo has now, then decide."
    api_malformed
        "Pleo's answer could not be read."
        "It lacks something that its documentation promises."
        "Try again. If it stays, copy the details and pass them on."
    api_too_large
        "Pleo's answer is larger than 32 MB."
        "Reading was stopped there, so that this page stays usable. Nothing that was shown before is lost."
        "Ask for less at once, for example a shorter period. If it stays, copy the details and pass them on."
    api_network
        "Pleo's API could not be reached."
        "The network failed, or the browser was not allowed to read the answer: the API must permit this site's origin (CORS)."
        "Check the connection, then try again. If other sites work, CORS is the likeliest cause."
    api_timeout
        "Pleo's API did not answer in time."
        "The request was given up."
        "Try again."

    // What the vault refuses, and the deployment.

    path_refused
        "The request's path is not one of Pleo's API."
        "It was refused before anything was sent."
        "This is a fault of the page: copy the details and report it."
    method_refused
        "The request's method is not one of Pleo's API."
        "It was refused before anything was sent."
        "This is a fault of the page: copy the details and report it."
    too_many_requests
        "This page asks for more at once than the background worker carries."
        "The request was not sent."
        "Wait a moment, then try again."
    profile_unknown
        "There is no such environment in this deployment's configuration."
        "The address or link may be of another deployment."
        "Go to the overview and choose an environment."
    client_id_needed
        "A client id is needed."
        "This deployment has none of its own for the environment you chose."
        "Type the client id that Pleo gave you at registration."
    client_id_refused
        "This client id cannot be used."
        "It is empty or too long, has characters a client id cannot have, or this deployment brings its own."
        "Check it against what Pleo gave you."
    subject_refused
        "The link that led here names a company in a way that cannot be passed on."
        "Nothing was sent."
        "Connect without that link: Pleo asks for the company itself."
    scope_refused
        "A permission was asked for that this deployment does not list."
        "Nothing was sent."
        "Add it to scopes in the configuration, once Pleo has approved it."
    connection_unknown
        "There is no such connection any more."
        "It was signed out, perhaps in another tab."
        "Go to the overview and connect again."
    config_invalid
        "This deployment's configuration has errors."
        "Nothing can be connected until they are put right."
        "Correct each key below in config.json, then load the page again."
    config_unreachable
        "This deployment's configuration could not be read."
        "The file config.json is missing, is not JSON, or the network failed."
        "Load the page again. If it stays, tell whoever runs this site."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_code_is_listed_once() {
        let mut codes: Vec<_> = TABLE.iter().map(|row| row.code).collect();
        codes.sort_unstable();
        let before = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), before);
    }

    #[test]
    fn every_explanation_is_a_sentence() {
        for row in TABLE.iter().chain([&UNKNOWN]) {
            for words in [row.happened, row.means, row.next] {
                assert!(words.ends_with('.'), "{}: {words}", row.code);
                assert!(
                    words.starts_with(char::is_uppercase),
                    "{}: {words}",
                    row.code
                );
            }
        }
    }

    #[test]
    fn unknown_code_has_an_explanation() {
        assert_eq!(explain("no_such_code").code, "unknown");
        assert_eq!(explain("revoked").code, "revoked");
    }
}
