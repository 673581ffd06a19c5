//! What a host needs besides the site: compressed files, a fallback, header files, a manifest.
//!
//! Reading order:
//!
//! 1. `placement`: where the site will be served, from the command line; `site_folder`: the built site
//!    on disk; `deployment`: both together with the configuration.
//! 2. `policy`: which headers a response has, from `outlay_config`.
//! 3. Paths of the site that a proxy forwards to Pleo: `kind`, `route`, `upstream` (where requests go), `clash`
//!    (paths that would mean two things), `grammar` (the token request that is let through), `proxy`
//!    (the routes of a configuration).
//! 4. `template` fills in the files of `crates/deploy/templates`; `nginx` and `caddy` name theirs.
//!    `pages` (`_headers`, `_redirects`, `vercel.json`) and `table` (for any other host) are written
//!    by code; `app_routes` lists the app's routes for them.
//! 5. `rebase`: the same build under another path; `pack`: `.br` and `.gz`; `manifest`: the hash of
//!    every file.
//!
//! The site's folder is uploaded. A server's configuration is next to it, in
//! a folder named after it with `.host` at the end, so that no host serves it by accident; only
//! `_headers` and `_redirects` are in the site, since those hosts read them there and never serve them.

mod app_routes;
mod caddy;
mod clash;
mod deployment;
pub(crate) mod grammar;
mod kind;
pub(crate) mod manifest;
mod nginx;
pub(crate) mod pack;
mod pages;
pub mod placement;
pub(crate) mod policy;
mod proxy;
mod rebase;
pub(crate) mod route;
pub(crate) mod site_folder;
mod table;
mod template;
mod upstream;

use std::fs;
use std::path::Path;

use crate::Outcome;
use deployment::Deployment;
pub use pack::brotli;
use placement::Placement;

/// The `host` command: prepares a built site for one place. Writes nothing if anything is wrong.
///
/// # Errors
///
/// What is wrong with the site, the configuration or the placement.
pub fn run(
    site: &Path,
    config: Option<&Path>,
    base: Option<String>,
    placement: &Placement,
) -> Outcome {
    let built = site_folder::built_for(site)?;
    let served = site.join("config.json");
    check(
        site_folder::files(site)?,
        config.unwrap_or(&served),
        base.as_deref().unwrap_or(&built),
        placement,
    )?;
    if let Some(config) = config
        && config.canonicalize().ok() != served.canonicalize().ok()
    {
        fs::copy(config, &served).map_err(|error| format!("{}: {error}", config.display()))?;
    }
    if let Some(base) = base {
        rebase::rebase(site, &base)?;
    }
    write_host_files(site, placement)?;
    print_manifest(site)
}

/// A path as the app needs it: from the root, with a slash at both ends.
///
/// # Errors
///
/// It is not a plain absolute path.
pub fn base_path(given: &str) -> Outcome<String> {
    let path = given.trim_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    if !given.starts_with('/')
        || !path.chars().all(plain)
        || path.split('/').any(|part| part == "..")
    {
        return Err(format!("--base is a path such as /outlay/, not `{given}`"));
    }
    Ok(if path.is_empty() {
        "/".to_owned()
    } else {
        format!("/{path}/")
    })
}

/// Checks a configuration at its place. Prints a note for each of Pleo's own servers that the command
/// line replaces.
///
/// # Errors
///
/// What is wrong.
pub fn check(files: Vec<String>, config: &Path, base: &str, placement: &Placement) -> Outcome {
    let planned = Deployment::planned(files, config, base, placement)?;
    for route in &planned.routes {
        if let Some(own) = &route.overruled {
            let other = route.upstream.address();
            eprintln!(
                "{}: {} stands for {other}, not for {own}",
                route.profile, route.path
            );
        }
    }
    Ok(())
}

/// Prints the hash of every file.
///
/// # Errors
///
/// There is no manifest.
pub fn print_manifest(site: &Path) -> Outcome {
    print!("{}", manifest::read(site)?);
    Ok(())
}

