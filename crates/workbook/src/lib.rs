//! Excel workbooks (Office Open XML, ECMA-376) of table rows, made in a worker of their own.
//!
//! Reading order:
//!
//! 1. [`message`]: the plan of a workbook and the messages between page and worker.
//! 2. [`mod@slice`]: rows as bytes, the body of a message.
//! 3. [`rows`]: the page's part without a browser: the plan and the slices of an entries table.
//! 4. [`writer`]: the worker's part without a browser: slices in, bytes of the file out.
//! 5. `client` and `worker` (wasm only): both ends of the port.
//!
//! Why not `rust_xlsxwriter`: it holds every cell until the file is saved, and writes a sheet row by row
//! only through temporary files, which a browser does not have. [`writer`] holds one slice. The figures
//! are in `docs/performance.md`.
#![deny(missing_docs, clippy::float_arithmetic)]

pub mod message;
pub mod rows;
pub mod slice;
pub mod writer;

#[cfg(target_arch = "wasm32")]
pub mod client;
#[cfg(target_arch = "wasm32")]
pub mod worker;
