//! What comes of a draft: the form for people, the saved package, the metadata of RFC 7591, and what
//! this app needs when it is the client.

use outlay_config::{Document, Problem, headers, policy};
use outlay_pleo::registration::ClientKind;

use super::draft::Draft;

/// One of the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// For people.
    Markdown,
    /// To go on another day.
    Saved,
    /// RFC 7591.
    Metadata,
    /// `config.json` of this app.
    Config,
    /// The response headers that go with it.
    Headers,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The text; empty where there is none.
    pub text: String,
    /// What `config.json` would be refused for.
    pub problems: Vec<Problem>,
}

/// What is to be known of one output.
struct Row {
    label: &'static str,
    about: &'static str,
    file: &'static str,
    kind: &'static str,
}

impl Output {
    /// All of them.
    pub const ALL: [Output; 5] = [
        Output::Markdown,
        Output::Saved,
        Output::Metadata,
        Output::Config,
        Output::Headers,
    ];

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// What it is for.
    pub fn about(self) -> &'static str {
        self.row().about
    }

    /// The name under which it is saved.
    pub fn file(self) -> &'static str {
        self.row().file
    }

    /// Its media type.
    pub fn kind(self) -> &'static str {
        self.row().kind
    }

    /// The output. A draft that is not finished has one too, as far as it goes.
    pub fn make(self, draft: &Draft) -> Made {
        let package = &draft.package;
        let config = || package.config(&draft.client_id);
        let text = match self {
            Output::Markdown => package.to_markdown(),
            Output::Saved => package.to_json(),
            Output::Metadata => package.metadata(),
            Output::Config => config(),
            Output::Headers => String::new(),
        };
        let document = match self {
            Output::Config | Output::Headers => Document::parse(&config()),
            _ => {
                let problems = Vec::new();
                return Made { text, problems };
            }
        };
        match document {
            Err(problems) => Made { text, problems },
            Ok(document) => Made {
                text: match self {
                    Output::Headers => listed(&document, draft),
                    _ => text,
                },
                problems: Vec::new(),
            },
        }
    }

    /// What has to be done besides, for those that are about this app.
    pub fn besides(self, draft: &Draft) -> Vec<&'static str> {
        let mut besides = Vec::new();
        if self == Output::Config {
            if draft.package.callback().is_none() {
                besides.push(
                    "No redirect URI ends in /callback/<profile id>, where this app awaits the answer: \
                     register one if this app is the client.",
                );
            }
            if draft.package.client_kind == ClientKind::Confidential {
                besides.push(
                    "The token endpoint is a path of the app's own origin: a proxy there has to add \
                     the client's secret.",
                );
            }
        }
        besides
    }
}

static ROWS: [Row; 5] = [
    Row {
        label: "Form as Markdown",
        about: "To be sent to your contact at Pleo.",
        file: "registration.md",
        kind: "text/markdown",
    },
    Row {
        label: "Saved package",
        about: "JSON that this page loads again, since nothing is stored.",
        file: "registration.json",
        kind: "application/json",
    },
    Row {
        label: "Client metadata",
        about: "The same in the words of RFC 7591. Pleo has no endpoint for it; other servers have.",
        file: "client-metadata.json",
        kind: "application/json",
    },
    Row {
        label: "config.json",
        about: "The profile of this app that matches the registration.",
        file: "config.json",
        kind: "application/json",
    },
    Row {
        label: "Response headers",
        about: "What the host has to send so that this configuration works and stays safe.",
        file: "headers.txt",
        kind: "text/plain",
    },
];

