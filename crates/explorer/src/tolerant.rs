//! Secrets in text of any kind: broken or truncated JSON, several values, comments, a form, headers,
//! XML, HTML, JSON inside a string. No grammar is assumed. A separator is looked for, the name before
//! it is read backwards, and if it is a secret's, the value after it is hidden. In doubt too much is
//! hidden.

use outlay_pleo::text::trim_invisible;

use crate::secret_names::{WEBHOOK_KEY, is_secret_name, unescaped};

/// How many bytes before a separator are searched for a name or for the start of a tag.
const NEAR: usize = 200;

/// The longest tag of HTML or XML that is passed over, in bytes.
const TAG: usize = 1_000;

/// The fewest characters of a word of letters and digits that is taken for a token in plain text.
const TOKEN: usize = 24;

/// A search for secrets in one text.
pub struct SecretSearch<'a> {
    /// The text to search.
    pub text: &'a str,
    /// Where a value ends at the latest, in bytes: the end of the text or of the string around it.
    pub end: usize,
    /// Whether long words of letters and digits are hidden too: in text that is no JSON, they are no ids.
    pub loose: bool,
    /// Secret names in addition to those of [`is_secret_name`].
    pub names: &'a [String],
}

impl<'a> SecretSearch<'a> {
    /// Makes the search of text that is no JSON; long words count as tokens too.
    pub fn loose(text: &'a str, names: &'a [String]) -> SecretSearch<'a> {
        SecretSearch {
            text,
            end: text.len(),
            loose: true,
            names,
        }
    }

    /// Makes the search of a string inside JSON that ends at byte `end`.
    pub fn text(text: &'a str, end: usize) -> SecretSearch<'a> {
        SecretSearch {
            text,
            end,
            loose: false,
            names: &[],
        }
    }

    /// Searches from `from` to about `goal` and adds secrets to `found`, in its order. Returns
    /// how far the text has been searched, `goal` or beyond it.
    pub fn run(&self, from: usize, goal: usize, found: &mut Vec<(usize, usize)>) -> usize {
        let mut at = from;
        while at < goal.min(self.end) {
            let secret = match self.byte(at) {
                byte if is_word(byte) => {
                    let end = self.word_end(at);
                    match self.word(at, end) {
                        Some(secret) => Some(secret),
                        None => {
                            at = end;
                            continue;
                        }
                    }
                }
                b'-' if self.rest(at).starts_with("-----BEGIN") => {
                    let end = self.find(at + 5, "-----END").unwrap_or(self.end);
                    Some((at, end))
                }
                b':' | b'=' => self.after_separator(at, at + 1),
                b'%' if self.encoded(at).is_some_and(|it| b":=".contains(&it)) => {
                    self.after_separator(at, at + 3)
                }
                b'>' => self.after_tag(at),
                b'<' if self.byte(at + 1) == b'/' && self.is_secret(at) => self.text_after(at),
                _ => None,
            };
            match secret {
                Some((start, end)) if end > start => {
                    add(found, (start, end));
                    at = end.max(at + 1);
                }
                _ => at += 1,
            }
        }
        at.max(goal.min(self.end))
    }

    /// The value after a separator or what is left of one. Without quotation marks it ends with its
    /// line if `whole_line`, else with its word.
    pub fn value(&self, from: usize, whole_line: bool) -> (usize, usize) {
        let mut from = self.skip(from);
        // `=>`, `::`, `==`.
        while b":=>".contains(&self.byte(from)) {
            from = self.skip(from + 1);
        }
        match self.byte(from) {
            b'{' | b'[' | b'(' => (from, self.closed(from, 0)),
            b'"' | b'\'' | b'`' => self.quoted(from),
            b'\\' if self.is_quote_after_slashes(from) => self.quoted(from),
            _ => (from, self.bare(from, whole_line)),
        }
    }

    /// The end of `depth` brackets that were opened before `from`, and of those that open after it.
    pub fn closed(&self, from: usize, mut depth: usize) -> usize {
        let mut at = from;
        let mut string = None;
        while at < self.end {
            let byte = self.byte(at);
            match (string, byte) {
                (Some((sign, slashes)), byte) if byte == sign && self.closes(at, slashes) => {
                    string = None;
                }
                (Some(_), _) => {}
                (None, b'"') => string = Some((byte, self.slashes(at))),
                (None, b'{' | b'[') => depth += 1,
                (None, b'}' | b']') if depth <= 1 => return at + 1,
                (None, b'}' | b']') => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        self.end
    }

    /// A word that is a secret by the way it is written.
    fn word(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let word = self.text.get(at..end)?;
        if let Some(found) = word.find(WEBHOOK_KEY) {
            return Some((at + found, self.while_in(at + found, b"_-+/=.")));
        }
        if word.starts_with("eyJ") && word.len() > 9 && self.byte(end) == b'.' {
            let whole = self.while_in(at, b"_-.=");
            let token = self.text.get(at..whole)?;
            if token.matches('.').count() > 1 {
                return Some((at, whole));
            }
        }
        if ["bearer", "basic"]
            .iter()
            .any(|it| word.eq_ignore_ascii_case(it))
        {
            let from = self.skip_blanks(end);
            let whole = self.while_in(from, b"_-+/=.~");
            let token = self.text.get(from..whole)?;
            if from > end && token.len() >= 8 && !is_prose(token) {
                return Some((from, whole));
            }
        }
        let has = |test: fn(&u8) -> bool| word.bytes().any(|byte| test(&byte));
        let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
        (self.loose && word.len() >= TOKEN && mixed && !is_uuid(word)).then_some((at, end))
    }

    /// The value after a separator, if the name before it is a secret's.
    fn after_separator(&self, at: usize, next: usize) -> Option<(usize, usize)> {
        if !self.is_secret(at) && !self.is_field_of_secret(at) {
            return None;
        }
        let (start, end) = self.value(next, self.begins_line(at));
        let value = self.text.get(start..end)?;
        let nothing = ["", "true", "false", "null", "none", "nil", "undefined"];
        let nothing = nothing
            .iter()
            .any(|it| trim_invisible(value).eq_ignore_ascii_case(it));
        (!nothing).then_some((start, end))
    }

    /// What an element of XML holds, if it is named like a secret.
    fn after_tag(&self, at: usize) -> Option<(usize, usize)> {
        if self.byte(at.wrapping_sub(1)) == b'-' {
            return self.after_separator(at.saturating_sub(1), at + 1);
        }
        let tag = self.tag_before(at)?;
        let name = tag
            .split(|it: char| it.is_whitespace() || it == '/')
            .next()?;
        let local = name.rsplit(':').next()?;
        if tag.ends_with('/') || !is_secret_name(local) {
            return None;
        }
        let end = self
            .find(at + 1, &["</", name].concat())
            .unwrap_or(self.end);
        Some((at + 1, end))
    }

    /// The text of the next element: `<th>Password</th><td>…</td>`.
    fn text_after(&self, at: usize) -> Option<(usize, usize)> {
        let from = self.skip(at);
        let from = match self.byte(from) {
            b':' | b'=' => self.skip(from + 1),
            _ => from,
        };
        let end = self.find(from, "<").unwrap_or(self.end);
        Some((from, end))
    }

    /// Whether the name before a separator is a secret's.
    fn is_secret(&self, separator: usize) -> bool {
        let Some(window) = self.window(separator) else {
            return false;
        };
        let near = without_end(window);
        let is_name = |one: char| {
            one.is_ascii_alphanumeric()
                || "_-$.\\% ".contains(one)
                || !one.is_ascii()
                || (one.is_control() && !"\r\n".contains(one))
        };
        let from = near.rfind(|one| !is_name(one)).map_or(0, |at| {
            at + near
                .get(at..)
                .and_then(|it| it.chars().next())
                .map_or(1, char::len_utf8)
        });
        let name = near.get(from..).unwrap_or_default();
        let plain = unescaped(name);
        let last = plain.rsplit(' ').next().unwrap_or_default();
        if self.names.iter().any(|it| it == last) || is_secret_name(last) {
            return true;
        }
        // Two words make a name: "API key", "client secret".
        let mut words = plain.rsplitn(3, ' ');
        let (Some(last), Some(before)) = (words.next(), words.next()) else {
            return false;
        };
        is_secret_name(&[before, last].concat())
    }

    /// Whether this is the `value` of an HTML tag that names a secret, as
    /// `<input name="token" value="…">` does.
    fn is_field_of_secret(&self, separator: usize) -> bool {
        let Some(window) = self.window(separator) else {
            return false;
        };
        let Some((_, tag)) = window.rsplit_once('<') else {
            return false;
        };
        let holds = ["value", "content"]
            .iter()
            .any(|it| tag.trim_end().ends_with(it));
        let mut words = tag.split(|one: char| !one.is_ascii_alphanumeric() && !"_-".contains(one));
        holds && !tag.contains('>') && words.any(is_secret_name)
    }

    fn tag_before(&self, at: usize) -> Option<&str> {
        let tag = self.window(at)?.rsplit_once('<')?.1;
        (!tag.starts_with(['/', '!', '?']) && !tag.contains('>')).then_some(tag)
    }

    /// Whether nothing but an indent or a quotation mark comes before the name in its line.
    fn begins_line(&self, separator: usize) -> bool {
        let window = self.window(separator).unwrap_or_default();
        let line = window.rsplit(['\n', '\r']).next().unwrap_or_default();
        line.chars()
            .all(|one| one.is_ascii_alphanumeric() || "_-\"'.$* \t\\%".contains(one))
    }

    /// The inside of a quoted text whose quotation mark, or the backslashes before it, is at `from`.
    /// Without an end it reaches to the end of the text.
    fn quoted(&self, from: usize) -> (usize, usize) {
        let mut open = from;
        while self.byte(open) == b'\\' {
            open += 1;
        }
        let (sign, slashes) = (self.byte(open), open - from);
        let mut at = open + 1;
        while at < self.end {
            // A mark before a letter is no end: it was not escaped as it should be.
            let goes_on = is_word(self.byte(at + 1));
            if self.byte(at) == sign && self.closes(at, slashes) && !goes_on {
                return (open + 1, at - self.slashes(at).min(slashes));
            }
            at += 1;
        }
        (open + 1, self.end)
    }

    fn closes(&self, at: usize, slashes: usize) -> bool {
        match (self.slashes(at), slashes) {
            (before, 0) => before % 2 == 0,
            (before, slashes) => before <= slashes,
        }
    }

    fn slashes(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        before
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count()
    }

    fn is_quote_after_slashes(&self, from: usize) -> bool {
        let rest = self.rest(from).trim_start_matches('\\');
        rest.starts_with(['"', '\'', '`'])
    }

    /// The end of a value without quotation marks: of the line, or of the word.
    fn bare(&self, from: usize, whole_line: bool) -> usize {
        let mut at = from;
        while at < self.end {
            let byte = self.byte(at);
            let stop = match byte {
                b'\n' | b'\r' | b'<' => true,
                // A line break or a quotation mark in the string around it.
                b'\\' => {
                    let rest = self.rest(at).trim_start_matches('\\');
                    let count = self.rest(at).len() - rest.len();
                    let stop =
                        rest.starts_with('"') || (count % 2 == 1 && rest.starts_with(['n', 'r']));
                    if !stop {
                        at += count;
                        continue;
                    }
                    true
                }
                b'"' | b'\'' | b'`' => {
                    let before = self.text.get(from..at).unwrap_or_default();
                    // `b"…"`, `String("…")`
                    if before.ends_with('(') || ["b", "u", "r", "f", "@"].contains(&before) {
                        return self.quoted(at).1;
                    }
                    !whole_line || self.closes_line(at)
                }
                b'&' => self.ends_pair(at + 1) || self.is_quote_entity(at),
                b'%' => self.encoded(at).is_some_and(|it| b"\"&\n,}".contains(&it)) && at > from,
                b' ' | b'\t' if !whole_line => {
                    // The scheme before the token.
                    let before = self.text.get(from..at).unwrap_or_default();
                    !["bearer", "basic", "token", "digest"]
                        .iter()
                        .any(|it| before.eq_ignore_ascii_case(it))
                }
                b',' | b';' | b'}' | b']' | b')' if !whole_line => {
                    let next = self.byte(at + 1);
                    !is_word(next) || self.ends_pair(at + 1)
                }
                _ => false,
            };
            if stop {
                break;
            }
            at += 1;
        }
        // Only ASCII ends a value, so that this is a character's boundary.
        at.min(self.end)
    }

    /// Whether a quotation mark is the last of its line.
    fn closes_line(&self, at: usize) -> bool {
        let rest = self
            .rest(at + 1)
            .trim_start_matches([' ', '\t', ',', '}', ']', ')', ';']);
        rest.is_empty() || rest.starts_with(['\n', '\r'])
    }

    /// Whether a name and a separator follow.
    fn ends_pair(&self, at: usize) -> bool {
        let rest = self.rest(at);
        let name = |one: char| one.is_ascii_alphanumeric() || "_-.[]%\"' ".contains(one);
        let end = rest.char_indices().take(NEAR).find(|(_, one)| !name(*one));
        end.is_some_and(|(end, one)| end > 0 && (one == '=' || one == ':'))
    }

    fn is_quote_entity(&self, at: usize) -> bool {
        ["&quot;", "&#34;", "&#x22;", "&apos;", "&#39;", "&#x27;"]
            .iter()
            .any(|it| self.rest(at).starts_with(it) && self.byte(at) == b'&')
    }

    /// Goes past blanks, invisible characters, comments, tags and quotation marks written as entities.
    fn skip(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            at = self.skip_blanks(at);
            let rest = self.rest(at);
            at = if rest.starts_with("/*") {
                self.find(at + 2, "*/").map_or(self.end, |it| it + 2)
            } else if rest.starts_with("//") {
                self.find(at, "\n").unwrap_or(self.end)
            } else if rest.starts_with('<') && !rest.starts_with("<!") {
                match rest.bytes().take(TAG).position(|byte| byte == b'>') {
                    Some(end) => at + end + 1,
                    None => return at,
                }
            } else if self.is_quote_entity(at) {
                at + rest.find(';').map_or(1, |it| it + 1)
            } else if self.encoded(at).is_some_and(|it| b"\"' ".contains(&it)) {
                at + 3
            } else {
                return at;
            };
        }
    }

    fn skip_blanks(&self, from: usize) -> usize {
        let rest = self.rest(from);
        let mut end = self.end;
        for (at, one) in rest.char_indices() {
            let mut bytes = [0; 4];
            if !trim_invisible(one.encode_utf8(&mut bytes)).is_empty() {
                end = from + at;
                break;
            }
        }
        end.min(self.end)
    }

    /// The text before a separator, as far as a name can reach.
    fn window(&self, at: usize) -> Option<&str> {
        let mut from = at.saturating_sub(NEAR);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        self.text.get(from..at)
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..self.end).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> u8 {
        if at >= self.end {
            return 0;
        }
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// Decodes an escape such as `%3A`.
    fn encoded(&self, at: usize) -> Option<u8> {
        let rest = self.rest(at).strip_prefix('%')?;
        u8::from_str_radix(rest.get(..2)?, 16).ok()
    }

    fn find(&self, from: usize, what: &str) -> Option<usize> {
        self.rest(from).find(what).map(|at| from + at)
    }

    fn word_end(&self, at: usize) -> usize {
        self.while_in(at, b"_-")
    }

    fn while_in(&self, from: usize, more: &[u8]) -> usize {
        let rest = self.rest(from).as_bytes();
        let end = rest
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !more.contains(byte));
        end.map_or(self.end, |it| from + it)
    }
}

/// A text from outside with the secrets of a text inside JSON masked: long words stay, since they are
/// mostly ids.
pub fn masked_in(text: &str, mask: &str) -> String {
    covered(SecretSearch::text(text, text.len()), mask)
}

/// A text from outside with every secret masked, for words that are shown without a way to reveal.
pub fn masked(text: &str, mask: &str) -> String {
    covered(SecretSearch::loose(text, &[]), mask)
}

fn covered(search: SecretSearch<'_>, mask: &str) -> String {
    let text = search.text;
    let mut found = Vec::new();
    search.run(0, text.len(), &mut found);
    let mut out = String::new();
    let mut at = 0;
    for (from, to) in found {
        out.push_str(text.get(at..from).unwrap_or_default());
        out.push_str(mask);
        at = to;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Adds a range behind the others; one that begins inside the last makes that longer.
pub fn add(found: &mut Vec<(usize, usize)>, (start, end): (usize, usize)) {
    match found.last_mut() {
        Some(last) if last.1 > start => last.1 = last.1.max(end),
        _ => found.push((start, end)),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// A word of a sentence: letters alone, capital at most the first.
fn is_prose(word: &str) -> bool {
    let rest = word.get(1..).unwrap_or_default();
    word.len() < 20
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'.')
}

fn is_uuid(word: &str) -> bool {
    let parts: Vec<usize> = word.split('-').map(str::len).collect();
    parts == [8, 4, 4, 4, 12] && word.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
}

/// A name's surroundings without what may come between it and the separator: blanks, quotation marks,
/// brackets, comments, closing tags.
fn without_end(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        text =
            trim_invisible_end(text).trim_end_matches(['"', '\'', '`', '\\', ']', ')', '*', '+']);
        for end in [
            "&quot;", "&#34;", "&#x22;", "&apos;", "&#39;", "%22", "%27", "%20", "%5D", "%5d",
            "\\u0022",
        ] {
            text = text.strip_suffix(end).unwrap_or(text);
        }
        let around = match text.as_bytes() {
            [.., b'*', b'/'] => text.rfind("/*"),
            [.., b'>'] => text.rfind('<'),
            _ => None,
        };
        text = around.and_then(|at| text.get(..at)).unwrap_or(text);
        if text.len() == before.len() {
            return text;
        }
    }
}

fn trim_invisible_end(text: &str) -> &str {
    let end = trim_invisible(text);
    match text.find(end) {
        Some(at) if !end.is_empty() => text.get(..at + end.len()).unwrap_or(text),
        _ => "",
    }
}
