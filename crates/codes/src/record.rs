//! What the record says: what happened, and with what result.

use outlay_wire::{Reading, Value, Wire, Writer, string_enum};

use crate::ErrorCode;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal,)+) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum RecordKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl RecordKind {
            /// Those that the vault reports of its traffic, and the machines do not.
            pub const OF_THE_HOST: &[RecordKind] =
                &[RecordKind::QueueFormed, RecordKind::QueueCleared, RecordKind::CallRepeated];
        }

        string_enum!(RecordKind { $($name = $word),+ });
    };
}

kinds! {
    /// A sign-in began.
    SignInStarted = "sign_in_started",
    /// The user returned to the callback page; how long they were away, and `ok`, `repeated` (the
    /// same callback again while its code was being exchanged) or the code of the refusal.
    Callback = "callback",
    /// The code was sent to the token endpoint.
    ExchangeSent = "exchange_sent",
    /// The token endpoint answered the code; how long it took, and `ok` or a code.
    ExchangeAnswered = "exchange_answered",
    /// A complete token answer deviates from the standard: `token_type_absent`,
    /// `expires_in_absent`, `scope_separators` (not single spaces), `scope_list` (an array of
    /// texts), `scope_unreadable`, `byte_order_mark` or `not_utf_8`.
    TokenAnswerOdd = "token_answer_odd",
    /// The API was asked for the subject of a token: for a `sign_in`, for the `identity` of a
    /// connection, or because it answered `unauthorised` to a call.
    IntrospectionSent = "introspection_sent",
    /// The API answered; how long it took, and `valid`, `unauthorised` or `unclear`.
    IntrospectionAnswered = "introspection_answered",
    /// A sign-in brought tokens: for a `new` connection, or for one that was `renewed`.
    Connected = "connected",
    /// A sign-in failed; its code.
    SignInFailed = "sign_in_failed",
    /// A connection was replaced by a newer sign-in with the same profile and subject.
    Replaced = "replaced",
    /// A refresh was requested: it is `due`, the API answered `unauthorised`, a call found
    /// `token_ended`, a `retry` after a busy answer, `retry_now` by the user, or the one repetition
    /// in a `grace` window.
    RefreshAsked = "refresh_asked",
    /// A harmless request showed whether the network is reachable: `reached` or `missing`.
    NetworkChecked = "network_checked",
    /// The refresh token was sent to the token endpoint.
    RefreshSent = "refresh_sent",
    /// The token endpoint answered a refresh; how long it took, and `ok` or a code.
    RefreshAnswered = "refresh_answered",
    /// A refresh has no known outcome: its token may be spent. The access token is used until it
    /// ends.
    Unsure = "unsure",
    /// A connection ended: `refused`, `expired`, `unsure`, `revoked`, `idle` or `absolute`.
    Ended = "ended",
    /// The computer was asleep; for how long, as far as the clocks show.
    Woke = "woke",
    /// All connections were signed out, or the one named; `too_many` if it made room for another.
    SignedOut = "signed_out",
    /// A refresh token was sent to the revocation endpoint.
    RevocationSent = "revocation_sent",
    /// A token answer came after its request was given up: `ok` or a code.
    AnswerDropped = "answer_dropped",
    /// As many calls of a connection are in progress as the limit allows; the next one waits.
    QueueFormed = "queue_formed",
    /// The last waiting call of a connection was sent; how long it had waited.
    QueueCleared = "queue_cleared",
    /// The API was busy, and a call that only reads is sent again after a pause; how long that is,
    /// and `429` or `503`.
    CallRepeated = "call_repeated",
}

/// What a token answer deviates in without being unusable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenOddity {
    /// `token_type` is absent; the token counts as a bearer token.
    TokenTypeAbsent,
    /// `expires_in` is absent or not a positive number.
    ExpiresInAbsent,
    /// Scopes are separated by something else than single spaces.
    ScopeSeparators,
    /// `scope` is an array of texts.
    ScopeList,
    /// `scope` is neither a text nor an array of texts.
    ScopeUnreadable,
    /// The answer begins with a byte order mark.
    ByteOrderMark,
    /// The answer is not in UTF-8.
    NotUtf8,
}

