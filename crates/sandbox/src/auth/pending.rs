//! The sign-ins that a person is in the middle of.

use std::collections::HashMap;

use crate::auth::authorization::AuthorizationRequest;
use crate::clock::Millis;

/// A sign-in may take ten minutes.
const LIFE: Millis = 600_000;

/// The pending sign-ins, by their random id.
#[derive(Debug, Default)]
pub struct Interactions(HashMap<String, Interaction>);

/// One of them.
#[derive(Debug)]
pub struct Interaction {
    /// The checked authorization request.
    pub request: AuthorizationRequest,
    /// A token in both forms, so that no other site can post them.
    pub csrf: String,
    /// The cookie of the browser that logged in; consent needs the same one.
    pub session: Option<String>,
    /// When the request arrived.
    pub started: Millis,
}

impl Interactions {
    /// The sign-in of this id, unless it has expired. Removes all that have.
    pub fn live(&mut self, id: &str, now: Millis) -> Option<&mut Interaction> {
        self.0
            .retain(|_, interaction| now < interaction.started + LIFE);
        self.0.get_mut(id)
    }

    /// Adds a sign-in.
    pub fn add(&mut self, id: String, interaction: Interaction) {
        self.0.insert(id, interaction);
    }

    /// Removes a finished sign-in.
    pub fn remove(&mut self, id: &str) {
        self.0.remove(id);
    }
}
