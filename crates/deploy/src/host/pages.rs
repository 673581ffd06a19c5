//! Hosts configured by a file in the site or next to it: Netlify and Cloudflare Pages (`_headers`,
//! `_redirects`), Vercel (`vercel.json`).
//!
//! `_headers` is the exception for the policy: a rule for all paths holds that of the scripts that
//! start a worker, which is the wider one, and each page and file has its own in addition. A host that
//! joins them sends both, and a browser keeps to both; a host that takes the last sends the page's.
//! What no rule names is `404.html`, whose markup narrows the policy itself.
//!
//! Where two rules match one path, some hosts join them and some apply one alone, so no path is named
//! twice for one header: every file and every route has a separate rule. An unknown path that looks
//! hash-named is therefore never `immutable`.

use std::fmt::Write;

use serde_json::{Value, json};

use outlay_config::WORKER_SCRIPTS;

use super::app_routes::ROUTES;
use super::deployment::Deployment;
use super::policy::{CALLBACK, CONTENT_SECURITY, OTHER};

/// Returns the file `_headers` for static hosts.
pub fn headers(deployment: &Deployment) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in common(deployment) {
        let _ = writeln!(text, "  {name}: {value}");
    }
    // These hosts add the policies of all rules that match, and a browser enforces each of them.
    let vault = deployment.policy.of_vault();
    let _ = writeln!(text, "  {CONTENT_SECURITY}: {vault}");
    for path in ROUTES
        .iter()
        .map(|route| (*route).to_owned())
        .chain(deployment.files.iter().cloned())
    {
        let path = deployment.path(&path);
        let kept = deployment.policy.cache_control(&path);
        let _ = write!(text, "\n{path}\n  Cache-Control: {kept}\n");
        let policy = deployment.policy.content_security(&path);
        if policy != vault {
            let _ = writeln!(text, "  {CONTENT_SECURITY}: {policy}");
        }
    }
    text
}

/// The headers of every response besides the policy. These hosts allow every origin to read files
/// (CORS) unless one is named.
fn common(deployment: &Deployment) -> Vec<(&'static str, String)> {
    let mut all = deployment.policy.common();
    all.retain(|(name, _)| *name != CONTENT_SECURITY);
    let own = deployment.site.origin().to_owned();
    all.push(("Access-Control-Allow-Origin", own));
    all
}

/// Returns the file `_redirects` for static hosts.
pub fn redirects(deployment: &Deployment) -> String {
    let page = deployment.site.base();
    let mut text = String::new();
    for route in ROUTES.iter().filter(|route| !route.is_empty()) {
        // The folder's own address: `index.html` would be a redirect loop at Cloudflare.
        let _ = writeln!(text, "{} {page} 200", deployment.path(route));
    }
    text
}

