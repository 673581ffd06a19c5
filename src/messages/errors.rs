//! The text for every [`ErrorCode`]: what happened, what it means, what to do next.
//!
//! A code without text does not compile. `docs/codes.md` is made from here. The text may improve; the
//! codes are stable.

use outlay_codes::ErrorCode;

/// The text for one code. Each part is one or more whole sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub happened: &'static str,
    /// What it means for the user.
    pub means: &'static str,
    /// The next step.
    pub next: &'static str,
}

macro_rules! explanations {
    ($($code:ident $happened:literal $means:literal $next:literal)*) => {
        /// Returns the text for `code`.
        #[must_use]
        pub fn explain(code: ErrorCode) -> &'static Explanation {
            match code {
                $(ErrorCode::$code => &Explanation {
                    happened: $happened,
                    means: $means,
                    next: $next,
                },)*
            }
        }
    };
}

explanations! {
    // Returning from the sign-in at Pleo.

    StateUnknown
        "This sign-in began in another window or browser."
        "This window has no record of it, so nothing was changed. This happens with a link from an e-mail, a private window, a bookmark of Pleo's sign-in page or a restored tab."
        "Connect here. If you are still signed in at Pleo, it takes one click. Bookmark this app instead of Pleo's page."
    StateUsed
        "This sign-in link was already used."
        "For your security, each link works only once."
        "Connect again to start a new sign-in."
    SignInExpired
        "The sign-in took longer than ten minutes."
        "For your security, it was cancelled."
        "Connect again."
    SignInCancelled
        "The sign-in was cancelled."
        "Nothing was changed."
        "Connect again when you are ready."
    SignInTimeout
        "The sign-in in the popup took longer than three minutes."
        "This page stopped waiting for it. Nothing was changed."
        "Close the popup if it is still open, then connect again."
    SignInLoop
        "Two sign-ins failed within the last minute."
        "Outlay asks before the next one, so that you are not sent to Pleo again and again."
        "Select Continue signing in to try again. If it fails again, copy the details and send them to your IT team."
    PopupBlocked
        "The browser blocked the sign-in popup."
        "You can sign in in this tab instead. You return to this page with its filters, and its data is loaded again."
        "Allow popups for this site and select Reconnect again, or continue in this tab."
    CallbackMalformed
        "Pleo's answer to the sign-in is incomplete."
        "It has neither a code nor an error, has both, or has characters that cannot be read. Outlay did not use it."
        "Connect again. If it happens again, copy the details and send them to your IT team."
    CallbackDuplicate
        "Pleo's answer to the sign-in has the same value twice."
        "Outlay did not use it, because it could be read in two ways."
        "Connect again. If it happens again, copy the details and send them to your IT team."
    CallbackFragment
        "Pleo's answer to the sign-in came after the # of the address."
        "Outlay does not read answers there. It did not use this one, and cleared the address."
        "Ask your IT team to have the server answer in the query: response_mode=query, which is the default for response_type=code."
    CallbackRewritten
        "The address of Pleo's answer was changed on its way."
        "An e-mail program, a portal or the server wrote its values in a form that cannot be read safely. The details show which. Outlay did not use the answer, and cleared the address."
        "Connect again. If it happens again, ask your IT team to have the server write the values after one ? and separate them by &."
    CallbackEmpty
        "You returned from Pleo without an answer."
        "The address has neither a code nor an error. The server may answer with a form (POST), or a portal may remove the answer from the address."
        "Connect again. If it happens again, ask your IT team to have the server answer in the query: response_mode=query."
    CallbackTooLong
        "Pleo's answer to the sign-in is too long."
        "It is far longer than a normal answer, so Outlay did not read it."
        "Connect again from this page."
    ProfileMismatch
        "The answer to the sign-in belongs to another environment."
        "Outlay did not use it, so that two environments are never mixed."
        "Connect again, and choose the environment that you want."
    IssuerMismatch
        "The answer to the sign-in came from another server than expected."
        "Outlay did not use it, because it may be an attempt to pass off one server's answer as another's. The details show both names."
        "Connect again. If it happens again, and the name in the answer is correct, ask your IT team to set issuer in config.json to exactly that name."
    IssuerMissing
        "The answer to the sign-in does not name the server that sent it."
        "This site requires that name, so Outlay did not use the answer."
        "Connect again. If it happens again, ask your IT team to check issuer in config.json."
    AccessDenied
        "Access was not granted at Pleo."
        "You, or a rule of your company, declined it. Nothing was changed."
        "Connect again and select Allow, or ask an administrator of your company."
    InvalidRequest
        "Pleo did not accept the sign-in request."
        "A value in it is missing or wrong, most often the redirect address."
        "Ask your IT team to compare the redirect address and the client ID with the registration \
            at Pleo."
    UnauthorizedClient
        "Pleo does not allow this app to request access in this way."
        "Its registration at Pleo does not include the authorization code flow."
        "Ask your IT team to have Pleo allow that flow for this client ID."
    UnsupportedResponseType
        "Pleo's server does not support this kind of sign-in."
        "The address of the authorization endpoint may be wrong."
        "Ask your IT team to check authorizationEndpoint in config.json."
    InvalidScope
        "Pleo refused one of the requested permissions."
        "A permission in the configuration is unknown, or Pleo has not approved it for this app."
        "Ask your IT team to compare scopes in config.json with the registration at Pleo."
    ServerError
        "Pleo's sign-in server had an error."
        "The sign-in did not finish. Nothing was changed."
        "Try again in a few minutes."
    TemporarilyUnavailable
        "Pleo's sign-in server is busy or under maintenance."
        "The sign-in did not finish. Nothing was changed."
        "Try again in a few minutes."
    AuthorizationError
        "Pleo answered the sign-in with an error that Outlay does not know."
        "The sign-in ended and nothing was changed. The details have Pleo's message."
        "Connect again. If it happens again, copy the details and send them to Pleo."

    // Exchanging the code for tokens.

    TokenNetwork
        "Pleo's sign-in server could not be reached."
        "The network failed, or the browser blocked the answer because the server does not permit this site (CORS)."
        "Check your connection, then connect again. If it happens again, send these details to your IT team."
    TokenTimeout
        "Pleo's sign-in server did not answer in time."
        "It may have used the code already, so Outlay does not send it again."
        "Connect again."
    TokenBusy
        "Pleo's sign-in server is busy."
        "It asked for a pause, so the sign-in did not finish."
        "Wait a minute, then connect again."
    TokenUnexpectedStatus
        "Pleo's sign-in server gave an unexpected answer."
        "A proxy or firewall may have answered instead. The code may be used already, so Outlay does not send it again."
        "Connect again. If it happens again, ask your IT team to check tokenEndpoint in config.json."
    TokenNotJson
        "Pleo's sign-in server answered with something other than JSON."
        "The answer may be the error page of a proxy. Outlay did not use it."
        "Connect again. If it happens again, ask your IT team to check tokenEndpoint in config.json."
    TokenFormEncoded
        "Pleo's sign-in server answered in form encoding instead of JSON."
        "OAuth 2.0 requires JSON, so Outlay did not use the answer."
        "Ask your IT team to have the server answer in JSON (RFC 6749 section 5.1), then connect again."
    TokenMalformed
        "The answer of Pleo's sign-in server is incomplete."
        "A required value is missing or wrong, so Outlay did not use any of it."
        "Connect again. If it happens again, copy the details and send them to your IT team."
    TokenTypeUnsupported
        "Pleo's sign-in server gave access in a form that Outlay cannot use."
        "You are not connected. Pleo's API needs a bearer token, and the server issued another \
            type."
        "Copy the details and send them to your IT team."
    TokenServerError
        "Pleo's sign-in server had an error while it finished the sign-in."
        "You are not connected."
        "Try again in a few minutes."
    TokenRefused
        "Pleo's API did not accept the new sign-in."
        "The sign-in server and the API in the configuration may belong to different environments."
        "Ask your IT team to check authorizationServer and apiBase in config.json."
    InvalidGrant
        "Pleo did not accept the sign-in code."
        "The code is too old, was used before, or was issued for another redirect address."
        "Connect again. If it happens again, ask your IT team to compare the redirect address with the registration."
    InvalidClient
        "Pleo does not know this app."
        "The client ID is wrong, or it is registered with a secret, which an app in a browser \
            cannot keep."
        "Ask your IT team to check the client ID, and to register it at Pleo as a public client."
    UnsupportedGrantType
        "Pleo's sign-in server does not accept authorization codes."
        "The address of the token endpoint may be wrong."
        "Ask your IT team to check tokenEndpoint in config.json."

    // Connections that ended, and parts of the site that are missing.

    SessionEnded
        "This connection has ended."
        "The request was not sent."
        "Reconnect to continue."
    Refused
        "Pleo refused to renew the connection."
        "Pleo does not say why. Access may have been removed there, renewed by another program, or unused for too long. Nothing at Pleo was changed."
        "Reconnect to continue where you were."
    Expired
        "The connection expired."
        "Pleo gave access for a limited time, and it could not be renewed."
        "Reconnect to continue where you were."
    Unsure
        "The connection could not be renewed safely and has expired."
        "Pleo gave no clear answer to the last renewal. Asking twice could cancel your access, so Outlay did not ask again."
        "Reconnect to continue where you were."
    Revoked
        "Pleo no longer accepts this connection."
        "Pleo rejected it right after a renewal, and does not say why. Asking again would not help."
        "Reconnect if you should still have access."
    Idle
        "You were signed out after a time without activity."
        "Loaded data was cleared to protect your company's figures."
        "Reconnect when you are back."
    Absolute
        "You were signed out because the longest time for one sign-in has passed."
        "Loaded data was cleared to protect your company's figures."
        "Reconnect to continue."
    VaultLost
        "The connection was lost because the browser stopped Outlay's background worker."
        "Browsers do this to save memory. Access was kept only in that memory, so it is gone."
        "Reload this page. You return to the same place and can connect again."
    SignedOut
        "You are signed out, here and in every tab."
        "Loaded data was cleared, and none of it is stored."
        "Connect when you want to continue. Pleo's own site may still know you: to connect as another user, sign out there first."
    OtherCompany
        "You signed in to another company than the one that was shown."
        "The two are kept apart: data loaded for the other company was cleared."
        "To return to it, connect again and choose it at Pleo. Pleo's own site may still know you: to connect as another user, sign out there first."
    Disconnected
        "Outlay was removed from the company at Pleo."
        "Its integration there no longer exists, and all access of this app to the company has \
            ended."
        "To use Outlay with this company again, connect again."
    DisconnectUnclear
        "Outlay does not know whether its integration was removed."
        "Pleo's answer could not be read. Nothing was changed on this page."
        "Check the integrations page at Pleo, then try again if Outlay is still listed."
    ReloadEnded
        "Reloading the page ended the connection."
        "This browser ends the background worker, which keeps the connection in memory, together with the last page of this site. Nothing is stored, so the connection could not be kept."
        "Connect: you return to the same place."
    VaultUnavailable
        "Outlay's background worker could not be started."
        "The browser blocks it, or a file of this site is missing. Without it you cannot connect."
        "Reload this page. If it happens again, try another browser or a window without extensions."
    VaultMismatch
        "This page and its background worker have different versions."
        "The site was updated while it was open."
        "Reload this page. If it happens again, close the other tabs of this site."
    PartNotLoaded
        "A part of this page did not load."
        "The rest of the page still works, and nothing is lost."
        "Check your connection, then try again. If it happens again, reload this page: the site may have been updated."
    NewerVersion
        "A newer version of this site is available."
        "This page is still the earlier version and can no longer load this part. Data on the other pages stays until you reload."
        "Reload. If this message returns, send these details to your IT team: a proxy or cache keeps an old copy of the file that they name."
    OtherVersionOpen
        "Another version of this site is open in another tab."
        "Signing in or out here does not change that tab."
        "Reload or close the other tabs of this site."
    ServiceWorkerPresent
        "Another app's service worker controls this address."
        "An earlier app left it in this browser. It can read and store everything that this site \
            sends and receives, including your access to Pleo. You cannot sign in until it is \
            removed."
        "Remove it below. If it returns, contact your IT team."
    CheckUnavailable
        "The background worker of the connection test could not be started."
        "The browser has no shared workers or blocks them, or a file of this site is missing. No request was sent."
        "Start again. If it happens again, try another browser or a window without extensions."
    CheckMismatch
        "This page and the background worker of the connection test have different versions."
        "The site was updated during the test."
        "Reload this page. If it happens again, close the other tabs of this site."
    CheckLost
        "The background worker of the connection test stopped."
        "The test ended, and the tokens it had obtained are gone. Results so far stay below."
        "Start again, then repeat the test."
    CheckWindowBlocked
        "The browser blocked the window of the connection test."
        "The test waits for it and sends no request meanwhile."
        "Allow popups for this site, then try again."
    WorkbookUnavailable
        "The background worker that writes Excel files could not be started."
        "No file was saved. The browser blocks workers, or a file of this site is missing."
        "Export again. If it happens again, choose CSV, or try a window without extensions."
    WorkbookMismatch
        "This page and the background worker that writes Excel files have different versions."
        "No file was saved. The site was updated after this page was loaded."
        "Reload this page, then export again."
    WorkbookLost
        "The background worker that writes Excel files stopped."
        "No file was saved. The browser may lack memory, or the entries changed during the export."
        "Export again. If it happens again, filter to fewer rows, or choose CSV."
    BundleTooLarge
        "This file is too large for a support file."
        "It was not read. A support file has about two hundred lines."
        "Choose the file that was saved as outlay-support.json."
    BundleUnreadable
        "This is not a support file."
        "It is not JSON, or a part is missing or has the wrong type. Nothing was changed."
        "Choose the file that was saved as outlay-support.json."
    BundleOfAnotherForm
        "This support file was made by another version of Outlay."
        "This page cannot read its format. Nothing was changed."
        "Open it with the version that made it. The file has the version number."
    RefreshUnavailable
        "The connection cannot be renewed at the moment."
        "Pleo is busy or asked for a pause. You still have access, and Outlay tries again \
            automatically."
        "Wait a moment, or select Retry now."
    Offline
        "You are offline."
        "The request was not sent. You still have access."
        "Check your network connection. Outlay continues automatically when the network is back."

    // Requests to Pleo's API.

    UnauthorisedOperation
        "Pleo does not allow this operation for your sign-in."
        "You are still connected. Only this operation was refused."
        "Check the permissions of this connection, and your role at Pleo."
    ScopeMissing
        "Outlay is not allowed to do this at Pleo."
        "A permission is missing. Everything else still works."
        "Reconnect and allow the permission on Pleo's page, or ask an administrator of your company."
    NotFound
        "Pleo has no such record."
        "It may have been deleted, or it belongs to another company."
        "Go back and load the list again."
    Conflict
        "Pleo could not do this because it conflicts with existing data."
        "Another change may be in progress, or the name or ID is already used. Nothing was \
            changed."
        "Wait, or choose another name or ID, then try again."
    TooLarge
        "This is more than Pleo accepts in one request."
        "The request was rejected and changed nothing."
        "Try again with less at once."
    Unprocessable
        "Pleo understood the request but could not carry it out."
        "The record may have changed meanwhile. Nothing was changed by this request."
        "Load it again, then try again."
    ApiBadRequest
        "Pleo did not accept the request."
        "A value in it is missing or wrong. The details have Pleo's message."
        "Try again. If it happens again, copy the details and send them to your IT team."
    RateLimited
        "Pleo received too many requests and asks for a pause."
        "The request was not carried out. Nothing is lost."
        "Wait a minute, then try again."
    ApiServerError
        "Pleo had an error."
        "The request failed at Pleo, not in Outlay."
        "Try again in a few minutes."
    OutcomeUnknown
        "Outlay does not know whether Pleo carried this out."
        "No clear answer came. Outlay did not send the request again, because that could do it twice."
        "Check the current data at Pleo before you try again."
    ApiMalformed
        "Pleo's answer could not be read."
        "It lacks a value that Pleo's documentation promises."
        "Try again. If it happens again, copy the details and send them to your IT team."
    ApiTooLarge
        "Pleo's answer is larger than 32 MB."
        "Outlay stopped loading it so that this page stays usable. Data that is already shown is not lost."
        "Ask for less at once, for example a shorter period."
    ApiNetwork
        "Pleo could not be reached."
        "The network failed, or the browser blocked the answer because Pleo's server does not permit this site (CORS)."
        "Check your connection, then try again. If other sites work, send these details to your IT team."
    ApiTimeout
        "Pleo did not answer in time."
        "Outlay stopped waiting for it."
        "Check your network connection, then try again."

    // Requests that Outlay rejects itself, and the configuration.

    PathRefused
        "Outlay did not send the request because its address is not part of Pleo's API."
        "This is an error in Outlay. Nothing was changed."
        "Copy the details and report it."
    MethodRefused
        "Outlay did not send the request because Pleo's API has no such method."
        "This is an error in Outlay. Nothing was changed."
        "Copy the details and report it."
    TooManyRequests
        "Outlay has too many requests open at once."
        "This one was not sent."
        "Wait a moment, then try again."
    ProfileUnknown
        "This site has no such environment."
        "The link may be for another site."
        "Go to the overview and choose an environment."
    ClientIdNeeded
        "A client ID is needed."
        "This site has none for the environment that you chose."
        "Enter the client ID that Pleo issued at registration."
    ClientIdRefused
        "This client ID cannot be used."
        "It is empty, too long, has characters that a client ID cannot have, or this site uses \
            its own."
        "Compare it with the client ID that Pleo issued."
    SubjectRefused
        "The company in this link cannot be used."
        "The link does not name it in Pleo's format. The sign-in did not start."
        "Connect without the link: Pleo asks you for the company."
    ScopeRefused
        "The link requests a permission that this site does not offer."
        "The sign-in did not start."
        "Ask your IT team to add it to scopes in config.json, once Pleo has approved it."
    ConnectionUnknown
        "This connection no longer exists."
        "It was disconnected or signed out, perhaps in another tab."
        "Connect it again: you return to this page."
    OtherCompanyShown
        "The company in this address is not connected in this browser."
        "This page shows another company that is connected."
        "Connect the company of the address to see it."
    ConfigInvalid
        "The configuration of this site has errors."
        "You cannot connect until they are corrected."
        "Ask the person who runs this site to correct each key below in config.json. Then reload \
            this page."
    ConfigUnreachable
        "The configuration of this site could not be read."
        "The file config.json is missing or is not JSON, or the network failed."
        "Reload this page. If it happens again, contact the person who runs this site."
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::path::Path;

    fn all() -> impl Iterator<Item = (&'static str, &'static Explanation)> {
        ErrorCode::ALL
            .iter()
            .map(|code| (code.word(), explain(*code)))
    }

    #[test]
    fn every_text_is_made_of_sentences() {
        for (code, row) in all() {
            for text in [row.happened, row.means, row.next] {
                assert!(text.ends_with('.'), "{code}: {text}");
                assert!(text.starts_with(char::is_uppercase), "{code}: {text}");
                assert!(!text.contains("  "), "{code}: {text}");
            }
        }
    }

    #[test]
    fn no_two_codes_have_the_same_first_sentence() {
        let mut found = BTreeMap::new();
        for (code, row) in all() {
            let before = found.insert(row.happened, code);
            assert_eq!(before, None, "{code}: {}", row.happened);
        }
    }

    /// `docs/codes.md` is made from the codes and their text:
    /// `OUTLAY_WRITE_DOCS=1 cargo test -p outlay --lib messages` writes it.
    #[test]
    fn document_equals_the_codes_and_their_text() {
        let mut document = String::from(
            "# Codes\n\nEvery error has one of these stable codes. The page shows the code in small print \
             below the text, and as `data-code`. The codes are in `crates/codes/src/error.rs`, the text in \
             `src/messages/errors.rs`.\n\n\
             | code | what happened | what it means | what to do |\n| --- | --- | --- | --- |\n",
        );
        for (code, row) in all() {
            let cells = [row.happened, row.means, row.next].join(" | ");
            document.push_str(&format!("| `{code}` | {cells} |\n"));
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes.md");
        if std::env::var_os("OUTLAY_WRITE_DOCS").is_some() {
            std::fs::write(&path, &document).unwrap();
        }
        let hint = "write it anew: OUTLAY_WRITE_DOCS=1 cargo test -p outlay --lib messages";
        assert!(
            std::fs::read_to_string(&path).unwrap() == document,
            "{hint}"
        );
    }
}
