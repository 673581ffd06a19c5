//! The published JSON Schema against the parser: the same keys, the same limits, the same verdicts.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_config::keys::{ConfigKey, FILE, KINDS, KeyShape, LONGEST_SCOPE, PROFILE};
use outlay_config::{ConfigRule, Document};
use serde_json::{Value, json};

mod cases;

fn schema() -> Value {
    let text = include_str!("../../../public/config.schema.json");
    serde_json::from_str(text).unwrap()
}

#[test]
fn schema_keys_and_limits_match_the_parser() {
    let schema = schema();
    for (object, fields) in [
        (&schema, &FILE[..]),
        (&schema["$defs"]["profile"], &PROFILE),
    ] {
        assert_eq!(object["additionalProperties"], json!(false));
        let properties = object["properties"].as_object().unwrap();
        assert_eq!(properties.len(), fields.len());
        let mut required: Vec<_> = object["required"].as_array().unwrap().iter().collect();
        for field in fields {
            agrees(&properties[field.name], field);
            let name = json!(field.name);
            assert_eq!(required.contains(&&name), field.required, "{}", field.name);
            required.retain(|key| **key != name);
        }
        assert_eq!(required, [&json!(null); 0]);
    }
}

fn agrees(property: &Value, field: &ConfigKey) {
    let name = field.name;
    assert!(
        property["description"]
            .as_str()
            .is_some_and(|it| it.ends_with('.')),
        "{name}"
    );
    let limits = match field.shape {
        KeyShape::Number => {
            assert_eq!(property["default"], json!(field.default), "{name}");
            ("integer", "minimum", "maximum")
        }
        KeyShape::Scopes | KeyShape::Origins | KeyShape::Profiles => {
            ("array", "minItems", "maxItems")
        }
        KeyShape::Kind => return assert_eq!(property["enum"], json!(KINDS)),
        _ => {
            assert!(property["pattern"].is_string(), "{name}");
            ("string", "minLength", "maxLength")
        }
    };
    assert_eq!(property["type"], json!(limits.0), "{name}");
    assert_eq!(property[limits.1], json!(field.least), "{name}");
    assert_eq!(property[limits.2], json!(field.most), "{name}");
    if field.shape == KeyShape::Scopes {
        assert_eq!(property["items"]["maxLength"], json!(LONGEST_SCOPE));
    }
}

/// What the schema cannot say, or says less of: how a host, a port and a path are spelt, which
/// redirect URI goes with which id, what the policy can name.
fn is_beyond_the_schema(rule: ConfigRule) -> bool {
    use ConfigRule as R;
    let spelling = matches!(
        rule,
        R::AddressHost | R::AddressPort | R::AddressPath | R::SitePath
    );
    spelling
        || matches!(
            rule,
            R::CallbackPath | R::AddressIpv6 | R::IdTaken | R::RepeatedKey
        )
}

#[test]
fn schema_and_parser_accept_the_same_files() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let sound = cases::sound().into_iter();
    let sound = sound.map(|(key, value)| cases::changed(key, value));
    for file in sound.chain(cases::sound_files()) {
        assert!(
            cases::parse(&file).is_ok() && validator.is_valid(&file),
            "{file}"
        );
    }
    let faulty = cases::faulty().into_iter();
    let faulty = faulty.map(|(key, value, rule)| (cases::changed(&key, value), rule));
    let files = cases::faulty_files().into_iter();
    for (file, rule) in faulty.chain(files.map(|(file, _, rule)| (file, rule))) {
        assert!(cases::parse(&file).is_err(), "{file}");
        let refused = !validator.is_valid(&file);
        assert!(refused || is_beyond_the_schema(rule), "{rule:?}: {file}");
    }
}

#[test]
fn shipped_config_and_schema_are_valid() {
    assert!(jsonschema::meta::is_valid(&schema()));
    let own = include_str!("../../../public/config.json");
    let document = Document::parse(own);
    assert!(document.is_ok());
    let own: Value = serde_json::from_str(own).unwrap();
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    assert!(validator.is_valid(&own));
}
