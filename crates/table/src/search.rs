//! Which rows of a table hold the words that are searched for.
//!
//! Every row is folded once: lower case, without accents, ASCII signs and digits. A key stroke then
//! scans one text, some 10 MB for 100,000 rows; rows that were loaded later are scanned alone.

use crate::fold::fold;

/// The words of a search; a row matches if it contains all of them, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The folded ways to write each word.
    words: Vec<Vec<String>>,
}

impl Query {
    /// The words of `typed`. An amount is found however its thousands and decimals are separated.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let mut folded = String::new();
        fold(typed, &mut folded);
        let words = folded.split_whitespace().map(|word| {
            let mut ways = numbers(word);
            ways.push(word.to_owned());
            ways
        });
        Self {
            words: words.collect(),
        }
    }

    /// Returns whether the search has no words, so that every row matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn matches(&self, row: &str) -> bool {
        let has = |ways: &Vec<String>| ways.iter().any(|way| row.contains(way.as_str()));
        self.words.iter().all(has)
    }
}

/// The texts of a table's rows without case and accents, with the rows of the last query.
#[derive(Debug, Default)]
pub struct SearchIndex {
    text: String,
    /// Where each row's text ends.
    ends: Vec<usize>,
    version: u64,
    query: Query,
    found: Vec<usize>,
    scanned: usize,
}

impl SearchIndex {
    /// The rows of `0..rows` that match `query`, in their order. `texts` visits the texts of a row.
    /// Rows that were there with the same `version` must not have changed.
    pub fn find(
        &mut self,
        query: &Query,
        rows: usize,
        version: u64,
        texts: impl Fn(usize, &mut dyn FnMut(&str)),
    ) -> &[usize] {
        if self.version != version || self.ends.len() > rows {
            *self = Self {
                version,
                ..Self::default()
            };
        }
        for row in self.ends.len()..rows {
            texts(row, &mut |text| {
                fold(text, &mut self.text);
                self.text.push(' ');
            });
            self.ends.push(self.text.len());
        }
        if self.query != *query {
            self.query = query.clone();
            self.found.clear();
            self.scanned = 0;
        }
        let mut start = self
            .scanned
            .checked_sub(1)
            .map_or(0, |last| self.ends[last]);
        for (row, end) in self.ends.iter().enumerate().skip(self.scanned) {
            if query.matches(&self.text[start..*end]) {
                self.found.push(row);
            }
            start = *end;
        }
        self.scanned = rows;
        &self.found
    }
}

/// The amounts that `word` may mean, with a point before the decimals and thousands not separated.
/// Empty if it has no separator or is no number.
fn numbers(word: &str) -> Vec<String> {
    let digits = word.trim_start_matches(['-', '+']);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'\''));
    let Some(last) = digits.rfind(['.', ',', '\'']).filter(|_| is_number) else {
        return Vec::new();
    };
    let bare = |text: &str| text.replace(['.', ',', '\''], "");
    let sign = &word[..word.len() - digits.len()];
    let (before, after) = (&digits[..last], &digits[last + 1..]);
    let separator = &digits[last..=last];
    let whole = [sign, &bare(digits)].concat();
    let decimal = [sign, &bare(before), ".", after].concat();
    if separator == "'" || before.contains(separator) {
        vec![whole]
    } else if after.len() == 3 && before == bare(before) {
        vec![whole, decimal]
    } else {
        vec![decimal]
    }
}
