//! The OpenAPI document made into a catalogue.

use std::fmt;

use outlay_wire::{Value, parse};

use super::endpoint::{
    Endpoint, ListStyle, OperationGroup, Parameter, ParameterLocation, ParameterRule, RequestBody,
    ResponseSchema, RetryCertainty, RetrySafety, RuleKind,
};
use super::limits::{INFERRED, LIMITS, RULES};
use super::schema::{ObjectField, Schema, SchemaShape};
use super::settle::settled_by;
use super::tidy::{content, schema_of};
use super::{Catalogue, pattern};
use crate::operation::Method;
use crate::scope;

/// The OpenAPI 3.0 document of Pleo's API, as JSON; the catalogue is made of it.
pub const DOCUMENT: &str = include_str!("../../openapi.json");

/// A part of an OpenAPI document that the catalogue does not support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The place in the document: a schema's name, an `operationId` or a path.
    pub at: String,
    /// The unsupported or missing part, as a phrase for the build log.
    pub what: &'static str,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

impl std::error::Error for Misread {}

type ParseResult<T> = Result<T, Misread>;

pub(super) fn misread(at: &str, what: &'static str) -> Misread {
    Misread {
        at: at.to_owned(),
        what,
    }
}

impl Catalogue {
    /// Makes the catalogue of an OpenAPI 3.0 document, and adds the limits that it says in words.
    ///
    /// # Errors
    ///
    /// The first thing that no catalogue can say: nothing of the document is passed over silently.
    pub fn of_openapi(json: &str) -> ParseResult<Catalogue> {
        let document = parse(json).map_err(|_| misread("", "no JSON"))?;
        let mut limits = SchemaLimits::default();
        let tags = document.get("tags").and_then(Value::as_list);
        let groups = tags.unwrap_or_default().iter().map(|tag| OperationGroup {
            id: text(tag, "name"),
            title: text(tag, "description"),
        });
        let groups = groups.collect();
        let named = document.get("components").and_then(|it| it.get("schemas"));
        let named = named.and_then(Value::as_object).unwrap_or_default();
        let schemas = named.iter().map(|(name, json)| {
            let mut schema = json.clone();
            limits.add(&format!("{name}."), &mut schema);
            Ok((name.clone(), schema_of(name, schema)?))
        });
        let schemas = schemas.collect::<ParseResult<_>>()?;
        let mut operations = Vec::new();
        for (path, methods) in fields(document.get("paths")) {
            for (method, json) in fields(Some(methods)) {
                operations.push(operation(path, method, json, &mut limits)?);
            }
        }
        let catalogue = Catalogue {
            groups,
            operations,
            schemas,
        };
        limits.finish()?;
        catalogue.check_names()?;
        Ok(catalogue)
    }

    /// Whether every name leads somewhere.
    fn check_names(&self) -> ParseResult<()> {
        let bodies = self.operations.iter().flat_map(|one| {
            let parameters = one.parameters.iter().map(|one| &one.schema);
            let answers = one.answers.iter().filter_map(|one| one.schema.as_ref());
            parameters
                .chain(answers)
                .chain(one.body.iter().map(|body| &body.schema))
        });
        let all = bodies.chain(self.schemas.iter().map(|(_, schema)| schema));
        all.into_iter()
            .try_for_each(|schema| self.check_name(schema))
    }

