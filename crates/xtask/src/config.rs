//! `cargo xtask config check`: a configuration judged as the page would judge it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use outlay_config::{Config, Document, Problem, Site, WORKER_SCRIPTS, page_policy, policy};

use crate::Outcome;
use crate::options::Options;

/// `cargo xtask config check FILE [--origin URL]`.
pub fn command(mut options: Options) -> Outcome {
    let origin = options.value("--origin")?;
    let usage = || "say `config check FILE`, with `--origin URL` for one place".to_owned();
    match options.word().as_deref() {
        Some("check") => {}
        _ => return Err(usage()),
    }
    let file = options.word().ok_or_else(usage)?;
    options.finish()?;
    println!("{}", check(Path::new(&file), origin.as_deref())?);
    Ok(())
}

/// The file of a site, or every problem it has.
pub fn document(file: &Path) -> Outcome<Document> {
    let shown = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("{shown}: {error}"))?;
    Document::parse(&text).map_err(|problems| told(file, &problems))
}

fn check(file: &Path, origin: Option<&str>) -> Outcome<String> {
    let document = document(file)?;
    let mut report = format!("{} is valid", file.display());
    if let Some(origin) = origin {
        let site = site(origin)?;
        let config = document
            .resolve(&site)
            .map_err(|problems| told(file, &problems))?;
        report.push_str(&endpoints(origin, &config));
    } else {
        report.push_str("; --origin URL shows what it means at one address");
    }
    for warning in document.warnings() {
        report.push_str(
            "
Warning: ",
        );
        report.push_str(&warning);
    }
    let (page, worker) = (page_policy(), policy(&document));
    Ok(format!(
        "{report}
Content-Security-Policy: {page}
\
         Content-Security-Policy of {}: {worker}",
        WORKER_SCRIPTS.join(" and ")
    ))
}

/// An origin, with a path if the site lies under one.
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

/// Every problem of a file, a line each.
pub fn told(file: &Path, problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(sentence).collect();
    format!(
        "{} cannot be used:\n  {}",
        file.display(),
        lines.join("\n  ")
    )
}

/// A problem as the page tells it, and where its rule comes from.
fn sentence(problem: &Problem) -> String {
    format!(
        "{problem} [{}: {}]",
        problem.words().source,
        problem.rule.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place;

    fn own() -> std::path::PathBuf {
        place::root().join("public/config.json")
    }

    #[test]
    fn a_valid_file_is_shown_with_its_endpoints_and_policy() -> Outcome {
        let report = check(&own(), Some("http://localhost:8080/team/"))?;
        for part in [
            "is valid at http://localhost:8080/team/",
            "token          http://localhost:8787/oauth/token\n",
            "redirect URI   http://localhost:8080/team/callback/sandbox\n",
            "Content-Security-Policy: default-src 'none'; ",
        ] {
            assert!(report.contains(part), "{report}");
        }
        assert!(check(&own(), None)?.contains("is valid; "));
        Ok(())
    }

    #[test]
    fn the_examples_are_valid_and_name_no_client_of_anybody() -> Outcome {
        let folder = place::root().join("docs/examples");
        let mut seen = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            let report = check(&file, Some("https://spend.example"))?;
            assert!(
                report.contains("client id      REPLACE-WITH-YOUR-"),
                "{report}"
            );
            seen += 1;
        }
        assert_eq!(seen, 3);
        Ok(())
    }

    #[test]
    fn problems_are_told_as_the_page_tells_them() {
        let told = check(&own(), Some("https://spend.example")).unwrap_err();
        let problem = Problem::new("profiles[0].apiBase", outlay_config::Rule::PlainHttpHere);
        assert!(told.contains(&problem.to_string()), "{told}");
        assert!(told.contains("plain-http-here]"), "{told}");
        for origin in [
            "spend.example",
            "http://spend.example",
            "https://a.example//",
        ] {
            let told = check(&own(), Some(origin)).unwrap_err();
            assert!(told.starts_with("--origin "), "{told}");
        }
        assert!(check(&place::root().join("Cargo.toml"), None).is_err());
    }
}
