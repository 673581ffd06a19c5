//! The file as a whole, checked as far as it can be without knowing where it is served.

use crate::check::{check, check_scope};
use crate::keys::{At, FILE, Field, PROFILE, Shape};
use crate::location::Location;
use crate::problem::{Problem, Rule};
use outlay_wire::{Value, decimal};

/// The largest file that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// A `config.json` whose every rule holds that does not depend on the page's own address.
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
        let mut check = Check::default();
        check.file(&file);
        if check.problems.is_empty() {
            Ok(Self { file })
        } else {
            Err(check.problems)
        }
    }

    /// The profiles, in the order of the file.
    pub(crate) fn profiles(&self) -> impl Iterator<Item = Entry<'_>> {
        let list = self.file.get("profiles").and_then(Value::as_list);
        list.into_iter().flatten().map(Entry)
    }

    /// The number of a key of the file.
    pub(crate) fn number(&self, field: &Field) -> u32 {
        number(&self.file, field)
    }

    /// What is valid and still likely to be a mistake: one line each, beginning with the key.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        for (at, profile) in self.profiles().enumerate() {
            let issuer = profile.text(At::Issuer).unwrap_or_default();
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
            let token = profile.text(At::Token).or(profile.text(At::Server));
            let called = [token, profile.text(At::Revoke), profile.text(At::Api)];
            for text in called.into_iter().flatten() {
                if let Ok(location) = Location::parse(text)
                    && !origins.iter().any(|origin| origin == location.origin())
                {
                    origins.push(location.origin().to_owned());
                }
            }
        }
        origins
    }
}

/// A profile that has been checked.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a>(&'a Value);

impl<'a> Entry<'a> {
    pub(crate) fn text(self, at: At) -> Option<&'a str> {
        self.0.get(at.field().name)?.as_str()
    }

    pub(crate) fn number(self, at: At) -> u32 {
        number(self.0, at.field())
    }

    pub(crate) fn scopes(self) -> Vec<String> {
        let list = self.0.get(At::Scopes.field().name).and_then(Value::as_list);
        let scopes = list.into_iter().flatten().filter_map(Value::as_str);
        scopes.map(str::to_owned).collect()
    }
}

fn number(object: &Value, field: &Field) -> u32 {
    let given = object.get(field.name).and_then(Value::as_u64);
    given
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or(field.default)
}

/// The JSON of the file, which is an object.
fn read(json: &str) -> Result<Value, Problem> {
    let problem = |rule| Problem::new("config.json", rule);
    if json.len() > LARGEST {
        return Err(problem(Rule::TooLarge));
    }
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if json.trim_ascii_start().starts_with('<') {
        return Err(problem(Rule::WebPage));
    }
    let value = outlay_wire::parse(json).map_err(|at| Problem {
        detail: Some(place(json.get(..at).unwrap_or(json))),
        ..problem(Rule::Syntax)
    })?;
    match value {
        Value::Object(_) => Ok(value),
        _ => Err(problem(Rule::NotObject)),
    }
}

/// `line:column` of the character after this text.
fn place(before: &str) -> String {
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
struct Check<'a> {
    problems: Vec<Problem>,
    /// The ids of the profiles so far.
    ids: Vec<&'a str>,
}

impl<'a> Check<'a> {
    fn note(&mut self, prefix: &str, key: &str, rule: Rule) {
        self.problems
            .push(Problem::new(&[prefix, key].concat(), rule));
    }

    fn file(&mut self, file: &'a Value) {
        self.object("", file, &FILE);
        let list = file.get("profiles").and_then(Value::as_list);
        for (at, value) in list.into_iter().flatten().enumerate() {
            let place = ["profiles[", &*decimal(at as u64), "]"].concat();
            if value.as_object().is_none() {
                self.note(&place, "", Rule::NotObject);
                continue;
            }
            self.profile(&[&place, "."].concat(), value);
        }
    }

    fn profile(&mut self, prefix: &str, value: &'a Value) {
        let profile = Entry(value);
        // A repeated id is told even if one of the two profiles has other faults.
        if let Some(id) = profile.text(At::Id) {
            if self.ids.contains(&id) {
                self.note(prefix, At::Id.field().name, Rule::IdTaken);
            }
            self.ids.push(id);
        }
        self.object(prefix, value, &PROFILE);
        let server = profile.text(At::Server).map(Location::parse);
        if let Some(Ok(server)) = server
            && server.is_ipv6()
            && profile.text(At::Token).is_none()
        {
            self.note(prefix, At::Server.field().name, Rule::AddressIpv6);
        }
        let list = value.get(At::Scopes.field().name).and_then(Value::as_list);
        let mut scopes = Vec::new();
        for (at, value) in list.into_iter().flatten().enumerate() {
            let fault = match check_scope(value) {
                Ok(scope) if scopes.contains(&scope) => Rule::ScopeTwice,
                Ok(scope) => {
                    scopes.push(scope);
                    continue;
                }
                Err(rule) => rule,
            };
            self.note(
                prefix,
                &["scopes[", &*decimal(at as u64), "]"].concat(),
                fault,
            );
        }
    }

    /// Every key is known and has a value of its shape, and those are there that have to be.
    fn object(&mut self, prefix: &str, value: &'a Value, fields: &[Field]) {
        let keys = value.as_object().unwrap_or_default();
        for (at, (key, _)) in keys.iter().enumerate() {
            if keys.iter().take(at).any(|(earlier, _)| earlier == key) {
                self.note(prefix, &shown(key), Rule::RepeatedKey);
            } else if !fields.iter().any(|field| field.name == key) {
                self.note(prefix, &shown(key), Rule::UnknownKey);
            }
        }
        let mut id = "";
        for field in fields {
            let fault = match value.get(field.name) {
                None if field.required => Err(Rule::Missing),
                None => Ok(()),
                Some(value) => check(field, value, id),
            };
            match fault {
                Err(rule) => self.note(prefix, field.name, rule),
                Ok(()) if field.shape == Shape::Id => {
                    id = value.get(field.name).and_then(Value::as_str).unwrap_or("");
                }
                Ok(()) => {}
            }
        }
    }
}
