//! What is wrong with a value, by the path of its field.

use crate::{Value, Wire, decimal};

/// Notes taken while a value is read. A path names fields from the outermost inwards, for example
/// `splitItems[2].totalBillValue.minors`; it is empty where the value itself is meant.
#[derive(Debug, Default)]
pub struct Reading {
    /// The path of the first faulty value.
    fault: Option<String>,
    /// The path of the first value in another form than documented that was read all the same.
    lenient: Option<String>,
}

/// Why a text cannot be read as a value of the wanted type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// The text is no JSON; the byte offset at which it fails.
    NoJson(usize),
    /// The path of the first faulty field; empty where the whole is of another type.
    Field(String),
}

impl Reading {
    /// Marks the current value as faulty.
    #[inline(never)]
    pub fn fail(&mut self) {
        self.fault.get_or_insert_default();
    }

    /// Marks the field `name` of the current value as faulty.
    pub fn fail_field(&mut self, name: &str) {
        let before = self.noted();
        self.fail();
        self.prefix(before, name);
    }

    /// Marks the current value as faulty unless `holds`.
    pub fn require(&mut self, holds: bool) {
        if !holds {
            self.fail();
        }
    }

    /// Notes that the current value was accepted in another form than documented.
    pub fn note_lenient(&mut self) {
        self.lenient.get_or_insert_default();
    }

    /// The path of the first faulty value; `None` if there is none.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Returns the path of the faulty field; see [`Reading::fault`].
    #[must_use]
    pub fn into_fault(self) -> Option<String> {
        self.fault
    }

    /// The path of the first value that was read from another form than documented; `None` if there
    /// is none.
    #[must_use]
    pub fn lenient(&self) -> Option<&str> {
        self.lenient.as_deref()
    }

    /// Removes a field from an object and reads it; an absent field reads as `null`.
    pub fn field<T: Wire>(&mut self, json: &mut Value, name: &str) -> T {
        let before = self.noted();
        let value = T::take(json.take(name), self);
        if before != self.noted() {
            self.prefix(before, name);
        }
        value
    }

    /// Reads an item of a list.
    pub(crate) fn item<T: Wire>(&mut self, json: Value, at: usize) -> T {
        let before = self.noted();
        let value = T::take(json, self);
        if before != self.noted() {
            self.prefix(before, &["[", &decimal(at as u64), "]"].concat());
        }
        value
    }

    fn noted(&self) -> (bool, bool) {
        (self.fault.is_some(), self.lenient.is_some())
    }

    /// Puts `name` before the paths that were not there `before`.
    #[inline(never)]
    fn prefix(&mut self, before: (bool, bool), name: &str) {
        let paths = [(before.0, &mut self.fault), (before.1, &mut self.lenient)];
        for (had, path) in paths {
            if let (false, Some(path)) = (had, path) {
                if !path.is_empty() && !path.starts_with('[') {
                    path.insert(0, '.');
                }
                path.insert_str(0, name);
            }
        }
    }
}
