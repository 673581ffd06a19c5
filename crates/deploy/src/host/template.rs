//! Fills in the templates of `crates/deploy/templates`, whose README lists the values.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use outlay_config::POSTED_CALLBACK;

use super::deployment::Deployment;
use super::grammar;
use super::kind::HostKind;
use super::policy::{CALLBACK, HASHED, OTHER, worker_script};
use super::route::{ProxyRoute, REFUSED, folders};
use crate::Outcome;

/// Where the second server of nginx listens. A Unix socket would outlive a killed nginx and keep the
/// next one from starting.
pub const GATE: &str = "127.0.0.1:8687";

/// Every template, by the name of the file that is written.
const TEMPLATES: [(&str, &str); 6] = [
    ("Caddyfile", include_str!("../../templates/Caddyfile")),
    (
        "nginx.conf",
        include_str!("../../templates/nginx/nginx.conf"),
    ),
    (
        "outlay/headers.conf",
        include_str!("../../templates/nginx/headers.conf"),
    ),
    (
        "outlay/http.conf",
        include_str!("../../templates/nginx/http.conf"),
    ),
    (
        "outlay/proxied.conf",
        include_str!("../../templates/nginx/proxied.conf"),
    ),
    (
        "outlay/server.conf",
        include_str!("../../templates/nginx/server.conf"),
    ),
];

/// The text of one file.
///
/// # Errors
///
/// The template does not exist, or uses a value that is not defined.
pub fn render(name: &str, deployment: &Deployment) -> Outcome<String> {
    let fail = |error: minijinja::Error| format!("the template of {name}: {error:#}");
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .map_err(fail)?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // Neither server's configuration has an escape for everything: each value is validated where it is
    // read, see `placement`, `proxy` and `grammar`.
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text).map_err(fail)?;
    }
    let template = environment.get_template(name).map_err(fail)?;
    template.render(values(deployment)).map_err(fail)
}

fn values(deployment: &Deployment) -> Value {
    let base = deployment.site.base();
    let policy = &deployment.policy;
    let of_kind = |kind| {
        let routes = deployment.routes.iter().filter(move |it| it.kind == kind);
        routes.map(route).collect::<Vec<_>>()
    };
    let proxy_folders = folders(&deployment.routes);
    // The location of an API at the first level is the whole folder.
    let is_api = |folder: &str| {
        let mut routes = deployment.routes.iter();
        routes.any(|it| it.kind == HostKind::Api && it.path == folder)
    };
    let values = |folders: Vec<&str>| folders.into_iter().map(Value::from).collect::<Vec<_>>();
    let mut closed_folders = proxy_folders.clone();
    closed_folders.retain(|folder| !is_api(folder));
    let headers: Vec<_> = policy
        .common()
        .into_iter()
        .map(|(name, value)| context! { name, value })
        .collect();
    context! {
        origin => deployment.site.origin(),
        host => deployment.host(),
        port => deployment.port(),
        https => deployment.https(),
        base,
        bare_base => base.trim_end_matches('/'),
        base_pattern => pattern(base),
        root => &deployment.root,
        headers,
        page_policy => policy.of_pages(),
        workers => workers(deployment),
        cache => context! {
            callback => policy.cache_control(CALLBACK),
            hashed => policy.cache_control(HASHED),
            other => policy.cache_control(OTHER),
        },
        posted_callback => POSTED_CALLBACK,
        routes => deployment.routes.iter().map(route).collect::<Vec<_>>(),
        token_routes => of_kind(HostKind::Token),
        api_routes => of_kind(HostKind::Api),
        proxy_folders => values(proxy_folders),
        closed_folders => values(closed_folders),
        gate => GATE,
        resolver => &deployment.resolver,
        resolves_names => deployment.routes.iter().any(|it| !it.upstream.loopback),
        refused_header => REFUSED,
        form_media_type => grammar::FORM,
        letters_not_in_host => letters_not_in_host(),
    }
}

fn workers(deployment: &Deployment) -> Vec<Value> {
    let base = deployment.site.base();
    let workers = deployment.policy.of_workers().into_iter();
    let worker = |(script, policy)| context! { pattern => worker_script(base, script), policy };
    workers.map(worker).collect()
}

fn route(route: &ProxyRoute) -> Value {
    let variable = route.variable();
    let kind = match route.kind {
        HostKind::Token => "token",
        HostKind::Api => "api",
    };
    context! {
        profile => &route.profile,
        kind,
        path => &route.path,
        pattern => pattern(&route.path),
        secret_variable => format!("OUTLAY_BASIC_{}", variable.to_uppercase()),
        variable,
        confidential => route.confidential,
        form => route.form(),
        upstream => context! {
            address => route.upstream.address(),
            authority => &route.upstream.authority,
            name => route.upstream.name(),
            path => &route.upstream.path,
        },
    }
}

/// Caddy must keep `Host` and removes every other header of the browser: each header whose name has
/// one of these.
fn letters_not_in_host() -> Vec<String> {
    let letters = ('a'..='z').chain(['-']);
    letters
        .filter(|letter| !"host".contains(*letter))
        .map(String::from)
        .collect()
}

/// A path as a regular expression.
fn pattern(path: &str) -> String {
    path.replace('.', "\\.")
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PROXIED, at, deployment, secret_of, two};
    use super::*;

    #[test]
    fn each_template_renders_without_unresolved_tags() {
        for made in [
            deployment(PROXIED, &at("https://spend.example")),
            deployment(&two(), &secret_of("pleo")),
        ] {
            let made = made.unwrap();
            for (name, _) in TEMPLATES {
                let text = render(name, &made).unwrap();
                assert!(!text.contains("{%") && !text.contains("{{"), "{name}");
                assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
            }
        }
        let made = deployment(PROXIED, &at("https://spend.example")).unwrap();
        assert!(render("nothing.conf", &made).is_err());
    }
}
