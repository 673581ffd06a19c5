//! A path of the site that a proxy passes on.

use super::grammar;
use super::kind::HostKind;
use super::upstream::Upstream;

/// Header that marks a response of the proxy itself, not of the upstream server.
pub const REFUSED: &str = "X-Outlay-Proxy";

/// A path of the site that a proxy forwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyRoute {
    /// Id of the profile.
    pub profile: String,
    /// Whether it is a token endpoint or an API.
    pub kind: HostKind,
    /// Exact path of a token endpoint, or path prefix of an API.
    pub path: String,
    /// Client id of the profile; `None` if the user types it.
    pub client: Option<String>,
    /// The upstream server.
    pub upstream: Upstream,
    /// Pleo's own address, if the command line names another server.
    pub overruled: Option<String>,
    /// Whether the proxy adds the client secret (RFC 6749 §2.3.1).
    pub confidential: bool,
}

impl ProxyRoute {
    /// Returns the profile's id as part of a variable's name.
    pub fn variable(&self) -> String {
        self.profile.replace('-', "_")
    }

    /// Returns key and path for error messages.
    pub fn description(&self) -> String {
        format!("{} `{}`", self.kind.key(), self.path)
    }

    /// Returns the regular expression that the body of a token request must match.
    pub fn form(&self) -> String {
        grammar::form(self.client.as_deref())
    }

    /// Returns the first segment of the path with its slash.
    pub fn first(&self) -> &str {
        let end = self.path.get(1..).and_then(|rest| rest.find('/'));
        end.map_or(&self.path, |at| self.path.get(..=at).unwrap_or(&self.path))
    }
}

/// The first segments of all routes, each once. Below them nothing is a file or a page of the site.
pub fn folders(routes: &[ProxyRoute]) -> Vec<&str> {
    let mut folders = Vec::new();
    for route in routes {
        if !folders.contains(&route.first()) {
            folders.push(route.first());
        }
    }
    folders
}
