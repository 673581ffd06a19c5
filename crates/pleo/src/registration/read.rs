//! A package to a file and back.

use outlay_wire::{Value, parse};

use super::check::shown;
use super::choice::{ClientKind, Environment, Pkce, SubjectType};
use super::fault::{FaultRule, FileFault};
use super::field::FormField;
use super::json::{list, object, pretty, text};
use super::package::{Logo, RegistrationPackage};
use super::purpose::Purpose;

/// The version of the files.
const FORMAT: &str = "outlay-registration-1";

/// The largest file that is read, in bytes.
const LARGEST: usize = 256 * 1024;

/// The most faults that are reported.
const MOST_FAULTS: usize = 50;

impl RegistrationPackage {
    /// The package as JSON, in our own format; [`RegistrationPackage::read`] brings it back as it was.
    #[must_use]
    pub fn to_json(&self) -> String {
        let fields = FormField::ALL
            .iter()
            .map(|&field| (field.key().to_owned(), self.value(field)));
        let format = ("format".to_owned(), text(FORMAT));
        pretty(&Value::Object(
            core::iter::once(format).chain(fields).collect(),
        ))
    }

    fn value(&self, field: FormField) -> Value {
        match field {
            FormField::Logo => self.logo.as_ref().map_or(Value::Null, logo),
            FormField::Environment => text(self.environment.word()),
            FormField::ClientKind => text(self.client_kind.word()),
            FormField::Purposes => list(self.purposes.iter().map(|it| it.word())),
            FormField::Pkce => text(self.pkce.word()),
            FormField::SubjectType => text(self.subject_type.word()),
            _ => match self.list(field) {
                Some(items) => list(items.iter().map(String::as_str)),
                None => text(self.text(field).unwrap_or("")),
            },
        }
    }

    /// Reads a saved package. What a file leaves out stays as in an empty form: whether a package is
    /// complete is checked by [`super::check`].
    ///
    /// # Errors
    ///
    /// Every [`FileFault`] of the file, up to 50 of them. No fault repeats a value of the file.
    pub fn read(file: &str) -> Result<Self, Vec<FileFault>> {
        if file.len() > LARGEST {
            return Err(vec![FileFault::new("file", FaultRule::TooLarge)]);
        }
        let value = parse(file).map_err(|at| {
            vec![FileFault {
                detail: place(file, at),
                ..FileFault::new("file", FaultRule::Syntax)
            }]
        })?;
        let mut reading = PackageReader { faults: Vec::new() };
        let package = reading.package(&value);
        if reading.faults.is_empty() {
            Ok(package)
        } else {
            Err(reading.faults)
        }
    }
}

fn logo(logo: &Logo) -> Value {
    object([
        ("fileName", text(&logo.file_name)),
        ("mediaType", text(&logo.media_type)),
        ("width", Value::Number(logo.width.to_string())),
        ("height", Value::Number(logo.height.to_string())),
        ("bytes", Value::Number(logo.bytes.to_string())),
        ("hasTransparency", Value::Bool(logo.has_transparency)),
    ])
}

/// The keys of [`logo`].
const LOGO: [&str; 6] = [
    "fileName",
    "mediaType",
    "width",
    "height",
    "bytes",
    "hasTransparency",
];

/// What a key's name holds that would keep a secret.
const SECRETS: [&str; 6] = [
    "secret",
    "password",
    "privatekey",
    "apikey",
    "accesstoken",
    "refreshtoken",
];

/// `line:column` of a byte.
fn place(file: &str, at: usize) -> String {
    let before = file.get(..at).unwrap_or(file);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    [&*line.to_string(), ":", &column.to_string()].concat()
}

/// A walk through a file that notes what it finds and reads on.
struct PackageReader {
    faults: Vec<FileFault>,
}

impl PackageReader {
    fn note(&mut self, key: &str, rule: FaultRule) {
        self.explain(key, rule, String::new());
    }

    fn explain(&mut self, key: &str, rule: FaultRule, detail: String) {
        if self.faults.len() < MOST_FAULTS {
            let key = key.to_owned();
            self.faults.push(FileFault { key, rule, detail });
        }
    }

    fn package(&mut self, file: &Value) -> RegistrationPackage {
        let mut package = RegistrationPackage::default();
        if file.as_object().is_none() {
            self.note("file", FaultRule::NotObject);
            return package;
        }
        match file.get("format") {
            None => self.note("format", FaultRule::NoFormat),
            Some(format) if format.as_str() != Some(FORMAT) => {
                self.explain("format", FaultRule::OtherFormat, FORMAT.to_owned());
                return package;
            }
            Some(_) => {}
        }
        let known = FormField::ALL.iter().map(|field| field.key());
        self.keys("", file, |key| {
            key == "format" || known.clone().any(|it| it == key)
        });
        for &field in FormField::ALL {
            if let Some(value) = file.get(field.key()) {
                self.field(field, value, &mut package);
            }
        }
        package
    }

