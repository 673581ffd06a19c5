//! A body as it came, however large: [`lines`] finds the lines of its pretty form slice by slice,
//! [`crate::tolerant`] the secrets in text of any other kind, [`text`] holds both forms with their secrets masked, [`window`] selects the visible lines,
//! [`paging`] where the neighbouring pages are, [`merge`] joins all of them, [`search`] finds text,
//! [`fold`] hides nested lines.

pub mod fold;
pub mod lines;
pub mod merge;
pub mod paging;
pub mod search;
pub mod text;
pub mod window;

pub use crate::tolerant;
