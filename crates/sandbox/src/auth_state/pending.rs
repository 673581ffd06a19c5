//! The sign-ins that wait for a user.

use std::collections::HashMap;

use crate::auth_state::authorization::AuthorizationRequest;
use crate::clock::Millis;

/// Lifetime of a sign-in: ten minutes.
const LIFE: Millis = 600_000;

/// The pending sign-ins by their random id.
#[derive(Debug, Default)]
pub struct Interactions(HashMap<String, Interaction>);

/// A sign-in between the authorization request and consent.
#[derive(Debug)]
pub struct Interaction {
    /// The valid authorization request; consent issues a code for it.
    pub request: AuthorizationRequest,
    /// Token in both forms, so that no other site can post them.
    pub csrf: String,
    /// Session cookie of the browser that logged in; consent needs the same one.
    pub session: Option<String>,
    /// Instant of the authorization request.
    pub started: Millis,
}

impl Interactions {
    /// Returns the sign-in with this id unless it expired; removes all expired ones.
    pub fn live(&mut self, id: &str, now: Millis) -> Option<&mut Interaction> {
        self.0
            .retain(|_, interaction| now < interaction.started + LIFE);
        self.0.get_mut(id)
    }

    /// Adds a sign-in under its random id.
    pub fn add(&mut self, id: String, interaction: Interaction) {
        self.0.insert(id, interaction);
    }

    /// Removes a sign-in that is granted or denied.
    pub fn remove(&mut self, id: &str) {
        self.0.remove(id);
    }
}
