//! The two machines, row by row: what goes in, what must come out, on two clocks that the test sets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod active;
mod clocks;
mod ended;
mod exchange;
mod host;
mod interleavings;
mod leaving;
mod moves;
mod pending;
mod popup;
mod record;
mod refreshing;
mod restored;
mod secrets;
mod sign_out;
mod subject;
mod unauthorized;
mod unsure;
mod used;
mod walk;
