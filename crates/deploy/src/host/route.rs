//! A path of the site that a proxy passes on.

use super::grammar;
use super::kind::HostKind;
use super::upstream::Upstream;

/// The header that marks a response as the proxy's own, not the upstream's.
pub const REFUSED: &str = "X-Outlay-Proxy";

/// A path of the site, and where its requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyRoute {
    /// The profile's id.
    pub profile: String,
    /// What it stands for.
    pub kind: HostKind,
    /// The whole path of a token endpoint, the beginning of the paths of an API.
    pub path: String,
    /// The client's id, if the configuration states it.
    pub client: Option<String>,
    /// The server that receives the requests.
    pub upstream: Upstream,
    /// Pleo's own address, if the command line names another.
    pub overruled: Option<String>,
    /// Whether the client's secret is added.
    pub confidential: bool,
}

impl ProxyRoute {
    /// The profile's id as part of a variable's name.
    pub fn variable(&self) -> String {
        self.profile.replace('-', "_")
    }

    /// The key of `config.json` and the path, for messages.
    pub fn description(&self) -> String {
        format!("{} `{}`", self.kind.key(), self.path)
    }

    /// The regular expression that the body of a token request must match.
    pub fn form(&self) -> String {
        grammar::form(self.client.as_deref())
    }

    /// The first segment of the path, with its slash.
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
