//! The document's schemas before the `jsonschema` crate.

use std::collections::BTreeMap;

use jsonschema::Validator;
use outlay_pleo::catalogue::DOCUMENT;
use serde_json::{Value, json};

pub struct Oracle {
    document: Value,
    validators: BTreeMap<String, Validator>,
}

impl Oracle {
    pub fn new() -> Oracle {
        let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let schemas = document["components"]["schemas"].as_object_mut().unwrap();
        schemas.values_mut().for_each(standard);
        Oracle {
            document,
            validators: BTreeMap::new(),
        }
    }

    /// The name of the schema that the document gives for this answer of an operation.
    pub fn schema(&self, method: &str, path: &str, status: u16) -> Option<String> {
        let answers = &self.document["paths"][path][method.to_lowercase()]["responses"];
        let own = answers.get(status.to_string());
        let any = || answers.get("default").filter(|_| status < 300);
        let answer = own.or_else(any)?;
        let schema = &answer["content"]["application/json"]["schema"]["$ref"];
        let (_, name) = schema.as_str()?.rsplit_once('/')?;
        Some(name.to_owned())
    }

    /// What is wrong with a value under the schema of this name.
    pub fn faults(&mut self, name: &str, value: &Value) -> Vec<String> {
        let components = &self.document["components"];
        let validator = self.validators.entry(name.to_owned()).or_insert_with(|| {
            let schema = json!({
                "$ref": format!("#/components/schemas/{name}"), "components": components,
            });
            let options = jsonschema::draft202012::options().should_validate_formats(true);
            options.build(&schema).unwrap()
        });
        let faults = validator.iter_errors(value);
        let reported = faults.map(|fault| format!("{}: {fault}", fault.instance_path()));
        reported.collect()
    }
}

/// OpenAPI's `nullable` in the words of JSON Schema.
fn standard(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(standard),
        Value::Object(keywords) => {
            keywords.values_mut().for_each(standard);
            if keywords.remove("nullable") == Some(Value::Bool(true)) {
                let rest = Value::Object(std::mem::take(keywords));
                *schema = json!({ "anyOf": [rest, { "type": "null" }] });
            }
        }
        _ => {}
    }
}
