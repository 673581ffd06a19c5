//! nginx: `nginx.conf`, a complete example, and what it includes from `outlay/`.
//!
//! `server.conf` may be included in a `server` block of the operator's own, `http.conf` in the
//! `http` block around it.

use std::fmt::Write;

use super::deployment::Deployment;
use super::nginx_gate;
use super::nginx_proxy as proxied;
use super::policy::{CALLBACK, CONTENT_SECURITY, HASHED, OTHER, worker_scripts};
use outlay_config::POSTED_CALLBACK;

/// Its files and their texts.
pub fn files(deployment: &Deployment) -> Vec<(&'static str, String)> {
    let mut files = vec![
        ("nginx.conf", complete(deployment)),
        ("outlay/headers.conf", headers(deployment)),
        ("outlay/http.conf", http(deployment)),
        ("outlay/server.conf", server(deployment)),
    ];
    files.extend(proxied::files(deployment));
    files
}

fn complete(deployment: &Deployment) -> String {
    let (name, port) = (deployment.host(), deployment.port());
    let listen = if deployment.https() {
        format!(
            "        listen {port} ssl http2;
        listen [::]:{port} ssl http2;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache shared:outlay_tls:1m;
        ssl_session_tickets off;
        # ssl_certificate and ssl_certificate_key stand in outlay/local.server.conf, which is yours.
"
        )
    } else {
        format!("        listen 127.0.0.1:{port};\n        listen [::1]:{port};\n")
    };
    let mut others = String::new();
    if deployment.https() && port == "443" {
        let _ = write!(
            others,
            "
    # The address without TLS leads to the one with it, but for whoever looks here for the proof that
    # a certificate is asked for by its owner.
    server {{
        listen 80;
        listen [::]:80;
        server_name {name};
        location ^~ /.well-known/acme-challenge/ {{
            default_type text/plain;
            root /var/www/acme;
        }}
        location / {{
            return 308 https://{name}$request_uri;
        }}
    }}
"
        );
    }
    if deployment.https() {
        let _ = write!(
            others,
            "
    # Any other name leads nowhere.
    server {{
        listen {port} ssl default_server;
        listen [::]:{port} ssl default_server;
        ssl_reject_handshake on;
    }}
"
        );
    }
    format!(
        "# A complete example for {origin}: an nginx that serves this site and nothing else.
# It is read together with the folder `outlay` beside it.
user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log warn;
# Modules of the system's, if any are installed.
include /etc/nginx/modules-enabled/*.conf;

events {{
}}

http {{
    server_tokens off;
    sendfile on;
    # What is logged, and how, a server block says itself.
    access_log off;
    include outlay/http.conf;

    server {{
{listen}        server_name {name};
        include outlay/server.conf;
    }}
{others}}}
",
        origin = deployment.site.origin(),
    )
}

fn headers(deployment: &Deployment) -> String {
    let mut text = String::from(
        "# On every answer. A location that adds a header of its own has to include this again.\n",
    );
    for (name, value) in deployment.policy.common() {
        let value = match name {
            CONTENT_SECURITY => "$outlay_policy",
            _ => &value,
        };
        let _ = writeln!(text, "add_header {name} \"{value}\" always;");
    }
    text
}

fn http(deployment: &Deployment) -> String {
    let mut text = String::from(
        "# For the `http` block. The path without its query, which holds the code of a sign-in.
map $request_uri $outlay_path {
    default \"\";
    \"~^(?<outlay_asked>[^?]*)\" $outlay_asked;
}
log_format outlay '$remote_addr [$time_iso8601] \"$request_method $outlay_path\" $status $body_bytes_sent $sent_http_x_outlay_proxy';
",
    );
    let _ = write!(
        text,
        "
# The policy. Only the scripts that start a worker name the servers: a worker takes its policy from
# the response to its own script.
map $uri $outlay_policy {{
    default \"{page}\";
    \"~{scripts}\" \"{workers}\";
}}
",
        page = deployment.policy.of_pages(),
        scripts = worker_scripts(deployment.site.base()),
        workers = deployment.policy.of_workers(),
    );
    text.push_str(&nginx_gate::http(deployment));
    text.push_str(&local("http"));
    text
}

/// Files that nobody writes but the operator, and that may be missing.
fn local(place: &str) -> String {
    format!(
        "
# Yours: no file of these names is ever written here, and none needs to be there.
include outlay/local.{place}*.conf;
"
    )
}

fn server(deployment: &Deployment) -> String {
    let base = deployment.site.base();
    let policy = &deployment.policy;
    let (callback, hashed, other) = (
        policy.kept(CALLBACK),
        policy.kept(HASHED),
        policy.kept(OTHER),
    );
    let mut text = format!(
        "# For a `server` block: the site at {base}, whose files lie in {root}{base}
root {root};
access_log /var/log/nginx/outlay.log outlay;
# Lines about lesser errors hold whole addresses, with the code of a sign-in among them.
error_log /var/log/nginx/outlay-error.log crit;
# A callback may be 16 kB long, and stands whole in the first line of its request.
large_client_header_buffers 4 32k;
gzip_static on;
gzip_vary on;
# With the module libnginx-mod-http-brotli-static, in outlay/local.server.conf:
# brotli_static on;
default_type application/octet-stream;
types {{
    \"text/html; charset=utf-8\" html;
    \"text/css; charset=utf-8\" css;
    \"text/javascript; charset=utf-8\" js;
    application/wasm wasm;
    application/json json;
    image/svg+xml svg;
}}

include outlay/headers.conf;
add_header Cache-Control \"{other}\" always;
set $outlay_service_worker $http_service_worker;

# What is not there now may be there after the next build: nobody is to remember it.
location @outlay_missing {{
    return 404;
}}
# Nothing hidden, and nothing that is meant for another kind of host.
location ~ /[._] {{
    return 404;
}}
# The answer to a sign-in answer that comes as a form. Nothing reads the form.
location @outlay_posted {{
    error_log /dev/null;
    include outlay/headers.conf;
    add_header Cache-Control \"{callback}\" always;
    types {{
    }}
    default_type \"text/html; charset=utf-8\";
    return 200 \"{POSTED_CALLBACK}\";
}}
# The address bar holds a code here, and so does a line about any error, however grave.
location ~ ^{pattern}(?:.*/)?callback(?:/[^/.]*)*$ {{
    error_page 405 413 @outlay_posted;
    error_log /dev/null;
    include outlay/headers.conf;
    add_header Cache-Control \"{callback}\" always;
    try_files {base}index.html @outlay_missing;
}}
# Files whose names hold a hash of their content.
location ~ \"^{pattern}(?:.*/)?[^/.]+-[0-9a-f]{{10,16}}(?:_bg)?\\.[^/]*$\" {{
    include outlay/headers.conf;
    add_header Cache-Control \"{hashed}\" always;
    try_files $uri @outlay_missing;
}}
# Any other file: a name with a dot in it.
location ~ ^{pattern}.*\\.[^/]*$ {{
    try_files $uri @outlay_missing;
}}
# The routes of the page.
location {base} {{
    try_files {base}index.html @outlay_missing;
}}
",
        root = deployment.root,
        pattern = base.replace('.', "\\."),
    );
    if base != "/" {
        let _ = write!(
            text,
            "location = {bare} {{\n    return 308 {base};\n}}\nlocation / {{\n    return 404;\n}}\n",
            bare = base.trim_end_matches('/'),
        );
    }
    text.push_str(&proxied::server(deployment));
    text.push_str(&local("server"));
    text.push_str(
        "
# No file of the site is a service worker, and no answer of Pleo's may become one. A file of yours that
# takes an old one away sets this variable to nothing for its own path: see docs/hosting.md.
if ($outlay_service_worker != \"\") {
    return 403;
}
",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PLEO, at, deployment};
    use super::super::nginx_proxy;
    use super::*;

    #[test]
    fn without_a_path_of_its_own_there_is_no_proxy() {
        let plain = deployment(PLEO, &at("https://spend.example")).unwrap();
        for (name, text) in files(&plain) {
            assert!(!text.contains("proxy_pass"), "{name}");
        }
        assert_eq!(nginx_proxy::files(&plain), []);
    }

    #[test]
    fn it_listens_where_the_origin_says() {
        let text = |origin: &str| complete(&deployment(PLEO, &at(origin)).unwrap());
        let usual = text("https://spend.example");
        assert!(usual.contains("listen 443 ssl http2;"));
        assert!(usual.contains("return 308 https://spend.example$request_uri;"));
        assert!(usual.contains("location ^~ /.well-known/acme-challenge/ {"));
        let other = text("https://spend.example:8443");
        assert!(other.contains("listen [::]:8443 ssl http2;"));
        assert!(other.contains("listen 8443 ssl default_server;"));
        assert!(
            !other.contains("443 ssl http2;\n        listen [::]:443") && !other.contains("308")
        );
        let local = PLEO
            .replace("https://auth.pleo.io", "http://localhost:8787")
            .replace("https://external.pleo.io", "http://localhost:8788");
        let here = complete(&deployment(&local, &at("http://localhost")).unwrap());
        assert!(here.contains("listen 127.0.0.1:80;") && here.contains("listen [::1]:80;"));
    }

    #[test]
    fn what_the_operator_owns_is_included_and_never_written() {
        let made = deployment(PLEO, &at("https://spend.example")).unwrap();
        let files = files(&made);
        let text: String = files.iter().map(|(_, text)| text.as_str()).collect();
        for place in ["http", "server"] {
            assert!(text.contains(&format!("include outlay/local.{place}*.conf;")));
        }
        assert!(!files.iter().any(|(name, _)| name.contains("local")));
        assert!(!text.contains("ssl_certificate /"));
    }

    #[test]
    fn the_policy_stands_in_it_in_the_words_of_the_configuration() {
        let plain = deployment(PLEO, &at("https://spend.example")).unwrap();
        let text = headers(&plain);
        let (page, workers) = (plain.policy.of_pages(), plain.policy.of_workers());
        for (name, value) in plain.policy.common() {
            let value = value.replace(&page, "$outlay_policy");
            assert!(text.contains(&format!("add_header {name} \"{value}\" always;")));
        }
        assert!(page.contains("connect-src 'self';") && workers.contains("external.pleo.io;"));
        let map = format!(
            "{{\n    default \"{page}\";\n    \"~^/(?:vault\\.js|probe\\.js)$\" \"{workers}\";\n}}"
        );
        assert!(http(&plain).contains(&format!("map $uri $outlay_policy {map}")));
        assert!(text.contains("Strict-Transport-Security"));
        let local = PLEO
            .replace("https://auth.pleo.io", "http://localhost:8787")
            .replace("https://external.pleo.io", "http://localhost:8788");
        let here = deployment(&local, &at("http://localhost:8080")).unwrap();
        assert!(!headers(&here).contains("Strict-Transport-Security"));
        assert!(complete(&here).contains("listen 127.0.0.1:8080;"));
    }
}
