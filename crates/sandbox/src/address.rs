//! The origins of the three servers.

use outlay_config::{Location, Problem, Site};
use serde_json::json;

/// The client that is registered, as the consent page and the configuration name it.
pub const CLIENT_ID: &str = "outlay-sandbox";

/// Path prefix of receipt files on the API server; no operation begins with it.
pub const FILES: &str = "/files/";

/// The registered scopes, as the configuration lists them: all known ones, those of tags in both
/// spellings.
pub const SCOPES: [&str; 19] = [
    "companies:read",
    "users:read",
    "users:write",
    "accounting-entries:read",
    "accounting-entries:write",
    "export-jobs:read",
    "export-jobs:write",
    "export-items:read",
    "accounts:read",
    "accounts:write",
    "vendors:read",
    "vendors:write",
    "tax-codes:read",
    "tax-codes:write",
    "tag-groups:read",
    "tag-groups:write",
    "tag-group:read",
    "tag-group:write",
    "test:test",
];

/// The profile's id in the generated `config.json`, and so the end of the redirect URI.
const PROFILE: &str = "sandbox";

/// The origins of the three servers.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// Origin of the authorization server, without a trailing slash.
    pub auth: String,
    /// Origin of the API, without a trailing slash.
    pub api: String,
    /// Origin and base path of the site, served by this process or by another host.
    pub site: Site,
}

impl Addresses {
    /// Makes the origins from the ports of the listeners. `elsewhere` is the URL of a host that
    /// serves the site instead; a path in it is the site's base.
    ///
    /// # Errors
    ///
    /// A sentence about the fault of `elsewhere`.
    pub fn new(
        auth_port: u16,
        api_port: u16,
        site_port: u16,
        elsewhere: Option<&str>,
    ) -> Result<Addresses, String> {
        let local = |port: u16| format!("http://localhost:{port}");
        let url = elsewhere.map_or_else(|| local(site_port), str::to_owned);
        let reported = |rule| Problem::new("--site-origin", rule).to_string();
        let place = Location::parse(&url).map_err(reported)?;
        let base = format!("{}/", place.path().trim_end_matches('/'));
        let site = Site::new(place.origin(), &base).map_err(|problem| reported(problem.rule))?;
        Ok(Addresses {
            auth: local(auth_port),
            api: local(api_port),
            site,
        })
    }

    /// Returns the one registered redirect URI.
    pub fn redirect_uri(&self) -> String {
        self.site.redirect_uri(PROFILE)
    }

    /// Returns the `config.json` that connects a site to this sandbox.
    pub fn config(&self) -> String {
        let config = json!({
            "profiles": [{
                "id": PROFILE,
                "name": "Sandbox",
                "kind": "sandbox",
                "authorizationServer": self.auth,
                "apiBase": self.api,
                "clientId": CLIENT_ID,
                "scopes": SCOPES,
            }]
        });
        format!("{config:#}\n")
    }

    /// Returns the JSON line that the program prints once all servers listen.
    pub fn line(&self) -> String {
        let control = format!("{}/__sandbox/", self.auth);
        let site = format!("{}{}", self.site.origin(), self.site.base());
        json!({
            "auth": self.auth,
            "api": self.api,
            "site": site.trim_end_matches('/'),
            "control": control,
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_sandbox_configuration_is_valid() {
        let here = Addresses::new(1, 2, 3, None).unwrap();
        let document = outlay_config::Document::parse(&here.config()).unwrap();
        let config = document.resolve(&here.site).unwrap();
        let profile = config.profile("sandbox").unwrap();
        assert_eq!(profile.redirect_uri, here.redirect_uri());
        assert_eq!(here.redirect_uri(), "http://localhost:3/callback/sandbox");
    }

    #[test]
    fn configured_scopes_are_all_known() {
        let known = outlay_pleo::scope::SCOPES.iter().map(|scope| scope.name);
        assert!(known.eq(SCOPES));
    }

    #[test]
    fn site_origin_option_changes_redirect_and_cors() {
        for url in ["https://spend.example/team", "https://spend.example/team/"] {
            let there = Addresses::new(1, 2, 3, Some(url)).unwrap();
            let uri = there.redirect_uri();
            assert_eq!(uri, "https://spend.example/team/callback/sandbox");
            assert!(there.line().contains("\"https://spend.example/team\""));
        }
        assert!(Addresses::new(1, 2, 3, Some("http://spend.example")).is_err());
        assert!(Addresses::new(1, 2, 3, Some("spend")).is_err());
    }
}
