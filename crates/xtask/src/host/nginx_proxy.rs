//! nginx before Pleo: what stands in the `server` block and in each location. `nginx_gate` has what stands
//! in the `http` block, and judges the form.

use std::fmt::Write;

use super::deployment::Deployment;
use super::grammar;
use super::nginx_gate::GATE;
use super::proxy::{self, Kind, REFUSED, Route};
use super::upstream::Upstream;

/// What an answer from behind must not bear: what the site says for itself, what would speak for the
/// site's origin or have a browser do something, and what tells more than anybody asked. nginx knows no list of what may stay: what is not
/// named here goes on.
const NOT_OURS: [&str; 66] = [
    "Set-Cookie",
    "Set-Cookie2",
    "Content-Security-Policy",
    "Content-Security-Policy-Report-Only",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Opener-Policy-Report-Only",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Embedder-Policy-Report-Only",
    "Cross-Origin-Resource-Policy",
    "Document-Policy",
    "Document-Policy-Report-Only",
    "Integrity-Policy",
    "Integrity-Policy-Report-Only",
    "Permissions-Policy",
    "Permissions-Policy-Report-Only",
    "Feature-Policy",
    "Referrer-Policy",
    "Require-Document-Policy",
    "Origin-Agent-Cluster",
    "Strict-Transport-Security",
    "Expect-CT",
    "Expect-Staple",
    "Public-Key-Pins",
    "Public-Key-Pins-Report-Only",
    "X-Content-Type-Options",
    "X-Content-Security-Policy",
    "X-WebKit-CSP",
    "X-Frame-Options",
    "X-XSS-Protection",
    "X-Permitted-Cross-Domain-Policies",
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Private-Network",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Timing-Allow-Origin",
    "Service-Worker-Allowed",
    "Clear-Site-Data",
    "NEL",
    "Report-To",
    "Reporting-Endpoints",
    "Refresh",
    "Link",
    "Location",
    "Content-Location",
    "SourceMap",
    "X-SourceMap",
    "Speculation-Rules",
    "Supports-Loading-Mode",
    "Origin-Trial",
    "Accept-CH",
    "Critical-CH",
    "Alt-Svc",
    "Via",
    "X-Powered-By",
    "X-Served-By",
    "Server-Timing",
    "WWW-Authenticate",
    "Cache-Control",
    "Expires",
    "ETag",
    "Age",
    "Pragma",
    "Last-Modified",
];

/// Errors of the proxy's own; those that come from behind stay as they are.
const REFUSALS: &str = "error_page 400 403 404 405 413 415 429 @outlay_refused;";

/// The routes of a kind.
pub fn routes(deployment: &Deployment, kind: Kind) -> impl Iterator<Item = &Route> {
    deployment
        .routes
        .iter()
        .filter(move |route| route.kind == kind)
}

/// The files that only a proxy needs.
pub fn files(deployment: &Deployment) -> Vec<(&'static str, String)> {
    if deployment.routes.is_empty() {
        return Vec::new();
    }
    let mut text = String::from(
        "# For each location that asks a server behind this one. What came from the browser stays
# here, but for what a location sets.
proxy_http_version 1.1;
proxy_pass_request_headers off;
proxy_set_header Connection \"\";
proxy_set_header Accept application/json;
proxy_redirect off;
# Where a name has several addresses and one cannot be reached, the next is tried: those of the other
# IP version among them. A POST or PATCH that was sent is not sent again.
proxy_next_upstream error;
proxy_next_upstream_tries 4;
# No answer touches the disk, or is given to another bearer, or is mended; whatever is said elsewhere.
proxy_max_temp_file_size 0;
proxy_cache off;
proxy_store off;
proxy_intercept_errors off;
proxy_request_buffering on;
proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie;
proxy_connect_timeout 10s;
proxy_read_timeout 60s;
proxy_ssl_server_name on;
proxy_ssl_verify on;
proxy_ssl_verify_depth 3;
proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
proxy_ssl_protocols TLSv1.2 TLSv1.3;
",
    );
    for name in NOT_OURS {
        let _ = writeln!(text, "proxy_hide_header {name};");
    }
    vec![("outlay/proxied.conf", text)]
}

/// A variable, so that the name is resolved when it is asked for.
pub fn target(upstream: &Upstream) -> String {
    format!(
        "        set $outlay_behind {};
        proxy_set_header Host {};
        proxy_ssl_name {};
        proxy_hide_header {REFUSED};
",
        upstream.address(),
        upstream.authority,
        upstream.name()
    )
}

