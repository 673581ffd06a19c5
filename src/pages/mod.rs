//! One file per route. A page reads the state, calls one thing, shows the result.

pub mod callback;
pub mod connect;
pub mod connected;
pub mod ended;
pub mod entries;
pub mod gate;
pub mod not_found;
pub mod overview;
pub mod part;
pub mod refusal;
pub mod welcome;
