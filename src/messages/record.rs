//! The meaning of each event of the record, for a reader of the OAuth log. Codes are in backticks.

use outlay_codes::RecordKind;

/// Returns the meaning of an event, as one or two sentences.
#[must_use]
pub fn meaning(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::SignInStarted => "A sign-in began.",
        RecordKind::Callback => {
            "The user returned to the callback page; how long they were away, and `ok`, `repeated` (the same callback again while its code was being exchanged) or the code of the refusal."
        }
        RecordKind::ExchangeSent => "The code was sent to the token endpoint.",
        RecordKind::ExchangeAnswered => {
            "The token endpoint answered the code; how long it took, and `ok` or a code."
        }
        RecordKind::TokenAnswerOdd => {
            "A complete token answer deviates from the standard: `token_type_absent`, `expires_in_absent`, `scope_separators` (not single spaces), `scope_list` (an array of texts), `scope_unreadable`, `byte_order_mark` or `not_utf_8`."
        }
        RecordKind::IntrospectionSent => {
            "The API was asked for the subject of a token: for a `sign_in`, for the `identity` of a connection, or because it answered `unauthorised` to a call."
        }
        RecordKind::IntrospectionAnswered => {
            "The API answered; how long it took, and `valid`, `unauthorised` or `unclear`."
        }
        RecordKind::Connected => {
            "A sign-in brought tokens: for a `new` connection, or for one that was `renewed`."
        }
        RecordKind::SignInFailed => "A sign-in failed; its code.",
        RecordKind::Replaced => {
            "A connection was replaced by a newer sign-in with the same profile and subject."
        }
        RecordKind::RefreshAsked => {
            "A refresh was requested: it is `due`, the API answered `unauthorised`, a call found `token_ended`, a `retry` after a busy answer, `retry_now` by the user, or the one repetition in a `grace` window."
        }
        RecordKind::NetworkChecked => {
            "A harmless request showed whether the network is reachable: `reached` or `missing`."
        }
        RecordKind::RefreshSent => "The refresh token was sent to the token endpoint.",
        RecordKind::RefreshAnswered => {
            "The token endpoint answered a refresh; how long it took, and `ok` or a code."
        }
        RecordKind::Unsure => {
            "A refresh has no known outcome: its token may be spent. The access token is used until it ends."
        }
        RecordKind::Ended => {
            "A connection ended: `refused`, `expired`, `unsure`, `revoked`, `idle` or `absolute`."
        }
        RecordKind::Woke => "The computer was asleep; for how long, as far as the clocks show.",
        RecordKind::SignedOut => {
            "All connections were signed out, or the one named; `too_many` if it made room for another."
        }
        RecordKind::RevocationSent => "A refresh token was sent to the revocation endpoint.",
        RecordKind::AnswerDropped => {
            "A token answer came after its request was given up: `ok` or a code."
        }
        RecordKind::QueueFormed => {
            "As many calls of a connection are in progress as the limit allows; the next one waits."
        }
        RecordKind::QueueCleared => {
            "The last waiting call of a connection was sent; how long it had waited."
        }
        RecordKind::CallRepeated => {
            "The API was busy, and a call that only reads is sent again after a pause; how long that is, and `429` or `503`."
        }
    }
}

/// Returns the label of an event for people who do not know the protocol; `None` for an event that
/// concerns only the protocol. `succeeded`: the outcome is `ok`.
#[must_use]
pub fn label(event: RecordKind, succeeded: bool) -> Option<&'static str> {
    Some(match event {
        RecordKind::SignInStarted => "Sign-in started",
        RecordKind::SignInFailed => "Sign-in failed",
        RecordKind::Connected => "Connected",
        RecordKind::RefreshAnswered if succeeded => "Access renewed",
        RecordKind::RefreshAnswered => "Access not renewed",
        RecordKind::CallRepeated => "Request repeated: Pleo was busy",
        RecordKind::Unsure => "Renewal not confirmed",
        RecordKind::Ended => "Disconnected",
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
