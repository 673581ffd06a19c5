//! Addresses below the site's base path, and the rules for returning to one of them.

use crate::routes::{AppPage, RouteGroup, of_path};
use outlay_oauth::return_to;

/// The parameter of the entries page that holds its filter.
pub const FILTER: &str = "q";

/// The site's base path, always with a slash at both ends.
pub fn base(stated: Option<&str>) -> String {
    let inner = stated.unwrap_or_default().trim_matches('/');
    if inner.is_empty() {
        "/".to_owned()
    } else {
        ["/", inner, "/"].concat()
    }
}

/// Returns the route of `pathname` in a site at `base`. It begins with `/`.
pub fn below<'a>(base: &str, pathname: &'a str) -> &'a str {
    pathname
        .strip_prefix(base.trim_end_matches('/'))
        .filter(|rest| rest.starts_with('/'))
        .unwrap_or("/")
}

/// Returns the pathname of `route` in a site at `base`.
pub fn at_base(base: &str, route: &str) -> String {
    [base.trim_end_matches('/'), route].concat()
}

/// Returns whether `route` shows data that was loaded with a connection. The developer pages and
/// the settings do not: their forms and runs continue when a connection ends. A snapshot comes from
/// a file, which stays open.
pub fn shows_company_data(route: &str) -> bool {
    of_path(route).is_none_or(|page| {
        let is_own = matches!(page.group, Some(RouteGroup::Workbench | RouteGroup::App));
        !is_own && page.page != AppPage::Snapshot
    })
}

/// Returns whether `route` shows no company data and holds work that continues when a connection
/// ends: a form or a running test.
pub fn outlives_sessions(route: &str) -> bool {
    !shows_company_data(route) && of_path(route).is_none_or(|page| page.page != AppPage::Api)
}

/// Returns the profile in a callback route; `None` for any other route.
pub fn callback_profile(route: &str) -> Option<&str> {
    let profile = route.strip_prefix("/callback/")?.trim_end_matches('/');
    (!profile.is_empty() && !profile.contains('/')).then_some(profile)
}

/// Returns `route` with the id of the connection in view as parameter `c`, or without `c` if there
/// is none.
pub fn with_connection(route: &str, connection: Option<&str>) -> String {
    with_parameter(route, "c", connection.unwrap_or_default())
}

/// Returns `route` with the parameter `name` set to the encoded `value`; without the parameter if
/// `value` is empty.
pub fn with_parameter(route: &str, name: &str, value: &str) -> String {
    let (path, query) = route.split_once('?').unwrap_or((route, ""));
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    let own = (!value.is_empty()).then(|| [name, "=", value].concat());
    let pairs = query.split('&').filter(is_other).map(str::to_owned);
    let query: Vec<String> = pairs.chain(own).collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        [path, "?", &query.join("&")].concat()
    }
}

/// Returns `route` if a sign-in may return to it: it is no callback page and passes the check that
/// the vault makes too ([`return_to::checked`]). Otherwise returns `/`.
pub fn safe_return(route: &str) -> &str {
    if route.starts_with("/callback") {
        "/"
    } else {
        return_to::checked(route)
    }
}

/// Returns whether a service worker with this `scope` can control an address of the site at `site`.
/// `scope` is an address prefix; both are absolute.
pub fn share_addresses(scope: &str, site: &str) -> bool {
    site.starts_with(scope) || scope.starts_with(site)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_has_a_slash_at_both_ends() {
        for (stated, whole) in [
            (None, "/"),
            (Some(""), "/"),
            (Some("/"), "/"),
            (Some("/tools/outlay"), "/tools/outlay/"),
            (Some("/tools/outlay/"), "/tools/outlay/"),
        ] {
            assert_eq!(base(stated), whole);
        }
    }

    #[test]
    fn routes_are_below_the_base() {
        assert_eq!(below("/", "/entries"), "/entries");
        assert_eq!(below("/a/", "/a/entries"), "/entries");
        assert_eq!(below("/a/", "/a/"), "/");
        assert_eq!(below("/a/", "/abc"), "/");
        assert_eq!(at_base("/", "/entries?c=x"), "/entries?c=x");
        assert_eq!(at_base("/a/", "/?c=x"), "/a/?c=x");
        assert_eq!(callback_profile("/callback/staging"), Some("staging"));
        assert_eq!(callback_profile("/callback/"), None);
        assert_eq!(callback_profile("/callback/a/b"), None);
        assert_eq!(callback_profile("/entries"), None);
    }

    #[test]
    fn connection_parameter_is_set_once_and_others_are_kept() {
        assert_eq!(with_connection("/entries", Some("a")), "/entries?c=a");
        assert_eq!(with_connection("/entries?c=b", Some("a")), "/entries?c=a");
        assert_eq!(with_connection("/?q=1&c=b&s=2", Some("a")), "/?q=1&s=2&c=a");
        assert_eq!(with_connection("/?c=b", None), "/");
        assert_eq!(with_connection("/?cc=b", None), "/?cc=b");
    }

    #[test]
    fn parameter_is_set_once_and_others_are_kept() {
        let route = "/entries?q=old&c=b&q=older&qq=1";
        assert_eq!(with_parameter(route, "q", "new"), "/entries?c=b&qq=1&q=new");
        assert_eq!(with_parameter(route, "q", ""), "/entries?c=b&qq=1");
        assert_eq!(with_parameter("/entries?q=a", "q", ""), "/entries");
        assert_eq!(with_parameter("/entries", "q", "a%20b"), "/entries?q=a%20b");
    }

    #[test]
    fn return_route_stays_on_the_site() {
        for inside in ["/", "/entries", "/entries?from=2026-01&c=x", "/a?b=//c"] {
            assert_eq!(safe_return(inside), inside);
        }
        for outside in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "entries",
            "/callback/x?code=1",
            "/\t/evil.example",
            " /",
            "/a\nb",
            "?x",
        ] {
            assert_eq!(safe_return(outside), "/", "{outside}");
        }
    }

    #[test]
    fn service_worker_scope_overlaps_the_site_above_at_and_below_it() {
        let site = "https://a.example/team/";
        for scope in [
            "https://a.example/",
            "https://a.example/te",
            "https://a.example/team/",
            "https://a.example/team/callback/",
            "https://a.example/team/vault.js",
        ] {
            assert!(share_addresses(scope, site), "{scope}");
        }
        for scope in [
            "https://a.example/other/",
            "https://a.example/team2/",
            "https://a.example/Team/",
            "https://b.example/",
        ] {
            assert!(!share_addresses(scope, site), "{scope}");
        }
    }
}
