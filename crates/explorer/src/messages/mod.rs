//! Every sentence that is made of the catalogue: [`faults`] and limits, [`outcome`] of a call,
//! [`scopes`].

pub mod faults;
pub mod limits;
pub mod outcome;
pub mod scopes;
