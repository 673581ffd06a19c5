//! The paths of the site that a proxy forwards to Pleo, and the server for each.

use outlay_config::{Config, Profile, Site};

use super::clash;
use super::kind::HostKind;
use super::placement::Placement;
use super::route::ProxyRoute;
use super::upstream::{Upstreams, plain};
use crate::Outcome;

/// Returns every path of the site that a profile uses as proxy.
pub fn routes(site: &Site, config: &Config, placement: &Placement) -> Outcome<Vec<ProxyRoute>> {
    for profile in &config.profiles {
        if let Some(revocation) = &profile.revocation_endpoint
            && own(site, revocation).is_some()
        {
            return Err(format!(
                "revocationEndpoint of {}: the proxy passes the token endpoint and the API; leave it out",
                profile.id
            ));
        }
    }
    let tokens = of_kind(HostKind::Token, site, config, placement)?;
    let apis = of_kind(HostKind::Api, site, config, placement)?;
    let mut routes: Vec<ProxyRoute> = Vec::new();
    for route in tokens.into_iter().chain(apis) {
        add(&mut routes, route)?;
    }
    Ok(routes)
}

/// The paths of a kind, profile by profile.
fn of_kind(
    kind: HostKind,
    site: &Site,
    config: &Config,
    placement: &Placement,
) -> Outcome<Vec<ProxyRoute>> {
    let path = |profile: &Profile| {
        let address = match kind {
            HostKind::Token => &profile.token_endpoint,
            HostKind::Api => &profile.api_base,
        };
        own(site, address).map(str::to_owned)
    };
    let profiles: Vec<_> = config
        .profiles
        .iter()
        .filter(|profile| path(profile).is_some())
        .collect();
    let upstreams = Upstreams::of(kind, &profiles, placement)?;
    let route = |profile: &&Profile| {
        let (upstream, overruled) = upstreams.for_profile(profile)?;
        Ok(ProxyRoute {
            profile: profile.id.clone(),
            client: profile.client_id.clone(),
            kind,
            path: path(profile).unwrap_or_default(),
            upstream,
            overruled,
            confidential: kind == HostKind::Token
                && (placement.confidential || placement.confidential_for.contains(&profile.id)),
        })
    };
    profiles.iter().map(route).collect()
}

fn add(routes: &mut Vec<ProxyRoute>, route: ProxyRoute) -> Outcome {
    if !plain(&route.path) {
        return Err(format!(
            "`{}` has more than letters, digits and -._~: a server's configuration cannot name it",
            route.path
        ));
    }
    for known in routes.iter() {
        // One API serves two profiles.
        if known.kind == HostKind::Api
            && known.path == route.path
            && known.upstream == route.upstream
        {
            return Ok(());
        }
        clash::of_two(known, &route)?;
    }
    routes.push(route);
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
    use super::super::deployment::tests::{PROXIED, at, deployment, two};
    use super::*;

    fn made(config: &str, placement: &Placement) -> Outcome<Vec<ProxyRoute>> {
        deployment(config, placement).map(|deployment| deployment.routes)
    }

    #[test]
    fn pleo_hosts_have_a_default_upstream() {
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
    fn unknown_host_requires_an_upstream() {
        let other = PROXIED.replace("auth.pleo.io", "auth.example");
        assert!(made(&other, &at("https://spend.example")).is_err());
        let by_hand = |url: &str| Placement {
            api_upstreams: vec![url.parse().unwrap()],
            ..at("https://spend.example")
        };
        let routes = made(&other, &by_hand("http://localhost:8788")).unwrap();
        assert_eq!(routes[1].upstream.address(), "http://127.0.0.1:8788");
        assert_eq!(routes[1].upstream.authority, "localhost:8788");
        for wrong in [
            "external.pleo.io",
            "http://api.example",
            "https://a.example/v9",
            "https://a.example/$x",
        ] {
            assert!(made(&other, &by_hand(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn upstream_applies_to_one_profile_and_overrides_pleo_only_by_name() {
        let place = |tokens: &[&str], apis: &[&str]| Placement {
            token_upstreams: tokens.iter().map(|it| it.parse().unwrap()).collect(),
            api_upstreams: apis.iter().map(|it| it.parse().unwrap()).collect(),
            ..at("https://spend.example")
        };
        let behind = |place: &Placement| -> Vec<_> {
            let routes = made(&two(), place).unwrap();
            routes.iter().map(|it| it.upstream.address()).collect()
        };
        // A name or none: the one that is not Pleo's is meant.
        for prefix in ["", "mock-2="] {
            let token = format!("{prefix}http://localhost:7001/token");
            let api = format!("{prefix}http://localhost:7002");
            let place = place(&[&token], &[&api]);
            assert_eq!(
                behind(&place),
                [
                    "https://auth.pleo.io",
                    "http://127.0.0.1:7001",
                    "https://external.pleo.io",
                    "http://127.0.0.1:7002"
                ]
            );
            let routes = made(&two(), &place).unwrap();
            assert!(routes.iter().all(|route| route.overruled.is_none()));
        }
        let own = place(
            &["pleo=https://gate.example/token"],
            &["mock-2=https://a.example"],
        );
        let routes = made(&two(), &own).unwrap();
        assert_eq!(
            routes[0].overruled.as_deref(),
            Some("https://auth.pleo.io/oauth/token")
        );
        for wrong in [
            place(&["unknown=https://a.example/t"], &["https://a.example"]),
            place(
                &["mock-2=https://a.example/t", "mock-2=https://b.example/t"],
                &["https://a.example"],
            ),
        ] {
            assert!(made(&two(), &wrong).is_err());
        }
        // Pleo's server is known, so an upstream without a profile is for none.
        let message = made(PROXIED, &place(&["https://a.example/t"], &[])).unwrap_err();
        assert!(message.contains("name the profile"), "{message}");
        let neither = two().replace("auth.pleo.io", "auth.example");
        let message = made(&neither, &place(&[], &["https://a.example"])).unwrap_err();
        assert!(message.contains("several profiles"), "{message}");
    }

    #[test]
    fn ambiguous_proxy_paths_are_rejected() {
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
