//! The folder of a built site, and the folder for the host's files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// Returns the base path that a built site was made for.
pub fn built_for(folder: &Path) -> Outcome<String> {
    let page = fs::read_to_string(folder.join("index.html"));
    page.ok()
        .and_then(|page| base(&page))
        .ok_or_else(|| format!("{} is no built site", folder.display()))
}

/// Returns the base path in `index.html`; `None` if it states none.
pub fn base(index: &str) -> Option<String> {
    let (_, rest) = index.split_once("name=\"outlay-page\" content=\"")?;
    let (base, _) = rest.split_once('"')?;
    (base.starts_with('/') && base.ends_with('/')).then(|| base.to_owned())
}

/// Every file of the site that a browser may ask for, sorted; compressed copies and files for hosts
/// (`_headers`) are left out.
pub fn files(folder: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found).map_err(|error| format!("{}: {error}", folder.display()))?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), found)?;
        } else if !name.starts_with('_') && !name.ends_with(".br") && !name.ends_with(".gz") {
            found.push(name);
        }
    }
    Ok(())
}

/// Returns the folder for the host's files: `dist.host` for `dist`.
///
/// # Errors
///
/// The folder does not exist, or it is the root.
pub fn sibling_of(site: &Path) -> Outcome<PathBuf> {
    let whole = site
        .canonicalize()
        .map_err(|error| format!("{}: {error}", site.display()))?;
    let mut name = whole
        .file_name()
        .ok_or("the site needs a folder with a name")?
        .to_owned();
    name.push(".host");
    Ok(whole.with_file_name(name))
}
