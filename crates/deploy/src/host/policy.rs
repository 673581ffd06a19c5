//! Which headers a response has: those of `outlay_config`, with a report address if one is given.

use outlay_config::{Document, VAULT_SCRIPT, WORKER_SCRIPTS, headers, worker_origins};

use super::placement;
use crate::Outcome;

const CACHE: &str = "Cache-Control";
/// Name of the policy's header.
pub const CONTENT_SECURITY: &str = "Content-Security-Policy";

/// The headers of a deployment, derived from its `config.json`.
pub struct Policy {
    document: Document,
    /// Whether the origin's scheme is `https`, so that HSTS applies.
    pub https: bool,
    report_uri: Option<String>,
}

impl Policy {
    /// Makes the headers from a configuration.
    pub fn new(document: Document, https: bool, report_uri: Option<&str>) -> Outcome<Self> {
        Ok(Self {
            document,
            https,
            report_uri: report_uri.map(placement::report_uri).transpose()?,
        })
    }

    /// The headers of every response but those of the scripts that start a worker, whose policy is
    /// [`Self::of_workers`].
    pub fn common(&self) -> Vec<(&'static str, String)> {
        let mut all = headers(&self.document, self.https, "/");
        all.retain(|(name, _)| *name != CACHE);
        for (name, value) in &mut all {
            if *name == CONTENT_SECURITY {
                *value = self.of_pages();
            }
        }
        all
    }

    /// The content security policy of the response for a path.
    pub fn content_security(&self, path: &str) -> String {
        let all = headers(&self.document, self.https, path);
        let own = all.into_iter().find(|(name, _)| *name == CONTENT_SECURITY);
        let mut value = own.map(|(_, value)| value).unwrap_or_default();
        if let Some(uri) = &self.report_uri {
            value.push_str("; report-uri ");
            value.push_str(uri);
        }
        value
    }

    /// The content security policy of everything but the scripts that start a worker.
    pub fn of_pages(&self) -> String {
        self.content_security("/")
    }

    /// The file names of the scripts that start a worker, each with its content security policy, which
    /// names the servers.
    pub fn of_workers(&self) -> Vec<(&'static str, String)> {
        let of = |script| (script, self.content_security(script));
        WORKER_SCRIPTS.map(of).to_vec()
    }

    /// The content security policy of the vault's script. It allows everything that any other policy of
    /// the site allows.
    pub fn of_vault(&self) -> String {
        self.content_security(VAULT_SCRIPT)
    }

    /// Returns the value of `Cache-Control` for a path.
    pub fn cache_control(&self, path: &str) -> String {
        let all = headers(&self.document, self.https, path);
        let cache = all.into_iter().find(|(name, _)| *name == CACHE);
        cache.map(|(_, value)| value).unwrap_or_default()
    }

    /// Returns whether the response for a path is `immutable`.
    pub fn immutable(&self, path: &str) -> bool {
        self.cache_control(path).contains("immutable")
    }

    /// Returns the origins that one of the scripts that start a worker may call, other than the site's
    /// own.
    pub fn origins(&self, script: &str) -> Vec<String> {
        worker_origins(&self.document, script)
    }
}

/// A script that starts a worker below a base, as a regular expression over the path.
pub fn worker_script(base: &str, script: &str) -> String {
    format!("^{base}{script}$").replace('.', "\\.")
}

/// One path of each caching rule: hash-named files, the callback page, everything else.
pub const HASHED: &str = "/x-0123456789abcdef.js";
/// A callback path, for the headers of all callbacks.
pub const CALLBACK: &str = "/callback/x";
/// A path with the headers of all other responses.
pub const OTHER: &str = "/";
