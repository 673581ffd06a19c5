//! The file as a whole, checked as far as it can be without knowing where it is served.

use crate::keys::{ConfigKey, FILE, KeyPath, KeyShape, PROFILE};
use crate::location::Location;
use crate::problem::{ConfigRule, Problem};
use crate::value_rules::{check, check_origin, check_scope};
use outlay_wire::{Value, decimal};

/// The largest file that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// A `config.json` that follows every rule that does not depend on the page's own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Checked: what [`PROFILE`] and [`FILE`] say of a key can be relied on.
    file: Value,
}

impl Document {
    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// Every [`Problem`] that the file has, not only the first.
    pub fn parse(json: &str) -> Result<Self, Vec<Problem>> {
        let file = read(json).map_err(|problem| vec![problem])?;
        let mut check = DocumentCheck::default();
        check.file(&file);
        if check.problems.is_empty() {
            Ok(Self { file })
        } else {
            Err(check.problems)
        }
    }

    /// The profiles, in the order of the file.
    pub(crate) fn profiles(&self) -> impl Iterator<Item = DocumentEntry<'_>> {
        let list = self.file.get("profiles").and_then(Value::as_list);
        list.into_iter().flatten().map(DocumentEntry)
    }

    /// The number of a key of the file.
    pub(crate) fn number(&self, field: &ConfigKey) -> u32 {
        number(&self.file, field)
    }

    /// What is valid and still likely to be a mistake: one line each, beginning with the key.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        for (at, profile) in self.profiles().enumerate() {
            let issuer = profile.text(KeyPath::Issuer).unwrap_or_default();
            if issuer.ends_with('/') {
                warnings.push(
                    [
                        "profiles[", &decimal(at as u64), "].issuer ends in a slash. The iss of a callback must \
                         be the same, letter by letter (RFC 9207, section 2.4): check that the server names \
                         itself with the slash.",
                    ]
                    .concat(),
                );
            }
        }
        warnings
    }

    /// The origins that the vault talks to besides the page's own: those of each profile's token
    /// endpoint, revocation endpoint and API, without repetition.
    #[must_use]
    pub fn connect_origins(&self) -> Vec<String> {
        let mut origins: Vec<String> = Vec::new();
        for profile in self.profiles() {
            let token = profile
                .text(KeyPath::Token)
                .or(profile.text(KeyPath::Server));
            let called = [
                token,
                profile.text(KeyPath::Revoke),
                profile.text(KeyPath::Api),
            ];
            for text in called.into_iter().flatten() {
                if let Ok(location) = Location::parse(text) {
                    add(&mut origins, location.origin());
                }
            }
        }
        origins
    }

    /// The origins that receipts are fetched from, of every profile, without repetition.
    #[must_use]
    pub fn receipt_origins(&self) -> Vec<String> {
        let mut origins = Vec::new();
        for profile in self.profiles() {
            for origin in profile.list(KeyPath::Receipts) {
                add(&mut origins, origin);
            }
        }
        origins
    }
}

/// A profile that has been checked.
#[derive(Clone, Copy)]
pub(crate) struct DocumentEntry<'a>(&'a Value);

impl<'a> DocumentEntry<'a> {
    pub(crate) fn text(self, at: KeyPath) -> Option<&'a str> {
        self.0.get(at.field().name)?.as_str()
    }

    pub(crate) fn number(self, at: KeyPath) -> u32 {
        number(self.0, at.field())
    }

    /// The texts of a list; empty if it is absent.
    pub(crate) fn list(self, at: KeyPath) -> impl Iterator<Item = &'a str> {
        let list = self.0.get(at.field().name).and_then(Value::as_list);
        list.into_iter().flatten().filter_map(Value::as_str)
    }
}

fn add(origins: &mut Vec<String>, origin: &str) {
    if !origins.iter().any(|known| known == origin) {
        origins.push(origin.to_owned());
    }
}

fn number(object: &Value, field: &ConfigKey) -> u32 {
    let given = object.get(field.name).and_then(Value::as_u64);
    given
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or(field.default)
}

/// The JSON of the file, which is an object.
fn read(json: &str) -> Result<Value, Problem> {
    let problem = |rule| Problem::new("config.json", rule);
    if json.len() > LARGEST {
        return Err(problem(ConfigRule::TooLarge));
    }
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if json.trim_ascii_start().starts_with('<') {
        return Err(problem(ConfigRule::WebPage));
    }
    let value = outlay_wire::parse(json).map_err(|at| Problem {
        detail: Some(line_and_column(json.get(..at).unwrap_or(json))),
        ..problem(ConfigRule::Syntax)
    })?;
    match value {
        Value::Object(_) => Ok(value),
        _ => Err(problem(ConfigRule::NotObject)),
    }
}

