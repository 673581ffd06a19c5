//! The record: what happened, in stable words. Pleo asks its clients to log each refresh, what came
//! of it, and why it was asked for; this is where that comes from.
//!
//! An [`RecordEvent`] holds words of this program and numbers, and by its types nothing else: no body, no
//! value, no name, nothing that a server wrote.

use super::io::ConnectionId;

/// One line of the record: codes and numbers only, no names, queries or bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEvent {
    /// The connection that the line belongs to; `None` for the vault as a whole.
    pub connection: Option<ConnectionId>,
    /// The kind of event; determines the meaning of `outcome`.
    pub kind: RecordKind,
    /// Milliseconds it took.
    pub duration: Option<u64>,
    /// The outcome or the reason: one of the words named at its [`RecordKind`], or a stable
    /// code.
    pub outcome: Option<&'static str>,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal,)+) => {
        /// The kinds of events in the record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum RecordKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl RecordKind {
            /// All kinds, roughly in the order of a session.
            pub const ALL: &[RecordKind] = &[$(RecordKind::$name),+];

            /// The kinds that the host adds itself, about its network traffic.
            pub const OF_THE_HOST: &[RecordKind] =
                &[RecordKind::QueueFormed, RecordKind::QueueCleared, RecordKind::CallRepeated];

            /// Returns the stable word for exports, in snake_case.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(RecordKind::$name => $word,)+
                }
            }

            /// Returns an explanation of the word for readers of an exported record.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(RecordKind::$name => concat!($($doc),+).trim_start(),)+
                }
            }
        }
    };
}

kinds! {
    /// A sign-in was begun.
    SignInStarted = "sign_in_started",
    /// The user came back to the callback page; how long they were away, and `ok`, `repeated`
    /// (the same callback once more, while its code is being exchanged) or the code of the refusal.
    Callback = "callback",
    /// The code was sent to the token endpoint.
    ExchangeSent = "exchange_sent",
    /// The token endpoint answered the code; how long it took, and `ok` or a code.
    ExchangeAnswered = "exchange_answered",
    /// Something about a complete token answer was odd: `token_type_absent`, `expires_in_absent`,
    /// `scope_separators` (scopes separated by something else than spaces), `scope_list` (an array of
    /// texts) or `scope_unreadable`; or about the bytes of any: `byte_order_mark`, `not_utf_8`.
    TokenAnswerOdd = "token_answer_odd",
    /// The subject of a token was requested: because of a `sign_in`, because the `identity` of a
    /// connection is not known yet, or because it said `unauthorised` to a call.
    IntrospectionSent = "introspection_sent",
    /// The introspection was answered; its duration, and `valid`, `unauthorised` or `unclear`.
    IntrospectionAnswered = "introspection_answered",
    /// A sign-in brought tokens: for a `new` connection, or for one that was `renewed`.
    Connected = "connected",
    /// A sign-in came to nothing; its code.
    SignInFailed = "sign_in_failed",
    /// A connection left, because a newer sign-in of the same profile and subject stays.
    Replaced = "replaced",
    /// A refresh is wanted: it is `due`, the API said `unauthorised`, a call found the `token_ended`;
    /// the server was busy and it is time for a `retry`, or a person asked to `retry_now`; or a
    /// stated `grace` window allows the one repetition.
    RefreshAsked = "refresh_asked",
    /// One harmless request showed whether the network is there: `reached` or `missing`.
    NetworkChecked = "network_checked",
    /// The refresh token was sent to the token endpoint.
    RefreshSent = "refresh_sent",
    /// The token endpoint answered a refresh; how long it took, and `ok` or a code.
    RefreshAnswered = "refresh_answered",
    /// A refresh went unanswered: its token may be spent, the access token is used up.
    Unsure = "unsure",
    /// A connection ended: `refused`, `expired`, `unsure`, `revoked`, `idle` or `absolute`.
    Ended = "ended",
    /// The machine slept; how long, by the difference of the clocks.
    Woke = "woke",
    /// Everything was signed out of, or the one connection named; `too_many` where that one had to
    /// make room for another.
    SignedOut = "signed_out",
    /// A refresh token was sent to the revocation endpoint.
    RevocationSent = "revocation_sent",
    /// A token response arrived too late: `ok` or a code.
    AnswerDropped = "answer_dropped",
    /// As many calls of a connection as may be are under way; the first of the others waits.
    QueueFormed = "queue_formed",
    /// The last waiting call of a connection has its turn; how long it had waited.
    QueueCleared = "queue_cleared",
    /// The API was busy and a call that only reads is sent once more after a pause; how long that
    /// is, and `429` or `503`.
    CallRepeated = "call_repeated",
}
