//! JSON text into a tree (RFC 8259).
//!
//! Why not `serde_json`: its numbers are floating point, and the tables for these alone weigh more
//! than this parser. It is the oracle of this one's tests.

use crate::Value;

/// Lists and objects inside each other, at most.
const DEEPEST: u32 = 64;

/// Reads a text that is one JSON value and nothing else; a byte order mark before it, which some
/// editors write, is passed over. The escape of a surrogate without its other half, which
/// JavaScript writes for a text that was cut within a character, becomes U+FFFD in its string or
/// name.
///
/// # Errors
///
/// The byte at which the text stops being JSON; lists and objects more than 64 deep are an error.
pub fn parse(text: &str) -> Result<Value, usize> {
    let mark = '\u{feff}';
    let mut reader = Reader {
        text,
        at: if text.starts_with(mark) {
            mark.len_utf8()
        } else {
            0
        },
        deep: 0,
    };
    let value = reader.value();
    reader.space();
    match value {
        Some(value) if reader.at == text.len() => Ok(value),
        _ => Err(reader.at),
    }
}

/// Where the reading has come to. What is not JSON is `None`, and `at` stays there.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    deep: u32,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Value> {
        self.space();
        match self.peek() {
            b'{' => {
                let mut fields = Vec::new();
                self.items(b'}', |reader| {
                    let name = reader.string()?;
                    reader.space();
                    reader.expect(":")?;
                    fields.push((name, reader.value()?));
                    Some(())
                })?;
                Some(Value::Object(fields))
            }
            b'[' => {
                let mut items = Vec::new();
                self.items(b']', |reader| {
                    items.push(reader.value()?);
                    Some(())
                })?;
                Some(Value::List(items))
            }
            b'"' => self.string().map(Value::Text),
            b't' => self.expect("true").map(|()| Value::Bool(true)),
            b'f' => self.expect("false").map(|()| Value::Bool(false)),
            b'n' => self.expect("null").map(|()| Value::Null),
            _ => self.number(),
        }
    }

    /// Reads the content of two brackets, `item` by `item`.
    fn items(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if self.deep == DEEPEST {
            return None;
        }
        self.deep += 1;
        self.at += 1;
        self.space();
        if self.peek() != close {
            loop {
                self.space();
                item(self)?;
                self.space();
                if self.peek() != b',' {
                    break;
                }
                self.at += 1;
            }
        }
        if self.peek() != close {
            return None;
        }
        self.at += 1;
        self.deep -= 1;
        Some(())
    }

    #[inline(never)]
    fn string(&mut self) -> Option<String> {
        self.expect("\"")?;
        let mut string = String::new();
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let plain = rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            let from = self.at;
            self.at += plain.unwrap_or(rest.len());
            string.push_str(self.text.get(from..self.at)?);
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Some(string);
                }
                b'\\' => {
                    self.at += 1;
                    string.push(self.escape()?);
                }
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let escape = self.peek();
        let plain = match escape {
            b'"' | b'\\' | b'/' => escape,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let unit = self.unit()?;
                let next = self.at;
                let code = if unit & 0xfc00 == 0xd800 {
                    let low = self.expect("\\").and_then(|()| self.unit());
                    match low.filter(|low| low & 0xfc00 == 0xdc00) {
                        Some(low) => 0x1_0000 + ((unit & 0x3ff) << 10) + (low & 0x3ff),
                        None => {
                            // What follows belongs to no pair and is read on its own.
                            self.at = next;
                            unit
                        }
                    }
                } else {
                    unit
                };
                // A surrogate without its other half is no character (RFC 8259 section 8.2).
                return Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => return None,
        };
        self.at += 1;
        Some(char::from(plain))
    }

    /// `u` and four hexadecimal digits.
    #[inline(never)]
    fn unit(&mut self) -> Option<u32> {
        self.expect("u")?;
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.peek()).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<Value> {
        let from = self.at;
        self.skip(b"-");
        if !self.skip(b"0") {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        Some(Value::Number(self.text.get(from..self.at)?.to_owned()))
    }

    #[inline(never)]
    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Goes past one byte if it is among these.
    #[inline(never)]
    fn skip(&mut self, among: &[u8]) -> bool {
        let there = self.at < self.text.len() && among.contains(&self.peek());
        self.at += usize::from(there);
        there
    }

    #[inline(never)]
    fn expect(&mut self, word: &str) -> Option<()> {
        let there = self
            .text
            .as_bytes()
            .get(self.at..)?
            .starts_with(word.as_bytes());
        self.at += if there { word.len() } else { 0 };
        there.then_some(())
    }

    /// The next byte; 0, which JSON holds nowhere, at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }
}
