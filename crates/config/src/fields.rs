//! Reading the fields of one JSON object, collecting every problem on the way.

use crate::problem::Problem;
use outlay_wire::Value;

/// One object of the file, at its place.
pub(crate) struct Fields<'a> {
    /// What stands before a key's name: empty, or `profiles[0].`.
    prefix: String,
    map: &'a Value,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(prefix: String, map: &'a Value, problems: &'a mut Vec<Problem>) -> Self {
        Self {
            prefix,
            map,
            problems,
        }
    }

    /// Notes a problem of the field `key`.
    pub(crate) fn problem(&mut self, key: &str, message: &str, fix: &str) {
        let key = [&self.prefix, key].concat();
        self.problems.push(Problem::new(key, message, fix));
    }

    pub(crate) fn value(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key)
    }

    /// A text of 1 to `longest` characters without control characters or space around it.
    pub(crate) fn text(&mut self, key: &str, longest: usize) -> Option<&'a str> {
        let Some(text) = self.map.get(key)?.as_str() else {
            self.problem(key, "is not a text", "Write it in double quotes.");
            return None;
        };
        if text.trim().is_empty() {
            self.problem(
                key,
                "is empty",
                "Fill it in, or leave the key out if it is optional.",
            );
        } else if text.chars().count() > longest {
            let message = ["is longer than ", &longest.to_string(), " characters"].concat();
            self.problem(key, &message, "Shorten it.");
        } else if text.trim() != text || text.chars().any(char::is_control) {
            self.problem(
                key,
                "has a control character, or space around it",
                "Remove line breaks, tabs and outer spaces.",
            );
        } else {
            return Some(text);
        }
        None
    }

    /// As [`Fields::text`], in visible ASCII only: what may stand in a URL's query as it is.
    pub(crate) fn visible_ascii(&mut self, key: &str, longest: usize) -> Option<&'a str> {
        let text = self.text(key, longest)?;
        if text.bytes().all(|b| b.is_ascii_graphic()) {
            return Some(text);
        }
        self.problem(
            key,
            "has a space or a character outside ASCII",
            "Copy it again exactly as it was given to you.",
        );
        None
    }

    /// A whole number of a range; `default` where the key is absent.
    pub(crate) fn number(&mut self, key: &str, default: u32, least: u32, most: u32) -> u32 {
        let Some(value) = self.map.get(key) else {
            return default;
        };
        match value.as_u64().and_then(|n| u32::try_from(n).ok()) {
            Some(number) if (least..=most).contains(&number) => return number,
            _ => {}
        }
        let range = [&*least.to_string(), " to ", &*most.to_string()].concat();
        let fix = ["Write a whole number from ", &range, ", without quotes."].concat();
        self.problem(key, &["is not a whole number from ", &range].concat(), &fix);
        default
    }

    /// A key that has to be there.
    pub(crate) fn require(&mut self, key: &str, fix: &str) -> bool {
        let there = self.map.get(key).is_some();
        if !there {
            self.problem(key, "is missing", fix);
        }
        there
    }

    /// Every key must be one of `known`.
    pub(crate) fn refuse_unknown(&mut self, known: &[&str]) {
        let map = self.map;
        let names = map
            .as_object()
            .unwrap_or_default()
            .iter()
            .map(|(name, _)| name);
        for key in names.filter(|key| !known.contains(&key.as_str())) {
            let shown: String = key.chars().filter(|c| !c.is_control()).take(64).collect();
            let plain = plain(key);
            if is_secret(&plain) {
                self.problem(
                    &shown,
                    "would hold a secret, and a public client has none",
                    "Remove the key, and treat its value as known to everybody: anyone can read this file.",
                );
            } else if let Some(meant) = known.iter().find(|name| self::plain(name) == plain) {
                let fix = ["Write ", meant, "."].concat();
                self.problem(&shown, "is not a known key", &fix);
            } else {
                let fix = ["Remove it. Known keys: ", &known.join(", "), "."].concat();
                self.problem(&shown, "is not a known key", &fix);
            }
        }
    }
}

/// A key without its style of writing: `client_id` and `clientID` are the same word.
fn plain(key: &str) -> String {
    key.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect()
}

fn is_secret(plain: &str) -> bool {
    [
        "secret",
        "password",
        "passphrase",
        "privatekey",
        "apikey",
        "accesstoken",
        "refreshtoken",
    ]
    .iter()
    .any(|word| plain.contains(word))
}
