//! Paths of a proxy that would mean two things. nginx and Caddy would choose differently.

use outlay_config::Site;

use super::app_routes::ROUTES;
use super::kind::HostKind;
use super::route::ProxyRoute;
use crate::Outcome;

/// Checks that two proxy routes do not overlap.
///
/// # Errors
///
/// Two token paths are equal, one API path is below another, or a token and an API path share their
/// first segment.
pub fn of_two(one: &ProxyRoute, other: &ProxyRoute) -> Outcome {
    let clash = match (one.kind, other.kind) {
        // Two token paths would share a secret and a limit.
        (HostKind::Token, HostKind::Token) => same(&one.path, &other.path),
        (HostKind::Api, HostKind::Api) => {
            below(&one.path, &other.path) || below(&other.path, &one.path)
        }
        // Next to a token path, every path with its first segment is rejected.
        _ => same(one.first(), other.first()),
    };
    if !clash {
        return Ok(());
    }
    Err(format!(
        "{} of {} and {} of {} stand in each other's way: begin each with a segment of its own",
        one.description(),
        one.profile,
        other.description(),
        other.profile
    ))
}

/// Checks that a proxy route does not overlap with the site.
///
/// # Errors
///
/// The first segment is that of a route, of a file or of the base path, or the path begins with a
/// name that hosts do not serve.
pub fn with_site(site: &Site, files: &[String], route: &ProxyRoute) -> Outcome {
    let first = route.first().trim_start_matches('/');
    let what = if site.base() == "/" {
        let page = ROUTES.iter().map(|page| page.trim_end_matches("/*"));
        let names = page.chain(files.iter().map(String::as_str));
        let first_of = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
        names.map(first_of).find(|name| same(name, first))
    } else {
        let base = site.base().split('/').nth(1).unwrap_or_default();
        same(base, first).then(|| base.to_owned())
    };
    if let Some(what) = what {
        return Err(format!(
            "{} of {} and the site's own /{what} stand in each other's way: give it another path",
            route.description(),
            route.profile
        ));
    }
    if first.starts_with(['.', '_']) {
        return Err(format!(
            "{} of {}: names that begin with `.` or `_` are not served",
            route.description(),
            route.profile
        ));
    }
    Ok(())
}

/// Compared without case: some servers ignore it.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether a path is another, or lies below it.
fn below(path: &str, above: &str) -> bool {
    let slash = |path: &str| format!("{}/", path.to_ascii_lowercase());
    slash(path).starts_with(&slash(above))
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PROXIED, at, deployment};

    /// The message about a token path and an API path, if they clash.
    fn message(token: &str, api: &str) -> Option<String> {
        let config = PROXIED
            .replace("/pleo-auth/oauth/token", token)
            .replace("/pleo-api", api);
        deployment(&config, &at("https://spend.example"))
            .err()
            .map(|message| format!("{message}\n"))
    }

    #[test]
    fn conflicting_paths_are_rejected_and_both_are_named() {
        assert_eq!(message("/pleo-auth/oauth/token", "/pleo-api"), None);
        assert_eq!(message("/token", "/v"), None);
        for (token, api) in [
            ("/pleo/oauth/token", "/pleo"),
            ("/pleo/token", "/pleo/api"),
            ("/pleo/token", "/Pleo/api"),
            ("/pleo-api/token", "/pleo-api"),
            ("/token", "/token/api"),
        ] {
            let text = message(token, api).unwrap_or_default();
            assert!(text.contains(&format!("tokenEndpoint `{token}`")), "{text}");
            assert!(text.contains(&format!("apiBase `{api}`")), "{text}");
        }
        for (path, own) in [
            ("/callback/token", "/callback "),
            ("/entries/token", "/entries "),
            ("/api/token", "/api "),
            ("/config.json/token", "/config.json "),
            ("/vault.js/token", "/vault.js "),
        ] {
            let text = message(path, "/pleo-api").unwrap_or_default();
            assert!(text.contains(path) && text.contains(own), "{path}: {text}");
        }
        for hidden in ["/.well-known/api", "/_api"] {
            assert!(message("/pleo-auth/token", hidden).is_some(), "{hidden}");
        }
    }

    #[test]
    fn nested_api_paths_are_rejected() {
        let two = |second: &str| {
            let (front, profile) = PROXIED.split_once('[').unwrap();
            let profile = profile.strip_suffix("]}").unwrap();
            let other = profile
                .replace("\"pleo\"", "\"other\"")
                .replace("auth.pleo.io", "auth.staging.pleo.io")
                .replace("/pleo-auth", "/other-auth")
                .replace("/pleo-api", second);
            deployment(
                &format!("{front}[{profile},{other}]}}"),
                &at("https://spend.example"),
            )
            .is_ok()
        };
        assert!(two("/other-api") && two("/pleo-api-2"));
        assert!(!two("/pleo-api") && !two("/pleo-api/2"));
    }
}
