//! Calls about webhook subscriptions.

use super::{ApiRequest, Slice};
use crate::id::SubscriptionId;
use crate::operation;
use crate::subscription::{SubscriptionOperation, SubscriptionRequest, SubscriptionStatus};

/// The subscriptions, of one status and to these events where some are given; answered by a
/// `Page<Subscription>`.
pub fn list(status: Option<&SubscriptionStatus>, events: &[&str], slice: &Slice) -> ApiRequest {
    ApiRequest::new(&operation::SUBSCRIPTIONS)
        .with_some("status", status.map(SubscriptionStatus::as_str))
        .with_all("event_types", events.iter().copied())
        .slice(slice)
}

/// `POST` of a new subscription; returns an `Envelope<Subscription>`.
pub fn create(body: &SubscriptionRequest) -> ApiRequest {
    ApiRequest::new(&operation::CREATE_SUBSCRIPTION).body(body)
}

/// `GET` of one subscription; returns an `Envelope<Subscription>`.
pub fn get(id: &SubscriptionId) -> ApiRequest {
    ApiRequest::of(&operation::SUBSCRIPTION, &[id.as_str()])
}

/// `PUT` that replaces a subscription; returns an `Envelope<Subscription>`.
pub fn update(id: &SubscriptionId, body: &SubscriptionRequest) -> ApiRequest {
    ApiRequest::of(&operation::UPDATE_SUBSCRIPTION, &[id.as_str()]).body(body)
}

/// `DELETE` of a subscription; the response has no body.
pub fn delete(id: &SubscriptionId) -> ApiRequest {
    ApiRequest::of(&operation::DELETE_SUBSCRIPTION, &[id.as_str()])
}

/// What was done to a subscription, of these kinds where some are given; answered by a
/// `Page<SubscriptionActivity>`.
pub fn activities(
    id: &SubscriptionId,
    kinds: &[SubscriptionOperation],
    slice: &Slice,
) -> ApiRequest {
    ApiRequest::of(&operation::SUBSCRIPTION_ACTIVITIES, &[id.as_str()])
        .with_all(
            "operation_types",
            kinds.iter().map(SubscriptionOperation::as_str),
        )
        .slice(slice)
}

/// The key that signs a subscription's deliveries; answered by an `Envelope<SubscriptionSecret>`,
/// which is a secret.
pub fn secret(id: &SubscriptionId) -> ApiRequest {
    ApiRequest::of(&operation::SUBSCRIPTION_SECRET, &[id.as_str()])
}
