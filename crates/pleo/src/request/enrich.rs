//! The call that adds receipts and tags to an entry that is known by its card and amount.

use super::ApiRequest;
use crate::enrich::EnrichRequest;
use crate::money::Money;
use crate::operation;

/// The purchase by which Pleo finds the entry to enrich.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The amount; Pleo does not say in which unit, so that its smallest one is assumed.
    pub amount: Money,
    /// The last four digits of the card number.
    pub card_last_four_digits: String,
    /// Name of the merchant as on the card statement.
    pub merchant_name: String,
    /// Instant of the purchase or of its settlement; Pleo needs one of the two.
    pub at: PurchasedAt,
    /// The employee's e-mail address, to narrow the search.
    pub email: Option<String>,
}

/// The instant of a purchase; Pleo needs one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PurchasedAt {
    /// When it was spent; RFC 3339.
    Performed(String),
    /// When the money moved; RFC 3339.
    Settled(String),
}

/// Adds receipts and tags; answered by an `Envelope<EnrichResponse>`, even where no entry is found.
pub fn enrich(purchase: &Purchase, body: &EnrichRequest) -> ApiRequest {
    let (name, at) = match &purchase.at {
        PurchasedAt::Performed(at) => ("performed_at", at),
        PurchasedAt::Settled(at) => ("settled_at", at),
    };
    ApiRequest::new(&operation::ENRICH_ENTRY)
        .with("amount", &purchase.amount.minors.to_string())
        .with("currency", purchase.amount.currency.as_str())
        .with("card_last_four_digits", &purchase.card_last_four_digits)
        .with("merchant_name", &purchase.merchant_name)
        .with(name, at)
        .with_some("email", purchase.email.as_deref())
        .body(body)
}
