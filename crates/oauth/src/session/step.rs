//! The context of one transition: the instant, random numbers, the vault's counters, the effects so far.

use rand::CryptoRng;

use crate::client::ClientSettings;
use crate::secret::{AccessToken, RefreshToken};
use crate::time::Now;
use crate::token::{self, TokenSet};

use super::io::{ConnectionId, Effect, RequestKey};
use super::record::{RecordEvent, RecordKind, RecordNote, RecordOutcome};

/// Counters that every machine of the vault draws from; none is ever reset.
#[derive(Debug, Clone, Default)]
pub(super) struct StepContext {
    generation: u32,
    key: u64,
}

pub(super) struct Transition<'a> {
    pub(super) now: Now,
    pub(super) rng: &'a mut dyn CryptoRng,
    pub(super) shared: &'a mut StepContext,
    pub(super) effects: Vec<Effect>,
}

/// A request that is on its way.
#[derive(Debug, Clone, Copy)]
pub(super) struct SentPost {
    pub(super) key: RequestKey,
    pub(super) at: Now,
}

impl Transition<'_> {
    pub(super) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// A line for the record. Not inlined: there are many, and they are all the same code.
    #[inline(never)]
    pub(super) fn record(
        &mut self,
        kind: RecordKind,
        connection: Option<&ConnectionId>,
        duration: Option<u64>,
        outcome: Option<RecordOutcome>,
    ) {
        let connection = connection.cloned();
        self.emit(Effect::Record(RecordEvent {
            connection,
            kind,
            duration,
            outcome,
        }));
    }

    pub(super) fn key(&mut self) -> RequestKey {
        self.shared.key += 1;
        RequestKey(self.shared.key)
    }

    pub(super) fn generation(&mut self) -> u32 {
        self.shared.generation += 1;
        self.shared.generation
    }

    /// A number from 0 up to and including `most`.
    pub(super) fn jitter(&mut self, most: u64) -> u64 {
        match most.checked_add(1) {
            Some(range) => self.rng.next_u64() % range,
            None => 0,
        }
    }

    /// Requests the subject of a token.
    pub(super) fn introspect(
        &mut self,
        client: &ClientSettings,
        connection: Option<&ConnectionId>,
        token: &AccessToken,
        why: RecordNote,
    ) -> SentPost {
        let key = self.key();
        self.record(
            RecordKind::IntrospectionSent,
            connection,
            None,
            Some(why.into()),
        );
        self.emit(Effect::Introspect {
            key,
            api_base: client.api_base.clone(),
            token: token.clone(),
        });
        SentPost { key, at: self.now }
    }

    /// What was odd about an answer goes into the record.
    pub(super) fn odd(&mut self, connection: Option<&ConnectionId>, tokens: &TokenSet) {
        for oddity in &tokens.oddities {
            self.record(
                RecordKind::TokenAnswerOdd,
                connection,
                None,
                Some((*oddity).into()),
            );
        }
    }

    /// Best effort, and only if there is an endpoint.
    pub(super) fn revoke(&mut self, client: &ClientSettings, token: Option<&RefreshToken>) {
        if let Some(request) = token.and_then(|token| token::revoke_request(client, token)) {
            self.record(RecordKind::RevocationSent, None, None, None);
            self.emit(Effect::Revoke(request));
        }
    }
}
