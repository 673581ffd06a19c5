//! The texts of the page that verifies webhook deliveries.

#![allow(missing_docs, reason = "each text says itself what it is")]

use outlay_explorer::webhook::{Fault, TOLERANCE};

pub const TITLE: &str = "Webhooks";
pub const LEAD: &str = "Verify the signature of a delivery. It is computed in this page: nothing is \
    sent, and the secret is in memory only until you leave the page.";
pub const SAMPLES: &str = "Sample deliveries";
pub const SAMPLE_HINT: &str = "A sample is signed with the secret below. Without a secret, the page \
    uses the example key of Standard Webhooks.";
pub const HEADERS: &str = "Headers";
pub const HEADERS_HINT: &str = "One header in a line: webhook-id, webhook-timestamp and \
    webhook-signature. Other headers are ignored.";
pub const BODY: &str = "Body";
pub const BODY_HINT: &str = "Byte by byte as it was received. A reformatted body has another \
    signature.";
pub const SECRET: &str = "Signing secret";
pub const SECRET_HINT: &str = "Begins with whsec_. The operation Get the secret of a subscription \
    returns it.";
pub const RESULT: &str = "Result";
pub const WAITING: &str = "Paste a delivery and the secret.";
pub const VERIFIED: &str = "The signature is valid.";
pub const NOT_VERIFIED: &str = "The signature is not verified.";
pub const SIGNED: &str = "Signed content";
pub const SIGNED_HINT: &str = "HMAC-SHA256 over id, timestamp and body, joined by dots, with the \
    base64-decoded secret as its key (Standard Webhooks). Pleo names the headers and the form of \
    the signature; its documentation does not state the signed content.";
pub const EVENT: &str = "Event type: ";
pub const CLEAR: &str = "Clear";

/// The example key of the Standard Webhooks specification. It signs samples only.
pub const SAMPLE_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// Why a delivery is not verified, and what to do.
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::NoSecret => "There is no secret.".to_owned(),
        Fault::SecretEncoding => {
            "The secret is not base64 after whsec_. Copy it again, without spaces.".to_owned()
        }
        Fault::Header(name) => ["The header ", name, " is missing or not valid."].concat(),
        Fault::Timestamp => {
            "webhook-timestamp is not a number of seconds since 1 January 1970.".to_owned()
        }
        Fault::SignatureForm => {
            "webhook-signature has no part of the form v1, and base64 of 32 bytes.".to_owned()
        }
        Fault::Mismatch => {
            "No signature of the header is that of this delivery under this secret. \
            Check that the body is unchanged and that the secret belongs to this subscription."
                .to_owned()
        }
    }
}

/// A warning about the age of a delivery, in seconds; `None` for a recent one.
pub fn age(seconds: u64) -> Option<String> {
    (seconds > TOLERANCE).then(|| {
        let minutes = seconds / 60;
        format!(
            "The timestamp differs from this device's clock by {minutes} minutes. Standard Webhooks \
             advises to refuse more than {} minutes, so that an old delivery cannot be replayed.",
            TOLERANCE / 60
        )
    })
}
