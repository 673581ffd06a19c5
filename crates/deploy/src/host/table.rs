//! The headers as a plain table, for every other host and for audits.

use std::fmt::Write;

use super::deployment::Deployment;
use super::policy::{CALLBACK, CONTENT_SECURITY, HASHED, OTHER};

/// Returns `headers.txt`: the headers of every response and those of single paths.
pub fn table(deployment: &Deployment) -> String {
    let base = deployment.site.base();
    let mut text = format!(
        "{}{base}\n\nEvery answer, errors too:\n\n",
        deployment.site.origin()
    );
    for (name, value) in deployment.policy.common() {
        let _ = writeln!(text, "{name}: {value}");
    }
    for (script, policy) in deployment.policy.of_workers() {
        let _ = write!(
            text,
            "\nOn {} alone, in place of the policy above:\n\n{CONTENT_SECURITY}: {policy}\n",
            deployment.path(script),
        );
    }
    let _ = write!(
        text,
        "\nCache-Control, by path:\n
{callback:38}  {base}callback/ and below
{hashed:38}  a file whose name holds a hash of its content, if it is there:
",
        callback = deployment.policy.cache_control(CALLBACK),
        hashed = deployment.policy.cache_control(HASHED),
    );
    for file in &deployment.files {
        let path = deployment.path(file);
        if deployment.policy.immutable(&path) {
            let _ = writeln!(text, "{:38}    {path}", "");
        }
    }
    let _ = writeln!(
        text,
        "{:38}  everything else: the page, config.json, the workers' files, and what is missing",
        deployment.policy.cache_control(OTHER)
    );
    let _ = write!(
        text,
        "\nWhat is asked for, and what comes:\n
a path whose last segment has a dot      the file, or 404
any other path                           index.html, with status 200
a method other than GET and HEAD         405; below {base}callback/ with words: nginx and Caddy
a request with `Service-Worker: script`  403: nginx and Caddy; Netlify, Cloudflare Pages and Vercel
                                         cannot, and answer with the file
a callback of up to 16 kB                the page; docs/hosting.md has what each host takes\n"
    );
    for route in &deployment.routes {
        let _ = writeln!(
            text,
            "{:39}  passed on to {}",
            route.path, route.upstream.authority
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PLEO, at, deployment};
    use super::*;

    #[test]
    fn table_lists_each_header_and_each_immutable_file() {
        let made = deployment(PLEO, &at("https://spend.example")).unwrap();
        let text = table(&made);
        for (name, value) in made.policy.common() {
            assert!(text.contains(&format!("\n{name}: {value}\n")));
        }
        for script in ["/vault.js", "/probe.js"] {
            let head = format!("\nOn {script} alone, in place of the policy above:\n");
            assert!(text.contains(&head), "{text}");
        }
        assert!(text.contains("  /outlay-0123456789abcdef_bg.wasm\n"));
        assert!(!text.contains("  /vault.js"));
    }
}