/// The headers for each kind of path, those of every response first.
fn listed(document: &Document, draft: &Draft) -> String {
    let callback = draft.package.callback();
    let https = callback.is_none_or(|(_, uri)| uri.starts_with("https:"));
    let mut out = String::from("# On every response\n");
    let is_cache = |name: &str| name == "Cache-Control";
    for (name, value) in headers(document, https, "/") {
        if !is_cache(name) {
            out.extend([name, ": ", &value, "\n"]);
        }
    }
    out.push_str("\n# On vault.js and probe.js, in place of the policy above\n");
    out.extend(["Content-Security-Policy: ", &policy(document), "\n"]);
    for (title, path) in [
        ("\n# Below /callback/\n", "/callback/x"),
        (
            "\n# Files with a hash in their name\n",
            "/a-0123456789abcdef.js",
        ),
        ("\n# Everything else\n", "/"),
    ] {
        out.push_str(title);
        for (name, value) in headers(document, https, path) {
            if is_cache(name) {
                out.extend([name, ": ", &value, "\n"]);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use outlay_config::Rule;
    use outlay_pleo::registration::{Field, Package};

    use super::*;

    fn finished() -> Draft {
        let mut draft = Draft::default();
        draft.type_into(Field::ClientName, 0, "Ledger tools".to_owned());
        let uri = "https://ledger.one.example/callback/books";
        draft.type_into(Field::RedirectUris, 0, uri.to_owned());
        draft.type_into(Field::Scopes, 0, "companies:read".to_owned());
        draft
    }

    #[test]
    fn each_output_is_made_of_what_was_typed() {
        let draft = finished();
        for output in Output::ALL {
            let made = output.make(&draft);
            assert_eq!(made.problems, [], "{output:?}");
            let told = match output {
                Output::Headers => "https://external.staging.pleo.io",
                _ => "Ledger tools",
            };
            assert!(made.text.contains(told), "{output:?}: {}", made.text);
        }
        let saved = Output::Saved.make(&draft).text;
        assert_eq!(Package::read(&saved), Ok(draft.package));
    }

    #[test]
    fn what_config_json_would_be_refused_for_is_told() {
        let draft = Draft::default();
        let config = Output::Config.make(&draft);
        assert!(!config.text.is_empty());
        let none = Problem::new("profiles[0].scopes", Rule::Count);
        assert!(config.problems.contains(&none), "{:?}", config.problems);
        let headers = Output::Headers.make(&draft);
        assert_eq!(
            (headers.text.as_str(), headers.problems),
            ("", config.problems)
        );
        assert_eq!(Output::Metadata.make(&draft).problems, []);
    }

    #[test]
    fn the_client_id_reaches_the_configuration_alone() {
        let mut draft = finished();
        draft.client_id = "0f1e2d3c".to_owned();
        for output in Output::ALL {
            let has = output.make(&draft).text.contains("0f1e2d3c");
            assert_eq!(has, output == Output::Config, "{output:?}");
        }
    }

    #[test]
    fn the_headers_stand_by_the_paths_that_get_them() {
        let text = Output::Headers.make(&finished()).text;
        let parts: Vec<_> = text.split("\n\n").collect();
        assert_eq!(parts.len(), 5, "{text}");
        assert!(parts[0].contains("\nContent-Security-Policy: default-src 'none'"));
        assert!(parts[0].contains("\nStrict-Transport-Security: "));
        assert!(!parts[0].contains("Cache-Control"));
        // Only the files of the two workers name the servers.
        assert!(!parts[0].contains("pleo.io"), "{text}");
        assert!(
            parts[1].starts_with("# On vault.js and probe.js,"),
            "{text}"
        );
        assert!(parts[1].contains("connect-src 'self' https://"), "{text}");
        assert_eq!(parts[2], "# Below /callback/\nCache-Control: no-store");
        assert!(parts[3].ends_with("immutable"), "{text}");
        assert_eq!(parts[4], "# Everything else\nCache-Control: no-cache\n");
        let mut local = finished();
        let uri = "http://localhost:8080/callback/books";
        local.type_into(Field::RedirectUris, 0, uri.to_owned());
        let text = Output::Headers.make(&local).text;
        assert!(!text.contains("Strict-Transport-Security"), "{text}");
    }

    #[test]
    fn what_has_to_be_done_besides_is_said_where_it_matters() {
        let mut draft = finished();
        assert_eq!(Output::Config.besides(&draft), [""; 0]);
        draft.choose(Field::ClientKind, "confidential");
        draft.type_into(
            Field::RedirectUris,
            0,
            "https://one.example/back".to_owned(),
        );
        assert_eq!(Output::Config.besides(&draft).len(), 2);
        assert_eq!(Output::Saved.besides(&draft), [""; 0]);
    }
}
