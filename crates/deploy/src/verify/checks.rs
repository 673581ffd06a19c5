//! The requests to a live site, and the expected responses.

use outlay_config::{Config, WORKER_SCRIPTS};

use super::fetch::{Fetch, FetchedResponse};
use super::judge::{
    UNASKED, a_year, addresses, harmless, own_reference, same_caching, same_policy, suits,
};
use super::report::{self as row, VerifyReport};
use crate::Outcome;
use crate::host::manifest::hash;
use crate::host::policy::{CONTENT_SECURITY, Policy};

/// A live site with the build that it is compared with.
pub struct Live {
    /// Client for requests to the site, without redirects.
    pub fetch: Fetch,
    /// Origin of the site, without a trailing slash.
    pub origin: String,
    /// Base path of the site; begins and ends with `/`.
    pub base: String,
    /// Expected headers, derived from the build's `config.json`.
    pub policy: Policy,
    /// Name and hash of each file.
    pub files: Vec<(String, String)>,
    /// Results so far.
    pub report: VerifyReport,
}

/// Routes that no build names, and some that each does.
const ROUTES: [&str; 4] = ["", "entries", "a/route/without/page", "connect"];
const CALLBACK: &str = "callback/verify";
/// Files that no build holds, one of them by a name that looks hashed.
const MISSING: [&str; 3] = [
    "outlay-0123456789abcdef.js",
    "nothing.js",
    "nothing/vault.js",
];
/// How each file is requested: without compression, and as browsers do.
const CODINGS: [&str; 3] = ["identity", "gzip", "br"];
const HIDDEN: [&str; 3] = [".env", "_headers", ".git/config"];

impl Live {
    /// Runs every check and returns the results.
    pub fn all(mut self, config: &Config) -> Outcome<VerifyReport> {
        self.every_file()?;
        self.routes()?;
        self.missing()?;
        self.methods()?;
        self.policy_of_the_configuration()?;
        self.callback_length()?;
        self.service_workers(config)?;
        if self.policy.https {
            self.without_tls()?;
        }
        self.proxy(config)?;
        Ok(self.report)
    }

    /// Sends a request for a path of the site.
    ///
    /// # Errors
    ///
    /// As `Fetch::send`.
    pub fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Outcome<FetchedResponse> {
        let url = format!("{}{}{path}", self.origin, self.base);
        self.fetch.ask(method, &url, headers)
    }

    /// Sends a `GET` without `Accept-Encoding`.
    ///
    /// # Errors
    ///
    /// As `Fetch::send`.
    pub fn get(&self, path: &str) -> Outcome<FetchedResponse> {
        self.ask("GET", path, &["Accept-Encoding: identity"])
    }

    /// Returns the SHA-256 of a file of the build in hexadecimal digits; empty for an unknown file.
    pub fn hash_of(&self, name: &str) -> String {
        let found = self.files.iter().find(|(file, _)| file == name);
        found.map(|(_, hash)| hash.clone()).unwrap_or_default()
    }

    fn every_file(&mut self) -> Outcome {
        let files = self.files.clone();
        for (name, expected) in files {
            if name.starts_with('_') || name.ends_with(".br") || name.ends_with(".gz") {
                continue;
            }
            for coding in CODINGS {
                let sign_in_request = format!("Accept-Encoding: {coding}");
                let mut answer = self.ask("GET", &name, &[&sign_in_request])?;
                // Some hosts give the page its folder's address and no other.
                if (300..400).contains(&answer.status) && name.ends_with(".html") {
                    answer = self.ask("GET", "", &[&sign_in_request])?;
                }
                self.one_file(&name, coding, &expected, &answer);
            }
        }
        Ok(())
    }

    fn one_file(&mut self, name: &str, coding: &str, expected: &str, answer: &FetchedResponse) {
        let found = answer.content().map(|content| hash(&content));
        let right = answer.status == 200 && found.as_deref() == Ok(expected);
        self.report.see(row::FILES, right, || match found {
            Ok(found) => format!(
                "/{name}: status {}, SHA-256 {found}, asked for as {coding}",
                answer.status
            ),
            Err(why) => format!("/{name}, asked for as {coding}, {why}"),
        });
        let kind = answer.header("Content-Type").unwrap_or_default();
        self.report.see(row::HEADERS, suits(name, &kind), || {
            format!("/{name}: Content-Type is `{kind}`")
        });
        self.common(name, answer);
        self.caching(name, answer);
    }

