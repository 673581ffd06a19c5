//! JSON text, piece by piece.

use crate::Wire;

/// Text under construction.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    /// Whether the next piece is the first of its object or list, or the value of a name.
    fresh: bool,
}

impl Writer {
    /// Begins an object.
    pub fn open(&mut self) {
        self.begin('{');
    }

    /// Ends an object.
    pub fn close(&mut self) {
        self.end('}');
    }

    /// Begins a list.
    pub fn open_list(&mut self) {
        self.begin('[');
    }

    /// Ends a list.
    pub fn close_list(&mut self) {
        self.end(']');
    }

    /// One field of an object, unless it is absent.
    pub fn field(&mut self, name: &str, value: &impl Wire) {
        if !value.is_absent() {
            self.name(name);
            value.write(self);
        }
    }

    /// The name of a field, whose value follows.
    pub fn name(&mut self, name: &str) {
        self.text(name);
        self.text.push(':');
        self.fresh = true;
    }

    /// A string.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.separate();
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => self.text.extend(['\\', character]),
                '\0'..='\x1f' => {
                    let low = char::from_digit(u32::from(character) & 15, 16);
                    self.text.push_str(if character < '\x10' {
                        "\\u000"
                    } else {
                        "\\u001"
                    });
                    self.text.extend(low);
                }
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }

    /// A piece of JSON as it stands.
    pub fn raw(&mut self, json: &str) {
        self.separate();
        self.text.push_str(json);
    }

    /// What was written.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    fn begin(&mut self, bracket: char) {
        self.separate();
        self.text.push(bracket);
        self.fresh = true;
    }

    fn end(&mut self, bracket: char) {
        self.text.push(bracket);
        self.fresh = false;
    }

    fn separate(&mut self) {
        if !self.fresh && !self.text.is_empty() {
            self.text.push(',');
        }
        self.fresh = false;
    }
}
