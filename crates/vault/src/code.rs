//! The table of stable error codes.
