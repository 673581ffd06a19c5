//! nginx before Pleo: what stands in the `server` block and in each location. `nginx_gate` has what stands
//! in the `http` block, and judges the form.

use std::fmt::Write;

use super::deployment::Deployment;
use super::grammar;
use super::nginx_gate::SOCKET;
use super::proxy::{self, Kind, Route};
use super::upstream::Upstream;

/// What the site says for itself, an answer from behind must not say.
const OWN_WORDS: [&str; 9] = [
    "Set-Cookie",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "Cache-Control",
    "Expires",
    "WWW-Authenticate",
];

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
proxy_set_header Accept \"*/*\";
proxy_redirect off;
# A request that may have arrived is not sent again.
proxy_next_upstream off;
# No answer touches the disk.
proxy_max_temp_file_size 0;
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
    for name in OWN_WORDS {
        let _ = writeln!(text, "proxy_hide_header {name};");
    }
    vec![("outlay/proxied.conf", text)]
}

/// A variable, so that the name is resolved when it is asked for.
pub fn target(upstream: &Upstream) -> String {
    format!(
        "        set $outlay_behind {};\n        proxy_set_header Host {};\n        proxy_ssl_name {};\n",
        upstream.address(),
        upstream.authority,
        upstream.name()
    )
}

/// What stands in the `server` block.
pub fn server(deployment: &Deployment) -> String {
    let mut text = String::new();
    for route in routes(deployment, Kind::Token) {
        text.push_str(&token(deployment, route));
    }
    for first in proxy::fenced(&deployment.routes) {
        let _ = write!(text, "\nlocation ^~ {first}/ {{\n    return 404;\n}}\n");
    }
    for (number, route) in routes(deployment, Kind::Api).enumerate() {
        let _ = write!(
            text,
            "
location ^~ {path}/ {{
    if ($http_sec_fetch_site != same-origin) {{
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
    let basic = if route.confidential {
        format!(
            "    proxy_set_header Authorization $outlay_basic_{};\n",
            route.word()
        )
    } else {
        String::new()
    };
    format!(
        "
# The token endpoint. Whoever reaches it can redeem a refresh token that was stolen elsewhere: see
# docs/hosting.md for what to put before it.
location = {path} {{
    if ($request_uri != {path}) {{
        return 404;
    }}
    if ($request_method != POST) {{
        return 405;
    }}
    if ($http_sec_fetch_site != same-origin) {{
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
    proxy_set_header X-Outlay-Grant $outlay_grant;
{basic}    proxy_pass http://{SOCKET}:/{profile};
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
    use super::super::deployment::tests::{PROXIED, at, deployment};
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
}
