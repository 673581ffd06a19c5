//! The rules and the data of the authorization server, without HTTP.
//!
//! [`client`] is the registered client, [`authorization`] checks an authorization request, [`pending`]
//! stores the sign-ins that wait for a person, [`token_store`] issues and checks codes and tokens,
//! [`disabled_rules`] names the rules that a fault can switch off.

pub mod authorization;
pub mod client;
pub mod disabled_rules;
pub mod pending;
pub mod token_store;
