//! Every sentence that is made of the catalogue: [`faults`] and limits, [`outcome`] of a call,
//! [`paging`], [`scopes`].

pub mod faults;
pub mod limits;
pub mod outcome;
pub mod paging;
pub mod scopes;
