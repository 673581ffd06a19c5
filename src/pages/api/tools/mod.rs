//! The tools of the explorer that are loaded on demand, as the chunk `api_tools`: documentation,
//! programs, tools on a response, stored values and sequences.

pub mod answer_tools;
pub mod code;
mod compare;
mod fetch_all;
mod messages;
pub mod reference;
pub mod sequences;
mod table;
mod values;
