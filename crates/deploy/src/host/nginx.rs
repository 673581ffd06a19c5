//! nginx: `nginx.conf`, a complete example, and what it includes from `outlay/`.
//!
//! `server.conf` may be included in a `server` block of the operator's own, `http.conf` in the
//! `http` block around it.
//!
//! nginx reads a request body only once it knows where to send it. A token request therefore goes to
//! a second `server` block on a loopback port: the first block adds a header, and the client's secret
//! with it, if the whole body matches the form; the second refuses requests without the header. A body
//! larger than one buffer cannot be checked, so it is refused. Only nginx's own directives are used.
//!
//! nginx has no list of response headers that may pass, so `proxied.conf` names those that must not:
//! headers that the site sets itself, that speak for the site's origin, that make a browser do
//! something, or that reveal more than was asked for.

use super::deployment::Deployment;
use super::template::render;
use crate::Outcome;

/// The names and texts of its files.
///
/// # Errors
///
/// A template cannot be filled in.
pub fn files(deployment: &Deployment) -> Outcome<Vec<(&'static str, String)>> {
    let mut names = vec![
        "nginx.conf",
        "outlay/headers.conf",
        "outlay/http.conf",
        "outlay/server.conf",
    ];
    if !deployment.routes.is_empty() {
        names.push("outlay/proxied.conf");
    }
    let file = |name| Ok((name, render(name, deployment)?));
    names.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PLEO, PROXIED, at, deployment, secret_of, two};
    use super::super::placement::Placement;
    use super::super::template::GATE;
    use super::*;

    fn text(name: &str, config: &str, placement: &Placement) -> String {
        render(name, &deployment(config, placement).unwrap()).unwrap()
    }

    fn local() -> String {
        PLEO.replace("https://auth.pleo.io", "http://localhost:8787")
            .replace("https://external.pleo.io", "http://localhost:8788")
    }

    #[test]
    fn no_proxy_is_written_without_a_proxy_path() {
        let plain = deployment(PLEO, &at("https://spend.example")).unwrap();
        for (name, text) in files(&plain).unwrap() {
            assert!(!text.contains("proxy_pass"), "{name}");
            assert_ne!(name, "outlay/proxied.conf");
        }
    }

    #[test]
    fn server_listens_at_the_origin() {
        let complete = |origin: &str| text("nginx.conf", PLEO, &at(origin));
        let usual = complete("https://spend.example");
        assert!(usual.contains("listen 443 ssl http2;"));
        assert!(usual.contains("return 308 https://spend.example$request_uri;"));
        assert!(usual.contains("location ^~ /.well-known/acme-challenge/ {"));
        let other = complete("https://spend.example:8443");
        assert!(other.contains("listen [::]:8443 ssl http2;"));
        assert!(other.contains("listen 8443 ssl default_server;"));
        assert!(
            !other.contains("443 ssl http2;\n        listen [::]:443") && !other.contains("308")
        );
        let here = text("nginx.conf", &local(), &at("http://localhost"));
        assert!(here.contains("listen 127.0.0.1:80;") && here.contains("listen [::1]:80;"));
    }

    #[test]
    fn operator_files_are_included_and_never_written() {
        let made = deployment(PLEO, &at("https://spend.example")).unwrap();
        let files = files(&made).unwrap();
        let text: String = files.iter().map(|(_, text)| text.as_str()).collect();
        for place in ["http", "server"] {
            assert!(text.contains(&format!("include outlay/local.{place}*.conf;")));
        }
        assert!(!files.iter().any(|(name, _)| name.contains("local")));
        assert!(!text.contains("ssl_certificate /"));
    }

    #[test]
    fn headers_and_policy_match_the_configuration() {
        let plain = deployment(PLEO, &at("https://spend.example")).unwrap();
        let headers = render("outlay/headers.conf", &plain).unwrap();
        let (page, vault) = (plain.policy.of_pages(), plain.policy.of_vault());
        for (name, value) in plain.policy.common() {
            let value = value.replace(&page, "$outlay_policy");
            assert!(headers.contains(&format!("add_header {name} \"{value}\" always;")));
        }
        assert!(page.contains("connect-src 'self';") && vault.contains("external.pleo.io;"));
        let map = format!(
            "{{\n    default \"{page}\";\n    \"~^/vault\\.js$\" \"{vault}\";\n    \"~^/probe\\.js$\" \"{vault}\";\n}}"
        );
        let http = render("outlay/http.conf", &plain).unwrap();
        assert!(http.contains(&format!("map $uri $outlay_policy {map}")));
        assert!(headers.contains("Strict-Transport-Security"));
        let here = deployment(&local(), &at("http://localhost:8080")).unwrap();
        let headers = render("outlay/headers.conf", &here).unwrap();
        assert!(!headers.contains("Strict-Transport-Security"));
        let complete = render("nginx.conf", &here).unwrap();
        assert!(complete.contains("listen 127.0.0.1:8080;"));
    }

    #[test]
    fn secret_file_is_included_for_a_confidential_client_and_never_written() {
        let both = |placement: &Placement| {
            ["outlay/http.conf", "outlay/server.conf"].map(|name| text(name, PROXIED, placement))
        };
        let [http, server] = both(&at("https://spend.example"));
        assert!(!http.contains("secret"));
        assert!(!server.contains("Basic") && !server.contains("basic"));
        let [http, server] = both(&Placement {
            confidential: true,
            ..at("https://spend.example")
        });
        assert!(http.contains("include outlay/secret.pleo.map;"));
        assert!(server.contains("Authorization $outlay_basic_pleo;"));
    }

    #[test]
    fn secret_of_a_profile_is_sent_only_to_its_server() {
        for (profile, variable, other) in [("pleo", "pleo", "mock_2"), ("mock-2", "mock_2", "pleo")]
        {
            let http = text("outlay/http.conf", &two(), &secret_of(profile));
            let server = text("outlay/server.conf", &two(), &secret_of(profile));
            assert_eq!(server.matches("outlay_basic_").count(), 1);
            let (_, after) = server
                .split_once(&format!("$outlay_basic_{variable};"))
                .unwrap();
            let next = after.lines().nth(1).unwrap();
            assert_eq!(next, format!("    proxy_pass http://{GATE}/{profile};"));
            assert!(!http.contains(&format!("outlay_basic_{other}")));
            assert!(http.contains(&format!("include outlay/secret.{profile}.map;")));
        }
    }

    #[test]
    fn upstream_names_are_re_resolved_and_the_next_address_is_tried() {
        let placement = Placement {
            resolver: Some("10.0.0.2 valid=30s".to_owned()),
            ..at("https://spend.example")
        };
        let http = text("outlay/http.conf", PROXIED, &placement);
        assert!(http.contains("\nresolver 10.0.0.2 valid=30s;\n"));
        let proxied = text("outlay/proxied.conf", PROXIED, &placement);
        assert!(proxied.contains("\nproxy_next_upstream error;\n"));
    }
}
