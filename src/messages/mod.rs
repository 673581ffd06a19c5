//! The text that the page shows for codes: [`errors`], [`refusal`] in the API explorer, [`record`]; and
//! with dates: [`dates`].

pub mod dates;
pub mod errors;
pub mod record;
pub mod refusal;
