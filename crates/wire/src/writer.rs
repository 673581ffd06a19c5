//! JSON text, piece by piece.

use crate::Wire;

/// JSON text under construction. The caller has to open and close in pairs.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    /// Whether the next piece is the first of its object or list, or the value of a name.
    fresh: bool,
}

impl Writer {
    /// Writes `{`, after a comma if needed.
    pub fn open(&mut self) {
        self.begin('{');
    }

    /// Writes `}`.
    pub fn close(&mut self) {
        self.end('}');
    }

    /// Writes `[`, after a comma if needed.
    pub fn open_list(&mut self) {
        self.begin('[');
    }

    /// Writes `]`.
    pub fn close_list(&mut self) {
        self.end(']');
    }

    /// Writes a field with its name; nothing if the value counts as absent.
    pub fn field(&mut self, name: &str, value: &impl Wire) {
        if !value.is_absent() {
            self.name(name);
            value.write(self);
        }
    }

    /// Writes a field's name and `:`; the next call must write the value.
    pub fn name(&mut self, name: &str) {
        self.text(name);
        self.text.push(':');
        self.fresh = true;
    }

    /// Writes a string with quotes and escapes (RFC 8259 §7).
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

    /// Writes `json` unchanged; it must be valid JSON.
    pub fn raw(&mut self, json: &str) {
        self.separate();
        self.text.push_str(json);
    }

    /// Returns the text written so far.
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
