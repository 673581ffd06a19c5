//! An object of a mapping file, whose keys are taken one by one; an error names the key.

use outlay_wire::Value;

use super::error::{Checked, MappingError, invalid};

/// The keys of an object, each taken once.
pub(super) struct Keys {
    /// Where the object is in the file, such as `settings.columns[2]`; empty for the whole file.
    pub(super) path: String,
    fields: Vec<(String, Value)>,
}

impl Keys {
    pub(super) fn of(value: Value, path: &str) -> Checked<Keys> {
        let Value::Object(fields) = value else {
            return Err(invalid(path, "An object in braces."));
        };
        for (at, (name, _)) in fields.iter().enumerate() {
            if fields.iter().take(at).any(|(earlier, _)| earlier == name) {
                return Err(MappingError {
                    code: "mapping_key_twice",
                    key: join(path, name),
                    message: "The key is given twice.".to_owned(),
                });
            }
        }
        Ok(Keys {
            path: path.to_owned(),
            fields,
        })
    }

    pub(super) fn key(&self, name: &str) -> String {
        join(&self.path, name)
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.fields.iter().position(|(known, _)| known == name)?;
        let (_, value) = self.fields.swap_remove(at);
        (value != Value::Null).then_some(value)
    }

    fn need(&mut self, name: &str) -> Checked<Value> {
        self.take(name).ok_or_else(|| MappingError {
            code: "mapping_key_missing",
            key: self.key(name),
            message: "The key is needed.".to_owned(),
        })
    }

    pub(super) fn optional(&mut self, name: &str) -> Checked<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(&self.key(name), "A text in quotation marks.")),
        }
    }

    /// Takes a text that must be there: otherwise `mapping_key_missing` or `mapping_value_invalid`.
    pub(super) fn text(&mut self, name: &str) -> Checked<String> {
        match self.need(name)? {
            Value::Text(text) => Ok(text),
            _ => Err(invalid(&self.key(name), "A text in quotation marks.")),
        }
    }

    pub(super) fn text_or(&mut self, name: &str, default: &str) -> Checked<String> {
        Ok(self.optional(name)?.unwrap_or_else(|| default.to_owned()))
    }

    pub(super) fn truth_or(&mut self, name: &str, default: bool) -> Checked<bool> {
        match self.take(name) {
            None => Ok(default),
            Some(Value::Bool(value)) => Ok(value),
            Some(_) => Err(invalid(&self.key(name), "true or false.")),
        }
    }

    /// Takes a whole number from `least` to `most` that must be there; errors as [`Keys::text`].
    pub(super) fn whole(&mut self, name: &str, least: u64, most: u64) -> Checked<u64> {
        let number = self.need(name)?.as_u64();
        let fits = number.filter(|number| (least..=most).contains(number));
        fits.ok_or_else(|| {
            invalid(
                &self.key(name),
                format!("A whole number from {least} to {most}."),
            )
        })
    }

    pub(super) fn whole_or(
        &mut self,
        name: &str,
        default: u64,
        least: u64,
        most: u64,
    ) -> Checked<u64> {
        match self
            .fields
            .iter()
            .any(|(known, value)| known == name && *value != Value::Null)
        {
            true => self.whole(name, least, most),
            false => {
                self.take(name);
                Ok(default)
            }
        }
    }

    pub(super) fn object(&mut self, name: &str) -> Checked<Keys> {
        let value = self.need(name)?;
        Keys::of(value, &self.key(name))
    }

    pub(super) fn object_or_none(&mut self, name: &str) -> Checked<Option<Keys>> {
        let key = self.key(name);
        self.take(name)
            .map(|value| Keys::of(value, &key))
            .transpose()
    }

    pub(super) fn list<T>(
        &mut self,
        name: &str,
        item: impl Fn(&mut Keys) -> Checked<T>,
    ) -> Checked<Vec<T>> {
        let key = self.key(name);
        let items = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => items,
            Some(_) => return Err(invalid(&key, "A list in brackets.")),
        };
        let mut read = Vec::new();
        for (at, value) in items.into_iter().enumerate() {
            let mut keys = Keys::of(value, &format!("{key}[{at}]"))?;
            read.push(item(&mut keys)?);
            keys.end()?;
        }
        Ok(read)
    }

    pub(super) fn words(&mut self, name: &str) -> Checked<Vec<String>> {
        let key = self.key(name);
        let items = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => items,
            Some(_) => return Err(invalid(&key, "A list in brackets.")),
        };
        let texts = items.into_iter().enumerate().map(|(at, item)| match item {
            Value::Text(text) => Ok(text),
            _ => Err(invalid(
                &format!("{key}[{at}]"),
                "A text in quotation marks.",
            )),
        });
        texts.collect()
    }

    /// Rejects what was not taken.
    pub(super) fn end(&self) -> Checked<()> {
        match self.fields.first() {
            None => Ok(()),
            Some((name, _)) => Err(MappingError {
                code: "mapping_key_unknown",
                key: self.key(name),
                message: "There is no such key.".to_owned(),
            }),
        }
    }
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}
