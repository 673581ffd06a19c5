//! The meaning of each event of the record, for a reader of the OAuth log. Codes are in backticks.

use outlay_codes::RecordKind;

/// Returns the meaning of an event, as one or two sentences.
#[must_use]
pub fn meaning(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::SignInStarted => "A sign-in started.",
        RecordKind::Callback => {
            "The user returned to the callback page. The event states the time since the \
                redirect, and `ok`, `repeated` (the same callback again while its code was being \
                exchanged) or the code of the error."
        }
        RecordKind::ExchangeSent => "The authorization code was sent to the token endpoint.",
        RecordKind::ExchangeAnswered => {
            "The token endpoint responded to the authorization code. The event states the \
                duration, and `ok` or an error code."
        }
        RecordKind::TokenAnswerOdd => {
            "A complete token response deviates from the standard: `token_type_absent`, \
                `expires_in_absent`, `scope_separators` (not single spaces), `scope_list` (an \
                array of strings), `scope_unreadable`, `byte_order_mark` or `not_utf_8`."
        }
        RecordKind::IntrospectionSent => {
            "The subject of a token was requested from the API: for a `sign_in`, for the \
                `identity` of a connection, or because a call was `unauthorised`."
        }
        RecordKind::IntrospectionAnswered => {
            "The API responded to the introspection. The event states the duration, and `valid`, \
                `unauthorised` or `unclear`."
        }
        RecordKind::Connected => {
            "A sign-in returned tokens for a `new` connection, or for one that was `renewed`."
        }
        RecordKind::SignInFailed => "A sign-in failed. The event states the error code.",
        RecordKind::Replaced => {
            "A connection was replaced by a newer sign-in with the same profile and subject."
        }
        RecordKind::RefreshAsked => {
            "A refresh was requested: it is `due`, a call was `unauthorised`, a call found the \
                access token expired (`token_ended`), the server was busy (`retry`), the user \
                selected `retry_now`, or it is the one repetition in the `grace` period."
        }
        RecordKind::NetworkChecked => {
            "A request to this site showed whether the network is available: `reached` or \
                `missing`."
        }
        RecordKind::RefreshSent => "The refresh token was sent to the token endpoint.",
        RecordKind::RefreshAnswered => {
            "The token endpoint responded to a refresh. The event states the duration, and `ok` \
                or an error code."
        }
        RecordKind::Unsure => {
            "The outcome of a refresh is unknown: the refresh token may be used up. The access \
                token is used until it expires."
        }
        RecordKind::Ended => {
            "A connection ended: `refused`, `expired`, `unsure`, `revoked`, `idle` or `absolute`."
        }
        RecordKind::Woke => {
            "The computer was asleep. The event states the duration, as far as \
            the clocks show it."
        }
        RecordKind::SignedOut => {
            "All connections were signed out, or the connection in the event was disconnected. \
                `too_many`: it was removed to make room for another."
        }
        RecordKind::RevocationSent => "A refresh token was sent to the revocation endpoint.",
        RecordKind::AnswerDropped => {
            "A token response arrived after its request was cancelled: `ok` or an error code."
        }
        RecordKind::QueueFormed => {
            "A connection has as many calls in progress as the limit allows. The next call waits."
        }
        RecordKind::QueueCleared => {
            "The last waiting call of a connection was sent. The event states how long it had \
                waited."
        }
        RecordKind::CallRepeated => {
            "The API was busy, and a call that only reads is sent again after a pause. The event \
                states the length of the pause, and `429` or `503`."
        }
    }
}

/// Returns the label of an event for people who do not know the protocol; `None` for an event that
/// concerns only the protocol. `succeeded`: the outcome is `ok`.
/// `one_company`: the event is about one connection.
#[must_use]
pub fn label(event: RecordKind, succeeded: bool, one_company: bool) -> Option<&'static str> {
    Some(match event {
        RecordKind::SignInStarted => "Sign-in started",
        RecordKind::SignInFailed => "Sign-in failed",
        RecordKind::Connected => "Connected",
        RecordKind::RefreshAnswered if succeeded => "Access renewed",
        RecordKind::RefreshAnswered => "Access not renewed",
        RecordKind::CallRepeated => "Request repeated because Pleo was busy",
        RecordKind::Unsure => "Renewal not confirmed",
        RecordKind::Ended => "Disconnected",
        RecordKind::SignedOut if one_company => "Disconnected",
        RecordKind::SignedOut => "Signed out",
        RecordKind::Callback
        | RecordKind::ExchangeSent
        | RecordKind::ExchangeAnswered
        | RecordKind::TokenAnswerOdd
        | RecordKind::IntrospectionSent
        | RecordKind::IntrospectionAnswered
        | RecordKind::Replaced
        | RecordKind::RefreshAsked
        | RecordKind::NetworkChecked
        | RecordKind::RefreshSent
        | RecordKind::Woke
        | RecordKind::RevocationSent
        | RecordKind::AnswerDropped
        | RecordKind::QueueFormed
        | RecordKind::QueueCleared => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_has_a_text_of_its_own() {
        for kind in RecordKind::ALL {
            let text = meaning(*kind);
            assert!(text.ends_with('.'), "{text}");
            assert!(text.starts_with(char::is_uppercase), "{text}");
            assert!(!text.contains("  "), "{text}");
            let same = RecordKind::ALL.iter().filter(|it| meaning(**it) == text);
            assert_eq!(same.count(), 1, "{text}");
        }
    }
}
