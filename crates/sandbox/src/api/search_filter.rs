//! Whether a record matches the fields of a search. An absent field matches every record.

use serde_json::Value;

/// Returns whether a list of ids contains one, ignoring case; `true` if the list is absent.
pub fn holds_id(list: &Value, id: &Value) -> bool {
    let Some(list) = list.as_array() else {
        return true;
    };
    let id = id.as_str().unwrap_or_default();
    let mut texts = list.iter().filter_map(Value::as_str);
    texts.any(|one| one.eq_ignore_ascii_case(id))
}

/// Returns whether a list of texts contains one; `true` if the list is absent.
pub fn holds(list: &Value, text: &Value) -> bool {
    list.as_array().is_none_or(|list| list.contains(text))
}

/// Whether a text contains another one, ignoring case. Every text contains `None`.
pub fn contains(text: &Value, wanted: Option<&str>) -> bool {
    let lower = |text: &str| text.to_lowercase();
    let text = lower(text.as_str().unwrap_or_default());
    wanted.is_none_or(|wanted| text.contains(&lower(wanted)))
}
