//! How a record meets what a search wishes. What is not wished for is met by all.

use serde_json::Value;

/// Whether a list of ids holds one, in any case of letters; so does a list that is not there.
pub fn holds_id(list: &Value, id: &Value) -> bool {
    let Some(list) = list.as_array() else {
        return true;
    };
    let id = id.as_str().unwrap_or_default();
    let mut texts = list.iter().filter_map(Value::as_str);
    texts.any(|one| one.eq_ignore_ascii_case(id))
}

/// Whether a list of texts holds one; so does a list that is not there.
pub fn holds(list: &Value, text: &Value) -> bool {
    list.as_array().is_none_or(|list| list.contains(text))
}

/// Whether a text holds another one, small letters or not; so does any where none is wanted.
pub fn speaks_of(text: &Value, wanted: Option<&str>) -> bool {
    let lower = |text: &str| text.to_lowercase();
    let text = lower(text.as_str().unwrap_or_default());
    wanted.is_none_or(|wanted| text.contains(&lower(wanted)))
}
