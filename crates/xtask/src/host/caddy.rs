//! Caddy: one Caddyfile.

use std::fmt::Write;

use super::deployment::Deployment;
use outlay_config::POSTED_CALLBACK;

use super::policy::{CALLBACK, CONTENT_SECURITY, HASHED, OTHER, worker_scripts};
use super::{caddy_proxy as proxied, proxy};

/// What a log holds: no headers, and no query, in which a callback's code stands.
const LOG: &str = "log {
	format filter {
		wrap json
		fields {
			request>headers delete
			resp_headers delete
			request>uri regexp \\?.* \"\"
		}
	}
}
";

/// The Caddyfile.
pub fn caddyfile(deployment: &Deployment) -> String {
    let policy = &deployment.policy;
    let base = deployment.site.base();
    let mut common = String::new();
    for (name, value) in policy.common() {
        let _ = writeln!(common, "\t{name} \"{value}\"");
    }
    let local = if deployment.https() {
        ""
    } else {
        "\tbind 127.0.0.1 ::1\n"
    };
    let elsewhere = if base == "/" {
        String::new()
    } else {
        format!(
            "\t\tredir {bare} {base} 308
\t\t@elsewhere not path_regexp ^{pattern}
\t\terror @elsewhere 404
",
            bare = base.trim_end_matches('/'),
            pattern = pattern(base),
        )
    };
    format!(
        "# The site at {origin}{base}, whose files lie in {root}{base}
{{
\t# Whoever has an account on this machine could ask the administrator's door for anything that this
\t# process knows. Without it, a changed file needs a restart.
\tadmin off
\t# Over HTTP/3 some releases keep a request's length to themselves, and the token path wants it.
\tservers {{
\t\tprotocols h1 h2
\t}}
\t# Of requests for other names, and of errors, no more is logged than of the site's own.
{log}\timport outlay/global*.caddy
}}
(outlay_policy) {{
{common}}}
{snippets}{origin} {{
{local}\troot * {root}
{log}\timport outlay/site*.caddy
\theader {{
\t\timport outlay_policy
\t\tCache-Control \"{other}\"
\t}}
\troute {{
\t\t# Yours, and before everything else: a fence stands here.
\t\timport outlay/fence*.caddy
\t\t# No file of the site is a service worker, and no answer of Pleo's may become one.
\t\t@service_worker header Service-Worker *
\t\terror @service_worker 403
{proxied}\t\t# A sign-in answer that comes as a form. Nothing reads the form.
\t\t@posted {{
\t\t\tnot method GET HEAD
\t\t\tpath_regexp ^{pattern}(?:.*/)?callback(?:/[^/.]*)*$
\t\t}}
\t\thandle @posted {{
\t\t\theader Allow \"GET, HEAD\"
\t\t\theader Cache-Control {callback}
\t\t\theader Content-Type \"text/html; charset=utf-8\"
\t\t\trespond \"{POSTED_CALLBACK}\" 405
\t\t}}
\t\t@changing not method GET HEAD
\t\theader @changing Allow \"GET, HEAD\"
\t\terror @changing 405
{elsewhere}\t\t# Nothing hidden, and nothing that is meant for another kind of host.
\t\t@hidden path_regexp /[._]
\t\terror @hidden 404
\t\t# The address bar holds a code here.
\t\t@callback path_regexp ^{pattern}(?:.*/)?callback(?:/[^/.]*)*$
\t\theader @callback Cache-Control {callback}
\t\t# The scripts that start a worker name the servers: a worker takes its policy from the response
\t\t# to its own script.
\t\t@workers path_regexp {workers}
\t\theader @workers {CONTENT_SECURITY} \"{servers}\"
\t\t# Files whose names hold a hash of their content, if they are there.
\t\t@hashed {{
\t\t\tpath_regexp ^{pattern}(?:.*/)?[^/.]+-[0-9a-f]{{10,16}}(?:_bg)?\\.[^/]*$
\t\t\tfile
\t\t}}
\t\theader @hashed Cache-Control \"{hashed}\"
\t\t# The routes of the page: no dot in the last segment.
\t\t@route path_regexp ^{pattern}(?:.*/)?[^/.]*$
\t\trewrite @route {base}index.html
\t\tfile_server {{
\t\t\tprecompressed br gzip
\t\t}}
\t}}
\thandle_errors {{
{refusals}\t\trespond \"{{err.status_code}} {{err.status_text}}\"
\t}}
}}
",
        origin = deployment.site.origin(),
        root = deployment.root,
        log = LOG
            .lines()
            .fold(String::new(), |text, line| text + "\t" + line + "\n"),
        snippets = proxied::snippets(deployment),
        refusals = proxied::refusals(deployment),
        workers = worker_scripts(base),
        servers = policy.of_workers(),
        other = policy.kept(OTHER),
        callback = policy.kept(CALLBACK),
        hashed = policy.kept(HASHED),
        proxied = proxied::handlers(deployment, &proxy::fenced(&deployment.routes)),
        pattern = pattern(base),
    )
}

/// A path as a regular expression.
pub fn pattern(path: &str) -> String {
    path.replace('.', "\\.")
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PLEO, at, deployment};
    use super::*;

    #[test]
    fn the_policy_stands_in_it_and_no_proxy_that_nobody_wants() {
        let plain = deployment(PLEO, &at("https://spend.example")).unwrap();
        let text = caddyfile(&plain);
        for (name, value) in plain.policy.common() {
            assert!(text.contains(&format!("\t{name} \"{value}\"\n")));
        }
        let workers = format!(
            "\t\t@workers path_regexp ^/(?:vault\\.js|probe\\.js)$\n\
             \t\theader @workers Content-Security-Policy \"{}\"\n",
            plain.policy.of_workers()
        );
        assert!(text.contains(&workers) && workers.contains("external.pleo.io"));
        assert!(text.contains("\nhttps://spend.example {\n"));
        assert!(!text.contains("reverse_proxy") && !text.contains("bind"));
    }

    #[test]
    fn the_operators_own_files_come_first_and_the_administrators_door_is_shut() {
        let text = caddyfile(&deployment(PLEO, &at("https://spend.example")).unwrap());
        let (before, route) = text.split_once("\troute {\n").unwrap();
        let first = route.lines().find(|line| !line.contains('#')).unwrap();
        assert_eq!(first, "\t\timport outlay/fence*.caddy");
        assert!(before.contains("\timport outlay/global*.caddy\n}"));
        assert!(before.contains("\timport outlay/site*.caddy\n"));
        assert!(before.contains("\n\tadmin off\n") && before.contains("\tprotocols h1 h2\n"));
        assert_eq!(before.matches("request>headers delete").count(), 2);
    }
}
