//! The servers that a proxy passes requests on to.

use outlay_config::{Location, Profile};

use super::kind::HostKind;
use super::placement::{Placement, UpstreamArg};
use crate::Outcome;

/// An upstream server with its base path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// `https` or `http`.
    pub scheme: String,
    /// Host and port, as in the `Host` header.
    pub authority: String,
    /// Base path without a trailing slash.
    pub path: String,
    /// Whether the server is on loopback, so that no name has to be resolved.
    pub loopback: bool,
}

impl Upstream {
    /// The address to connect to. A server on this machine is named by number: no resolver is asked.
    pub fn address(&self) -> String {
        let authority = if self.loopback {
            self.authority.replacen("localhost", "127.0.0.1", 1)
        } else {
            self.authority.clone()
        };
        format!("{}://{authority}", self.scheme)
    }

    /// Returns the host name without the port, for TLS server name indication.
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

/// Pleo's authorization servers, each with its API.
const PLEO: [(&str, &str); 2] = [
    ("https://auth.pleo.io", "https://external.pleo.io"),
    (
        "https://auth.staging.pleo.io",
        "https://external.staging.pleo.io",
    ),
];

/// Returns whether a path needs no quoting in a server's configuration.
pub fn plain(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
}

/// The upstream servers of one kind on the command line.
pub struct Upstreams<'a> {
    kind: HostKind,
    given: &'a [UpstreamArg],
    /// The one profile that an upstream without a profile's name is for.
    alone: Option<&'a str>,
}

impl<'a> Upstreams<'a> {
    /// Collects the servers of a kind; `profiles` are those with a path of that kind.
    pub fn of(kind: HostKind, profiles: &[&'a Profile], placement: &'a Placement) -> Outcome<Self> {
        let option = kind.option();
        let given = match kind {
            HostKind::Token => &placement.token_upstreams,
            HostKind::Api => &placement.api_upstreams,
        };
        let unknown: Vec<_> = profiles.iter().filter(|it| pleo(it).is_none()).collect();
        for (number, one) in given.iter().enumerate() {
            let problem = match (&one.profile, unknown.as_slice()) {
                (Some(id), _) if profiles.iter().any(|it| it.id == *id) => None,
                (Some(id), _) => Some(format!("no profile `{id}` has such a path of the site")),
                (None, [_]) => None,
                (None, []) => Some(
                    "the server for each path is known: name the profile to choose another"
                        .to_owned(),
                ),
                (None, [first, ..]) => Some(format!(
                    "several profiles have such a path: give `{option} {}=URL` for each",
                    first.id
                )),
            };
            if let Some(problem) = problem {
                return Err(format!("{option} {one}: {problem}"));
            }
            if given[..number].iter().any(|it| it.profile == one.profile) {
                return Err(format!(
                    "{option} {one}: given more than once for one profile"
                ));
            }
        }
        Ok(Self {
            kind,
            given,
            alone: match unknown.as_slice() {
                [one] => Some(&one.id),
                _ => None,
            },
        })
    }

    /// Returns the server of a profile, and Pleo's own address if the two differ.
    pub fn for_profile(&self, profile: &Profile) -> Outcome<(Upstream, Option<String>)> {
        let option = self.kind.option();
        let named = self.given.iter().find(|it| match &it.profile {
            Some(id) => *id == profile.id,
            None => self.alone == Some(&profile.id),
        });
        let own = server(profile).and_then(|server| match self.kind {
            HostKind::Token => Some(format!("{server}/oauth/token")),
            HostKind::Api => pleo(profile).map(str::to_owned),
        });
        let url = named.map(|it| it.url.clone()).or_else(|| own.clone());
        let url = url.ok_or_else(|| {
            format!(
                "{id}: give `{option} {id}=URL`, the server that the path stands for",
                id = profile.id
            )
        })?;
        let upstream = Upstream::parse(option, &url)?;
        if self.kind == HostKind::Api && !upstream.path.is_empty() {
            // Servers join paths in ways that change percent-encoded characters.
            return Err(format!(
                "{option} is an address without a path, not `{url}`"
            ));
        }
        let own = own.filter(|own| pleo(profile).is_some() && *own != url);
        Ok((upstream, own))
    }
}

/// The authorization server of a profile, if its paths are the default ones.
fn server(profile: &Profile) -> Option<&str> {
    profile
        .authorization_endpoint
        .strip_suffix("/oauth/authorize")
}

/// Pleo's API, if the authorization server is Pleo's own.
fn pleo(profile: &Profile) -> Option<&'static str> {
    let server = server(profile)?;
    let known = PLEO.iter().find(|(auth, _)| *auth == server);
    known.map(|(_, api)| *api)
}
