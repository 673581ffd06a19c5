//! OAuth 2.0 for a public client, without I/O: values in, values out.
//!
//! No clock, no network, no browser. Time ([`time::Now`]) and randomness (a
//! [`rand::CryptoRng`]) are passed in; requests are returned as data, and their responses are passed in.
//!
//! Reading order:
//!
//! 1. [`secret`]: values that redact themselves and are cleared when dropped.
//! 2. [`time`]: two clocks, and which of them decides what.
//! 3. [`client`]: who asks, and where (RFC 6749 §2.2, §3.1, §3.2).
//! 4. [`pkce`] and [`state`]: what makes one authorization request unforgeable (RFC 7636).
//! 5. [`form`]: `application/x-www-form-urlencoded`, both ways.
//! 6. [`authorize`]: the authorization request (RFC 6749 §4.1.1).
//! 7. [`callback`]: the authorization response (RFC 6749 §4.1.2).
//! 8. [`token`]: exchange, refresh and revocation, as requests and processed answers; [`scope`] and
//!    [`server_text`] read what such an answer says of scopes and errors, [`retry_after`] when to ask
//!    again.
//! 9. [`resource`]: where a bearer may be sent; [`return_to`]: where a sign-in may lead.
//! 10. [`outline`]: what was sent and what came, without its secrets.
//! 11. [`redact`]: known secrets removed from what a server has sent.
//! 12. [`session`]: the two machines, sign-in and connection, that use all of the above.

#![deny(missing_docs, clippy::float_arithmetic)]

pub mod authorize;
pub mod callback;
pub mod client;
pub mod form;
pub mod outline;
pub mod pkce;
pub mod redact;
pub mod resource;
pub mod retry_after;
pub mod return_to;
pub mod scope;
pub mod secret;
pub mod server_text;
pub mod session;
pub mod state;
pub mod time;
pub mod token;
