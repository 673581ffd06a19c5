//! Finds the lines of a JSON text's pretty form without building a tree. Each line is a range of
//! the text, so that ten megabytes need no second copy, and the work is done in short slices.

use crate::marks::{SecretMarks, SecretNode};
use crate::secret_names::unescaped;
use crate::tolerant::{SecretSearch, add};

/// A line of the pretty form: a name and a value, a value, or a bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonLine {
    /// Byte offset of its start in the text.
    pub from: u32,
    /// Byte offset of its end in the text.
    pub to: u32,
    /// Indentation in steps, 0 at the top.
    pub depth: u16,
    /// Whether a comma follows.
    pub comma: bool,
}

/// Most lines of the pretty form; longer text is shown as received.
pub const MOST_LINES: usize = 2_000_000;

/// RFC 8259, section 8.1: a reader may ignore it before a JSON text.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// The state of the scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ScanState {
    /// A value follows; its line has begun.
    Value { line: usize },
    /// An item of a list follows.
    Item,
    /// A field of an object follows.
    Field,
    /// A comma or a closing bracket follows.
    After,
    /// The whole value has been read.
    Done,
    /// The text is not JSON: the rest is searched for secrets.
    Searching,
    /// The text is not JSON, and the search for secrets is complete.
    Broken,
}

struct Frame {
    is_list: bool,
    secret_node: SecretNode,
}

/// An incremental scan of one text for lines and secrets.
pub struct Scan {
    marks: SecretMarks,
    /// Names of secret fields, for a text that is no JSON.
    names: Vec<String>,
    state: ScanState,
    at: usize,
    secret_node: SecretNode,
    frames: Vec<Frame>,
    /// Lines found so far.
    pub lines: Vec<JsonLine>,
    /// Byte ranges of secrets without quotation marks, in ascending order.
    pub secrets: Vec<(usize, usize)>,
}

impl Scan {
    /// Makes a scan at the start of a text.
    pub fn new(marks: SecretMarks) -> Scan {
        let secret_node = marks.root();
        let names = marks.names();
        Scan {
            marks,
            names,
            state: ScanState::Item,
            at: 0,
            secret_node,
            frames: Vec::new(),
            lines: Vec::new(),
            secrets: Vec::new(),
        }
    }

    /// Scans some more bytes. Returns whether there are more. The text must be the same in every
    /// call.
    pub fn advance(&mut self, text: &str, bytes: usize) -> bool {
        let goal = self.at.saturating_add(bytes);
        while self.at < goal && !matches!(self.state, ScanState::Done | ScanState::Broken) {
            if self.state == ScanState::Searching {
                let search = SecretSearch::loose(text, &self.names);
                self.at = search.run(self.at, goal, &mut self.secrets);
                if self.at >= text.len() {
                    self.state = ScanState::Broken;
                }
                continue;
            }
            let before = self.at;
            if self.lines.len() >= MOST_LINES || self.step(text).is_none() {
                self.search_from(text, before);
            }
        }
        !matches!(self.state, ScanState::Done | ScanState::Broken)
    }

    /// Returns whether the text is one JSON value and nothing else.
    pub fn is_json(&self) -> bool {
        self.state == ScanState::Done
    }

    /// Returns how many bytes are scanned; all of them once the search for secrets is complete.
    pub fn read(&self, text: &str) -> usize {
        match self.state {
            ScanState::Done | ScanState::Broken => text.len(),
            _ => self.at,
        }
    }

    fn step(&mut self, text: &str) -> Option<()> {
        if self.at == 0 && text.starts_with(BYTE_ORDER_MARK) {
            self.at = BYTE_ORDER_MARK.len_utf8();
        }
        self.space(text);
        let byte = peek(text, self.at)?;
        match self.state {
            ScanState::Value { line } => self.value(text, line, byte),
            ScanState::Item => {
                if byte == b']' && self.frames.last().is_some_and(|frame| frame.is_list) {
                    return None;
                }
                self.state = ScanState::Value { line: self.at };
                Some(())
            }
            ScanState::Field => {
                let from = self.at;
                self.string(text)?;
                let name = unescaped(text.get(from + 1..self.at - 1)?);
                self.secret_node = self.marks.field(self.frames.last()?.secret_node, &name);
                self.space(text);
                self.expect(text, b':')?;
                self.state = ScanState::Value { line: from };
                Some(())
            }
            ScanState::After => self.after(text, byte),
            ScanState::Done | ScanState::Searching | ScanState::Broken => None,
        }
    }

