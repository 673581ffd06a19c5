//! The paths of the site that stand for Pleo, and what stands behind each.

use outlay_config::{Config, Site};

use super::placement::Placement;
use super::upstream::{Upstream, plain, upstream};
use crate::Outcome;

/// What a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The token endpoint.
    Token,
    /// The API.
    Api,
}

/// A path of the site, and where its requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The profile's id.
    pub profile: String,
    /// What it stands for.
    pub kind: Kind,
    /// The path: the whole of it for a token endpoint, the beginning for an API.
    pub path: String,
    /// The server behind it.
    pub upstream: Upstream,
    /// Whether the client's secret is added.
    pub confidential: bool,
}

impl Route {
    /// The profile's id as a variable's name may hold it.
    pub fn word(&self) -> String {
        self.profile.replace('-', "_")
    }

    /// The first segment of the path, with its slash.
    pub fn first(&self) -> &str {
        let end = self.path.get(1..).and_then(|rest| rest.find('/'));
        end.map_or(&self.path, |at| self.path.get(..=at).unwrap_or(&self.path))
    }
}

/// Below what nothing is served but the token endpoints themselves.
pub fn fenced(routes: &[Route]) -> Vec<&str> {
    let mut fenced = Vec::new();
    for route in routes.iter().filter(|route| route.kind == Kind::Token) {
        if !fenced.contains(&route.first()) {
            fenced.push(route.first());
        }
    }
    fenced
}

/// Every path of the site that a profile names.
pub fn routes(site: &Site, config: &Config, placement: &Placement) -> Outcome<Vec<Route>> {
    let mut routes: Vec<Route> = Vec::new();
    for profile in &config.profiles {
        if let Some(revocation) = &profile.revocation_endpoint
            && own(site, revocation).is_some()
        {
            return Err(format!(
                "revocationEndpoint of {}: the proxy passes the token endpoint and the API; leave it out",
                profile.id
            ));
        }
        let token = own(site, &profile.token_endpoint).map(|path| (Kind::Token, path));
        let api = own(site, &profile.api_base).map(|path| (Kind::Api, path));
        for (kind, path) in token.into_iter().chain(api) {
            let route = Route {
                profile: profile.id.clone(),
                kind,
                path: path.to_owned(),
                upstream: upstream(kind, profile, placement)?,
                confidential: kind == Kind::Token && placement.confidential,
            };
            add(&mut routes, route)?;
        }
    }
    Ok(routes)
}

fn add(routes: &mut Vec<Route>, route: Route) -> Outcome {
    if !plain(&route.path) {
        return Err(format!(
            "`{}` holds more than letters, digits and -._~: a server's configuration cannot name it",
            route.path
        ));
    }
    match routes.iter().find(|known| known.path == route.path) {
        None => routes.push(route),
        // Two profiles of one API; two token paths would share a secret and a limit.
        Some(known) if known.kind == Kind::Api && known.upstream == route.upstream => {}
        Some(known) => {
            return Err(format!(
                "{} and {} both have `{}`: give each a path of its own",
                known.profile, route.profile, route.path
            ));
        }
    }
    Ok(())
}

/// The path of an address of the site itself.
fn own<'a>(site: &Site, address: &'a str) -> Option<&'a str> {
    address
        .strip_prefix(site.origin())
        .filter(|path| path.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PROXIED, at, deployment};
    use super::*;

    fn made(config: &str, placement: &Placement) -> Outcome<Vec<Route>> {
        deployment(config, placement).map(|deployment| deployment.routes)
    }

    #[test]
    fn pleos_servers_are_known() {
        let routes = made(PROXIED, &at("https://spend.example")).unwrap();
        let behind: Vec<_> = routes
            .iter()
            .map(|it| (it.path.as_str(), it.upstream.address(), &*it.upstream.path))
            .collect();
        assert_eq!(
            behind,
            [
                (
                    "/pleo-auth/oauth/token",
                    "https://auth.pleo.io".to_owned(),
                    "/oauth/token"
                ),
                ("/pleo-api", "https://external.pleo.io".to_owned(), ""),
            ]
        );
        assert_eq!(routes[0].first(), "/pleo-auth");
        assert_eq!(routes[1].first(), "/pleo-api");
        let staging = PROXIED.replace("auth.pleo.io", "auth.staging.pleo.io");
        let routes = made(&staging, &at("https://spend.example")).unwrap();
        assert_eq!(routes[1].upstream.name(), "external.staging.pleo.io");
    }

    #[test]
    fn another_server_is_named_by_hand() {
        let other = PROXIED.replace("auth.pleo.io", "auth.example");
        assert!(made(&other, &at("https://spend.example")).is_err());
        let by_hand = Placement {
            api_upstream: Some("http://localhost:8788".to_owned()),
            ..at("https://spend.example")
        };
        let routes = made(&other, &by_hand).unwrap();
        assert_eq!(routes[1].upstream.address(), "http://127.0.0.1:8788");
        assert_eq!(routes[1].upstream.authority, "localhost:8788");
        for wrong in [
            "external.pleo.io",
            "http://api.example",
            "https://a.example/v9",
            "https://a.example/$x",
        ] {
            let by_hand = Placement {
                api_upstream: Some(wrong.to_owned()),
                ..at("https://spend.example")
            };
            assert!(made(&other, &by_hand).is_err(), "{wrong}");
        }
    }

    #[test]
    fn paths_that_would_mean_two_things_are_refused() {
        let place = at("https://spend.example");
        let two = |second: &str| {
            let (front, profile) = PROXIED.split_once('[').unwrap();
            let profile = profile.strip_suffix("]}").unwrap();
            let other = profile
                .replace("\"pleo\"", "\"other\"")
                .replace("/pleo-auth/oauth/token", second);
            made(&format!("{front}[{profile},{other}]}}"), &place)
        };
        assert!(two("/pleo-auth/oauth/token").is_err());
        // One API serves both.
        assert_eq!(two("/other/token").unwrap().len(), 3);
        for path in ["/a;b", "/a$b", "/(x)"] {
            let odd = PROXIED.replace("/pleo-api", path);
            assert!(made(&odd, &place).is_err(), "{path}");
        }
        let revoking =
            PROXIED.replace("\"clientId\"", "\"revocationEndpoint\":\"/r\",\"clientId\"");
        assert!(made(&revoking, &place).is_err());
    }
}
