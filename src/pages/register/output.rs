//! The outputs of a draft: the form as Markdown, the saved draft, client metadata (RFC 7591), and
//! the configuration of this app as the client.

use outlay_config::{Document, Problem, WORKER_SCRIPTS, headers, worker_policy};
use outlay_pleo::registration::ClientKind;

use super::draft::RegistrationDraft;
use super::messages::output as messages;

/// An output of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationOutput {
    /// The form as Markdown, for people.
    Markdown,
    /// The draft as JSON, to resume later.
    Saved,
    /// Client metadata in the terms of RFC 7591.
    Metadata,
    /// `config.json` of this app.
    Config,
    /// The response headers for the configuration.
    Headers,
}

/// An output and its errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeOutput {
    /// The text; empty if there is none.
    pub text: String,
    /// The errors for which `config.json` would be rejected.
    pub problems: Vec<Problem>,
    /// What the form lacks, as a sentence; `None` if it is complete, and for a saved draft.
    pub lacks: Option<String>,
}

impl MadeOutput {
    /// The file name of `output`; it says so if the form is a draft.
    pub fn file(&self, output: RegistrationOutput) -> String {
        let name = output.file();
        match (&self.lacks, name.split_once('.')) {
            (Some(_), Some((stem, ending))) => messages::draft_file(stem, ending),
            _ => name.to_owned(),
        }
    }
}

/// The texts of one output.
struct OutputRow {
    label: &'static str,
    about: &'static str,
    file: &'static str,
    kind: &'static str,
}

impl RegistrationOutput {
    /// Every output, in the order of the select.
    pub const ALL: [RegistrationOutput; 5] = [
        RegistrationOutput::Markdown,
        RegistrationOutput::Saved,
        RegistrationOutput::Metadata,
        RegistrationOutput::Config,
        RegistrationOutput::Headers,
    ];

    fn row(self) -> &'static OutputRow {
        &ROWS[self as usize]
    }

    /// The label in the select.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// The purpose.
    pub fn about(self) -> &'static str {
        self.row().about
    }

    /// The file name.
    pub fn file(self) -> &'static str {
        self.row().file
    }

    /// The media type.
    pub fn kind(self) -> &'static str {
        self.row().kind
    }

    /// Makes the output, also of an incomplete draft.
    pub fn make(self, draft: &RegistrationDraft) -> MadeOutput {
        let package = &draft.package;
        let config = || package.config(&draft.client_id);
        let assessment = draft.assessment();
        let lacks = (self != RegistrationOutput::Saved && assessment.is_unfinished())
            .then(|| assessment.summary());
        let text = match self {
            RegistrationOutput::Markdown => match &lacks {
                Some(lacks) => messages::marked_as_draft(&package.to_markdown(), lacks),
                None => package.to_markdown(),
            },
            RegistrationOutput::Saved => package.to_json(),
            RegistrationOutput::Metadata => package.metadata(),
            RegistrationOutput::Config => config(),
            RegistrationOutput::Headers => String::new(),
        };
        let document = match self {
            RegistrationOutput::Config | RegistrationOutput::Headers => Document::parse(&config()),
            _ => {
                let problems = Vec::new();
                return MadeOutput {
                    text,
                    problems,
                    lacks,
                };
            }
        };
        match document {
            Err(problems) => MadeOutput {
                text,
                problems,
                lacks,
            },
            Ok(document) => MadeOutput {
                text: match self {
                    RegistrationOutput::Headers => listed(&document, draft),
                    _ => text,
                },
                problems: Vec::new(),
                lacks,
            },
        }
    }

    /// Returns the further steps for an output about this app.
    pub fn besides(self, draft: &RegistrationDraft) -> Vec<&'static str> {
        let mut besides = Vec::new();
        if self == RegistrationOutput::Config {
            if draft.package.callback().is_none() {
                besides.push(messages::NO_CALLBACK);
            }
            if draft.package.client_kind == ClientKind::Confidential {
                besides.push(messages::NEEDS_PROXY);
            }
        }
        besides
    }
}

static ROWS: [OutputRow; 5] = [
    OutputRow {
        label: messages::MARKDOWN,
        about: messages::MARKDOWN_HINT,
        file: "registration.md",
        kind: "text/markdown",
    },
    OutputRow {
        label: messages::DRAFT,
        about: messages::DRAFT_HINT,
        file: "registration.json",
        kind: "application/json",
    },
    OutputRow {
        label: messages::METADATA,
        about: messages::METADATA_HINT,
        file: "client-metadata.json",
        kind: "application/json",
    },
    OutputRow {
        label: messages::CONFIG,
        about: messages::CONFIG_HINT,
        file: "config.json",
        kind: "application/json",
    },
    OutputRow {
        label: messages::HEADERS,
        about: messages::HEADERS_HINT,
        file: "headers.txt",
        kind: "text/plain",
    },
];

