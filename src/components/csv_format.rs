//! The format of CSV files, as chosen in the settings.

use outlay_table::csv::CsvFormat;

use crate::platform::{document, intl};

/// The data attribute of the root element that holds the file format; `/settings` writes it.
pub const FORM: &str = "files";

/// The form of files as chosen in this visit, else that of the browser's locale.
pub fn form() -> CsvFormat {
    let chosen = document::root().and_then(|root| root.dataset().get(FORM));
    let own = || CsvFormat::spreadsheet(intl::decimal_mark());
    chosen.as_deref().map_or_else(own, CsvFormat::from_text)
}
