//! Recognises an answer whose address was changed on its way: by a mail program, a portal, or a
//! server that adds parameters as text. Such an answer is named and refused, never repaired.

use crate::form;

/// What was done to a query that holds an answer in another writing; `None` if it holds none.
pub(super) fn how(query: &str) -> Option<&'static str> {
    let escaped = || {
        let pairs = query.split('&').map(|pair| {
            let escapes = ["amp;", "#38;", "#x26;"];
            let found = escapes.iter().find_map(|escape| pair.strip_prefix(escape));
            found.unwrap_or(pair)
        });
        pairs.collect::<Vec<_>>().join("&")
    };
    let asked_twice = || query.replace('?', "&");
    let semicolons = || query.replace(';', "&");
    let encoded = || form::decode(query).unwrap_or_default();
    [
        (
            &escaped as &dyn Fn() -> String,
            "“&amp;” stands between parameters in place of “&”",
        ),
        (
            &asked_twice,
            "a second “?” stands between parameters in place of “&”",
        ),
        (&semicolons, "“;” stands between parameters in place of “&”"),
        (&encoded, "the whole query is percent-encoded once more"),
    ]
    .into_iter()
    .find(|(read, _)| is_answer(&read()))
    .map(|(_, how)| how)
}

fn is_answer(query: &str) -> bool {
    let names = |name: &str| form::values(query, name).any(|value| !value.is_empty());
    names("state") && (names("code") || names("error"))
}
