//! The route table. The router, the navigation, the files for hosts and `docs/routes.md` are made
//! from it. It uses only the standard library, because `crates/deploy` compiles it too.

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppPage {
    /// The company's spend by month; without a connection, the page for connecting.
    Overview,
    /// All accounting entries.
    Entries,
    /// The export jobs.
    Exports,
    /// The run of one export job.
    Export,
    /// A snapshot file that the user opens, without a connection.
    Snapshot,
    /// The lists that entries refer to: employees, accounts and the like, one for each last segment.
    Directory,
    /// The Initiation URI of the client registration.
    Connect,
    /// The redirect URI, with one path segment for each profile.
    Callback,
    /// The API explorer.
    Api,
    /// The OAuth requests and responses of this browser.
    Inspect,
    /// The verification of a webhook delivery.
    Webhooks,
    /// The client registration form.
    Register,
    /// The connection test of an authorization server.
    Check,
    /// The browser's stores for this site.
    Storage,
    /// The Settings URI of the client registration.
    Settings,
}

/// A group of links in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteGroup {
    /// Pages with company data; off without a connection.
    Spend,
    /// Pages for an engineer who integrates a client.
    Workbench,
    /// Pages about the app itself.
    App,
}

impl RouteGroup {
    /// The groups in the order of the navigation.
    pub const ALL: [RouteGroup; 3] = [RouteGroup::Spend, RouteGroup::Workbench, RouteGroup::App];

    /// The heading above the links; `None` for the first group.
    pub fn title(self) -> Option<&'static str> {
        match self {
            RouteGroup::Spend => None,
            RouteGroup::Workbench => Some("Developer tools"),
            RouteGroup::App => Some("This app"),
        }
    }
}

/// A page with its path, link and chunk: one row of [`ROUTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppRoute {
    /// The page.
    pub page: AppPage,
    /// The path below the base, for example `/entries`. Ends in `/*` if the page takes one more
    /// segment.
    pub path: &'static str,
    /// The text of the link.
    pub title: &'static str,
    /// The group of the link; `None` for a page without a link.
    pub group: Option<RouteGroup>,
    /// The chunk of the page's view; `None` for the pages in the chunk `sign_in`.
    pub chunk: Option<&'static str>,
    /// Whether the page has no content of its own without a connection.
    pub needs_connection: bool,
}

impl AppRoute {
    /// The path that the navigation links to. A page with `*` opens at its first list.
    pub fn link(&self) -> &'static str {
        match self.page {
            AppPage::Directory => "/directory/employees",
            _ => self.path,
        }
    }
}

/// Every page, in the order of the navigation.
pub const ROUTES: [AppRoute; 15] = [
    AppRoute {
        page: AppPage::Overview,
        path: "/",
        title: "Overview",
        group: Some(RouteGroup::Spend),
        chunk: Some("overview"),
        needs_connection: true,
    },
    AppRoute {
        page: AppPage::Entries,
        path: "/entries",
        title: "Entries",
        group: Some(RouteGroup::Spend),
        chunk: Some("entries"),
        needs_connection: true,
    },
    AppRoute {
        page: AppPage::Exports,
        path: "/exports",
        title: "Exports",
        group: Some(RouteGroup::Spend),
        chunk: Some("exports"),
        needs_connection: true,
    },
    AppRoute {
        page: AppPage::Export,
        path: "/exports/*",
        title: "Export",
        group: None,
        chunk: Some("exports"),
        needs_connection: true,
    },
    AppRoute {
        page: AppPage::Directory,
        path: "/directory/*",
        title: "Directory",
        group: Some(RouteGroup::Spend),
        chunk: Some("directory"),
        needs_connection: true,
    },
    AppRoute {
        page: AppPage::Snapshot,
        path: "/snapshot",
        title: "Snapshot",
        group: None,
        chunk: Some("snapshot"),
        needs_connection: false,
    },
    developer(AppPage::Api, "/api", "API", "api"),
    developer(AppPage::Webhooks, "/webhooks", "Webhooks", "webhooks"),
    developer(AppPage::Inspect, "/inspect", "OAuth log", "inspect"),
    developer(
        AppPage::Register,
        "/register",
        "Client registration",
        "register",
    ),
    developer(AppPage::Check, "/check", "Connection test", "check"),
    developer(AppPage::Storage, "/storage", "Storage", "storage"),
    AppRoute {
        page: AppPage::Settings,
        path: "/settings",
        title: "Settings",
        group: Some(RouteGroup::App),
        chunk: Some("settings"),
        needs_connection: false,
    },
    AppRoute {
        page: AppPage::Connect,
        path: "/connect",
        title: "Connect",
        group: None,
        chunk: None,
        needs_connection: false,
    },
    AppRoute {
        page: AppPage::Callback,
        path: "/callback/*",
        title: "Signing in",
        group: None,
        chunk: None,
        needs_connection: false,
    },
];

const fn developer(
    page: AppPage,
    path: &'static str,
    title: &'static str,
    chunk: &'static str,
) -> AppRoute {
    AppRoute {
        page,
        path,
        title,
        group: Some(RouteGroup::Workbench),
        chunk: Some(chunk),
        needs_connection: false,
    }
}

/// Returns the route of the page at `path`, which is below the base and may end in a slash; `None`
/// for an unknown path.
pub fn of_path(path: &str) -> Option<&'static AppRoute> {
    let path = match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    };
    ROUTES
        .iter()
        .find(|route| match route.path.strip_suffix("/*") {
            Some(folder) => {
                let last = path
                    .strip_prefix(folder)
                    .and_then(|rest| rest.strip_prefix('/'));
                last.is_some_and(|last| !last.is_empty() && !last.contains('/'))
            }
            None => route.path == path,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_path_finds_each_page_with_and_without_a_final_slash() {
        for route in &ROUTES {
            let path = route.path.replace('*', "sandbox");
            assert_eq!(of_path(&path), Some(route));
            if route.group.is_some() {
                assert_eq!(of_path(route.link()), Some(route));
            }
            assert_eq!(of_path(&[&path, "/"].concat()), Some(route));
        }
    }

    #[test]
    fn of_path_finds_nothing_for_an_unknown_path() {
        for path in [
            "/entry",
            "/entries/1",
            "/callback",
            "/callback/",
            "/callback/a/b",
            "/Entries",
        ] {
            assert_eq!(of_path(path), None, "{path}");
        }
    }

    #[test]
    fn each_page_has_one_route() {
        for (at, route) in ROUTES.iter().enumerate() {
            let first = ROUTES
                .iter()
                .position(|other| other.page == route.page || other.path == route.path);
            assert_eq!(first, Some(at));
        }
    }
}
