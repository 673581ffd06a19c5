//! The site on hosts of every kind, as an operator puts it up: what they answer, what a proxy lets
//! through, and a walk through the product on each.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod answers;
mod owned;
mod passing;
mod refusals;
mod verified;
mod walk;
