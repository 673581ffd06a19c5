//! `config.json`, read by the worker itself: a page can name a profile, never an endpoint.

use outlay_config::{Config, ConfigRule, Document, Problem, Site};

use crate::fetch::FetchRequest;

/// Milliseconds after which the request for the file is aborted.
const TIMEOUT: u64 = 20_000;

/// Makes the request for `config.json` in the folder of the worker's script.
#[must_use]
pub fn request(script_url: &str) -> FetchRequest {
    FetchRequest::get(&[directory(script_url), "config.json"].concat(), TIMEOUT)
}

/// Validates the file. `origin` and `path` are those of its address, `status` and `text` those of
/// the response; `None` if there was no response.
///
/// # Errors
///
/// Every problem of the file, or [`ConfigRule::Unreachable`] if the status is not 200.
pub fn check(
    origin: &str,
    path: &str,
    answer: Option<(u16, &str)>,
) -> Result<Config, Vec<Problem>> {
    let site = Site::new(origin, directory(path)).map_err(|problem| vec![problem])?;
    match answer {
        Some((200, text)) => Document::parse(text)?.resolve(&site),
        Some((status, _)) => Err(unreachable(Some(outlay_wire::decimal(status.into())))),
        None => Err(unreachable(None)),
    }
}

/// The problem of a file that cannot be fetched. `detail` is the HTTP status, if there is one.
#[must_use]
pub fn unreachable(detail: Option<String>) -> Vec<Problem> {
    let problem = Problem::new("config.json", ConfigRule::Unreachable);
    vec![Problem { detail, ..problem }]
}

/// Returns everything up to and including the last slash.
fn directory(path: &str) -> &str {
    path.rfind('/').map_or("/", |slash| &path[..=slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://spend.example";
    const FILE: &str = r#"{"profiles":[{"id":"a","name":"A",
        "authorizationServer":"https://auth.example","apiBase":"https://api.example",
        "clientId":"c","scopes":["companies:read"]}]}"#;

    #[test]
    fn config_file_is_next_to_the_script() {
        for (script, file) in [
            (
                "https://spend.example/vault.js",
                "https://spend.example/config.json",
            ),
            (
                "https://spend.example/a/b/vault.js?v=1",
                "https://spend.example/a/b/config.json",
            ),
        ] {
            let request = request(script);
            assert_eq!((request.method, &*request.url), ("GET", file));
            assert!(request.bearer.is_none() && request.body.is_none());
        }
    }

    #[test]
    fn redirect_uri_is_below_the_directory_of_the_file() {
        let config = check(ORIGIN, "/spend/config.json", Some((200, FILE))).unwrap();
        assert_eq!(
            config.profiles[0].redirect_uri,
            "https://spend.example/spend/callback/a"
        );
    }

    #[test]
    fn status_other_than_200_is_unreachable_with_its_status() {
        let detail = |answer| {
            let problems = check(ORIGIN, "/config.json", answer).unwrap_err();
            assert_eq!(problems[0].rule, ConfigRule::Unreachable);
            problems[0].detail.clone()
        };
        assert_eq!(detail(Some((404, FILE))).as_deref(), Some("404"));
        assert_eq!(detail(None), None);
    }

    #[test]
    fn invalid_site_origin_is_a_site_problem() {
        let problems = check("http://spend.example", "/config.json", Some((200, FILE)));
        assert_eq!(problems.unwrap_err()[0].key, "site");
    }
}