    /// Checks the headers that every response has.
    pub fn common(&mut self, path: &str, answer: &FetchedResponse) {
        for (name, expected) in self.policy.common() {
            let of = match name {
                CONTENT_SECURITY => row::POLICY,
                "Cross-Origin-Opener-Policy" => row::OPENER,
                _ => row::HEADERS,
            };
            let found = answer.header(name);
            let right = match name {
                "Strict-Transport-Security" => found.as_deref().is_some_and(a_year),
                CONTENT_SECURITY => {
                    // A file of the same name in another folder starts no worker of this site.
                    let expected = match WORKER_SCRIPTS.contains(&path) {
                        true => self.policy.content_security(path),
                        false => self.policy.of_pages(),
                    };
                    let missing = answer.status == 404;
                    found.as_deref().is_some_and(|found| {
                        same_policy(found, &expected, &self.policy.of_vault(), missing)
                    })
                }
                _ => found.as_deref() == Some(&*expected),
            };
            self.report.see(of, right, || match found {
                None => format!("/{path} ({}): {name} is missing", answer.status),
                Some(found) => format!("/{path} ({}): {name} is `{found}`", answer.status),
            });
        }
        for name in UNASKED {
            let found = answer.header(name);
            let right = found
                .as_deref()
                .is_none_or(|value| harmless(name, value, &self.origin));
            self.report.see(row::UNASKED, right, || {
                let value = found.unwrap_or_default();
                format!("/{path} ({}): {name} is `{value}`", answer.status)
            });
        }
    }

    fn caching(&mut self, path: &str, answer: &FetchedResponse) {
        let expected = self.policy.cache_control(&format!("{}{path}", self.base));
        let found = answer.header("Cache-Control").unwrap_or_default();
        let right = same_caching(&found, &expected);
        self.report.see(row::KEPT, right, || {
            format!("/{path}: Cache-Control is `{found}`, not `{expected}`")
        });
    }

    fn routes(&mut self) -> Outcome {
        let page = self.hash_of("index.html");
        for route in ROUTES {
            let answer = self.get(route)?;
            // Hosts without a fallback of their own send the same page as 404.html.
            let right = matches!(answer.status, 200 | 404) && hash(&answer.body) == page;
            self.report.see(row::FALLBACK, right, || {
                format!("/{route}: status {}, and not the page", answer.status)
            });
            self.common(route, &answer);
            self.caching(route, &answer);
        }
        let asked = format!("{CALLBACK}?code=verify&state=verify");
        let answer = self.get(&asked)?;
        self.report
            .see(row::FALLBACK, hash(&answer.body) == page, || {
                format!("/{CALLBACK}: status {}, and not the page", answer.status)
            });
        self.common(CALLBACK, &answer);
        let kept = answer.header("Cache-Control").unwrap_or_default();
        self.report
            .see(row::CALLBACK, kept.contains("no-store"), || {
                format!("/{CALLBACK}: Cache-Control is `{kept}`")
            });
        let html = String::from_utf8_lossy(&answer.body).into_owned();
        for address in addresses(&html) {
            self.report
                .see(row::CALLBACK_PAGE, own_reference(&address), || {
                    format!("the page names {address}")
                });
            if address.ends_with(".js") {
                self.report
                    .see(row::FILES, self.policy.immutable(&address), || {
                        format!("the page loads {address}, whose name holds no hash")
                    });
            }
        }
        Ok(())
    }

    fn missing(&mut self) -> Outcome {
        for path in MISSING {
            let answer = self.get(path)?;
            self.report.see(row::FALLBACK, answer.status == 404, || {
                format!("/{path}: status {} instead of 404", answer.status)
            });
            self.common(path, &answer);
            let kept = answer.header("Cache-Control").unwrap_or_default();
            self.report.see(row::KEPT, !kept.contains("immutable"), || {
                format!("/{path} is missing, and that is kept: `{kept}`")
            });
        }
        let page = self.hash_of("index.html");
        for path in HIDDEN {
            let answer = self.get(path)?;
            let shown = answer.status == 200 && hash(&answer.body) != page;
            self.report
                .see(row::FALLBACK, !shown, || format!("/{path} is served"));
            self.common(path, &answer);
        }
        Ok(())
    }
}
