//! Compares a live site with the build that it should be.
//!
//! Reading order: `fetch` sends requests; `checks`, `refused` and `proxied` check the responses; `judge`
//! knows which values of a header are equally good; `report` collects the results.

mod checks;
mod fetch;
mod judge;
mod proxied;
mod refused;
mod report;

use std::path::Path;

use outlay_config::{Location, Site};

use self::checks::Live;
use self::fetch::Fetch;
use self::report::VerifyReport;
use crate::host::manifest;
use crate::host::policy::Policy;
use crate::host::site_folder;
use crate::{Outcome, check};

/// The `verify` command.
///
/// # Errors
///
/// The site differs from the build in the folder `site`, or cannot be reached.
pub fn run(url: &str, site: &Path, report_uri: Option<&str>) -> Outcome {
    let report = compare(url, site, report_uri)?;
    print!("{}", report.text());
    if report.passes() {
        println!("{url} is the build in {}", site.display());
        Ok(())
    } else {
        Err(format!(
            "{url} differs from the build in {}",
            site.display()
        ))
    }
}

fn compare(url: &str, folder: &Path, report_uri: Option<&str>) -> Outcome<VerifyReport> {
    let place =
        Location::parse(url).map_err(|_| format!("`{url}` is not the address of a site"))?;
    let base = site_folder::built_for(folder)?;
    let asked = format!("{}/", place.path().trim_end_matches('/'));
    if asked != base {
        return Err(format!(
            "the build is for the path {base}, not for {asked}: see `host --base`"
        ));
    }
    let document = check::document(&folder.join("config.json"))?;
    let at = Site::new(place.origin(), &base).map_err(|problem| format!("{url}: {problem}"))?;
    let config = document
        .resolve(&at)
        .map_err(|problems| check::message(&folder.join("config.json"), &problems))?;
    let live = Live {
        fetch: Fetch::new()?,
        origin: place.origin().to_owned(),
        base,
        policy: Policy::new(document, place.is_https(), report_uri)?,
        files: manifest::parse(&manifest::read(folder)?)?,
        report: VerifyReport::default(),
    };
    live.all(&config)
}
