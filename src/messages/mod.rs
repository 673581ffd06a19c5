//! Texts that `session` and `platform` show too, so that they depend on no component: the text for
//! each code ([`errors`], [`refusal`] in the API explorer, [`record`]), and those about [`dates`],
//! [`copy`], [`counted`] units, [`download`] and the [`name_kinds`] of an export. Each page and the components have
//! catalogues of their own.

pub mod copy;
pub mod counted;
pub mod dates;
pub mod download;
pub mod errors;
pub mod name_kinds;
pub mod record;
pub mod refusal;
