//! A built site under another path: `index.html` alone names paths of the site.

use std::fs;
use std::path::Path;

use super::site_folder::base;
use crate::Outcome;

/// Rewrites the page's own addresses to the base path `to`.
pub fn rebase(site: &Path, to: &str) -> Outcome {
    let path = site.join("index.html");
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    let page = fs::read_to_string(&path).map_err(fail)?;
    let from = base(&page).ok_or_else(|| format!("{} is no built site", site.display()))?;
    fs::write(&path, rebased(&page, &from, to)).map_err(fail)
}

/// Attributes that hold an address of the site; everything else stays as it is.
fn rebased(page: &str, from: &str, to: &str) -> String {
    ["href", "src", "content", "data-module", "data-wasm"]
        .iter()
        .fold(page.to_owned(), |page, name| {
            page.replace(&format!(" {name}=\"{from}"), &format!(" {name}=\"{to}"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rebase_round_trips() {
        let page = "<link href=\"/a.css\" integrity=\"sha384-/x\"><meta name=\"outlay-page\" \
                    content=\"/\" data-module=\"/b.js\" data-wasm=\"/c.wasm\"><script src=\"/d.js\">";
        let moved = rebased(page, "/", "/team/");
        assert_eq!(
            moved,
            "<link href=\"/team/a.css\" integrity=\"sha384-/x\"><meta name=\"outlay-page\" \
             content=\"/team/\" data-module=\"/team/b.js\" data-wasm=\"/team/c.wasm\"><script \
             src=\"/team/d.js\">"
        );
        assert_eq!(base(&moved).as_deref(), Some("/team/"));
        assert_eq!(rebased(&moved, "/team/", "/"), page);
    }
}
