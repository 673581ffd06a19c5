//! Caddy before Pleo: the token path and the API path.
//!
//! Stock Caddy sees a body through a placeholder and limits no rate: a rate limit is a plug-in. What a
//! request says is compared in expressions: they take it as it is, every value of a header that stands
//! twice among it, while some releases read the value of a `vars_regexp` for placeholders once more.

use std::fmt::Write;

use super::deployment::Deployment;
use super::grammar;
use super::proxy::{Kind, REFUSED, Route};

/// The letters of `Host`, which Caddy must keep; every header that holds any other goes.
const HOST: &str = "host";

/// The variable of the environment that holds `base64(id:secret)`.
fn variable(route: &Route) -> String {
    format!("OUTLAY_BASIC_{}", route.word().to_uppercase())
}

/// What stands before the site's block.
pub fn snippets(deployment: &Deployment) -> String {
    if deployment.routes.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "
# Nothing that came from the browser goes on but what is set again: every header is taken away whose
# name holds one of these.
(outlay_bare) {
",
    );
    for letter in ('a'..='z').chain(['-']).filter(|it| !HOST.contains(*it)) {
        let _ = writeln!(text, "\trequest_header -*{letter}*");
    }
    text.push_str(
        "}
(outlay_behind) {
\theader_up Accept application/json
\theader_up -X-Forwarded-*
",
    );
    // Nothing stands for a header that is not there, so each case is one of its own.
    for names in [
        &["Content-Length", "Retry-After"][..],
        &["Content-Length"],
        &["Retry-After"],
        &[],
    ] {
        text.push_str(&answered(names));
    }
    text.push_str(
        "}
# Nothing of an answer from behind goes on but its status, its kind, its length, by which one that was
# cut is known, its pause and its body.
(outlay_answer) {
\theader {
\t\tdefer
\t\timport outlay_policy
\t\tCache-Control no-store
\t\tContent-Type {http.reverse_proxy.header.Content-Type}
\t}
\theader {
\t\tdefer
\t\t-**
\t}
\tcopy_response
}
",
    );
    text
}

/// What becomes of an answer with these headers, which go on.
fn answered(names: &[&str]) -> String {
    if names.is_empty() {
        return "\thandle_response {\n\t\timport outlay_answer\n\t}\n".to_owned();
    }
    let word = names.join("_").to_lowercase().replace('-', "_");
    let (mut with, mut kept) = (String::new(), String::new());
    for name in names {
        let _ = writeln!(with, "\t\theader {name} *");
        let _ = writeln!(kept, "\t\t\t{name} {{http.reverse_proxy.header.{name}}}");
    }
    format!(
        "\t@outlay_{word} {{
{with}\t}}
\thandle_response @outlay_{word} {{
\t\theader {{
\t\t\tdefer
{kept}\t\t}}
\t\timport outlay_answer
\t}}
"
    )
}

/// What stands before the text of an error: whether the proxy refused, or could not.
pub fn refusals(deployment: &Deployment) -> String {
    if deployment.routes.is_empty() {
        return String::new();
    }
    format!(
        "\t\t@refused expression `{{err.status_code}} < 500`\n\t\theader @refused {REFUSED} refused\n"
    )
}

/// What stands first in the site's block.
pub fn handlers(deployment: &Deployment, fenced: &[&str]) -> String {
    let mut text = String::new();
    for route in &deployment.routes {
        text.push_str(&match route.kind {
            Kind::Token => token(deployment, route),
            Kind::Api => api(route),
        });
    }
    // What is left of their folders, in any spelling.
    for (number, first) in fenced.iter().enumerate() {
        let _ = write!(
            text,
            "\t\t@fenced_{number} path {first}/*\n\t\thandle @fenced_{number} {{\n\t\t\terror 404\n\t\t}}\n"
        );
    }
    text
}

/// A request that a matcher lets in, and what becomes of it, line by line in this order.
fn handle(matcher: &str, name: &str, lines: &str) -> String {
    let mut text = format!("\t\t{matcher}\n\t\thandle @{name} {{\n\t\t\troute {{\n");
    for line in lines.lines() {
        let _ = writeln!(text, "\t\t\t\t{line}");
    }
    text.push_str("\t\t\t}\n\t\t}\n");
    text
}

/// No document, script, image or worker is made of an answer from behind.
fn destination(word: &str) -> String {
    format!(
        "@destination_{word} {{
\theader Sec-Fetch-Dest *
\tnot header Sec-Fetch-Dest empty
}}
error @destination_{word} 403
"
    )
}