    /// Every key is known, and none occurs twice.
    fn keys(&mut self, prefix: &str, value: &Value, is_known: impl Fn(&str) -> bool) {
        let fields = value.as_object().unwrap_or_default();
        let mut seen: Vec<&str> = Vec::new();
        for (key, _) in fields {
            let place = [prefix, &shown(key)].concat();
            if !is_known(key) {
                self.note(&place, foreign(key));
            } else if seen.contains(&&**key) {
                self.note(&place, FaultRule::RepeatedKey);
            } else {
                seen.push(key);
            }
        }
    }

    fn field(&mut self, field: FormField, value: &Value, package: &mut RegistrationPackage) {
        let key = field.key();
        match field {
            FormField::Logo if *value == Value::Null => {}
            FormField::Logo => package.logo = Some(self.logo(key, value)),
            FormField::Environment => {
                package.environment = self.choice(key, value, Environment::ALL, Environment::word);
            }
            FormField::ClientKind => {
                package.client_kind = self.choice(key, value, ClientKind::ALL, ClientKind::word);
            }
            FormField::Pkce => package.pkce = self.choice(key, value, Pkce::ALL, Pkce::word),
            FormField::SubjectType => {
                package.subject_type = self.choice(key, value, SubjectType::ALL, SubjectType::word);
            }
            FormField::Purposes => {
                let items = self.items(key, value);
                package.purposes = items
                    .map(|(key, item)| self.choice(&key, item, Purpose::ALL, Purpose::word))
                    .collect();
            }
            _ => {
                if let Some(list) = package.list_mut(field) {
                    let items = self.items(key, value);
                    *list = items.map(|(key, item)| self.text(&key, item)).collect();
                } else if let Some(text) = package.text_mut(field) {
                    *text = self.text(key, value);
                }
            }
        }
    }

    fn logo(&mut self, key: &str, value: &Value) -> Logo {
        if value.as_object().is_none() {
            self.note(key, FaultRule::NotObject);
            return Logo::default();
        }
        let prefix = [key, "."].concat();
        self.keys(&prefix, value, |key| LOGO.contains(&key));
        let mut part = PackagePart {
            reading: self,
            prefix: &prefix,
            value,
        };
        Logo {
            file_name: part.read("fileName", Self::text),
            media_type: part.read("mediaType", Self::text),
            width: part.read("width", Self::number),
            height: part.read("height", Self::number),
            bytes: part.read("bytes", Self::number),
            has_transparency: part.read("hasTransparency", Self::truth),
        }
    }

    fn number<T: TryFrom<u64> + Default>(&mut self, key: &str, value: &Value) -> T {
        let number = value.as_u64().and_then(|it| T::try_from(it).ok());
        if number.is_none() {
            self.note(key, FaultRule::NotNumber);
        }
        number.unwrap_or_default()
    }

    fn truth(&mut self, key: &str, value: &Value) -> bool {
        if value.as_bool().is_none() {
            self.note(key, FaultRule::NotBool);
        }
        value.as_bool() == Some(true)
    }

    fn text(&mut self, key: &str, value: &Value) -> String {
        let text = value.as_str();
        if text.is_none() {
            self.note(key, FaultRule::NotText);
        }
        text.unwrap_or("").to_owned()
    }

    /// The entries of a list, each with its place.
    fn items<'v>(
        &mut self,
        key: &str,
        value: &'v Value,
    ) -> impl Iterator<Item = (String, &'v Value)> + use<'v> {
        if value.as_list().is_none() {
            self.note(key, FaultRule::NotList);
        }
        let key = key.to_owned();
        let items = value.as_list().unwrap_or_default();
        items
            .iter()
            .enumerate()
            .map(move |(at, item)| ([&*key, "[", &at.to_string(), "]"].concat(), item))
    }

    fn choice<T: Copy + Default>(
        &mut self,
        key: &str,
        value: &Value,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> T {
        let given = value.as_str();
        let found = all.iter().copied().find(|&it| Some(word(it)) == given);
        found.unwrap_or_else(|| {
            let words: Vec<_> = all.iter().map(|&it| word(it)).collect();
            self.explain(key, FaultRule::NotChoice, words.join(", "));
            T::default()
        })
    }
}

/// An object inside the file.
struct PackagePart<'a> {
    reading: &'a mut PackageReader,
    prefix: &'a str,
    value: &'a Value,
}

impl PackagePart<'_> {
    /// A field, if it is there.
    fn read<T: Default>(
        &mut self,
        name: &str,
        read: fn(&mut PackageReader, &str, &Value) -> T,
    ) -> T {
        let value = self.value.get(name);
        let key = [self.prefix, name].concat();
        value.map_or_else(T::default, |it| read(self.reading, &key, it))
    }
}

/// What a key is that has no place here.
fn foreign(key: &str) -> FaultRule {
    let letters = key.chars().filter(char::is_ascii_alphanumeric);
    let plain = letters.collect::<String>().to_ascii_lowercase();
    if SECRETS.iter().any(|it| plain.contains(it)) {
        FaultRule::Secret
    } else {
        FaultRule::UnknownKey
    }
}
