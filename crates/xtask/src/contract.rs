//! The sandbox against Pleo's document, by a tool that knows nothing of this workspace: schemathesis
//! makes requests of the document, right and wrong ones, and judges every answer by it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Map, Value, json};

use crate::outcome::Outcome;
use crate::{process, program_paths, run, setup};

/// Pleo documents these once, for every operation; a status without a schema has the same body.
const GENERIC: [(&str, &str); 6] = [
    ("400", "Bad request"),
    ("401", "Unauthorised"),
    ("403", "Forbidden"),
    ("404", "Not found"),
    ("413", "Body too large"),
    ("415", "Unsupported media type"),
];

/// Runs `cargo xtask contract`: Schemathesis against the sandbox.
pub fn command() -> Outcome {
    let program = setup::schemathesis()?;
    let sandbox = ContractSandbox::start(&run::build_sandbox()?)?;
    let folder = program_paths::target()?.join("contract");
    let document = adapted(&read(
        &program_paths::root().join("crates/pleo/openapi.json"),
    )?);
    let file = folder.join("openapi.json");
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, document.to_string()));
    written.map_err(|error| format!("{}: {error}", file.display()))?;
    let own = program_paths::root().join("crates/xtask/src/contract");
    let client = json!({ "id": "outlay-sandbox", "scopes": scopes(&document) });
    let mut schemathesis = Command::new(program);
    schemathesis
        .current_dir(&folder)
        .arg("--config-file")
        .arg(own.join("schemathesis.toml"))
        .args(["run", "--no-color", "--url", sandbox.origin("api")?])
        .arg(&file)
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", &own)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("OUTLAY_AUTH", sandbox.origin("auth")?)
        .env("OUTLAY_SITE", sandbox.origin("site")?)
        .env("OUTLAY_CLIENT", client.to_string());
    process::run(&mut schemathesis)
}

fn read(file: &Path) -> Outcome<Value> {
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = fs::read_to_string(file).map_err(|error| fail(&error))?;
    serde_json::from_str(&text).map_err(|error| fail(&error))
}

/// The document with what it says elsewhere: the generic statuses at every operation, and `default`,
/// which stands for "success, status not stated", as the successes. Errors that are not documented for
/// such an operation are then errors of Pleo's usual body. Objects are closed: the sandbox takes no
/// field that is not documented, and gives none. API keys are left out: this client has none.
fn adapted(document: &Value) -> Value {
    let mut document = document.clone();
    document["security"] = json!([{ "bearerAuth": [] }]);
    let schemas = document["components"]["schemas"].as_object_mut();
    for schema in schemas.into_iter().flat_map(Map::values_mut) {
        if schema["type"] == "object" && schema.get("additionalProperties").is_none() {
            schema["additionalProperties"] = json!(false);
        }
    }
    let error = json!({ "$ref": "#/components/schemas/ExceptionInfo" });
    let answer = |words: &str| {
        let content = json!({ "application/json": { "schema": error } });
        json!({ "description": words, "content": content })
    };
    for operation in operations(&mut document) {
        let Some(answers) = operation["responses"].as_object_mut() else {
            continue;
        };
        if let Some(success) = answers.remove("default") {
            answers.insert("2XX".to_owned(), success);
            answers.insert("4XX".to_owned(), answer("An error"));
        }
        for (status, words) in GENERIC {
            let own = answers.entry(status).or_insert_with(|| answer(words));
            let bare = own.get("content").is_none();
            if bare {
                *own = answer(words);
            }
        }
    }
    document
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = document["paths"].as_object_mut().into_iter();
    let methods = paths.flat_map(Map::values_mut);
    methods
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
}

/// Every scope that the document names.
fn scopes(document: &Value) -> Vec<String> {
    let mut document = document.clone();
    let mut scopes: Vec<String> = operations(&mut document)
        .filter_map(|operation| operation["x-pleo-scope"].as_str())
        .flat_map(|text| text.split([' ', '(', ')']))
        .filter(|word| word.contains(':'))
        .map(str::to_owned)
        .collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}

/// A sandbox on free ports, which ends with this value.
struct ContractSandbox {
    process: Child,
    addresses: Value,
}

impl ContractSandbox {
    fn start(program: &PathBuf) -> Outcome<Self> {
        let fail = |error: std::io::Error| format!("{}: {error}", program.display());
        let process = Command::new(program)
            .args(["--auth-port", "0", "--api-port", "0", "--entries", "400"])
            // Nothing is served there: it only has to be an address.
            .args([
                "--site-origin",
                "http://localhost:9",
                "--access-ttl",
                "86400",
            ])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(fail)?;
        let mut sandbox = Self {
            process,
            addresses: Value::Null,
        };
        let mut line = String::new();
        if let Some(output) = sandbox.process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(fail)?;
        }
        let reported = serde_json::from_str(&line);
        sandbox.addresses = reported.map_err(|_| format!("the sandbox said: {line}"))?;
        Ok(sandbox)
    }

    fn origin(&self, server: &str) -> Outcome<&str> {
        let origin = self.addresses[server].as_str();
        origin.ok_or_else(|| format!("the sandbox has no address of its {server} server"))
    }
}

impl Drop for ContractSandbox {
    fn drop(&mut self) {
        // It may have exited already; then the error is ignored.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contract_operation_matches_the_document() {
        let own = json!({ "description": "No", "content": { "a": 1 } });
        let document = json!({
            "paths": { "/a": {
                "get": { "responses": { "default": own }, "x-pleo-scope": "b:read or c:read (see)" },
                "put": { "responses": { "200": own, "404": { "description": "No" } } },
            } },
            "components": { "schemas": {
                "Open": { "type": "object" },
                "Map": { "type": "object", "additionalProperties": {} },
            } },
        });
        let adapted = adapted(&document);
        let schemas = &adapted["components"]["schemas"];
        assert_eq!(schemas["Open"]["additionalProperties"], false);
        assert_eq!(schemas["Map"]["additionalProperties"], json!({}));
        let get = &adapted["paths"]["/a"]["get"]["responses"];
        assert_eq!((&get["2XX"], get.get("default")), (&own, None));
        assert!(get["4XX"]["content"].is_object());
        let put = &adapted["paths"]["/a"]["put"]["responses"];
        assert_eq!((&put["200"], put.get("4XX")), (&own, None));
        assert!(put["404"]["content"].is_object() && put["401"]["content"].is_object());
        assert_eq!(scopes(&adapted), ["b:read", "c:read"]);
    }
}
