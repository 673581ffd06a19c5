//! A built site, its configuration, and where it will be served.

use std::fs;
use std::path::Path;

use outlay_config::{Config, Document, Location, Site};

use super::clash;
use super::placement::{self, Placement};
use super::policy::Policy;
use super::proxy;
use super::route::ProxyRoute;
use super::site_folder;
use crate::{Outcome, check};

/// The origins of the examples if no origin is given.
const ELSEWHERE: &str = "https://outlay.example";
const HERE: &str = "http://localhost:8080";

/// A built site with its address, headers and proxy routes.
pub struct Deployment {
    /// Origin and base path of the site.
    pub site: Site,
    /// Folder on the server that is served as `/`.
    pub root: String,
    /// Arguments of nginx's `resolver`, for the names of upstream servers.
    pub resolver: String,
    /// Headers of the responses.
    pub policy: Policy,
    /// Files of the site relative to the base path, sorted.
    pub files: Vec<String>,
    /// Paths of the site that a proxy forwards to Pleo.
    pub routes: Vec<ProxyRoute>,
}

impl Deployment {
    /// Reads the folder of a built site.
    pub fn new(folder: &Path, placement: &Placement) -> Outcome<Self> {
        let base = site_folder::built_for(folder)?;
        Self::planned(
            site_folder::files(folder)?,
            &folder.join("config.json"),
            &base,
            placement,
        )
    }

    /// A site of these files, with a configuration and a path that it does not have yet.
    pub fn planned(
        files: Vec<String>,
        config: &Path,
        base: &str,
        placement: &Placement,
    ) -> Outcome<Self> {
        let text =
            fs::read_to_string(config).map_err(|error| format!("{}: {error}", config.display()))?;
        let document = check::document(config)?;
        let (site, resolved) = placed(config, &document, &text, base, placement)?;
        if site.origin().contains('[') {
            return Err(format!("--origin {}: use localhost", site.origin()));
        }
        let routes = proxy::routes(&site, &resolved, placement)?;
        if !routes.is_empty() && placement.origin.is_none() {
            return Err(
                "the configuration has paths of the site itself, for a proxy: give `--origin URL`"
                    .to_owned(),
            );
        }
        let secret = |id: Option<&String>| {
            let mut of_it = routes.iter().filter(|it| it.confidential);
            of_it.any(|it| id.is_none_or(|id| it.profile == *id))
        };
        let unused = placement
            .confidential_for
            .iter()
            .find(|id| !secret(Some(*id)));
        if unused.is_some() || (placement.confidential && !secret(None)) {
            return Err(format!(
                "--confidential{}{} is for a tokenEndpoint that is a path of the site",
                if unused.is_some() { "=" } else { "" },
                unused.map_or("", String::as_str)
            ));
        }
        for route in &routes {
            clash::with_site(&site, &files, route)?;
        }
        Ok(Self {
            policy: Policy::new(
                document,
                site.origin().starts_with("https:"),
                placement.report_uri.as_deref(),
            )?,
            site,
            root: placement::root(placement.root.as_deref())?,
            resolver: placement::resolver(placement.resolver.as_deref())?,
            files,
            routes,
        })
    }

    /// Returns the host name of the origin, without the port.
    pub fn host(&self) -> &str {
        let authority = self.authority();
        authority
            .split_once(':')
            .map_or(authority, |(host, _)| host)
    }

    /// Returns the port of the origin, or the scheme's default.
    pub fn port(&self) -> &str {
        let own = if self.https() { "443" } else { "80" };
        self.authority()
            .split_once(':')
            .map_or(own, |(_, port)| port)
    }

    /// Returns host and port of the origin, as in the `Host` header.
    pub fn authority(&self) -> &str {
        let origin = self.site.origin();
        origin.split_once("://").map_or(origin, |(_, rest)| rest)
    }

    /// Returns whether the origin's scheme is `https`.
    pub fn https(&self) -> bool {
        self.policy.https
    }

    /// Returns the path of a file on the origin; begins with `/`.
    pub fn path(&self, file: &str) -> String {
        format!("{}{file}", self.site.base())
    }
}

/// The site and its resolved configuration: at the given origin, or at the first one that is valid
/// for the configuration.
fn placed(
    file: &Path,
    document: &Document,
    text: &str,
    base: &str,
    placement: &Placement,
) -> Outcome<(Site, Config)> {
    let candidates: Vec<String> = match &placement.origin {
        Some(origin) => vec![origin.clone()],
        None => registered(text)
            .into_iter()
            .chain([ELSEWHERE.to_owned(), HERE.to_owned()])
            .collect(),
    };
    let mut first = None;
    for origin in candidates {
        let site = Site::new(&origin, base).map_err(|problem| {
            format!("--origin {origin}: {problem} (its path is the build's --base)")
        })?;
        match document.resolve(&site) {
            Ok(config) => return Ok((site, config)),
            Err(problems) => {
                first.get_or_insert(format!("at {origin}: {}", check::message(file, &problems)));
            }
        }
    }
    Err(first.unwrap_or_default())
}

