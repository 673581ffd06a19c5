//! The routes of the app, for hosts that need a list of them.

// One table for the router, the navigation and the hosts. It uses the standard library alone.
#[allow(dead_code, reason = "hosts need the paths alone")]
#[path = "../../../../src/routes.rs"]
mod table;

/// The routes below the base. Every other path gets `404.html`, which is the app too.
pub const ROUTES: [&str; table::ROUTES.len()] = {
    let mut routes = [""; table::ROUTES.len()];
    let mut at = 0;
    while at < routes.len() {
        routes[at] = table::ROUTES[at].path.split_at(1).1;
        at += 1;
    }
    routes
};

#[cfg(test)]
mod tests {
    use super::ROUTES;

    #[test]
    fn routes_have_no_leading_slash() {
        assert!(
            ROUTES.contains(&"") && ROUTES.contains(&"entries") && ROUTES.contains(&"callback/*")
        );
        assert!(ROUTES.iter().all(|route| !route.starts_with('/')));
    }
}