    fn check_name(&self, schema: &Schema) -> ParseResult<()> {
        match &schema.shape {
            SchemaShape::Named(name) if self.schema(name).is_none() => {
                Err(misread(name, "no schema has this name"))
            }
            SchemaShape::Object(it) => {
                let inner = it.fields.iter().map(|ObjectField { schema, .. }| schema);
                let mut inner = inner.chain(it.others.as_deref());
                inner.try_for_each(|schema| self.check_name(schema))
            }
            SchemaShape::List(it) => self.check_name(&it.items),
            SchemaShape::Text(it) => match &it.pattern {
                Some(known) if pattern::matches(known, "").is_none() => {
                    Err(misread(known, "a pattern of an unknown kind"))
                }
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

/// The table of limits on its way into the document's schemas.
#[derive(Default)]
struct SchemaLimits {
    added: Vec<&'static str>,
}

impl SchemaLimits {
    /// Adds the keywords of every place that begins so.
    fn add(&mut self, prefix: &str, json: &mut Value) {
        for limit in LIMITS {
            let Some(rest) = limit.at.strip_prefix(prefix) else {
                continue;
            };
            let mut steps = rest.split('.').filter(|step| !step.is_empty());
            let at = steps.try_fold(&mut *json, |at, step| match step {
                "*" => field_mut(at, "additionalProperties"),
                name => field_mut(field_mut(at, "properties")?, name),
            });
            if let (Some(Value::Object(keywords)), Ok(value)) = (at, parse(limit.value)) {
                keywords.push((limit.keyword.to_owned(), value));
                self.added.push(limit.at);
            }
        }
    }

    /// Whether every row of the table had its place.
    fn finish(&self) -> ParseResult<()> {
        let lost = LIMITS.iter().find(|limit| !self.added.contains(&limit.at));
        lost.map_or(Ok(()), |limit| {
            Err(misread(limit.at, "a limit without its place"))
        })
    }
}

fn operation(
    path: &str,
    method: &str,
    json: &Value,
    limits: &mut SchemaLimits,
) -> ParseResult<Endpoint> {
    let id = text(json, "operationId");
    let at = |what| misread(&id, what);
    let method = match method {
        "get" => Method::Get,
        "post" => Method::Post,
        "put" => Method::Put,
        "delete" => Method::Delete,
        _ => return Err(at("a method of an unknown kind")),
    };
    let mut parameters = Vec::new();
    for json in list(json, "parameters") {
        parameters.push(parameter(&id, json, limits)?);
    }
    let body = json.get("requestBody").map(|json| {
        Ok(RequestBody {
            required: flag(json, "required"),
            schema: content(&id, json)?.ok_or_else(|| at("a body without a schema"))?,
        })
    });
    let answers = fields(json.get("responses")).iter().map(|(status, json)| {
        Ok(ResponseSchema {
            status: match status.as_str() {
                "default" => None,
                status => Some(
                    status
                        .parse()
                        .map_err(|_| at("an answer without a status"))?,
                ),
            },
            note: text(json, "description"),
            schema: content(&id, json)?,
        })
    });
    let answers = answers.collect::<ParseResult<_>>()?;
    let reads = method == Method::Get
        || path.ends_with(":search")
        || (method == Method::Post && path.contains("/aggregations/"));
    let (scopes, certainty, scope_text) = scopes(&id, &text(json, "x-pleo-scope"));
    let paged = parameters.iter().any(|one| one.name == "after");
    let note = [text(json, "description"), scope_text];
    let note = note.iter().filter(|note| !note.is_empty()).cloned();
    Ok(Endpoint {
        group: list(json, "tags")
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        path: path.to_owned(),
        summary: text(json, "summary"),
        note: note.collect::<Vec<_>>().join(" "),
        deprecated: flag(json, "deprecated"),
        internal: flag(json, "x-exclude"),
        retry: if reads {
            RetrySafety::Read
        } else {
            RetrySafety::Write
        },
        settled_by: settled_by(&id).map(str::to_owned),
        rules: rules(&id, &parameters),
        body: body.transpose()?,
        id,
        method,
        scopes,
        certainty,
        parameters,
        answers,
        paged,
    })
}

fn parameter(id: &str, json: &Value, limits: &mut SchemaLimits) -> ParseResult<Parameter> {
    let name = text(json, "name");
    let place = match text(json, "in").as_str() {
        "query" => ParameterLocation::Query,
        "path" => ParameterLocation::Path,
        _ => return Err(misread(id, "a parameter of an unknown place")),
    };
    let mut schema = json.get("schema").cloned().unwrap_or_default();
    limits.add(&format!("{id}?{name}"), &mut schema);
    // OpenAPI: the style of a query parameter is `form`, and that is exploded, unless said otherwise.
    let style = match (
        json.get("style").and_then(Value::as_str),
        json.get("explode"),
    ) {
        (None | Some("form" | "simple"), None | Some(Value::Bool(true))) => ListStyle::Repeated,
        (None | Some("form"), Some(Value::Bool(false))) => ListStyle::Commas,
        _ => return Err(misread(id, "a list of an unknown style")),
    };
    Ok(Parameter {
        required: flag(json, "required"),
        schema: schema_of(id, schema)?,
        name,
        place,
        style,
    })
}

/// The scopes that the document names, how sure they are, and what else it says about them.
fn scopes(id: &str, scope_text: &str) -> (Vec<String>, RetryCertainty, String) {
    let inferred = INFERRED.iter().filter(|(known, _)| *known == id);
    let named = scope_text
        .split([' ', '(', ')'])
        .filter(|word| word.contains(':'));
    let named = named.chain(inferred.map(|(_, scope)| *scope));
    let named: Vec<String> = named.map(str::to_owned).collect();
    let sure = |name: &String| {
        scope::known(name).is_some_and(|scope| scope.certainty == scope::ScopeCertainty::Documented)
    };
    let certainty = match named.as_slice() {
        [] => RetryCertainty::Unknown,
        names if names.iter().all(sure) => RetryCertainty::Documented,
        _ => RetryCertainty::Inferred,
    };
    let words = named.is_empty() && !scope_text.contains("UNKNOWN");
    (
        named,
        certainty,
        if words {
            scope_text.to_owned()
        } else {
            String::new()
        },
    )
}

fn rules(id: &str, parameters: &[Parameter]) -> Vec<ParameterRule> {
    let pages = ["before", "after", "offset"];
    let pages = pages
        .iter()
        .filter(|name| parameters.iter().any(|one| one.name == **name));
    let pages: Vec<_> = pages.map(|name| vec![(*name).to_owned()]).collect();
    let paging = (!pages.is_empty()).then_some(ParameterRule {
        kind: RuleKind::OneAllowed,
        place: ParameterLocation::Query,
        of: pages,
    });
    let own = RULES.iter().filter(|(known, ..)| *known == id);
    let own = own.map(|(_, kind, place, of)| ParameterRule {
        kind: *kind,
        place: *place,
        of: of
            .iter()
            .map(|names| names.iter().map(|&name| name.to_owned()).collect())
            .collect(),
    });
    own.chain(paging).collect()
}

fn field_mut<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    let Value::Object(fields) = value else {
        return None;
    };
    fields
        .iter_mut()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value)
}

fn fields(value: Option<&Value>) -> &[(String, Value)] {
    value.and_then(Value::as_object).unwrap_or_default()
}

fn list<'a>(json: &'a Value, name: &str) -> &'a [Value] {
    json.get(name).and_then(Value::as_list).unwrap_or_default()
}

fn text(json: &Value, name: &str) -> String {
    json.get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn flag(json: &Value, name: &str) -> bool {
    json.get(name).and_then(Value::as_bool) == Some(true)
}
