//! A saved sequence of calls: each step names an operation, its input, and the values of its
//! response that later steps use as `{{name}}`. A file of it holds no secrets and no responses.

use outlay_pleo::catalogue::{Catalogue, Endpoint, ParameterLocation};
use outlay_wire::{Value, parse};

use crate::chain::is_name;
use crate::form::OperationForm;
use crate::history::kept;
use crate::pretty::pretty;

/// The format that a file states.
const FORMAT: &str = "outlay-sequence-1";

/// Most steps of a sequence.
pub const MOST_STEPS: usize = 50;

/// A sequence of calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sequence {
    /// Name on screen and of its file.
    pub name: String,
    /// The steps in their order.
    pub steps: Vec<SequenceStep>,
}

/// One call of a sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SequenceStep {
    /// `operationId` of the call.
    pub operation: String,
    /// What the step does, as a sentence; may be empty.
    pub note: String,
    /// Parameters as names and unencoded values; they may contain `{{name}}`.
    pub parameters: Vec<(String, String)>,
    /// The JSON body; `None` without one. Its texts may contain `{{name}}`.
    pub body: Option<Value>,
    /// Values to store from the response, as name and path, for example `jobId` and `data[0].id`.
    pub saves: Vec<(String, String)>,
}

/// Why a file is no sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not JSON, or its format is another one.
    Format,
    /// A step has no operation of the catalogue; its number from 1 and the name.
    Operation(usize, String),
    /// A step stores a value under a name that is none; its number from 1.
    Name(usize),
    /// It has more than [`MOST_STEPS`] steps, or none.
    Steps,
}

impl Unreadable {
    /// Returns the reason as a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Unreadable::Format => "The file is not a saved sequence.".to_owned(),
            Unreadable::Operation(step, name) => {
                format!("Step {step} calls {name}, which is no operation of the API.")
            }
            Unreadable::Name(step) => {
                format!("Step {step} stores a value under a name that is not allowed.")
            }
            Unreadable::Steps => format!("A sequence has 1 to {MOST_STEPS} steps."),
        }
    }
}

impl SequenceStep {
    /// Makes a step of a form, without its secrets.
    pub fn of(
        catalogue: &Catalogue,
        operation: &Endpoint,
        form: &OperationForm,
        saves: Vec<(String, String)>,
    ) -> SequenceStep {
        let form = kept(catalogue, operation, form);
        let mut parameters = Vec::new();
        for place in [ParameterLocation::Path, ParameterLocation::Query] {
            parameters.extend(form.pairs(catalogue, operation, place));
        }
        SequenceStep {
            operation: operation.id.clone(),
            note: String::new(),
            parameters,
            body: form.value(catalogue, operation).0,
            saves,
        }
    }

    /// Returns the form of the step.
    pub fn form(
        &self,
        catalogue: &Catalogue,
        operation: &Endpoint,
        subject: Option<&str>,
    ) -> OperationForm {
        let mut form = OperationForm::blank(catalogue, operation, subject);
        for (name, _) in &self.parameters {
            form.clear(operation, name);
        }
        for (name, value) in &self.parameters {
            form.fill(catalogue, operation, name, value);
        }
        if let Some(body) = &self.body {
            form.raw = Some(pretty(body));
            // A body that the fields cannot show stays text.
            let _ = form.as_fields(catalogue, operation);
            form.prefill(catalogue, operation, subject);
        }
        form
    }
}

impl Sequence {
    /// Returns the text of its file.
    pub fn to_file(&self) -> String {
        let steps = self.steps.iter().map(|step| {
            let pairs = |pairs: &[(String, String)], names: [&str; 2]| {
                let pairs = pairs.iter().map(|(one, two)| {
                    Value::Object(vec![
                        (names[0].to_owned(), Value::Text(one.clone())),
                        (names[1].to_owned(), Value::Text(two.clone())),
                    ])
                });
                Value::List(pairs.collect())
            };
            let mut fields = vec![
                ("operation".to_owned(), Value::Text(step.operation.clone())),
                ("note".to_owned(), Value::Text(step.note.clone())),
                (
                    "parameters".to_owned(),
                    pairs(&step.parameters, ["name", "value"]),
                ),
            ];
            fields.extend(step.body.clone().map(|body| ("body".to_owned(), body)));
            fields.push(("saves".to_owned(), pairs(&step.saves, ["name", "path"])));
            Value::Object(fields)
        });
        pretty(&Value::Object(vec![
            ("format".to_owned(), Value::Text(FORMAT.to_owned())),
            ("name".to_owned(), Value::Text(self.name.clone())),
            ("steps".to_owned(), Value::List(steps.collect())),
        ]))
    }

