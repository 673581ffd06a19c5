//! Pleo's API as data.

use std::sync::LazyLock;

use outlay_pleo::catalogue::{Catalogue, DOCUMENT};

/// The operations of Pleo's OpenAPI document, parsed on first use.
pub static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::of_openapi(DOCUMENT).unwrap_or_default());
