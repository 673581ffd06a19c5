//! The page's end of the port.
