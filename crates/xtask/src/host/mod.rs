//! What a host needs beside the site: compressed files, a fallback, header files, a manifest.
//!
//! Reading order:
//!
//! 1. `placement`: what the command line says; `deployment`: the site in its folder, its
//!    configuration, and where it will be served.
//! 2. `policy`: which headers an answer bears, in the words of `outlay_config`.
//! 3. `pages` (`_headers`, `_redirects`, `vercel.json`), `nginx`, `caddy` and `table`: the same for
//!    each kind of host; where a path of the site stands for Pleo, `proxy` and `upstream` (what and
//!    where), `clash` (paths that would mean two things), `grammar` (the form that is let through),
//!    `nginx_proxy`, `nginx_gate` and `caddy_proxy`.
//! 4. `rebase`: the same build under another path; `pack`: `.br` and `.gz`; `manifest`: the hash of
//!    every file.
//! 5. `verify`: a live site beside all that.
//!
//! The site's folder is what is uploaded. What a server reads as its configuration lies beside it, in
//! a folder named after it with `.host` at the end, so that nobody serves it by accident; only
//! `_headers` and `_redirects` stand in the site, since those hosts look there and never serve them.

mod caddy;
mod caddy_proxy;
mod clash;
mod deployment;
mod grammar;
mod manifest;
mod nginx;
mod nginx_gate;
mod nginx_proxy;
mod pack;
mod pages;
mod placement;
mod policy;
mod proxy;
mod rebase;
mod table;
mod upstream;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};

use crate::options::Options;
use crate::{Outcome, place};
use deployment::Deployment;
pub use pack::brotli;
pub use placement::Placement;
pub use verify::command as verify;

/// `cargo xtask host`: a built site made ready for one place.
pub fn command(mut options: Options) -> Outcome {
    let site = options
        .value("--site")?
        .map_or_else(|| place::root().join("dist"), PathBuf::from);
    let config = options.value("--config")?.map(PathBuf::from);
    let base = options.value("--base")?;
    let placement = Placement::take(&mut options)?;
    options.finish()?;
    let built = deployment::built_for(&site)?;
    let base = base.map(|base| crate::build::base(&base)).transpose()?;
    let served = site.join("config.json");
    // Nothing is written before everything has been judged.
    judge(
        deployment::files(&site)?,
        config.as_deref().unwrap_or(&served),
        base.as_deref().unwrap_or(&built),
        &placement,
    )?;
    if let Some(config) = config
        && config.canonicalize().ok() != served.canonicalize().ok()
    {
        fs::copy(&config, &served).map_err(|error| format!("{}: {error}", config.display()))?;
    }
    if let Some(base) = base {
        rebase::rebase(&site, &base)?;
    }
    dress(&site, &placement)?;
    print_manifest(&site)
}

/// What is wrong with a configuration at its place; where Pleo's own servers are overruled, says so.
pub fn judge(files: Vec<String>, config: &Path, base: &str, placement: &Placement) -> Outcome {
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
pub fn print_manifest(site: &Path) -> Outcome {
    print!("{}", manifest::read(site)?);
    Ok(())
}

/// Writes everything beside the files that the build made.
pub fn dress(site: &Path, placement: &Placement) -> Outcome {
    pack::fallback(site)?;
    let deployment = Deployment::new(site, placement)?;
    for (name, text) in [
        ("_headers", pages::headers(&deployment)),
        ("_redirects", pages::redirects(&deployment)),
    ] {
        write(&site.join(name), &text)?;
    }
    pack::pack(site)?;
    let beside = beside(site)?;
    // What an earlier configuration needed must not be taken for what this one needs.
    if beside.is_dir() {
        fs::remove_dir_all(&beside).map_err(|error| format!("{}: {error}", beside.display()))?;
    }
    let mut files = vec![
        ("headers.txt", table::table(&deployment)),
        ("vercel.json", pages::vercel(&deployment)),
        ("Caddyfile", caddy::caddyfile(&deployment)),
        ("manifest.txt", manifest::of(site)?),
    ];
    files.extend(nginx::files(&deployment));
    for (name, text) in files {
        write(&beside.join(name), &text)?;
    }
    Ok(())
}

/// The folder beside the site: `dist.host` for `dist`.
pub fn beside(site: &Path) -> Outcome<PathBuf> {
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
    fn nothing_is_written_before_everything_is_judged() {
        let site = tempfile(PROXIED);
        let other = tempfile(&PROXIED.replace("/pleo-api", "/callback/api"));
        let before = all(&site);
        let config = other.join("config.json").display().to_string();
        let folder = site.display().to_string();
        let told = command(Options::of(&[
            "--site",
            &folder,
            "--base",
            "/",
            "--config",
            &config,
            "--origin",
            "https://spend.example",
        ]));
        assert!(told.unwrap_err().contains("/callback"));
        assert_eq!(all(&site), before);
        assert!(!beside(&site).unwrap().exists());
        let nowhere = command(Options::of(&["--site", "/nowhere/outlay"]));
        assert_eq!(nowhere.unwrap_err(), "/nowhere/outlay is no built site");
        for folder in [site, other] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn the_same_site_and_configuration_make_the_same_files_in_any_folder() {
        let place = Placement {
            confidential: true,
            ..at("https://spend.example")
        };
        let made = [(), ()].map(|()| {
            let site = tempfile(PROXIED);
            dress(&site, &place).unwrap();
            // What was there before changes nothing.
            dress(&site, &place).unwrap();
            let beside = beside(&site).unwrap();
            let files = (all(&site), all(&beside));
            fs::remove_dir_all(&site).unwrap();
            fs::remove_dir_all(&beside).unwrap();
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
