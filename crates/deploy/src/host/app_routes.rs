//! The routes of the app, for hosts that need a list of them.

/// The routes below the base. Every other path gets `404.html`, which is the app too.
pub const ROUTES: [&str; 14] = [
    "",
    "entries",
    "exports",
    "exports/*",
    "directory",
    "directory/*",
    "api",
    "inspect",
    "register",
    "check",
    "storage",
    "settings",
    "connect",
    "callback/*",
];

#[cfg(test)]
mod tests {
    use super::ROUTES;

    #[test]
    fn every_route_of_the_app_is_listed() {
        let app = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src/app.rs");
        let source = std::fs::read_to_string(app).unwrap();
        let routes: Vec<_> = source
            .split("StaticSegment(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(routes.len() > 5);
        for route in routes {
            let below = format!("{route}/*");
            let known = ROUTES.contains(&route) || ROUTES.contains(&&*below);
            assert!(known, "{route}");
        }
    }
}
