//! Sealed snapshots: the entries of a company at one moment in a file that states each change of a bit.
//! No I/O, no clock and no random numbers; `docs/snapshot-format.md` describes the bytes.
//!
//! Reading order:
//!
//! 1. [`header`]: what a snapshot is about; [`error`]: why a file is rejected.
//! 2. [`container`]: the parts of a file, their hashes, and the root over them.
//! 3. `bytes`, `rows`, `texts`: what the parts contain.
//! 4. [`mod@write`]: a snapshot of a table, part by part; [`read`]: a table of a snapshot.
//! 5. [`difference`]: what changed between two tables.
//!
//! Every step takes a few milliseconds, so that a page can show progress between two of them. The reader
//! checks each length and bound before it allocates: a file may come from anywhere.
//!
//! A file proves that its bytes are those that were sealed, for a reader who knows the root from elsewhere.
//! It has no signature and no time stamp: anybody can seal other rows.
#![deny(missing_docs, clippy::float_arithmetic)]

#[doc(hidden)]
pub mod bytes;
pub mod container;
pub mod difference;
pub mod error;
pub mod header;
pub mod read;
mod rows;
mod texts;
pub mod write;

pub use container::{KeyParameters, Part, PartKind, SealedFile, Sealer};
pub use difference::{ChangeKind, Difference};
pub use error::Fault;
pub use header::Header;
pub use read::SnapshotReader;
pub use write::SnapshotWriter;