fn token(deployment: &Deployment, route: &Route) -> String {
    let word = route.word();
    let (mut secret, mut basic) = (String::new(), String::new());
    if route.confidential {
        // Read for each request: the file names the variable and never holds the secret.
        let variable = variable(route);
        secret = format!(
            "# Nothing goes out without the secret.
@bare_{word} expression `{{env.{variable}}} == \"\"`
error @bare_{word} 503
"
        );
        basic = format!("\theader_up Authorization \"Basic {{env.{variable}}}\"\n");
    }
    let lines = format!(
        "header Cache-Control no-store
@method_{word} not method POST
error @method_{word} 405
@foreign_{word} expression `{{header.Sec-Fetch-Site}} != \"same-origin\" || {{header.Origin}} != \"{origin}\"`
error @foreign_{word} 403
{destination}@media_{word} expression `!{{header.Content-Type}}.matches(r'(?i)^{form}(?:;[^,]*)?$')`
error @media_{word} 415
# At most four digits, and so within the limit below: what is judged is the whole body.
@large_{word} not header_regexp Content-Length ^[0-9]{{1,4}}$
error @large_{word} 413
request_body {{
\tmax_size 10KB
}}
@form_{word} expression `!{{http.request.body}}.matches(r'{grammar}')`
error @form_{word} 400
{secret}import outlay_bare
rewrite * {path}
reverse_proxy {address} {{
\timport outlay_behind
\theader_up Host {authority}
\theader_up Content-Type {form}
{basic}\ttransport http {{
\t\tcompression off
\t\tkeepalive off
\t}}
}}
",
        destination = destination(&word),
        origin = deployment.site.origin(),
        form = grammar::FORM,
        grammar = route.form(),
        path = route.upstream.path,
        address = route.upstream.address(),
        authority = route.upstream.authority,
    );
    let matcher = format!(
        "# The token endpoint. Whoever reaches it can redeem a refresh token that was stolen elsewhere:
\t\t# see docs/hosting.md for what to put before it.
\t\t@token_{word} expression `{{http.request.orig_uri}} == \"{}\"`",
        route.path
    );
    handle(&matcher, &format!("token_{word}"), &lines)
}

fn api(route: &Route) -> String {
    let word = route.word();
    let lines = format!(
        "header Cache-Control no-store
@verb_{word} not method GET HEAD POST PUT PATCH DELETE
error @verb_{word} 405
@foreign_{word} expression `{{header.Sec-Fetch-Site}} != \"same-origin\"`
error @foreign_{word} 403
{destination}@dots_{word} expression `{{http.request.orig_uri}}.matches(r'(?i)^[^?]*(?:/|%2f)(?:[.]|%2e)+(?:/|%2f|[?]|$)')`
error @dots_{word} 404
@large_{word} header_regexp Content-Length ^(?:[0-9]{{7,}}|[3-9][0-9]{{5}})$
error @large_{word} 413
request_body {{
\tmax_size 256KB
}}
uri strip_prefix {path}
vars kind {{header.Content-Type}}
@bearer_{word} expression `{{header.Authorization}}.matches('^Bearer [^ ,]+$')`
vars @bearer_{word} bearer {{header.Authorization}}
import outlay_bare
reverse_proxy {address} {{
\timport outlay_behind
\theader_up Host {authority}
\theader_up Authorization {{vars.bearer}}
\theader_up Content-Type {{vars.kind}}
\ttransport http {{
\t\tcompression off
\t}}
}}
",
        destination = destination(&word),
        path = route.path,
        address = route.upstream.address(),
        authority = route.upstream.authority,
    );
    let matcher = format!(
        "# The API: the bearer goes on, and nothing else of the browser's.
\t\t@api_{word} expression `{{http.request.orig_uri}}.startsWith(\"{}/\")`",
        route.path
    );
    handle(&matcher, &format!("api_{word}"), &lines)
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PROXIED, at, deployment, secret_of, two};
    use super::super::placement::Placement;
    use super::*;

    #[test]
    fn the_secret_comes_from_the_environment_and_only_for_a_confidential_client() {
        let text = |placement: &Placement| {
            handlers(&deployment(PROXIED, placement).unwrap(), &["/pleo-auth"])
        };
        let public = at("https://spend.example");
        assert!(!text(&public).contains("Basic"));
        let confidential = Placement {
            confidential: true,
            ..public
        };
        assert!(text(&confidential).contains("\"Basic {env.OUTLAY_BASIC_PLEO}\""));
    }

    #[test]
    fn one_profiles_secret_goes_to_one_profiles_server() {
        let made = deployment(&two(), &secret_of("mock-2")).unwrap();
        let text = handlers(&made, &[]);
        assert_eq!(text.matches("{env.").count(), 2);
        let (before, after) = text
            .split_once("\"Basic {env.OUTLAY_BASIC_MOCK_2}\"")
            .unwrap();
        let server = before.rsplit("reverse_proxy ").next().unwrap();
        assert!(server.starts_with("https://mock.example {"), "{server}");
        assert!(!after.contains("Basic"));
    }

    #[test]
    fn every_header_but_the_host_is_taken_away() {
        let text = snippets(&deployment(PROXIED, &at("https://spend.example")).unwrap());
        let taken: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("\trequest_header -*")?.strip_suffix('*'))
            .collect();
        for name in [
            "cookie",
            "authorization",
            "x-forwarded-for",
            "te",
            "dnt",
            "origin",
        ] {
            assert!(taken.iter().any(|letter| name.contains(letter)), "{name}");
        }
        assert!(!taken.iter().any(|letter| "host".contains(letter)));
    }
}