/// `line:column` of the character after this text.
fn line_and_column(before: &str) -> String {
    let mut place = (1, 1);
    for letter in before.chars() {
        place = if letter == '\n' {
            (place.0 + 1, 1)
        } else {
            (place.0, place.1 + 1)
        };
    }
    [&*decimal(place.0), ":", &*decimal(place.1)].concat()
}

/// A key as a problem names it: the file may hold anything.
fn shown(key: &str) -> String {
    key.chars().filter(|c| !c.is_control()).take(64).collect()
}

/// A walk through the file that notes what it finds.
#[derive(Default)]
struct DocumentCheck<'a> {
    problems: Vec<Problem>,
    /// The ids of the profiles so far.
    ids: Vec<&'a str>,
}

impl<'a> DocumentCheck<'a> {
    fn note(&mut self, prefix: &str, key: &str, rule: ConfigRule) {
        self.problems
            .push(Problem::new(&[prefix, key].concat(), rule));
    }

    fn file(&mut self, file: &'a Value) {
        self.object("", file, &FILE);
        let list = file.get("profiles").and_then(Value::as_list);
        for (at, value) in list.into_iter().flatten().enumerate() {
            let key_path = ["profiles[", &*decimal(at as u64), "]"].concat();
            if value.as_object().is_none() {
                self.note(&key_path, "", ConfigRule::NotObject);
                continue;
            }
            self.profile(&[&key_path, "."].concat(), value);
        }
    }

    fn profile(&mut self, prefix: &str, value: &'a Value) {
        let profile = DocumentEntry(value);
        // A repeated id is reported even if one of the two profiles has other faults.
        if let Some(id) = profile.text(KeyPath::Id) {
            if self.ids.contains(&id) {
                self.note(prefix, KeyPath::Id.field().name, ConfigRule::IdTaken);
            }
            self.ids.push(id);
        }
        self.object(prefix, value, &PROFILE);
        let server = profile.text(KeyPath::Server).map(Location::parse);
        if let Some(Ok(server)) = server
            && server.is_ipv6()
            && profile.text(KeyPath::Token).is_none()
        {
            self.note(
                prefix,
                KeyPath::Server.field().name,
                ConfigRule::AddressIpv6,
            );
        }
        self.entries(
            prefix,
            value,
            KeyPath::Scopes,
            check_scope,
            ConfigRule::ScopeTwice,
        );
        self.entries(
            prefix,
            value,
            KeyPath::Receipts,
            check_origin,
            ConfigRule::OriginTwice,
        );
    }

    /// Every entry of a list follows `check` and is there once; else it breaks the rule `twice`.
    fn entries(
        &mut self,
        prefix: &str,
        profile: &'a Value,
        key: KeyPath,
        check: fn(&'a Value) -> Result<&'a str, ConfigRule>,
        twice: ConfigRule,
    ) {
        let name = key.field().name;
        let list = profile.get(name).and_then(Value::as_list);
        let mut known = Vec::new();
        for (at, value) in list.into_iter().flatten().enumerate() {
            let fault = match check(value) {
                Ok(entry) if known.contains(&entry) => twice,
                Ok(entry) => {
                    known.push(entry);
                    continue;
                }
                Err(rule) => rule,
            };
            self.note(
                prefix,
                &[name, "[", &*decimal(at as u64), "]"].concat(),
                fault,
            );
        }
    }

    /// Every key is known and has a value of its shape, and those are there that have to be.
    fn object(&mut self, prefix: &str, value: &'a Value, fields: &[ConfigKey]) {
        let keys = value.as_object().unwrap_or_default();
        for (at, (key, _)) in keys.iter().enumerate() {
            if keys.iter().take(at).any(|(earlier, _)| earlier == key) {
                self.note(prefix, &shown(key), ConfigRule::RepeatedKey);
            } else if !fields.iter().any(|field| field.name == key) {
                self.note(prefix, &shown(key), ConfigRule::UnknownKey);
            }
        }
        let mut id = "";
        for field in fields {
            let fault = match value.get(field.name) {
                None if field.required => Err(ConfigRule::Missing),
                None => Ok(()),
                Some(value) => check(field, value, id),
            };
            match fault {
                Err(rule) => self.note(prefix, field.name, rule),
                Ok(()) if field.shape == KeyShape::Id => {
                    id = value.get(field.name).and_then(Value::as_str).unwrap_or("");
                }
                Ok(()) => {}
            }
        }
    }
}
