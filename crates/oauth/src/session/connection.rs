//! One connection: a pair of tokens, its subject, and the state of its machine.

use std::rc::Rc;

use outlay_codes::ErrorCode;

use crate::client::ClientSettings;
use crate::secret::{AccessToken, RefreshToken};
use crate::state::random_text;
use crate::time::{Now, SECOND};
use crate::token::TokenSet;

use super::calls::PendingCall;
use super::identity::{Identity, IntrospectionRequest};
use super::io::{ConnectionId, EndReason};
use super::record::{RecordKind, RecordNote};
use super::refresh::{GraceReplay, RefreshAttempt};
use super::step::{SentPost, Transition};
use super::view::{Connection, ConnectionPhase, Fingerprint};

/// Two scheduled refreshes are at least so far apart.
const REFRESH_SPACING: u64 = 2 * SECOND;

/// A connection of one profile and, once known, one subject.
#[derive(Debug, Clone)]
pub(super) struct ConnectionMachine {
    pub(super) id: ConnectionId,
    pub(super) client: Rc<ClientSettings>,
    pub(super) identity: Identity,
    pub(super) asking: IntrospectionRequest,
    asked: Vec<String>,
    granted: Vec<String>,
    made: Now,
    /// The generation of the last sign-in, which orders sign-ins by age.
    sign_in_generation: u32,
    pub(super) generation: u32,
    pub(super) stage: ConnectionStage,
    pub(super) calls: Vec<PendingCall>,
    /// The introspection that decides about calls which got a 401.
    pub(super) pending_introspection: Option<SentPost>,
    pub(super) last_answer: Now,
    pub(super) woke: bool,
    pub(super) refresh_sent: Option<Now>,
}

/// The token pair of an exchange and its grant.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) tokens: TokenSet,
    pub(super) received: Now,
    pub(super) asked: Vec<String>,
    pub(super) scopes: Vec<String>,
}

/// Both tokens, which only ever change together. While the refresh token is being used, its one copy
/// is in the effect that uses it.
#[derive(Debug, Clone)]
pub(super) struct TokenPair {
    pub(super) access: AccessToken,
    pub(super) refresh: Option<RefreshToken>,
    pub(super) lifetime: Option<u64>,
    pub(super) received: Now,
}

/// The state of the machine. Each live stage has the pair, an ended one cannot.
#[derive(Debug, Clone)]
pub(super) enum ConnectionStage {
    /// The pair is valid, as far as is known.
    Active {
        pair: TokenPair,
        refresh_at: Option<u64>,
    },
    /// The refresh token is being used.
    Refreshing {
        pair: TokenPair,
        attempt: RefreshAttempt,
    },
    /// A refresh has an unknown outcome: the server may have redeemed the refresh token. `replay` is the one repetition
    /// that a stated grace window allows.
    Unsure {
        pair: TokenPair,
        replay: Option<GraceReplay>,
    },
    /// Without tokens; for display only.
    Ended(EndReason),
}

impl TokenPair {
    /// Whether the access token is within the life that the server stated.
    pub(super) fn is_alive(&self, now: Now) -> bool {
        self.lifetime
            .is_none_or(|lifetime| now.monotonic_since(self.received) < lifetime)
    }

    /// The monotonic instant at which the access token's life is over.
    pub(super) fn end(&self) -> Option<u64> {
        self.lifetime
            .map(|lifetime| self.received.monotonic.saturating_add(lifetime))
    }
}

impl ConnectionMachine {
    pub(super) fn new(
        client: Rc<ClientSettings>,
        identity: Identity,
        grant: Grant,
        step: &mut Transition<'_>,
    ) -> ConnectionMachine {
        let mut connection = ConnectionMachine {
            id: ConnectionId(random_text::<9>(step.rng)),
            client: client.clone(),
            identity: Identity::default(),
            asking: IntrospectionRequest::Answered,
            asked: Vec::new(),
            granted: Vec::new(),
            made: step.now,
            sign_in_generation: 0,
            generation: 0,
            stage: ConnectionStage::Ended(EndReason::Expired),
            calls: Vec::new(),
            pending_introspection: None,
            last_answer: step.now,
            woke: false,
            refresh_sent: None,
        };
        connection.connect(identity, grant, RecordNote::New, step);
        connection
    }

    /// A sign-in brought a new pair for this profile and subject. Waiting calls continue with it.
    pub(super) fn replace(
        &mut self,
        client: Rc<ClientSettings>,
        identity: Identity,
        grant: Grant,
        step: &mut Transition<'_>,
    ) {
        self.client = client;
        self.connect(identity, grant, RecordNote::Renewed, step);
    }

    fn connect(
        &mut self,
        identity: Identity,
        grant: Grant,
        how: RecordNote,
        step: &mut Transition<'_>,
    ) {
        self.identity = identity;
        self.asked = grant.asked;
        self.granted = grant.scopes;
        self.made = step.now;
        self.refresh_sent = None;
        self.mark_answered(step.now);
        step.record(
            RecordKind::Connected,
            Some(&self.id),
            None,
            Some(how.into()),
        );
        self.take_pair(grant.tokens, None, grant.received, step);
        self.sign_in_generation = self.generation;
    }

    /// Both tokens are swapped together, the generation rises, and waiting calls continue. A pair
    /// without a refresh token continues with `kept`.
    pub(super) fn take_pair(
        &mut self,
        tokens: TokenSet,
        kept: Option<RefreshToken>,
        received: Now,
        step: &mut Transition<'_>,
    ) {
        self.generation = step.generation();
        // What was asked with the old pair is not waited for any more.
        self.pending_introspection = None;
        self.asking = IntrospectionRequest::about(&self.identity, step);
        if let Some(scopes) = tokens.scopes {
            self.granted = scopes;
        }
        let pair = TokenPair {
            access: tokens.access,
            refresh: tokens.refresh.or(kept),
            lifetime: tokens.lifetime,
            received,
        };
        let refresh_at = self.schedule(&pair, step);
        self.stage = ConnectionStage::Active { pair, refresh_at };
        self.resume_calls(step);
    }

