//! `cargo xtask verify URL`: a live site beside the build that it should be.
//!
//! Reading order: `fetch` asks, `checks`, `refused` and `proxied` look at answers, `judge` knows in how many ways a
//! host may say the same, `report` tells.

mod checks;
mod fetch;
mod judge;
mod proxied;
mod refused;
mod report;

use std::path::{Path, PathBuf};

use outlay_config::{Location, Site};

use self::checks::Live;
use self::fetch::Fetch;
use self::report::Report;
use super::deployment::base;
use super::manifest;
use super::policy::Policy;
use crate::options::Options;
use crate::{Outcome, config, place};

/// `cargo xtask verify URL [--site DIR]`.
pub fn command(mut options: Options) -> Outcome {
    let site = options
        .value("--site")?
        .map_or_else(|| place::root().join("dist"), PathBuf::from);
    let report_uri = options.value("--report-uri")?;
    let url = options
        .word()
        .ok_or("say `verify URL`, with `--site DIR` for a build elsewhere than in dist")?;
    options.finish()?;
    let report = look(&url, &site, report_uri.as_deref())?;
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

fn look(url: &str, folder: &Path, report_uri: Option<&str>) -> Outcome<Report> {
    let place = Location::parse(url).map_err(|_| format!("`{url}` is no address of a site"))?;
    let index = folder.join("index.html");
    let page =
        std::fs::read_to_string(&index).map_err(|error| format!("{}: {error}", index.display()))?;
    let base = base(&page).ok_or_else(|| format!("{} is no built site", folder.display()))?;
    let asked = format!("{}/", place.path().trim_end_matches('/'));
    if asked != base {
        return Err(format!(
            "the build is for the path {base}, not for {asked}: see `cargo xtask build --base`"
        ));
    }
    let document = config::document(&folder.join("config.json"))?;
    let at = Site::new(place.origin(), &base).map_err(|problem| format!("{url}: {problem}"))?;
    let config = document
        .resolve(&at)
        .map_err(|problems| config::told(&folder.join("config.json"), &problems))?;
    let live = Live {
        fetch: Fetch::new()?,
        origin: place.origin().to_owned(),
        base,
        policy: Policy::new(document, place.is_https(), report_uri)?,
        files: manifest::parse(&manifest::read(folder)?)?,
        report: Report::default(),
    };
    live.all(&config)
}
