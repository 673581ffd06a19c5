//! Validates a `config.json` with the rules and the words of the site itself.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use outlay_config::{Config, Document, Problem, Site, WORKER_SCRIPTS, page_policy, worker_policy};

use crate::Outcome;

/// Reads a configuration.
///
/// # Errors
///
/// Every problem of the file.
pub fn document(file: &Path) -> Outcome<Document> {
    let shown = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("{shown}: {error}"))?;
    Document::parse(&text).map_err(|problems| message(file, &problems))
}

/// Describes a valid configuration: warnings, policies and, for an origin, the endpoints.
///
/// # Errors
///
/// Every problem of the file, or of its values at the origin.
pub fn report(file: &Path, origin: Option<&str>) -> Outcome<String> {
    let document = document(file)?;
    let mut text = format!("{} is valid", file.display());
    if let Some(origin) = origin {
        let site = site(origin)?;
        let config = document
            .resolve(&site)
            .map_err(|problems| message(file, &problems))?;
        text.push_str(&endpoints(origin, &config));
    } else {
        text.push_str("; --origin URL shows what it means at one address");
    }
    for warning in document.warnings() {
        text.push_str("\nWarning: ");
        text.push_str(&warning);
    }
    let page = page_policy(&document);
    text.push_str("\nContent-Security-Policy: ");
    text.push_str(&page);
    for script in WORKER_SCRIPTS {
        let policy = worker_policy(&document, script);
        // Writing to a string cannot fail.
        let _ = write!(text, "\nContent-Security-Policy of {script}: {policy}");
    }
    Ok(text)
}

/// The site at an origin, which may be followed by the site's path.
fn site(url: &str) -> Outcome<Site> {
    let start = url.find("://").map_or(0, |at| at + 3);
    let path = url[start..].find('/').map_or(url.len(), |at| start + at);
    let (origin, path) = url.split_at(path);
    let base = format!("{}/", path.strip_suffix('/').unwrap_or(path));
    Site::new(origin, &base).map_err(|problem| sentence(&Problem::new("--origin", problem.rule)))
}

fn endpoints(origin: &str, config: &Config) -> String {
    let mut report = format!(" at {origin}");
    for profile in &config.profiles {
        let revocation = profile.revocation_endpoint.as_deref().unwrap_or("none");
        let client = profile.client_id.as_deref().unwrap_or("asked for");
        let rows = [
            ("authorization", profile.authorization_endpoint.as_str()),
            ("token", &profile.token_endpoint),
            ("revocation", revocation),
            ("API", &profile.api_base),
            ("redirect URI", &profile.redirect_uri),
            ("client id", client),
        ];
        report.push_str(&format!("\n{}", profile.id));
        for (name, value) in rows {
            // Writing to a string cannot fail.
            let _ = write!(report, "\n  {name:13}  {value}");
        }
    }
    report
}

/// Returns the problems of a file, one per line, with the file's path.
pub fn message(file: &Path, problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(sentence).collect();
    format!(
        "{} cannot be used:\n  {}",
        file.display(),
        lines.join("\n  ")
    )
}

/// A problem in the words of the site, and the source of its rule.
fn sentence(problem: &Problem) -> String {
    format!(
        "{problem} [{}: {}]",
        problem.message().source,
        problem.rule.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    fn own() -> std::path::PathBuf {
        root().join("public/config.json")
    }

    #[test]
    fn valid_file_prints_endpoints_and_policy() -> Outcome {
        let text = report(&own(), Some("http://localhost:8080/team/"))?;
        for part in [
            "is valid at http://localhost:8080/team/",
            "token          http://localhost:8787/oauth/token\n",
            "redirect URI   http://localhost:8080/team/callback/sandbox\n",
            "Content-Security-Policy: default-src 'none'; ",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert!(report(&own(), None)?.contains("is valid; "));
        Ok(())
    }

    #[test]
    fn examples_are_valid_and_have_no_real_client_id() -> Outcome {
        let folder = root().join("docs/examples");
        let mut seen = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            let text = report(&file, Some("https://spend.example"))?;
            assert!(text.contains("client id      REPLACE-WITH-YOUR-"), "{text}");
            seen += 1;
        }
        assert_eq!(seen, 3);
        Ok(())
    }

    #[test]
    fn problems_have_the_same_message_as_the_site_and_the_rule() {
        let message = report(&own(), Some("https://spend.example")).unwrap_err();
        let problem = Problem::new(
            "profiles[0].apiBase",
            outlay_config::ConfigRule::PlainHttpHere,
        );
        assert!(message.contains(&problem.to_string()), "{message}");
        assert!(message.contains("plain-http-here]"), "{message}");
        for origin in [
            "spend.example",
            "http://spend.example",
            "https://a.example//",
        ] {
            let message = report(&own(), Some(origin)).unwrap_err();
            assert!(message.starts_with("--origin "), "{message}");
        }
        assert!(report(&root().join("Cargo.toml"), None).is_err());
    }
}
