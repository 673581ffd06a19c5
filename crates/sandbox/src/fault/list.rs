//! The table and the armed faults, as JSON and as Markdown.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::fault::armed::{ArmedFault, Faults};
use crate::fault::endpoint::FaultEndpoint;
use crate::fault::kinds;
use crate::fault::row::{FaultParameter, FaultRow, FaultSetting};

/// Returns the table and the armed faults as JSON, for `GET /__sandbox/faults`.
pub fn json(faults: &Faults) -> Value {
    let table: Vec<Value> = kinds::all().map(|fault| row(faults, fault)).collect();
    let armed: Vec<Value> = faults.armed().iter().map(armed).collect();
    json!({ "faults": table, "armed": armed })
}

fn names(places: &[FaultEndpoint]) -> Vec<&'static str> {
    places.iter().map(|place| place.name()).collect()
}

fn row(faults: &Faults, fault: &FaultRow) -> Value {
    let parameters: Vec<Value> = fault.parameters.iter().map(parameter).collect();
    json!({
        "fault": fault.name,
        "does": fault.does,
        "at": names(fault.at),
        "parameters": parameters,
        "struck": faults.applied_count(fault),
    })
}

fn parameter(parameter: &FaultParameter) -> Value {
    json!({
        "name": parameter.name,
        "does": parameter.does,
        "is": parameter.kind.wants(),
        "default": parameter.kind.default().as_ref().map(plain),
    })
}

fn plain(setting: &FaultSetting) -> Value {
    match setting {
        FaultSetting::Text(text) => json!(text),
        FaultSetting::Whole(number) => json!(number),
    }
}

fn armed(armed: &ArmedFault) -> Value {
    let mut object = Map::new();
    object.insert("fault".to_owned(), json!(armed.fault.name));
    let times = if armed.once { "once" } else { "always" };
    object.insert("times".to_owned(), json!(times));
    object.insert("at".to_owned(), json!(names(&armed.at)));
    if let Some(path) = &armed.path {
        object.insert("path".to_owned(), json!(path));
    }
    for (name, setting) in &armed.settings.0 {
        object.insert((*name).to_owned(), plain(setting));
    }
    Value::Object(object)
}

/// Returns the table as Markdown, the contents of `docs/faults.md`.
pub fn markdown() -> String {
    let mut text = String::from(HEAD);
    for group in kinds::GROUPS {
        let _ = write!(text, "\n## {}\n\n", group.title);
        text.push_str("| fault | what it does | at | parameters |\n| --- | --- | --- | --- |\n");
        for fault in group.faults {
            let at = if fault.at.is_empty() {
                "at once".to_owned()
            } else {
                names(fault.at).join(", ")
            };
            let parameters: Vec<String> = fault.parameters.iter().map(explained).collect();
            let parameters = parameters.join("<br>");
            let _ = writeln!(
                text,
                "| `{}` | {} | {at} | {parameters} |",
                fault.name, fault.does
            );
        }
    }
    text
}

fn explained(parameter: &FaultParameter) -> String {
    let default = match parameter.kind.default() {
        Some(FaultSetting::Whole(number)) => format!(" [{number}]"),
        Some(FaultSetting::Text(text)) if !text.is_empty() => format!(" [{text}]"),
        _ => String::new(),
    };
    let does = match parameter.does {
        "" => String::new(),
        does => format!(" {does};"),
    };
    let name = parameter.name;
    format!("`{name}`{default}:{does} {}", parameter.kind.wants())
}

const HEAD: &str = "\
# The sandbox's faults

Printed by `outlay-sandbox --faults` from the table that the sandbox works by.

`http://localhost:8787/__sandbox/` switches them on by hand. Programs use JSON, on the authorization
server's port only:

```
GET  /__sandbox/faults          every fault, what is armed, how often each has struck
POST /__sandbox/faults          {\"fault\": \"lost\", \"times\": \"once\", \"at\": \"refresh\", \"when\": \"before\"}
POST /__sandbox/faults/reset    {}: nothing is armed, nothing has struck, and what calls of the API
                                have changed is as it was
```

`times` is `once`, `always` or `off`. `at` is one place or a list of them, and may be left out where
there is only one. `path` limits a fault of `introspection` and `api` to one path. A parameter that is
left out has the value in square brackets. `when` states whether codes have been redeemed and tokens
replaced by then. Several faults may strike one request; the earliest answer in the server's stead
wins. The clock never runs backwards: a reset leaves it as it is.

A browser sends a request again by itself, even a POST, when a connection that has served before is
closed without a word. The token endpoint therefore closes the connection after each answer; at the
other places `lost` is surer with `always`.
";