    /// Reads a file. Every step is passed through the check that also keeps secrets out of saved
    /// ones.
    ///
    /// # Errors
    ///
    /// Why it is no sequence.
    pub fn from_file(catalogue: &Catalogue, text: &str) -> Result<Sequence, Unreadable> {
        let value = parse(text).map_err(|_| Unreadable::Format)?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(Unreadable::Format);
        }
        let text = |value: &Value, name: &str| {
            let text = value.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let steps = value.get("steps").and_then(Value::as_list);
        let steps = steps.ok_or(Unreadable::Format)?;
        if steps.is_empty() || steps.len() > MOST_STEPS {
            return Err(Unreadable::Steps);
        }
        let mut read = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            let pairs = |list: &str, names: [&str; 2]| {
                let all = step.get(list).and_then(Value::as_list).unwrap_or_default();
                let all = all
                    .iter()
                    .map(|it| (text(it, names[0]), text(it, names[1])));
                all.collect::<Vec<_>>()
            };
            let named = text(step, "operation");
            let Some(operation) = catalogue.operation(&named) else {
                return Err(Unreadable::Operation(number + 1, named));
            };
            let saves = pairs("saves", ["name", "path"]);
            if saves.iter().any(|(name, _)| !is_name(name)) {
                return Err(Unreadable::Name(number + 1));
            }
            let given = SequenceStep {
                parameters: pairs("parameters", ["name", "value"]),
                body: step.get("body").cloned(),
                ..SequenceStep::default()
            };
            let form = given.form(catalogue, operation, None);
            let note = text(step, "note");
            read.push(SequenceStep {
                note,
                ..SequenceStep::of(catalogue, operation, &form, saves)
            });
        }
        Ok(Sequence {
            name: text(&value, "name"),
            steps: read,
        })
    }

    /// Returns the guided sequence of one export job: from the pending job to its completion, with
    /// its first item reported as successful.
    pub fn export_job() -> Sequence {
        let object = |fields: &[(&str, &str)]| {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| ((*name).to_owned(), text_value(value)));
            Value::Object(fields.collect())
        };
        let step = |operation: &str, note: &str| SequenceStep {
            operation: operation.to_owned(),
            note: note.to_owned(),
            ..SequenceStep::default()
        };
        let job = || vec![pair("jobId", "{{jobId}}")];
        let event = |event: &str| Some(object(&[("jobId", "{{jobId}}"), ("event", event)]));
        Sequence {
            name: "Export job".to_owned(),
            steps: vec![
                SequenceStep {
                    parameters: vec![pair("statuses", "pending")],
                    saves: vec![pair("jobId", "data[0].id")],
                    ..step(
                        "getExportJobsListV3",
                        "Finds the pending jobs and stores the id of the first. In Pleo, a \
                         bookkeeper starts an export to create one.",
                    )
                },
                SequenceStep {
                    body: event("started"),
                    ..step(
                        "createExportJobEventV3",
                        "Marks the job as started. It is then in progress, and Pleo expects an \
                         update within its expiry time.",
                    )
                },
                SequenceStep {
                    parameters: job(),
                    saves: vec![pair("entryId", "data[0].accountingEntryId")],
                    ..step(
                        "getExportJobItemsV3",
                        "Lists the items with their status, without their content.",
                    )
                },
                SequenceStep {
                    parameters: vec![pair("job_id", "{{jobId}}")],
                    ..step(
                        "getExportItemsV3",
                        "Returns the content of the items, only while the job is in progress.",
                    )
                },
                SequenceStep {
                    parameters: job(),
                    body: Some(Value::List(vec![object(&[
                        ("accountingEntryId", "{{entryId}}"),
                        ("status", "successful"),
                        ("externalId", "1"),
                    ])])),
                    ..step(
                        "updateExportJobItemsV3",
                        "Reports the result of the first item. Report each item before you close \
                         the job.",
                    )
                },
                SequenceStep {
                    body: event("completed"),
                    ..step(
                        "createExportJobEventV3",
                        "Closes the job. Use completed_with_errors if an item failed. Users see \
                         the results only now.",
                    )
                },
            ],
        }
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn text_value(text: &str) -> Value {
    Value::Text(text.to_owned())
}
