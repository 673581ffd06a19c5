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

/// Request body that creates or replaces a webhook subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionRequest {
    /// Absolute address that Pleo sends events to.
    pub endpoint_url: String,
    /// Event types, for example `v1.export-job.created`; each at most once.
    pub event_types: Vec<String>,
    /// Headers that every delivery carries; an object of strings, and maybe of secrets.
    pub custom_headers: Value,
    /// How Pleo authenticates at the endpoint; `None` for no authentication.
    pub endpoint_auth: Option<EndpointAuth>,
    /// Whether events are sent; `None` counts as active.
    pub status: Option<SubscriptionStatus>,
}

record!(SubscriptionRequest {
    endpoint_url = "endpointUrl", event_types = "eventTypes", custom_headers = "customHeaders",
    endpoint_auth = "endpointAuth", status = "status",
});

/// A webhook subscription, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// UUID.
    pub id: SubscriptionId,
    /// Absolute address that Pleo sends events to.
    pub endpoint_url: String,
    /// Event types, for example `v1.export-job.created`; each at most once.
    pub event_types: Vec<String>,
    /// Whether events are sent; an undocumented value is kept as text.
    pub status: SubscriptionStatus,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Headers that every delivery carries; an object of strings, and maybe of secrets.
    pub custom_headers: Value,
    /// How Pleo authenticates at the endpoint; `None` for no authentication.
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

/// How Pleo authenticates at the endpoint of a subscription.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointAuth {
    /// Authentication scheme; `None` counts as no authentication.
    pub kind: Option<EndpointAuthType>,
    /// Credentials of the scheme; `None` if the scheme needs none.
    pub credentials: Option<AuthCredential>,
}

record!(EndpointAuth {
    kind = "type", credentials = "credentials",
});

/// Credentials for an endpoint; which fields are set depends on the scheme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthCredential {
    /// User name, for HTTP Basic.
    pub username: Option<String>,
    /// Password, for HTTP Basic.
    pub password: Option<Secret>,
    /// Token; no documented scheme uses it.
    pub token: Option<Secret>,
}

record!(AuthCredential {
    username = "username", password = "password", token = "token",
});

/// An entry in the activity log of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionActivity {
    /// UUID.
    pub id: ActivityId,
    /// The subscription's UUID.
    pub subscription_id: SubscriptionId,
    /// The operation; an undocumented value is kept as text.
    pub operation_type: SubscriptionOperation,
    /// Who did it, as URN.
    pub actor_urn: String,
    /// The operation in Pleo's words, for display.
    pub description: String,
    /// When it was made; RFC 3339.
    pub created_at: String,
}

record!(SubscriptionActivity {
    id = "id", subscription_id = "subscriptionId", operation_type = "operationType",
    actor_urn = "actorUrn", description = "description", created_at = "createdAt",
});

/// The signing secret of a subscription.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubscriptionSecret {
    /// Key that signs deliveries; it begins with `whsec_`.
    pub secret_key: Option<Secret>,
}

record!(SubscriptionSecret {
    secret_key = "secretKey",
});
