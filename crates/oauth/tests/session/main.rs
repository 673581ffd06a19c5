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
mod moves;
mod pending;
mod popup;
mod random_paths;
mod record;
mod refreshing;
mod removal;
mod secrets;
mod sign_out;
mod stored_copy;
mod subject;
mod unauthorized;
mod unsure;
mod used_states;
