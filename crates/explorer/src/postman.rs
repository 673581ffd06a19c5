//! The catalogue as a Postman collection, format 2.1. The token is the variable `token`, which the
//! user fills in there.

use outlay_pleo::catalogue::{Catalogue, Endpoint, ParameterLocation};
use outlay_wire::Value;

use crate::example::example;
use crate::json_value::{object, text};
use crate::pretty::pretty;

/// The address of the format's schema, by which Postman recognises a collection.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// Returns the collection: one folder for each group, one request for each operation. `base` is the
/// initial value of the variable `baseUrl`.
pub fn collection(catalogue: &Catalogue, base: &str) -> Value {
    let groups = catalogue.groups.iter().map(|group| {
        let own = catalogue.operations.iter();
        let own = own.filter(|one| one.group == group.id);
        let items = own.map(|one| item(catalogue, one)).collect();
        object([("name", text(&group.title)), ("item", Value::List(items))])
    });
    let variable = |key: &str, value: &str| {
        object([
            ("key", text(key)),
            ("value", text(value)),
            ("type", text("string")),
        ])
    };
    let bearer = object([
        ("key", text("token")),
        ("value", text("{{token}}")),
        ("type", text("string")),
    ]);
    object([
        (
            "info",
            object([("name", text("Pleo API")), ("schema", text(SCHEMA))]),
        ),
        ("item", Value::List(groups.collect())),
        (
            "auth",
            object([
                ("type", text("bearer")),
                ("bearer", Value::List(vec![bearer])),
            ]),
        ),
        (
            "variable",
            Value::List(vec![variable("baseUrl", base), variable("token", "")]),
        ),
    ])
}

fn item(catalogue: &Catalogue, operation: &Endpoint) -> Value {
    let path = operation.path.trim_start_matches('/');
    let segments = path.split('/').map(|segment| {
        match segment.strip_prefix('{').and_then(|it| it.split_once('}')) {
            // Postman writes a parameter of the path as `:id`.
            Some((name, "")) => text(&[":", name].concat()),
            // With an action behind it, Postman knows no parameter: a variable takes its place.
            Some((name, action)) => text(&["{{", name, "}}", action].concat()),
            None => text(segment),
        }
    });
    let segments: Vec<Value> = segments.collect();
    let raw = segments
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join("/");
    let of_place = |place| {
        let all = operation.parameters.iter();
        all.filter(move |one| one.place == place)
    };
    let value = |schema| match example(catalogue, schema, "") {
        Value::Text(it) | Value::Number(it) => it,
        Value::List(items) => match items.first() {
            Some(Value::Text(it) | Value::Number(it)) => it.clone(),
            _ => String::new(),
        },
        other => outlay_wire::to_text(&other),
    };
    let query = of_place(ParameterLocation::Query).map(|one| {
        object([
            ("key", text(&one.name)),
            ("value", text(&value(&one.schema))),
            ("description", text(&one.schema.note)),
            ("disabled", Value::Bool(!one.required)),
        ])
    });
    let variables = of_place(ParameterLocation::Path)
        .map(|one| object([("key", text(&one.name)), ("value", text(""))]));
    let url = object([
        ("raw", text(&["{{baseUrl}}/", &raw].concat())),
        ("host", Value::List(vec![text("{{baseUrl}}")])),
        ("path", Value::List(segments.clone())),
        ("query", Value::List(query.collect())),
        ("variable", Value::List(variables.collect())),
    ]);
    let mut request = vec![
        ("method", text(operation.method.as_str())),
        ("header", Value::List(Vec::new())),
        ("url", url),
        ("description", text(&operation.note)),
    ];
    if let Some(body) = &operation.body {
        let options = object([("raw", object([("language", text("json"))]))]);
        let raw = pretty(&example(catalogue, &body.schema, ""));
        request.push((
            "body",
            object([
                ("mode", text("raw")),
                ("raw", text(&raw)),
                ("options", options),
            ]),
        ));
    }
    object([
        ("name", text(&operation.summary)),
        ("request", object(request)),
        ("response", Value::List(Vec::new())),
    ])
}