/// What stands in the `server` block.
pub fn server(deployment: &Deployment) -> String {
    if deployment.routes.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "
# What the proxy itself refuses says so: an answer without this header came from behind it.
location @outlay_refused {{
    include outlay/headers.conf;
    add_header Cache-Control no-store always;
    add_header {REFUSED} refused always;
    types {{
    }}
    default_type text/plain;
    return 200 \"refused\\n\";
}}
"
    );
    for route in routes(deployment, Kind::Token) {
        text.push_str(&token(deployment, route));
    }
    let whole = |first: &&str| routes(deployment, Kind::Api).all(|it| it.path != **first);
    for first in proxy::fenced(&deployment.routes).into_iter().filter(whole) {
        let _ = write!(
            text,
            "
location ^~ {first}/ {{
    {REFUSALS}
    return 404;
}}
"
        );
    }
    for (number, route) in routes(deployment, Kind::Api).enumerate() {
        let _ = write!(
            text,
            "
location ^~ {path}/ {{
    {REFUSALS}
    if ($request_method !~ ^(?:GET|HEAD|POST|PUT|PATCH|DELETE)$) {{
        return 405;
    }}
    if ($http_sec_fetch_site != same-origin) {{
        return 403;
    }}
    if ($http_sec_fetch_dest !~ ^(?:empty)?$) {{
        return 403;
    }}
    if ($outlay_api_{number} = \"\") {{
        return 404;
    }}
    client_max_body_size 256k;
    client_body_buffer_size 256k;
    include outlay/headers.conf;
    add_header Cache-Control no-store always;
    include outlay/proxied.conf;
{target}    proxy_set_header Authorization $outlay_bearer;
    proxy_set_header Content-Type $content_type;
    proxy_pass $outlay_behind$outlay_api_{number};
}}
",
            path = route.path,
            target = target(&route.upstream).replace("        ", "    "),
        );
    }
    text
}

fn token(deployment: &Deployment, route: &Route) -> String {
    let word = route.word();
    let basic = if route.confidential {
        format!("    proxy_set_header Authorization $outlay_basic_{word};\n")
    } else {
        String::new()
    };
    format!(
        "
# The token endpoint. Whoever reaches it can redeem a refresh token that was stolen elsewhere: see
# docs/hosting.md for what to put before it.
location = {path} {{
    {REFUSALS}
    if ($request_uri != {path}) {{
        return 404;
    }}
    if ($request_method != POST) {{
        return 405;
    }}
    if ($http_sec_fetch_site != same-origin) {{
        return 403;
    }}
    if ($http_sec_fetch_dest !~ ^(?:empty)?$) {{
        return 403;
    }}
    if ($http_origin != {origin}) {{
        return 403;
    }}
    if ($content_type !~* \"^{form}(?:;|$)\") {{
        return 415;
    }}
    limit_req zone=outlay_token burst=30 nodelay;
    limit_req_status 429;
    client_max_body_size 8k;
    client_body_buffer_size 8k;
    client_body_in_single_buffer on;
    include outlay/headers.conf;
    add_header Cache-Control no-store always;
    include outlay/proxied.conf;
    proxy_set_header X-Outlay-Grant $outlay_grant_{word};
{basic}    proxy_pass http://{GATE}/{profile};
}}
",
        path = route.path,
        origin = deployment.site.origin(),
        form = grammar::FORM,
        profile = route.profile,
    )
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PROXIED, at, deployment, secret_of, two};
    use super::super::nginx_gate;
    use super::super::placement::Placement;
    use super::*;

    #[test]
    fn the_secret_is_included_for_a_confidential_client_and_never_written() {
        let public = deployment(PROXIED, &at("https://spend.example")).unwrap();
        assert!(!nginx_gate::http(&public).contains("secret"));
        assert!(!server(&public).contains("Basic") && !server(&public).contains("basic"));
        let placement = Placement {
            confidential: true,
            ..at("https://spend.example")
        };
        let confidential = deployment(PROXIED, &placement).unwrap();
        assert!(nginx_gate::http(&confidential).contains("include outlay/secret.pleo.map;"));
        assert!(server(&confidential).contains("Authorization $outlay_basic_pleo;"));
    }

    #[test]
    fn one_profiles_secret_goes_to_one_profiles_server() {
        for (profile, word, other) in [("pleo", "pleo", "mock_2"), ("mock-2", "mock_2", "pleo")] {
            let made = deployment(&two(), &secret_of(profile)).unwrap();
            let (http, server) = (nginx_gate::http(&made), server(&made));
            assert_eq!(server.matches("outlay_basic_").count(), 1);
            let (_, after) = server
                .split_once(&format!("$outlay_basic_{word};"))
                .unwrap();
            let next = after.lines().nth(1).unwrap();
            assert_eq!(next, format!("    proxy_pass http://{GATE}/{profile};"));
            assert!(!http.contains(&format!("outlay_basic_{other}")));
            assert!(http.contains(&format!("include outlay/secret.{profile}.map;")));
        }
    }

    #[test]
    fn an_address_that_cannot_be_reached_has_another_behind_it() {
        let placement = Placement {
            resolver: Some("10.0.0.2 valid=30s".to_owned()),
            ..at("https://spend.example")
        };
        let made = deployment(PROXIED, &placement).unwrap();
        assert!(nginx_gate::http(&made).contains("\nresolver 10.0.0.2 valid=30s;\n"));
        let (_, text) = files(&made).remove(0);
        assert!(text.contains("\nproxy_next_upstream error;\n"));
    }
}
