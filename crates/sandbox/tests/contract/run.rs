//! A run: calls by operation, each answer checked and noted.

use std::collections::{BTreeMap, BTreeSet};

use form_urlencoded::Serializer;
use outlay_pleo::catalogue::Endpoint;
use outlay_sandbox::api::catalogue::CATALOGUE;
use serde_json::Value;

use crate::common::TestSandbox;
use crate::models;
use crate::oracle::Oracle;

/// What every operation may say of a request that is not well-formed, not permitted, or not about
/// anything: Pleo documents these once, for all.
const GENERIC: [u16; 5] = [400, 401, 403, 404, 415];

pub struct ContractRun {
    pub sandbox_server: TestSandbox,
    pub token: String,
    oracle: Oracle,
    seen: BTreeMap<String, BTreeSet<u16>>,
}

pub type ContractPairs<'a> = &'a [(&'a str, &'a str)];

impl ContractRun {
    pub async fn start() -> ContractRun {
        let sandbox_server = TestSandbox::with(3000, None);
        ContractRun {
            token: sandbox_server.token_for_all(0).await,
            sandbox_server,
            oracle: Oracle::new(),
            seen: BTreeMap::new(),
        }
    }

    /// The caller's company.
    pub fn company(&self) -> String {
        self.sandbox_server.company(0).to_owned()
    }

    /// A call that has to be answered with this status; the body of the answer.
    pub async fn call(
        &mut self,
        status: u16,
        id: &str,
        given: ContractPairs<'_>,
        body: Value,
    ) -> Value {
        let token = self.token.clone();
        self.call_with(&token, status, id, given, body).await
    }

    /// The same without a body.
    pub async fn ask(&mut self, status: u16, id: &str, given: ContractPairs<'_>) -> Value {
        self.call(status, id, given, Value::Null).await
    }

    /// The same with another token.
    pub async fn call_with(
        &mut self,
        token: &str,
        status: u16,
        id: &str,
        given: ContractPairs<'_>,
        body: Value,
    ) -> Value {
        let endpoint = CATALOGUE.operation(id).unwrap_or_else(|| panic!("{id}"));
        let line = line(endpoint, given);
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = self.sandbox_server.call(&line, token, &text).await;
        assert_eq!(answer.status, status, "{line} {text}: {}", answer.text);
        self.check(endpoint, status, &answer.text);
        let seen = self.seen.entry(id.to_owned()).or_default();
        seen.insert(status);
        serde_json::from_str(&answer.text).unwrap_or_default()
    }

    fn check(&mut self, endpoint: &Endpoint, status: u16, text: &str) {
        let (id, method) = (&endpoint.id, endpoint.method.as_str());
        let documented = endpoint.answer(status).is_some() || GENERIC.contains(&status);
        assert!(documented || unspecific(endpoint), "{id}: {status}");
        let schema = self.oracle.schema(method, &endpoint.path, status);
        let schema = match schema {
            Some(schema) => schema,
            None if status < 300 => {
                assert_eq!(text, "", "{id}: {status}");
                return;
            }
            None => "ExceptionInfo".to_owned(),
        };
        let json: Value = serde_json::from_str(text).unwrap_or_else(|_| panic!("{id}: {text}"));
        let faults = self.oracle.faults(&schema, &json);
        assert!(faults.is_empty(), "{id} {status}: {faults:#?}\n{text}");
        if json["type"] == "SANDBOX_FAULT" {
            // Not Pleo's words: the console's, which mislead on purpose.
            return;
        }
        if models::WITHOUT_MODEL.contains(&schema.as_str()) {
            return;
        }
        let again = models::again(&schema, text);
        let again = again.unwrap_or_else(|| panic!("no model of {schema}: {text}"));
        let again: Value = serde_json::from_str(&again).unwrap();
        assert_eq!(models::settled(again), models::settled(json), "{id}");
    }

    /// How many operations there are.
    pub fn operations(&self) -> usize {
        CATALOGUE.operations.len()
    }

    /// The operations that did not give every documented answer, with those that lack.
    pub fn missing(&self) -> Vec<String> {
        let nothing = BTreeSet::new();
        let lacking = CATALOGUE.operations.iter().filter_map(|endpoint| {
            let seen = self.seen.get(&endpoint.id).unwrap_or(&nothing);
            let success = seen.iter().any(|status| (200..300).contains(status));
            let lacks = endpoint.answers.iter().filter_map(|answer| answer.status);
            let lacks: Vec<u16> = lacks.filter(|status| !seen.contains(status)).collect();
            let covered = success && lacks.is_empty();
            (!covered).then(|| format!("{}: success {success}, lacks {lacks:?}", endpoint.id))
        });
        lacking.collect()
    }
}

/// Whether the document says of no answer which status it has.
fn unspecific(endpoint: &Endpoint) -> bool {
    endpoint
        .answers
        .iter()
        .all(|answer| answer.status.is_none())
}

/// The request line: what stands in the path goes there, the rest into the query.
fn line(endpoint: &Endpoint, given: ContractPairs<'_>) -> String {
    let mut path = endpoint.path.clone();
    let mut query = Serializer::new(String::new());
    for (name, value) in given {
        let place = format!("{{{name}}}");
        if path.contains(&place) {
            path = path.replace(&place, value);
        } else {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{} {path}{mark}{query}", endpoint.method.as_str())
}

/// An id that nothing has.
pub const UNKNOWN_UUID: &str = "00000000-0000-4000-8000-000000000000";

pub fn id(json: &Value) -> String {
    json["data"]["id"].as_str().expect("an id").to_owned()
}