    pub(super) fn id(&self) -> &ConnectionId {
        &self.id
    }

    pub(super) fn profile(&self) -> &str {
        &self.client.profile
    }

    pub(super) fn sign_in_generation(&self) -> u32 {
        self.sign_in_generation
    }

    pub(super) fn made(&self) -> Now {
        self.made
    }

    pub(super) fn ended(&self) -> bool {
        matches!(self.stage, ConnectionStage::Ended(_))
    }

    /// Something showed that the network is there.
    pub(super) fn mark_answered(&mut self, now: Now) {
        self.last_answer = now;
        self.woke = false;
    }

    pub(super) fn pair(&self) -> Option<&TokenPair> {
        match &self.stage {
            ConnectionStage::Active { pair, .. }
            | ConnectionStage::Refreshing { pair, .. }
            | ConnectionStage::Unsure { pair, .. } => Some(pair),
            ConnectionStage::Ended(_) => None,
        }
    }

    pub(super) fn for_each_secret(&self, visit: &mut dyn FnMut(&str)) {
        if let Some(pair) = self.pair() {
            visit(pair.access.reveal());
            pair.refresh.iter().for_each(|token| visit(token.reveal()));
        }
        let being_used = match &self.stage {
            ConnectionStage::Refreshing { attempt, .. } => Some(attempt.token()),
            ConnectionStage::Unsure { replay, .. } => replay.as_ref().map(GraceReplay::token),
            _ => None,
        };
        being_used.iter().for_each(|token| visit(token.reveal()));
    }

    /// Revokes the refresh token, unless it may have been redeemed already.
    pub(super) fn revoke(&self, step: &mut Transition<'_>) {
        let token = match &self.stage {
            ConnectionStage::Active { pair, .. } => pair.refresh.as_ref(),
            ConnectionStage::Refreshing { attempt, .. } => attempt.unspent(),
            _ => None,
        };
        step.revoke(&self.client, token);
    }

    /// Wipes both tokens and settles every call.
    pub(super) fn end(&mut self, reason: EndReason, step: &mut Transition<'_>) {
        step.record(
            RecordKind::Ended,
            Some(&self.id),
            None,
            Some(reason.code().into()),
        );
        self.stage = ConnectionStage::Ended(reason);
        self.pending_introspection = None;
        self.asking = IntrospectionRequest::Answered;
        self.settle_calls(ErrorCode::SessionEnded, step);
    }

    pub(super) fn due(&mut self, step: &mut Transition<'_>) {
        self.refresh_due(step);
        self.ask_due(step);
    }

    pub(super) fn next_due(&self) -> Option<u64> {
        let asking = self.ask_next_due();
        asking.into_iter().chain(self.refresh_next_due()).min()
    }

    pub(super) fn woke(&mut self) {
        self.woke = true;
    }

    /// The requested scopes.
    pub(super) fn asked(&self) -> &[String] {
        &self.asked
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint {
            id: self.id.clone(),
            phase: self.phase(),
            generation: self.generation,
            identity: (
                self.identity.subject.clone(),
                self.identity.application.clone(),
            ),
            granted: self.granted.clone(),
        }
    }

    /// `longest`: how long a session may last, in milliseconds.
    pub(super) fn view(&self, now: Now, longest: u64) -> Connection {
        let pair = self.pair();
        Connection {
            id: self.id.0.clone(),
            profile: self.client.profile.clone(),
            phase: self.phase(),
            generation: self.generation,
            subject: self.identity.subject.clone(),
            application: self.identity.application.clone(),
            scopes_asked: self.asked.clone(),
            scopes_granted: self.granted.clone(),
            expires_in: pair
                .and_then(TokenPair::end)
                .map(|end| end.saturating_sub(now.monotonic)),
            lifetime: pair.and_then(|pair| pair.lifetime),
            token_age: pair.map_or(0, |pair| now.monotonic_since(pair.received)),
            refreshable: match &self.stage {
                ConnectionStage::Active { pair, .. } => pair.refresh.is_some(),
                ConnectionStage::Refreshing { .. } => true,
                _ => false,
            },
            session_left: longest.saturating_sub(now.elapsed_since(self.made)),
        }
    }

    fn phase(&self) -> ConnectionPhase {
        match &self.stage {
            ConnectionStage::Active { .. } => ConnectionPhase::Active,
            ConnectionStage::Refreshing { .. } => ConnectionPhase::Refreshing,
            ConnectionStage::Unsure { .. } => ConnectionPhase::Unsure,
            ConnectionStage::Ended(reason) => ConnectionPhase::Ended(reason.clone()),
        }
    }

    /// At 75 % of the token's life and up to a tenth of it later by chance, which is well before the
    /// last tenth and the last 30 s; never sooner than two seconds after the refresh before.
    fn schedule(&self, pair: &TokenPair, step: &mut Transition<'_>) -> Option<u64> {
        let lifetime = pair.lifetime?;
        pair.refresh.as_ref()?;
        let age = lifetime / 4 * 3 + step.jitter(lifetime / 10);
        let wanted = pair.received.monotonic + age;
        let spaced = self
            .refresh_sent
            .map_or(0, |sent| sent.monotonic + REFRESH_SPACING);
        Some(wanted.max(spaced))
    }
}
