//! Recognises an answer whose address was changed on its way: by a mail program, a portal, or a
//! server that adds parameters as text. Such an answer is named and refused, never repaired.

use crate::form;

/// What was done to a query that holds an answer in another writing; `None` if it holds none.
pub(super) fn how(query: &str) -> Option<&'static str> {
    if is_answer(&unescaped(query)) {
        return Some("“&amp;” in place of “&”");
    }
    if is_answer(&query.replace('?', "&")) {
        return Some("a second “?” in place of “&”");
    }
    if is_answer(&query.replace(';', "&")) {
        return Some("“;” in place of “&”");
    }
    let decoded = form::decode(query).unwrap_or_default();
    is_answer(&decoded).then_some("the query percent-encoded twice")
}

/// The query without what HTML adds to `&`.
fn unescaped(query: &str) -> String {
    let pairs = query.split('&').map(|pair| {
        let escapes = ["amp;", "#38;", "#x26;"];
        let found = escapes.iter().find_map(|escape| pair.strip_prefix(escape));
        found.unwrap_or(pair)
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn is_answer(query: &str) -> bool {
    let names = |name: &str| form::values(query, name).any(|value| !value.is_empty());
    names("state") && (names("code") || names("error"))
}
