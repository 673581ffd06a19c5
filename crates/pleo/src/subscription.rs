//! Webhook subscriptions: which events go where.
//!
//! Source: pages `reference/subscriptions`. A browser cannot receive events; it can manage who does.

use outlay_wire::{Value, record};

use crate::id::{ActivityId, SubscriptionId};
use crate::open::open_enum;
use crate::secret::Secret;

open_enum! {
    /// Whether events are delivered.
    SubscriptionStatus {
        Inactive = "INACTIVE",
        Active = "ACTIVE",
    }
}

open_enum! {
    /// What was done to a subscription.
    SubscriptionOperation {
        Create = "CREATE",
        Update = "UPDATE",
        Delete = "DELETE",
    }
}

open_enum! {
    /// How deliveries prove who sends them.
    EndpointAuthType {
        None = "NONE",
        Basic = "BASIC",
    }
}

/// The body that makes or replaces a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionRequest {
    /// Where events are delivered.
    pub endpoint_url: String,
    /// The events, for example `v1.export-job.created`; each once.
    pub event_types: Vec<String>,
    /// Headers that every delivery carries; an object of strings, and maybe of secrets.
    pub custom_headers: Value,
    /// How deliveries prove who sends them.
    pub endpoint_auth: Option<EndpointAuth>,
    /// Whether events are delivered; they are where this is absent.
    pub status: Option<SubscriptionStatus>,
}

record!(SubscriptionRequest {
    endpoint_url = "endpointUrl", event_types = "eventTypes", custom_headers = "customHeaders",
    endpoint_auth = "endpointAuth", status = "status",
});

/// One subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// UUID.
    pub id: SubscriptionId,
    /// Where events are delivered.
    pub endpoint_url: String,
    /// The events, for example `v1.export-job.created`; each once.
    pub event_types: Vec<String>,
    /// Where it stands.
    pub status: SubscriptionStatus,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Headers that every delivery carries; an object of strings, and maybe of secrets.
    pub custom_headers: Value,
    /// How deliveries prove who sends them.
    pub endpoint_auth: Option<EndpointAuth>,
    /// When it was removed; RFC 3339.
    pub deleted_at: Option<String>,
    /// Who removed it, as URN.
    pub deleted_by: Option<String>,
}

record!(Subscription {
    id = "id", endpoint_url = "endpointUrl", event_types = "eventTypes", status = "status",
    created_at = "createdAt", updated_at = "updatedAt", custom_headers = "customHeaders",
    endpoint_auth = "endpointAuth", deleted_at = "deletedAt", deleted_by = "deletedBy",
});

/// How deliveries prove who sends them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointAuth {
    /// The way; none where this is absent.
    pub kind: Option<EndpointAuthType>,
    /// What it takes.
    pub credentials: Option<AuthCredential>,
}

record!(EndpointAuth {
    kind = "type", credentials = "credentials",
});

/// The credentials of an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthCredential {
    /// User name.
    pub username: Option<String>,
    /// Password.
    pub password: Option<Secret>,
    /// Token.
    pub token: Option<Secret>,
}

record!(AuthCredential {
    username = "username", password = "password", token = "token",
});

/// One thing that was done to a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionActivity {
    /// UUID.
    pub id: ActivityId,
    /// The subscription's UUID.
    pub subscription_id: SubscriptionId,
    /// What was done.
    pub operation_type: SubscriptionOperation,
    /// Who did it, as URN.
    pub actor_urn: String,
    /// What was done, in words.
    pub description: String,
    /// When it was made; RFC 3339.
    pub created_at: String,
}

record!(SubscriptionActivity {
    id = "id", subscription_id = "subscriptionId", operation_type = "operationType",
    actor_urn = "actorUrn", description = "description", created_at = "createdAt",
});

/// The secret of a subscription.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubscriptionSecret {
    /// The key that signs deliveries; it begins with `whsec_`.
    pub secret_key: Option<Secret>,
}

record!(SubscriptionSecret {
    secret_key = "secretKey",
});
