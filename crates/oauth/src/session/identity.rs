//! The subject of a connection: known from the sign-in, or requested until the API states it. Once known it
//! does not change, because a grant is one person's.

use crate::time::SECOND;

use super::connection::ConnectionMachine;
use super::io::{IntrospectionResult, RequestKey};
use super::record::{RecordKind, RecordNote};
use super::step::{SentPost, Transition};

/// The first pause before introspection is asked again; each further one is twice as long.
const PAUSE: u64 = 5 * SECOND;

/// Pauses grow to this many times the first one.
const LONGEST_PAUSE: u64 = 32;

/// The subject of the tokens, as the API states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) subject: Option<String>,
    pub(super) application: Option<String>,
}

/// Returns whether the subject still has to be requested from the API.
#[derive(Debug, Clone)]
pub(super) enum IntrospectionRequest {
    Answered,
    Sent { question: SentPost, pause: u64 },
    Paused { until: u64, pause: u64 },
}

impl IntrospectionRequest {
    /// The remaining request for a subject that is known so far.
    pub(super) fn about(identity: &Identity, step: &Transition<'_>) -> IntrospectionRequest {
        match identity.subject {
            Some(_) => IntrospectionRequest::Answered,
            None => IntrospectionRequest::Paused {
                until: step.now.monotonic + PAUSE,
                pause: PAUSE,
            },
        }
    }
}

impl ConnectionMachine {
    pub(super) fn subject(&self) -> Option<&str> {
        self.identity.subject.as_deref()
    }

    /// Whether this is the connection of that profile and subject; an unknown one equals no other.
    pub(super) fn is_of(&self, profile: &str, subject: Option<&str>) -> bool {
        self.profile() == profile && subject.is_some() && self.subject() == subject
    }

    /// The introspection of that key, if it would change anything here.
    pub(super) fn question(&self, key: RequestKey) -> Option<SentPost> {
        let asking = match self.asking {
            IntrospectionRequest::Sent { question, .. } => Some(question),
            _ => None,
        };
        let mut open = asking.into_iter().chain(self.pending_introspection);
        open.find(|question| question.key == key)
    }

    /// The API answered one of this connection's introspections.
    pub(super) fn introspected(
        &mut self,
        question: SentPost,
        answer: &IntrospectionResult,
        step: &mut Transition<'_>,
    ) {
        let took = step.now.monotonic_since(question.at);
        let outcome = Some(answer.outcome().into());
        step.record(
            RecordKind::IntrospectionAnswered,
            Some(&self.id),
            Some(took),
            outcome,
        );
        if *answer != IntrospectionResult::Unclear {
            self.mark_answered(step.now);
        }
        if let IntrospectionResult::Valid {
            subject: Some(subject),
            application,
            ..
        } = answer
            && self.identity.subject.is_none()
        {
            self.identity = Identity {
                subject: Some(subject.clone()),
                application: application.clone(),
            };
            self.asking = IntrospectionRequest::Answered;
        }
        if let IntrospectionRequest::Sent {
            question: asked,
            pause,
        } = self.asking
            && asked.key == question.key
        {
            let pause = (pause * 2).min(PAUSE * LONGEST_PAUSE);
            self.asking = IntrospectionRequest::Paused {
                until: step.now.monotonic + pause,
                pause,
            };
        }
        if self
            .pending_introspection
            .is_some_and(|asked| asked.key == question.key)
        {
            self.pending_introspection = None;
            self.introspect_calls(answer, step);
        }
    }

    /// Asks again when the pause is over.
    pub(super) fn ask_due(&mut self, step: &mut Transition<'_>) {
        if let (IntrospectionRequest::Paused { until, pause }, Some(pair)) =
            (&self.asking, self.pair())
            && *until <= step.now.monotonic
        {
            let pause = *pause;
            let question = step.introspect(
                &self.client,
                Some(&self.id),
                &pair.access,
                RecordNote::Identity,
            );
            self.asking = IntrospectionRequest::Sent { question, pause };
        }
    }

    pub(super) fn ask_next_due(&self) -> Option<u64> {
        match self.asking {
            IntrospectionRequest::Paused { until, .. } => Some(until),
            _ => None,
        }
    }
}
