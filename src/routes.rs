//! The route table. The router, the navigation, the files for hosts and `docs/routes.md` are made from
//! it. It uses the standard library alone, because `crates/deploy` compiles it too.

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The company's spend by month, or the way to connect.
    Overview,
    /// Every accounting entry.
    Entries,
    /// The Initiation URI of the client registration.
    Connect,
    /// The redirect URI, one below it for each profile.
    Callback,
    /// The explorer of Pleo's API.
    Api,
    /// The OAuth requests and answers of this browser.
    Inspect,
    /// The client registration form.
    Register,
    /// The report card of an authorization server.
    Check,
    /// What the browser stores for this site.
    Storage,
    /// The Settings URI of the client registration.
    Settings,
}

/// A group of links in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A company's spend; shown while a connection is in view.
    Spend,
    /// For a partner's engineer.
    Workbench,
    /// About the app itself.
    App,
}

impl Group {
    /// The groups in the order of the navigation.
    pub const ALL: [Group; 3] = [Group::Spend, Group::Workbench, Group::App];

    /// The heading above the links; `None` for the first group.
    pub fn title(self) -> Option<&'static str> {
        match self {
            Group::Spend => None,
            Group::Workbench => Some("Workbench"),
            Group::App => Some("This app"),
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The page.
    pub page: Page,
    /// The path below the base, for example `/entries`. It ends in `/*` where the page takes one more
    /// segment.
    pub path: &'static str,
    /// The words of the link.
    pub title: &'static str,
    /// Where the link stands; `None` for a page without one.
    pub group: Option<Group>,
    /// The chunk that holds the page's view; `None` if the main chunk does.
    pub chunk: Option<&'static str>,
    /// Whether the page shows nothing of its own without a connection.
    pub needs_connection: bool,
}

/// Every page, in the order of the navigation.
pub const ROUTES: [Route; 10] = [
    Route {
        page: Page::Overview,
        path: "/",
        title: "Overview",
        group: Some(Group::Spend),
        chunk: Some("overview"),
        needs_connection: true,
    },
    Route {
        page: Page::Entries,
        path: "/entries",
        title: "Entries",
        group: Some(Group::Spend),
        chunk: Some("entries"),
        needs_connection: true,
    },
    developer(Page::Api, "/api", "API", "api"),
    developer(Page::Inspect, "/inspect", "Inspect", "inspect"),
    developer(Page::Register, "/register", "Register", "register"),
    developer(Page::Check, "/check", "Check", "check"),
    developer(Page::Storage, "/storage", "Storage", "storage"),
    Route {
        page: Page::Settings,
        path: "/settings",
        title: "Settings",
        group: Some(Group::App),
        chunk: Some("settings"),
        needs_connection: false,
    },
    Route {
        page: Page::Connect,
        path: "/connect",
        title: "Connect",
        group: None,
        chunk: Some("sign_in"),
        needs_connection: false,
    },
    Route {
        page: Page::Callback,
        path: "/callback/*",
        title: "Signing in",
        group: None,
        chunk: Some("sign_in"),
        needs_connection: false,
    },
];

const fn developer(
    page: Page,
    path: &'static str,
    title: &'static str,
    chunk: &'static str,
) -> Route {
    Route {
        page,
        path,
        title,
        group: Some(Group::Workbench),
        chunk: Some(chunk),
        needs_connection: false,
    }
}

/// The row of the page at `path`, which is below the base and may end in a slash; `None` for an
/// unknown path.
pub fn of_path(path: &str) -> Option<&'static Route> {
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
