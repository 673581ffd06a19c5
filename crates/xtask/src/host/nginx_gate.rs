//! nginx before Pleo: what stands in the `http` block, and who judges the form.
//!
//! nginx reads a body only once it knows where to send it. The form is therefore judged on the way to
//! a second server block, on a port that only this machine reaches: the first adds the verdict, and the secret
//! with it, when the whole body matches; the second refuses what has no verdict. A body that does not
//! fit into one buffer cannot be judged, and so is refused. Nothing but nginx's own directives is
//! needed.

use std::fmt::Write;

use super::deployment::Deployment;
use super::grammar;
use super::nginx_proxy::{routes, target};
use super::proxy::{Kind, REFUSED};

/// Where the second server block listens. A socket in a folder would outlive a killed server, and keep
/// the next one from starting.
pub const GATE: &str = "127.0.0.1:8687";

/// What stands in the `http` block.
pub fn http(deployment: &Deployment) -> String {
    let mut text = String::new();
    if deployment.routes.iter().any(|it| !it.upstream.loopback) {
        let _ = write!(
            text,
            "
# Names behind the proxy are resolved again and again. `--resolver` says by whom.
resolver {};
",
            deployment.resolver
        );
    }
    for (number, route) in routes(deployment, Kind::Api).enumerate() {
        let _ = write!(
            text,
            "
# The path behind {path}, as it was written; no dot segments, however they are written.
map $request_uri $outlay_api_{number} {{
    default \"\";
    \"~*^[^?]*/(?:\\.|%2e)+(?:/|%2f|\\?|$)\" \"\";
    \"~*^[^?]*%2f(?:\\.|%2e)+(?:/|%2f|\\?|$)\" \"\";
    \"~^{pattern}(?<outlay_behind_{number}>/.*)$\" $outlay_behind_{number};
}}
",
            path = route.path,
            pattern = route.path.replace('.', "\\."),
        );
    }
    if routes(deployment, Kind::Api).next().is_some() {
        text.push_str(
            "
map $http_authorization $outlay_bearer {
    default \"\";
    \"~^Bearer \" $http_authorization;
}
",
        );
    }
    if routes(deployment, Kind::Token).next().is_none() {
        return text;
    }
    text.push_str("\nlimit_req_zone $binary_remote_addr zone=outlay_token:1m rate=2r/s;\n");
    for route in routes(deployment, Kind::Token) {
        let _ = write!(
            text,
            "
# Whether the body is the form of a code or of a refresh token, from its first byte to its last.
map $request_body $outlay_grant_{word} {{
    default \"\";
    \"~{form}\" known;
}}
",
            word = route.word(),
            form = route.form(),
        );
    }
    for route in routes(deployment, Kind::Token).filter(|route| route.confidential) {
        let _ = write!(
            text,
            "
# The secret of the client, for such a form only. The file belongs to root, mode 600, and holds
#     known \"Basic <base64 of id:secret>\";
map $outlay_grant_{word} $outlay_basic_{word} {{
    default \"\";
    include outlay/secret.{profile}.map;
}}
",
            word = route.word(),
            profile = route.profile,
        );
    }
    let _ = write!(
        text,
        "
server {{
    listen {GATE};
    access_log off;
    error_log /var/log/nginx/outlay-error.log crit;
    client_max_body_size 8k;
    client_body_buffer_size 8k;
"
    );
    for route in routes(deployment, Kind::Token) {
        let _ = write!(
            text,
            "    location = /{profile} {{
        if ($http_x_outlay_grant = \"\") {{
            add_header {REFUSED} refused always;
            return 400;
        }}
        include outlay/proxied.conf;
{target}        proxy_set_header Authorization $http_authorization;
        proxy_set_header Content-Type {form};
        proxy_pass $outlay_behind{path};
    }}
",
            profile = route.profile,
            target = target(&route.upstream),
            form = grammar::FORM,
            path = route.upstream.path,
        );
    }
    text.push_str("    location / {\n        return 404;\n    }\n}\n");
    text
}
