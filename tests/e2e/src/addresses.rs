//! Where the servers of a test are, and the configuration that leads a page there.

use outlay_pleo::scope::SCOPES;
use serde::Deserialize;
use serde_json::{Value, json};

/// The origins of a sandbox.
#[derive(Debug, Clone, Deserialize)]
pub struct SiteAddresses {
    /// The authorization server.
    pub auth: String,
    /// The API.
    pub api: String,
    /// The site, with the path that it lies under.
    pub site: String,
    /// Whether the token endpoint and the API are paths of the site.
    #[serde(skip)]
    pub proxied: bool,
}

impl SiteAddresses {
    /// The configuration that leads a page here.
    #[must_use]
    pub fn config(&self) -> Value {
        let scopes: Vec<_> = SCOPES.iter().map(|scope| scope.name).collect();
        let mut profile = json!({
            "id": "sandbox",
            "name": "Sandbox",
            "kind": "sandbox",
            "authorizationServer": self.auth,
            "apiBase": self.api,
            "clientId": "outlay-sandbox",
            "scopes": scopes,
        });
        if self.proxied {
            profile["tokenEndpoint"] = "/pleo-auth/oauth/token".into();
            profile["apiBase"] = "/pleo-api".into();
        } else {
            profile["receiptOrigins"] = json!([self.api]);
        }
        json!({ "profiles": [profile] })
    }

    /// The site's origin, without a path.
    #[must_use]
    pub fn origin(&self) -> &str {
        let host = self.site.find("://").map_or(0, |at| at + 3);
        let rest = self.site.get(host..).unwrap_or_default();
        let end = rest.find('/').map_or(self.site.len(), |at| host + at);
        self.site.get(..end).unwrap_or(&self.site)
    }
}