/// Writes everything that the build itself does not: `404.html`, `_headers`, `_redirects`, compressed
/// copies, and the host folder of the site.
///
/// # Errors
///
/// What is wrong with the site's configuration at its place, or the file that could not be written.
pub fn write_host_files(site: &Path, placement: &Placement) -> Outcome {
    pack::fallback(site)?;
    let deployment = Deployment::new(site, placement)?;
    for (name, text) in [
        ("_headers", pages::headers(&deployment)),
        ("_redirects", pages::redirects(&deployment)),
    ] {
        write(&site.join(name), &text)?;
    }
    pack::pack(site)?;
    let sibling_of = site_folder::sibling_of(site)?;
    // A file that only an earlier configuration needed must not stay.
    if sibling_of.is_dir() {
        fs::remove_dir_all(&sibling_of)
            .map_err(|error| format!("{}: {error}", sibling_of.display()))?;
    }
    let mut files = vec![
        ("headers.txt", table::table(&deployment)),
        ("vercel.json", pages::vercel(&deployment)),
        ("Caddyfile", caddy::caddyfile(&deployment)?),
        ("manifest.txt", manifest::of(site)?),
    ];
    files.extend(nginx::files(&deployment)?);
    for (name, text) in files {
        write(&sibling_of.join(name), &text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    fs::write(path, text).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::deployment::tests::{PROXIED, at, tempfile};
    use super::site_folder::sibling_of;
    use super::*;

    /// Every file below a folder, with its bytes.
    fn all(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                let below = all(&path).into_iter();
                found.extend(below.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
            } else {
                found.push((name, fs::read(&path).unwrap()));
            }
        }
        found.sort();
        found
    }

    #[test]
    fn base_is_an_absolute_path() {
        assert_eq!(base_path("/"), Ok("/".to_owned()));
        assert_eq!(base_path("/a/b"), Ok("/a/b/".to_owned()));
        for wrong in ["", "a/", "https://x.example/", "/a/../b/", "/a b/"] {
            assert!(base_path(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn invalid_configuration_changes_no_file() {
        let site = tempfile(PROXIED);
        let other = tempfile(&PROXIED.replace("/pleo-api", "/callback/api"));
        let before = all(&site);
        let config = other.join("config.json");
        let place = at("https://spend.example");
        let message = run(&site, Some(&config), Some("/".to_owned()), &place).unwrap_err();
        assert!(message.contains("/callback"));
        assert_eq!(all(&site), before);
        assert!(!sibling_of(&site).unwrap().exists());
        let nowhere = Path::new("/nowhere/outlay");
        let message = run(nowhere, None, None, &Placement::default()).unwrap_err();
        assert_eq!(message, "/nowhere/outlay is no built site");
        for folder in [site, other] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn output_is_reproducible_in_any_folder() {
        let place = Placement {
            confidential: true,
            ..at("https://spend.example")
        };
        let made = [(), ()].map(|()| {
            let site = tempfile(PROXIED);
            write_host_files(&site, &place).unwrap();
            // Files of an earlier run change nothing.
            write_host_files(&site, &place).unwrap();
            let sibling_of = sibling_of(&site).unwrap();
            let files = (all(&site), all(&sibling_of));
            fs::remove_dir_all(&site).unwrap();
            fs::remove_dir_all(&sibling_of).unwrap();
            files
        });
        assert_eq!(made[0], made[1]);
        let names: Vec<_> = made[0].1.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Caddyfile",
                "headers.txt",
                "manifest.txt",
                "nginx.conf",
                "outlay/headers.conf",
                "outlay/http.conf",
                "outlay/proxied.conf",
                "outlay/server.conf",
                "vercel.json"
            ]
        );
        let manifest = &made[0].1[2].1;
        let lines = manifest::parse(&String::from_utf8_lossy(manifest)).unwrap();
        let listed: Vec<_> = lines.iter().map(|(name, _)| name).collect();
        let served: Vec<_> = made[0].0.iter().map(|(name, _)| name).collect();
        assert_eq!(listed, served);
    }
}