/// Lists the headers for each kind of path, those of every response first.
fn listed(document: &Document, draft: &RegistrationDraft) -> String {
    let callback = draft.package.callback();
    let https = callback.is_none_or(|(_, uri)| uri.starts_with("https:"));
    let mut out = String::from(messages::EVERY_RESPONSE);
    let is_cache = |name: &str| name == "Cache-Control";
    for (name, value) in headers(document, https, "/") {
        if !is_cache(name) {
            out.extend([name, ": ", &value, "\n"]);
        }
    }
    for script in WORKER_SCRIPTS {
        let policy = worker_policy(document, script);
        out.push_str(&messages::worker(script));
        out.extend(["Content-Security-Policy: ", &policy, "\n"]);
    }
    for (title, path) in [
        (messages::CALLBACK, "/callback/x"),
        (messages::HASHED, "/a-0123456789abcdef.js"),
        (messages::OTHERS, "/"),
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
    use outlay_config::ConfigRule;
    use outlay_pleo::registration::{FormField, RegistrationPackage};

    use super::*;

    fn finished() -> RegistrationDraft {
        let mut draft = RegistrationDraft::default();
        draft.type_into(FormField::ClientName, 0, "Ledger tools".to_owned());
        let uri = "https://ledger.one.example/callback/books";
        draft.type_into(FormField::RedirectUris, 0, uri.to_owned());
        draft.type_into(FormField::Scopes, 0, "companies:read".to_owned());
        draft
    }

    #[test]
    fn each_output_contains_the_typed_values() {
        let draft = finished();
        for output in RegistrationOutput::ALL {
            let made = output.make(&draft);
            assert_eq!(made.problems, [], "{output:?}");
            let reported = match output {
                RegistrationOutput::Headers => "https://external.staging.pleo.io",
                _ => "Ledger tools",
            };
            assert!(made.text.contains(reported), "{output:?}: {}", made.text);
        }
        let saved = RegistrationOutput::Saved.make(&draft).text;
        assert_eq!(RegistrationPackage::read(&saved), Ok(draft.package));
    }

    #[test]
    fn output_of_an_unfinished_form_is_marked_as_a_draft() {
        let draft = RegistrationDraft::default();
        for (output, file) in [
            (RegistrationOutput::Markdown, "registration-draft.md"),
            (RegistrationOutput::Saved, "registration.json"),
            (RegistrationOutput::Metadata, "client-metadata-draft.json"),
            (RegistrationOutput::Config, "config-draft.json"),
            (RegistrationOutput::Headers, "headers-draft.txt"),
        ] {
            let made = output.make(&draft);
            assert_eq!(made.file(output), file);
            assert_eq!(made.lacks.is_some(), output != RegistrationOutput::Saved);
        }
        let text = RegistrationOutput::Markdown.make(&draft).text;
        let lines: Vec<&str> = text.lines().take(3).collect();
        assert_eq!(
            lines,
            [
                "# Registration of an OAuth client at Pleo",
                "",
                "**Draft, not ready to send:** 0 errors, 0 warnings. 10 still to be filled in."
            ]
        );
    }

    #[test]
    fn config_json_problems_are_shown() {
        let draft = RegistrationDraft::default();
        let config = RegistrationOutput::Config.make(&draft);
        assert!(!config.text.is_empty());
        let none = Problem::new("profiles[0].scopes", ConfigRule::Count);
        assert!(config.problems.contains(&none), "{:?}", config.problems);
        let headers = RegistrationOutput::Headers.make(&draft);
        assert_eq!(
            (headers.text.as_str(), headers.problems),
            ("", config.problems)
        );
        assert_eq!(RegistrationOutput::Metadata.make(&draft).problems, []);
    }

    #[test]
    fn client_id_appears_in_the_configuration_only() {
        let mut draft = finished();
        draft.client_id = "0f1e2d3c".to_owned();
        for output in RegistrationOutput::ALL {
            let has = output.make(&draft).text.contains("0f1e2d3c");
            assert_eq!(has, output == RegistrationOutput::Config, "{output:?}");
        }
    }

    #[test]
    fn headers_are_listed_with_their_paths() {
        let text = RegistrationOutput::Headers.make(&finished()).text;
        let parts: Vec<_> = text.split("\n\n").collect();
        assert_eq!(parts.len(), 6, "{text}");
        assert!(parts[0].contains("\nContent-Security-Policy: default-src 'none'"));
        assert!(parts[0].contains("\nStrict-Transport-Security: "));
        assert!(!parts[0].contains("Cache-Control"));
        // Only the files of the two workers name the servers.
        assert!(!parts[0].contains("pleo.io"), "{text}");
        for (part, script) in [(parts[1], "vault.js"), (parts[2], "probe.js")] {
            assert!(part.starts_with(&format!("# On {script},")), "{text}");
            assert!(part.contains("connect-src 'self' https://"), "{text}");
        }
        assert_eq!(parts[3], "# Below /callback/\nCache-Control: no-store");
        assert!(parts[4].ends_with("immutable"), "{text}");
        assert_eq!(parts[5], "# Everything else\nCache-Control: no-cache\n");
        let mut local = finished();
        let uri = "http://localhost:8080/callback/books";
        local.type_into(FormField::RedirectUris, 0, uri.to_owned());
        let text = RegistrationOutput::Headers.make(&local).text;
        assert!(!text.contains("Strict-Transport-Security"), "{text}");
    }

    #[test]
    fn additional_steps_are_listed_for_the_affected_output() {
        let mut draft = finished();
        assert_eq!(RegistrationOutput::Config.besides(&draft), [""; 0]);
        draft.choose(FormField::ClientKind, "confidential");
        draft.type_into(
            FormField::RedirectUris,
            0,
            "https://one.example/back".to_owned(),
        );
        assert_eq!(RegistrationOutput::Config.besides(&draft).len(), 2);
        assert_eq!(RegistrationOutput::Saved.besides(&draft), [""; 0]);
    }
}