/// The origin of the first redirect URI in the file.
fn registered(text: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let profiles = json.get("profiles")?.as_array()?;
    let uri = profiles
        .iter()
        .find_map(|profile| profile.get("redirectUri")?.as_str())?;
    Some(Location::parse(uri).ok()?.origin().to_owned())
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A site of a few files with this configuration.
    pub fn deployment(config: &str, placement: &Placement) -> Outcome<Deployment> {
        let folder = tempfile(config);
        let made = Deployment::new(&folder, placement);
        fs::remove_dir_all(&folder).unwrap();
        made
    }

    pub fn at(origin: &str) -> Placement {
        Placement {
            origin: Some(origin.to_owned()),
            ..Placement::default()
        }
    }

    pub fn tempfile(config: &str) -> std::path::PathBuf {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("outlay-deployment-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let index = "<meta name=\"outlay-page\" content=\"/\" data-module=\"/x.js\">";
        for (name, text) in [
            ("index.html", index),
            ("404.html", index),
            ("vault.js", ""),
            ("vault.js.br", ""),
            ("_headers", ""),
            ("outlay-0123456789abcdef_bg.wasm", ""),
            ("config.json", config),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        folder
    }

    pub const PLEO: &str = r#"{"profiles":[{"id":"pleo","authorizationServer":"https://auth.pleo.io",
        "apiBase":"https://external.pleo.io","clientId":"c","scopes":["x"]}]}"#;
    pub const PROXIED: &str = r#"{"profiles":[{"id":"pleo","authorizationServer":"https://auth.pleo.io",
        "tokenEndpoint":"/pleo-auth/oauth/token","apiBase":"/pleo-api","clientId":"c","scopes":["x"]}]}"#;

    /// Two profiles with paths of the site: Pleo's own servers, and others.
    pub fn two() -> String {
        let (front, profile) = PROXIED.split_once('[').unwrap();
        let profile = profile.strip_suffix("]}").unwrap();
        let mock = profile
            .replace("\"pleo\"", "\"mock-2\"")
            .replace("auth.pleo.io", "mock.example")
            .replace("/pleo-", "/mock-");
        format!("{front}[{profile},{mock}]}}")
    }

    /// A placement with the secret of one of them.
    pub fn secret_of(profile: &str) -> Placement {
        Placement {
            confidential_for: vec![profile.to_owned()],
            api_upstreams: vec!["https://api.mock.example".parse().unwrap()],
            ..at("https://spend.example")
        }
    }

    #[test]
    fn site_address_is_given_or_derived() {
        let found = |config: &str| {
            let made = deployment(config, &Placement::default()).unwrap();
            (made.site.origin().to_owned(), made.https())
        };
        assert_eq!(found(PLEO), (ELSEWHERE.to_owned(), true));
        let registered = PLEO.replace(
            "\"clientId\"",
            "\"redirectUri\":\"https://spend.example/callback/pleo\",\"clientId\"",
        );
        assert_eq!(found(&registered).0, "https://spend.example");
        let sandbox = PLEO
            .replace("https://auth.pleo.io", "http://localhost:8787")
            .replace("https://external.pleo.io", "http://localhost:8788");
        assert_eq!(found(&sandbox), (HERE.to_owned(), false));
        let given = deployment(&registered, &at("https://other.example"));
        assert!(given.is_err_and(|message| message.contains("redirectUri")));
    }

    #[test]
    fn manifest_lists_served_files_only() {
        let made = deployment(PLEO, &at("https://spend.example")).unwrap();
        assert_eq!(
            made.files,
            [
                "404.html",
                "config.json",
                "index.html",
                "outlay-0123456789abcdef_bg.wasm",
                "vault.js"
            ]
        );
        assert_eq!(made.authority(), "spend.example");
    }

    #[test]
    fn port_is_the_scheme_default_or_the_given_one() {
        let at = |origin: &str| {
            let local = PLEO
                .replace("https://auth.pleo.io", "http://localhost:8787")
                .replace("https://external.pleo.io", "http://localhost:8788");
            let config = if origin.starts_with("https") {
                PLEO
            } else {
                &local
            };
            let made = deployment(config, &at(origin))?;
            Ok::<_, String>((made.host().to_owned(), made.port().to_owned()))
        };
        for (origin, host, port) in [
            ("https://spend.example", "spend.example", "443"),
            ("https://spend.example:8443", "spend.example", "8443"),
            ("http://localhost", "localhost", "80"),
            ("http://localhost:8080", "localhost", "8080"),
        ] {
            assert_eq!(at(origin), Ok((host.to_owned(), port.to_owned())));
        }
        assert!(at("http://[::1]:8080").is_err_and(|message| message.contains("localhost")));
    }

    #[test]
    fn proxy_path_requires_a_site_and_a_secret_requires_a_proxy_path() {
        assert!(deployment(PROXIED, &Placement::default()).is_err());
        let confidential = Placement {
            confidential: true,
            ..at("https://spend.example")
        };
        assert!(deployment(PLEO, &confidential).is_err());
        assert!(deployment(PROXIED, &confidential).is_ok());
        let of = |id: &str| {
            let place = Placement {
                confidential_for: vec![id.to_owned()],
                ..at("https://spend.example")
            };
            deployment(PROXIED, &place).map(|it| it.routes[0].confidential)
        };
        assert_eq!(of("pleo"), Ok(true));
        assert!(of("mock").is_err_and(|message| message.contains("--confidential=mock ")));
    }
}
