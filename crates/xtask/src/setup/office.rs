//! LibreOffice, which reads exported files.

use std::path::PathBuf;

use super::apt;
use crate::outcome::Outcome;
use crate::program_paths;
use crate::progress::step;

/// Returns the path of LibreOffice: the PATH, or Debian's packages.
pub fn libreoffice() -> Outcome<PathBuf> {
    if let Some(program) = program_paths::on_path("soffice") {
        return Ok(program);
    }
    step("LibreOffice Calc, from Debian's packages", "2 min", || {
        apt::install(&["libreoffice-calc"])
    })
    .map_err(|error| format!("LibreOffice (soffice) is needed on the PATH: {error}"))?;
    program_paths::on_path("soffice")
        .ok_or_else(|| "LibreOffice is installed and not on the PATH".to_owned())
}
