//! Every sentence that is made of the catalogue: [`faults`] and limits, [`outcome`] of a call,
//! [`paging`], [`scopes`].

pub mod faults;
pub mod limits;
pub mod outcome;
pub mod paging;
pub mod scopes;

/// Returns ` item` for the number `1`, else ` items`; `unit` is a noun whose plural ends in `s`.
fn unit(number: &str, unit: &str) -> String {
    let end = if number == "1" { "" } else { "s" };
    [" ", unit, end].concat()
}