/// Returns `vercel.json` as text: headers by path pattern, and the rewrite of routes to `index.html`.
pub fn vercel(deployment: &Deployment) -> String {
    let base = deployment.site.base();
    let header = |name: &str, value: &str| json!({ "key": name, "value": value });
    let kept = |path: &str| header("Cache-Control", &deployment.policy.cache_control(path));
    let common: Vec<_> = common(deployment)
        .iter()
        .map(|(name, value)| header(name, value))
        .collect();
    let hashed: Vec<_> = deployment
        .files
        .iter()
        .map(|file| deployment.path(file))
        .filter(|path| deployment.policy.immutable(path))
        .collect();
    // A pattern lists paths as alternatives.
    let names: Vec<_> = hashed
        .iter()
        .filter_map(|path| path.strip_prefix(base))
        .map(|name| name.replace('.', "\\."))
        .collect();
    let mut rules: Vec<Value> = vec![
        json!({ "source": "/(.*)", "headers": common }),
        json!({ "source": format!("{base}callback/(.*)"), "headers": [kept(CALLBACK)] }),
    ];
    let workers = WORKER_SCRIPTS.join("|").replace('.', "\\.");
    let below = base.trim_start_matches('/').replace('.', "\\.");
    let of_workers = deployment.policy.of_workers().into_iter();
    let of_workers = of_workers.map(|(script, policy)| {
        let name = script.replace('.', "\\.");
        (format!("/{below}({name})"), policy)
    });
    let of_pages = (
        format!("/((?!{below}(?:{workers})$).*)"),
        deployment.policy.of_pages(),
    );
    for (source, value) in of_workers.chain([of_pages]) {
        let policy = header(CONTENT_SECURITY, &value);
        rules.push(json!({ "source": source, "headers": [policy] }));
    }
    let mut others = format!("{base}((?!callback/).*)");
    if let Some(one) = hashed.first() {
        let any = names.join("|");
        others = format!("{base}((?!callback/|(?:{any})$).*)");
        rules.push(json!({ "source": format!("{base}({any})"), "headers": [kept(one)] }));
    }
    rules.push(json!({ "source": others, "headers": [kept(OTHER)] }));
    let whole = json!({
        "cleanUrls": false,
        "trailingSlash": false,
        "headers": rules,
        "rewrites": [{
            "source": format!("{base}((?!.*\\.[^/]*$).*)"),
            "destination": format!("{base}index.html"),
        }],
    });
    format!("{whole:#}\n")
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PLEO, at, deployment};
    use super::*;

    /// The value of a header for a path, where a rule names it.
    fn named(text: &str, path: &str, header: &str) -> Option<String> {
        let rules = text.split("\n\n");
        let found: Vec<_> = rules
            .filter(|rule| rule.lines().next() == Some(path))
            .filter_map(|rule| {
                let line = rule.lines().find(|line| line.trim().starts_with(header))?;
                Some(line.split_once(": ")?.1.to_owned())
            })
            .collect();
        assert!(found.len() < 2, "{path} is named twice");
        found.into_iter().next()
    }

    #[test]
    fn every_file_and_route_has_one_caching_rule() {
        let made = deployment(PLEO, &at("https://spend.example")).unwrap();
        let text = headers(&made);
        for (path, kept) in [
            ("/", "no-cache"),
            ("/entries", "no-cache"),
            ("/callback/*", "no-store"),
            ("/vault.js", "no-cache"),
            ("/config.json", "no-cache"),
            (
                "/outlay-0123456789abcdef_bg.wasm",
                "public, max-age=31536000, immutable",
            ),
        ] {
            assert_eq!(named(&text, path, "Cache-Control").as_deref(), Some(kept));
        }
        assert_eq!(named(&text, "/*", "Cache-Control"), None);
        let opened = named(&text, "/*", "Access-Control-Allow-Origin").unwrap();
        assert_eq!(opened, "https://spend.example");
        // Joined or shadowed, the policy of a page names no server: see the module.
        for path in ["/", "/callback/*", "/404.html", "/config.json"] {
            let policy = named(&text, path, CONTENT_SECURITY);
            assert_eq!(policy, Some(made.policy.of_pages()), "{path}");
        }
        assert_eq!(named(&text, "/vault.js", CONTENT_SECURITY), None);
        let all = named(&text, "/*", CONTENT_SECURITY).unwrap();
        assert!(all.contains("https://external.pleo.io"));
        // Cloudflare Pages takes a hundred rules, and lines of 2,000 characters.
        assert!(text.split("\n\n").count() < 60 && text.lines().all(|line| line.len() < 2_000));
    }

    #[test]
    fn routes_serve_the_page_and_files_serve_themselves() {
        let made = deployment(PLEO, &at("https://spend.example")).unwrap();
        let text = redirects(&made);
        assert!(text.contains("/callback/* / 200\n") && text.contains("/entries / 200\n"));
        assert!(!text.contains("/* / 200\n/*") && !text.lines().any(|line| line.starts_with("/*")));
        assert!(!text.contains("index.html"));
    }

    #[test]
    fn vercel_lists_no_path_twice_for_one_header() {
        let made = deployment(PLEO, &at("https://spend.example")).unwrap();
        let json: Value = serde_json::from_str(&vercel(&made)).unwrap();
        let sources: Vec<_> = json["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| rule["source"].as_str().unwrap())
            .collect();
        assert_eq!(
            sources,
            [
                "/(.*)",
                "/callback/(.*)",
                "/(vault\\.js)",
                "/(probe\\.js)",
                "/((?!(?:vault\\.js|probe\\.js)$).*)",
                "/(outlay-0123456789abcdef_bg\\.wasm)",
                "/((?!callback/|(?:outlay-0123456789abcdef_bg\\.wasm)$).*)"
            ]
        );
        assert_eq!(json["headers"][1]["headers"][0]["value"], "no-store");
        assert_eq!(json["rewrites"][0]["destination"], "/index.html");
    }
}