string_enum!(TokenOddity {
    TokenTypeAbsent = "token_type_absent", ExpiresInAbsent = "expires_in_absent",
    ScopeSeparators = "scope_separators", ScopeList = "scope_list",
    ScopeUnreadable = "scope_unreadable", ByteOrderMark = "byte_order_mark",
    NotUtf8 = "not_utf_8",
});

/// The result of an event, or the reason for it; see [`RecordKind`] for which goes with which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordOutcome {
    /// The code of a failure or an end.
    Error(ErrorCode),
    /// What a token answer deviates in.
    Odd(TokenOddity),
    /// One of the record's own words.
    Note(RecordNote),
}

/// The words of [`RecordOutcome`] that are not codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordNote {
    /// It succeeded.
    Ok,
    /// The same callback came again while its code was being exchanged.
    Repeated,
    /// The API is asked for the subject of a sign-in.
    SignIn,
    /// The API is asked for the subject of a connection.
    Identity,
    /// The API rejected the access token (401).
    Unauthorised,
    /// Introspection succeeded.
    Valid,
    /// Introspection gave no usable answer.
    Unclear,
    /// A sign-in made a new connection.
    New,
    /// A sign-in renewed a connection.
    Renewed,
    /// The scheduled time of a refresh came.
    Due,
    /// A call found that the access token's life is over.
    TokenEnded,
    /// The pause after a busy answer is over.
    Retry,
    /// The user asked for a retry.
    RetryNow,
    /// The grace window allows one repetition.
    Grace,
    /// The network is reachable.
    Reached,
    /// The network is not reachable.
    Missing,
    /// The connection left to make room for another.
    TooMany,
    /// The API answered 429.
    Status429,
    /// The API answered 503.
    Status503,
}

string_enum!(RecordNote {
    Ok = "ok", Repeated = "repeated", SignIn = "sign_in", Identity = "identity",
    Unauthorised = "unauthorised", Valid = "valid", Unclear = "unclear", New = "new",
    Renewed = "renewed", Due = "due", TokenEnded = "token_ended", Retry = "retry",
    RetryNow = "retry_now", Grace = "grace", Reached = "reached", Missing = "missing",
    TooMany = "too_many", Status429 = "429", Status503 = "503",
});

impl RecordOutcome {
    /// The stable string.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            RecordOutcome::Error(code) => code.word(),
            RecordOutcome::Odd(oddity) => oddity.word(),
            RecordOutcome::Note(note) => note.word(),
        }
    }

    /// The outcome of this string; `None` if it is not one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<RecordOutcome> {
        let note = RecordNote::from_word(word).map(RecordOutcome::Note);
        let odd = || TokenOddity::from_word(word).map(RecordOutcome::Odd);
        let error = || ErrorCode::from_word(word).map(RecordOutcome::Error);
        note.or_else(odd).or_else(error)
    }
}

impl Wire for RecordOutcome {
    fn write(&self, out: &mut Writer) {
        out.text(self.word());
    }

    fn take(json: Value, reading: &mut Reading) -> Self {
        json.as_str()
            .and_then(RecordOutcome::from_word)
            .unwrap_or_else(|| {
                reading.fail();
                RecordOutcome::Note(RecordNote::Ok)
            })
    }
}

impl From<ErrorCode> for RecordOutcome {
    fn from(code: ErrorCode) -> RecordOutcome {
        RecordOutcome::Error(code)
    }
}

impl From<TokenOddity> for RecordOutcome {
    fn from(oddity: TokenOddity) -> RecordOutcome {
        RecordOutcome::Odd(oddity)
    }
}

impl From<RecordNote> for RecordOutcome {
    fn from(note: RecordNote) -> RecordOutcome {
        RecordOutcome::Note(note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcome_of_every_code_reads_back() {
        for code in ErrorCode::ALL {
            let text = outlay_wire::to_text(&RecordOutcome::from(*code));
            assert_eq!(
                outlay_wire::from_text(&text),
                Some(RecordOutcome::Error(*code))
            );
        }
        for (word, outcome) in [
            ("429", RecordNote::Status429.into()),
            ("retry_now", RecordNote::RetryNow.into()),
            ("scope_list", RecordOutcome::Odd(TokenOddity::ScopeList)),
        ] {
            assert_eq!(RecordOutcome::from_word(word), Some(outcome));
            assert_eq!(outcome.word(), word);
        }
        assert_eq!(outlay_wire::from_text::<RecordOutcome>("\"x\""), None);
    }
}
