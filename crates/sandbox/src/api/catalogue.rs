//! Pleo's API as data.

use std::sync::LazyLock;

use outlay_pleo::catalogue::{Catalogue, DOCUMENT};

/// Every operation of Pleo's document.
pub static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::of_openapi(DOCUMENT).unwrap_or_default());
