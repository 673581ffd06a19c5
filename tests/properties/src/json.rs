//! JSON: read as `serde_json` reads it, and written so that it comes back.

use outlay_wire::{Value, parse, to_text};
use serde_json::Value as Theirs;

/// Lists and objects inside each other that the parser reads at most.
const DEEPEST: usize = 64;

/// Checks a JSON text.
pub fn json(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let theirs = serde_json::from_str::<Theirs>(&text);
    match (parse(&text), &theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert!(same(&ours, theirs), "read differently");
            comes_back(&ours);
        }
        // They refuse numbers that do not fit into floating point, half a surrogate pair, and a byte
        // order mark; what is read all the same must be JSON once it is written.
        (Ok(ours), Err(_)) => comes_back(&ours),
        (Err(at), theirs) => {
            assert!(at <= text.len(), "the place lies outside the text");
            let depth = theirs.as_ref().map_or(0, depth);
            assert!(theirs.is_err() || depth > DEEPEST, "refused at {at}");
        }
    }
}

fn comes_back(value: &Value) {
    let text = to_text(value);
    assert_eq!(parse(&text).as_ref(), Ok(value), "written and read again");
    if let Err(error) = serde_json::from_str::<Theirs>(&text) {
        let error = error.to_string();
        assert!(error.contains("number out of range"), "{error}");
    }
}

fn same(ours: &Value, theirs: &Theirs) -> bool {
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(a), Theirs::Bool(b)) => a == b,
        (Value::Number(a), Theirs::Number(_)) => {
            serde_json::from_str::<Theirs>(a).is_ok_and(|read| read == *theirs)
        }
        (Value::Text(a), Theirs::String(b)) => a == b,
        (Value::List(a), Theirs::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        // Of two fields of one name the later counts.
        (Value::Object(a), Theirs::Object(b)) => {
            a.iter().all(|(name, _)| b.contains_key(name))
                && b.iter()
                    .all(|(name, b)| ours.get(name).is_some_and(|a| same(a, b)))
        }
        _ => false,
    }
}

fn depth(value: &Theirs) -> usize {
    match value {
        Theirs::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Theirs::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