    fn value(&mut self, text: &str, line: usize, byte: u8) -> Option<()> {
        let from = self.at;
        match byte {
            b'{' | b'[' => {
                self.at += 1;
                self.space(text);
                let is_list = byte == b'[';
                let close = if is_list { b']' } else { b'}' };
                if peek(text, self.at)? == close {
                    self.at += 1;
                    self.line(line, self.at);
                    return self.ended(text);
                }
                self.line(line, from + 1);
                let secret_node = if is_list {
                    self.marks.items(self.secret_node)
                } else {
                    self.secret_node
                };
                self.frames.push(Frame {
                    is_list,
                    secret_node,
                });
                if is_list {
                    self.secret_node = secret_node;
                }
                self.state = if is_list {
                    ScanState::Item
                } else {
                    ScanState::Field
                };
                return Some(());
            }
            b'"' => {
                self.string(text)?;
                let (start, end) = (from + 1, self.at - 1);
                if self.secret_node.is_secret() {
                    self.secrets.push((start, end));
                } else {
                    SecretSearch::text(text, end).run(start, end, &mut self.secrets);
                }
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                let rest = text.as_bytes().get(from..)?;
                let ends = |byte: &u8| !matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E');
                self.at += rest.iter().position(ends).unwrap_or(rest.len());
                let word = text.get(from..self.at)?;
                let known = ["true", "false", "null"].contains(&word);
                if !known && byte.is_ascii_lowercase() {
                    return None;
                }
                if self.secret_node.is_secret() && !known {
                    self.secrets.push((from, self.at));
                }
            }
            _ => return None,
        }
        self.line(line, self.at);
        self.ended(text)
    }

    fn after(&mut self, text: &str, byte: u8) -> Option<()> {
        let frame = self.frames.last()?;
        self.at += 1;
        if byte == b',' {
            if frame.is_list {
                self.secret_node = frame.secret_node;
            }
            self.state = if frame.is_list {
                ScanState::Item
            } else {
                ScanState::Field
            };
            if let Some(line) = self.lines.last_mut() {
                line.comma = true;
            }
            return Some(());
        }
        if byte != if frame.is_list { b']' } else { b'}' } {
            return None;
        }
        self.frames.pop();
        self.line(self.at - 1, self.at);
        self.ended(text)
    }

    /// A value has ended.
    fn ended(&mut self, text: &str) -> Option<()> {
        self.state = ScanState::After;
        if self.frames.is_empty() {
            self.space(text);
            if self.at < text.len() {
                return None;
            }
            self.state = ScanState::Done;
        }
        Some(())
    }

    fn line(&mut self, from: usize, to: usize) {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.lines.push(JsonLine {
            from: small(from),
            to: small(to),
            depth: u16::try_from(self.frames.len()).unwrap_or(u16::MAX),
            comma: false,
        });
    }

    fn string(&mut self, text: &str) -> Option<()> {
        self.expect(text, b'"')?;
        let bytes = text.as_bytes();
        loop {
            let rest = bytes.get(self.at..)?;
            let stop = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            self.at += stop + 1;
            if rest.get(stop) == Some(&b'"') {
                return Some(());
            }
            // What is escaped is at least one byte.
            self.at += 1;
        }
    }

    fn expect(&mut self, text: &str, byte: u8) -> Option<()> {
        let there = peek(text, self.at)? == byte;
        self.at += usize::from(there);
        there.then_some(())
    }

    fn space(&mut self, text: &str) {
        while peek(text, self.at).is_some_and(|byte| b" \n\r\t".contains(&byte)) {
            self.at += 1;
        }
    }

    /// Handles text that stops being JSON after `before`: searches it from the start of the current
    /// line, or from the end of the secret that the line is part of.
    fn search_from(&mut self, text: &str, before: usize) {
        let search = SecretSearch::loose(text, &self.names);
        let open = self
            .frames
            .iter()
            .position(|frame| frame.secret_node.is_secret());
        self.at = match (open, self.state) {
            (Some(depth), _) => {
                let end = search.closed(before, self.frames.len() - depth);
                add(&mut self.secrets, (before, end));
                end
            }
            (None, ScanState::Value { .. }) if self.secret_node.is_secret() => {
                let (start, end) = search.value(before, false);
                add(&mut self.secrets, (start, end));
                end
            }
            (None, ScanState::Value { line }) => line,
            // The text after the value may be a part of it: `12x`, `"a"b"`.
            (None, ScanState::After) => self.lines.last().map_or(before, |line| line.from as usize),
            (None, _) => before,
        };
        self.state = match self.at < text.len() {
            true => ScanState::Searching,
            false => ScanState::Broken,
        };
    }
}

fn peek(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}
