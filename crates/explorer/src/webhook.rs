//! The signature of a webhook delivery, as Standard Webhooks defines it: HMAC-SHA256 over
//! `id.timestamp.body`, in base64, in the header `webhook-signature`.

use base64ct::{Base64, Base64Unpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use outlay_wire::{Value, parse};
use sha2::Sha256;

use crate::secret_names::WEBHOOK_KEY;

/// Seconds by which a timestamp may differ from the clock before Standard Webhooks advises to
/// refuse the delivery.
pub const TOLERANCE: u64 = 300;

/// The events that Pleo documents.
pub const EVENTS: [&str; 2] = ["v1.export-job.created", "v1.vendor.created"];

/// The parts of a delivery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Header `webhook-id`.
    pub id: String,
    /// Header `webhook-timestamp`, in seconds since the Unix epoch.
    pub timestamp: String,
    /// Header `webhook-signature`: signatures separated by spaces, each `v1,` and base64.
    pub signature: String,
    /// The body, byte by byte as it was received.
    pub body: String,
}

/// Why a signature was not verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no secret.
    NoSecret,
    /// The secret is not base64.
    SecretEncoding,
    /// A header is missing or has a character that a header value cannot have.
    Header(&'static str),
    /// The timestamp is not a number of seconds.
    Timestamp,
    /// No signature has the form `v1,` and base64 of 32 bytes.
    SignatureForm,
    /// The signatures are well formed, and none is that of this delivery under this secret.
    Mismatch,
}

/// Headers of a delivery.
pub const HEADERS: [&str; 3] = ["webhook-id", "webhook-timestamp", "webhook-signature"];

impl Delivery {
    /// Takes the three headers out of pasted text with one header in a line; the case of names does
    /// not matter. A header that the text does not have stays as it is.
    pub fn read_headers(&mut self, text: &str) {
        for line in text.lines() {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim().to_owned();
            match &*name.trim().to_ascii_lowercase() {
                "webhook-id" => self.id = value,
                "webhook-timestamp" => self.timestamp = value,
                "webhook-signature" => self.signature = value,
                _ => {}
            }
        }
    }

    /// Returns what is signed: id, timestamp and body, with dots between them.
    pub fn signed(&self) -> String {
        [&*self.id, ".", &self.timestamp, ".", &self.body].concat()
    }

    /// Returns the headers as text, one in a line.
    pub fn headers(&self) -> String {
        let values = [&self.id, &self.timestamp, &self.signature];
        let lines = HEADERS.iter().zip(values);
        let lines = lines.map(|(name, value)| [name, ": ", value].concat());
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Verifies the signature of a delivery. Compares in constant time.
///
/// # Errors
///
/// Why it is not verified.
pub fn verify(delivery: &Delivery, secret: &str) -> Result<(), Fault> {
    let mac = mac(delivery, secret)?;
    let mut well_formed = false;
    for one in delivery.signature.split(' ') {
        let Some(text) = one.strip_prefix("v1,") else {
            continue;
        };
        let Some(bytes) = decoded(text).filter(|bytes| bytes.len() == 32) else {
            continue;
        };
        well_formed = true;
        if mac.clone().verify_slice(&bytes).is_ok() {
            return Ok(());
        }
    }
    Err(match well_formed {
        true => Fault::Mismatch,
        false => Fault::SignatureForm,
    })
}

/// Returns the header `webhook-signature` of a delivery, for a sample.
///
/// # Errors
///
/// What is wrong with the secret or a header.
pub fn sign(delivery: &Delivery, secret: &str) -> Result<String, Fault> {
    let bytes = mac(delivery, secret)?.finalize().into_bytes();
    Ok(["v1,", &Base64::encode_string(&bytes)].concat())
}

/// Returns how many seconds the timestamp differs from `now`, both since the Unix epoch; `None` if
/// it is no number.
pub fn age(delivery: &Delivery, now: u64) -> Option<u64> {
    let at: u64 = delivery.timestamp.parse().ok()?;
    Some(at.abs_diff(now))
}

/// Returns the event type that the body states; `None` without one.
pub fn event_type(body: &str) -> Option<String> {
    let value = parse(body).ok()?;
    let own = value.get("eventType").and_then(Value::as_str);
    own.map(str::to_owned)
}

/// Returns the body of a sample delivery: fictional values in the fields that Pleo documents.
pub fn sample_body(event: &str) -> String {
    let company = "0f8fad5b-d9cb-469f-a165-70867728950e";
    let data = match event {
        "v1.vendor.created" => format!(
            r#"{{"id":"5b9c2f0e-7b1d-4c3e-9a64-1f2d3c4b5a69","companyId":"{company}","name":"Paper Supplies","country":"DK","registrationNumber":"12345678","taxRegistrationNumber":"DK12345678","code":null,"state":"DRAFT","defaultCurrency":"DKK","createdBy":"urn:pleo:employee:3f1e2d4c-5b6a-4789-8c0d-1e2f3a4b5c6d","createdAt":"2026-01-15T09:30:00.430510712Z","updatedAt":"2026-01-15T09:30:00.430510712Z","deletedAt":null}}"#
        ),
        _ => format!(
            r#"{{"id":"8d3b1a52-6f4e-4d7c-8b9a-0c1d2e3f4a5b","companyId":"{company}","createdAt":"2026-01-15T09:30:00.430510712Z","createdBy":"urn:pleo:employee:3f1e2d4c-5b6a-4789-8c0d-1e2f3a4b5c6d","expiresIn":3600,"numberOfItems":12,"status":"pending"}}"#
        ),
    };
    format!(
        r#"{{"data":{data},"eventType":"{event}","eventId":"1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f"}}"#
    )
}

fn mac(delivery: &Delivery, secret: &str) -> Result<Hmac<Sha256>, Fault> {
    let secret = secret.trim();
    if secret.is_empty() {
        return Err(Fault::NoSecret);
    }
    let key = decoded(secret.strip_prefix(WEBHOOK_KEY).unwrap_or(secret));
    let key = key
        .filter(|key| !key.is_empty())
        .ok_or(Fault::SecretEncoding)?;
    if delivery.id.is_empty() || delivery.id.contains('.') {
        return Err(Fault::Header(HEADERS[0]));
    }
    if delivery.timestamp.is_empty() {
        return Err(Fault::Header(HEADERS[1]));
    }
    if !delivery.timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::Timestamp);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| Fault::SecretEncoding)?;
    mac.update(delivery.signed().as_bytes());
    Ok(mac)
}

/// Base64 with or without padding.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let padded = Base64::decode_vec(text);
    padded.or_else(|_| Base64Unpadded::decode_vec(text)).ok()
}
