//! The servers behind a proxy.

use outlay_config::{Location, Profile};

use super::placement::Placement;
use super::proxy::Kind;
use crate::Outcome;

/// A server behind the proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// `https` or `http`.
    pub scheme: String,
    /// What `Host` says.
    pub authority: String,
    /// The path, without a slash at its end.
    pub path: String,
    /// Whether it is on this machine, and so without a name to resolve.
    pub loopback: bool,
}

impl Upstream {
    /// The address to connect to: by number on this machine, where no resolver is asked.
    pub fn address(&self) -> String {
        let authority = if self.loopback {
            self.authority.replacen("localhost", "127.0.0.1", 1)
        } else {
            self.authority.clone()
        };
        format!("{}://{authority}", self.scheme)
    }

    /// The name without its port, as TLS knows it.
    pub fn name(&self) -> &str {
        self.authority
            .split_once(':')
            .map_or(&self.authority, |(name, _)| name)
    }

    fn parse(option: &str, url: &str) -> Outcome<Self> {
        let place = Location::parse(url)
            .ok()
            .filter(|place| plain(place.path()))
            .ok_or_else(|| format!("{option} is an absolute address, not `{url}`"))?;
        let (scheme, authority) = place.origin().split_once("://").unwrap_or_default();
        if !place.is_https() && !place.is_loopback() {
            return Err(format!("{option} is https, but for this machine: `{url}`"));
        }
        Ok(Self {
            scheme: scheme.to_owned(),
            authority: authority.to_owned(),
            path: place.path().trim_end_matches('/').to_owned(),
            loopback: place.is_loopback(),
        })
    }
}

/// Pleo's servers: who authorises, and the API that belongs to it.
const PLEO: [(&str, &str); 2] = [
    ("https://auth.pleo.io", "https://external.pleo.io"),
    (
        "https://auth.staging.pleo.io",
        "https://external.staging.pleo.io",
    ),
];

/// Whether a path may stand in a server's configuration as it is.
pub fn plain(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
}

/// What a path of a profile stands for.
pub fn upstream(kind: Kind, profile: &Profile, placement: &Placement) -> Outcome<Upstream> {
    let (option, given) = match kind {
        Kind::Token => ("--token-upstream", &placement.token_upstream),
        Kind::Api => ("--api-upstream", &placement.api_upstream),
    };
    let server = profile
        .authorization_endpoint
        .strip_suffix("/oauth/authorize");
    let url = server.and_then(|server| match kind {
        Kind::Token => Some(format!("{server}/oauth/token")),
        Kind::Api => PLEO
            .iter()
            .find(|(auth, _)| *auth == server)
            .map(|(_, api)| (*api).to_owned()),
    });
    let url = given.clone().or(url).ok_or_else(|| {
        format!(
            "{}: say `{option} URL`, what the path stands for",
            profile.id
        )
    })?;
    let upstream = Upstream::parse(option, &url)?;
    if kind == Kind::Api && !upstream.path.is_empty() {
        // Servers put paths together in ways that change what is encoded in them.
        return Err(format!(
            "{option} is an address without a path, not `{url}`"
        ));
    }
    Ok(upstream)
}
