//! The servers behind a proxy.

use outlay_config::{Location, Profile};

use super::placement::{Behind, Placement};
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

/// Which upstreams the command line gives to the paths of a kind.
pub struct Upstreams<'a> {
    kind: Kind,
    given: &'a [Behind],
    /// The one profile that an upstream without a name is for.
    alone: Option<&'a str>,
}

impl<'a> Upstreams<'a> {
    /// Those of a kind, for the profiles that have a path of that kind.
    pub fn of(kind: Kind, profiles: &[&'a Profile], placement: &'a Placement) -> Outcome<Self> {
        let (option, given) = match kind {
            Kind::Token => ("--token-upstream", &placement.token_upstreams),
            Kind::Api => ("--api-upstream", &placement.api_upstreams),
        };
        let needy: Vec<_> = profiles.iter().filter(|it| pleo(it).is_none()).collect();
        for (number, one) in given.iter().enumerate() {
            let for_whom = match (&one.profile, needy.as_slice()) {
                (Some(id), _) if profiles.iter().any(|it| it.id == *id) => None,
                (Some(id), _) => Some(format!("no profile `{id}` has such a path of the site")),
                (None, [_]) => None,
                (None, []) => Some(
                    "what stands behind each path is known: name the profile to say otherwise"
                        .to_owned(),
                ),
                (None, [first, ..]) => Some(format!(
                    "several profiles have such a path: say `{option} {}=URL` for each",
                    first.id
                )),
            };
            if let Some(why) = for_whom {
                return Err(format!("{option} {one}: {why}"));
            }
            if given[..number].iter().any(|it| it.profile == one.profile) {
                return Err(format!("{option} {one}: said twice for one profile"));
            }
        }
        Ok(Self {
            kind,
            given,
            alone: match needy.as_slice() {
                [one] => Some(&one.id),
                _ => None,
            },
        })
    }

    /// What the path of a profile stands for, and Pleo's own address if that is another.
    pub fn behind(&self, profile: &Profile) -> Outcome<(Upstream, Option<String>)> {
        let option = match self.kind {
            Kind::Token => "--token-upstream",
            Kind::Api => "--api-upstream",
        };
        let said = self.given.iter().find(|it| match &it.profile {
            Some(id) => *id == profile.id,
            None => self.alone == Some(&profile.id),
        });
        let own = server(profile).and_then(|server| match self.kind {
            Kind::Token => Some(format!("{server}/oauth/token")),
            Kind::Api => pleo(profile).map(str::to_owned),
        });
        let url = said.map(|it| it.url.clone()).or_else(|| own.clone());
        let url = url.ok_or_else(|| {
            format!(
                "{id}: say `{option} {id}=URL`, what the path stands for",
                id = profile.id
            )
        })?;
        let upstream = Upstream::parse(option, &url)?;
        if self.kind == Kind::Api && !upstream.path.is_empty() {
            // Servers put paths together in ways that change what is encoded in them.
            return Err(format!(
                "{option} is an address without a path, not `{url}`"
            ));
        }
        let own = own.filter(|own| pleo(profile).is_some() && *own != url);
        Ok((upstream, own))
    }
}

/// The authorization server of a profile, where its paths are the usual ones.
fn server(profile: &Profile) -> Option<&str> {
    profile
        .authorization_endpoint
        .strip_suffix("/oauth/authorize")
}

/// Pleo's API, where Pleo's own server authorises.
fn pleo(profile: &Profile) -> Option<&'static str> {
    let server = server(profile)?;
    let known = PLEO.iter().find(|(auth, _)| *auth == server);
    known.map(|(_, api)| *api)
}
