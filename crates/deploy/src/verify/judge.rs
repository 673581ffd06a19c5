//! Whether a header's value is as good as the intended one.

/// Returns whether a media type is valid for a file name.
pub fn suits(name: &str, kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => essence == "text/html",
        "css" => essence == "text/css",
        "js" => ["text/javascript", "application/javascript"].contains(&essence),
        "wasm" => essence == "application/wasm",
        "json" => essence == "application/json",
        "svg" => essence == "image/svg+xml",
        _ => true,
    }
}

/// Returns whether `max-age` of HSTS is at least a year (RFC 6797 §6.1.1).
pub fn a_year(hsts: &str) -> bool {
    hsts.split(';')
        .find_map(|part| part.trim().strip_prefix("max-age="))
        .and_then(|age| age.trim_matches('"').parse::<u64>().ok())
        .is_some_and(|age| age >= 31_536_000)
}

/// Whether two values of `Cache-Control` are equally strict; hosts write `no-cache` in several ways.
pub fn same_caching(found: &str, expected: &str) -> bool {
    let revalidates = found.contains("no-store")
        || found.contains("no-cache")
        || (found.contains("max-age=0") && found.contains("must-revalidate"));
    found == expected || (expected == "no-cache" && revalidates && !found.contains("immutable"))
}

/// Whether the policies in `found` enforce `expected` and are all from the build. A host that reads
/// `_headers` may join the rule for all paths, which has the wider policy of the vault, with the rule
/// for one. A missing file has the first alone; the page in its place narrows it in its markup.
pub fn same_policy(found: &str, expected: &str, vault: &str, missing: bool) -> bool {
    let mut all = found.split(',').map(str::trim);
    all.all(|one| one == expected || one == vault)
        && (missing || found.split(',').any(|one| one.trim() == expected))
}

/// Headers that no response of the site needs: they store something, redirect, report, or open the site
/// to other origins.
pub const UNASKED: [&str; 17] = [
    "Set-Cookie",
    "Refresh",
    "Link",
    "SourceMap",
    "X-SourceMap",
    "NEL",
    "Report-To",
    "Reporting-Endpoints",
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Content-Security-Policy-Report-Only",
    "Service-Worker-Allowed",
    "Clear-Site-Data",
    "Speculation-Rules",
    "Origin-Trial",
    "Accept-CH",
    "Critical-CH",
];

/// Returns whether the value of an additional header changes nothing.
pub fn harmless(name: &str, value: &str, origin: &str) -> bool {
    match name {
        "Access-Control-Allow-Origin" => value == origin,
        // Some hosts preload what the page's markup loads.
        "Link" => value.split('<').skip(1).all(own_path) && value.starts_with('<'),
        _ => false,
    }
}

/// Returns whether an address is a path of the site's own origin.
pub fn own_path(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\")
}

/// Whether a reference in the page leads to the site's own origin: a path, a path relative to the page,
/// or a fragment.
pub fn own_reference(reference: &str) -> bool {
    let is_relative = reference
        .starts_with(|first: char| first.is_ascii_alphanumeric() || first == '#' || first == '.')
        && !reference.contains([':', '\\']);
    is_relative || own_path(reference)
}

/// Returns the addresses that the markup loads or links to.
pub fn addresses(html: &str) -> Vec<String> {
    let attributes = [
        " src=\"",
        " href=\"",
        " data-module=\"",
        " data-wasm=\"",
        " data-loader=\"",
    ];
    attributes
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_named_by_the_page_are_found() {
        let html = r#"<link href="/a.css"><script src="//evil.example/x.js"></script><meta data-module="/b-0123456789abcdef.js">"#;
        assert_eq!(
            addresses(html),
            ["//evil.example/x.js", "/a.css", "/b-0123456789abcdef.js"]
        );
    }

    #[test]
    fn own_reference_accepts_only_paths_and_fragments_of_the_origin() {
        for own in ["/a.css", "#main", "./", "entries", "../a", "a/b.js"] {
            assert!(own_reference(own), "{own}");
        }
        for foreign in [
            "//evil.example/x.js",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "data:text/html,x",
        ] {
            assert!(!own_reference(foreign), "{foreign}");
        }
    }

    #[test]
    fn unexpected_headers_are_separated_from_harmless_ones() {
        let own = "https://spend.example";
        assert!(harmless("Access-Control-Allow-Origin", own, own));
        assert!(harmless(
            "Link",
            "</a.css>; rel=preload, </b.js>; rel=x",
            own
        ));
        for (name, value) in [
            ("Access-Control-Allow-Origin", "*"),
            ("Link", "</a.css>; rel=preload, <https://e.example/>; rel=x"),
            ("Link", "<//e.example/>; rel=preconnect"),
            ("Set-Cookie", "a=b"),
            ("NEL", "{}"),
        ] {
            assert!(!harmless(name, value, own), "{name}: {value}");
            assert!(UNASKED.contains(&name));
        }
    }

    #[test]
    fn joined_policies_count_as_their_intersection() {
        let (page, workers) = ("connect-src 'self'", "connect-src 'self' https://a.example");
        for found in [
            page.to_owned(),
            format!("{workers}, {page}"),
            format!("{page},{workers}"),
        ] {
            assert!(same_policy(&found, page, workers, false), "{found}");
        }
        for found in [workers, "", "connect-src *", "connect-src 'self', x"] {
            assert!(!same_policy(found, page, workers, false), "{found}");
        }
        assert!(same_policy(workers, page, workers, true));
        assert!(!same_policy("connect-src *", page, workers, true));
        assert!(!same_policy(page, workers, workers, false));
    }

    #[test]
    fn equivalent_revalidation_directives_are_accepted() {
        for found in ["no-cache", "no-store", "public, max-age=0, must-revalidate"] {
            assert!(same_caching(found, "no-cache"), "{found}");
        }
        for found in ["", "max-age=60", "public, max-age=31536000, immutable"] {
            assert!(!same_caching(found, "no-cache"), "{found}");
        }
        assert!(!same_caching("no-cache", "no-store"));
    }

    #[test]
    fn max_age_of_a_year_or_more_is_accepted() {
        assert!(a_year("max-age=31536000") && a_year("includeSubDomains; max-age=63072000"));
        assert!(!a_year("max-age=3600") && !a_year(""));
    }

    #[test]
    fn each_file_has_its_media_type() {
        assert!(
            suits("a.wasm", "application/wasm") && !suits("a.wasm", "application/octet-stream")
        );
        assert!(suits("a.js", "text/javascript; charset=utf-8") && !suits("a.js", "text/html"));
    }
}
