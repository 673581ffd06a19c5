//! Distinct texts, each stored once, and the search for those that match.

use std::hash::Hasher;

use hashbrown::HashTable;
use memchr::{memchr2, memmem};
use rustc_hash::FxHasher;

use super::{Bitmap, narrow, push, wide};
use crate::fold::fold;

/// Distinct texts with a code for each, from 1 in the order in which they came. Code 0 is the empty
/// text, which also represents an absent one.
#[derive(Debug, Clone)]
pub struct Dictionary {
    texts: Texts,
    index: HashTable<u32>,
    /// The folded form of each text that is more than printable ASCII, and its code.
    folded: Texts,
    folded_codes: Vec<u32>,
}

/// Texts one after the other.
#[derive(Debug, Clone, Default)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

/// What a text is compared with. Case, accents and invisible signs do not count, see
/// [`crate::fold::fold`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern<'a> {
    /// Texts that contain it.
    Contains(&'a str),
    /// Texts that begin with it.
    Begins(&'a str),
    /// Texts that are equal to it.
    Equals(&'a str),
}

impl Texts {
    fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = wide(start.copied().unwrap_or(0));
        let end = self.ends.get(at).map_or(start, |end| wide(*end));
        self.text.get(start..end).unwrap_or_default()
    }

    /// Appends a text; the empty text in its place where the 4 GiB of the offsets would be exceeded.
    fn push(&mut self, text: &str) {
        let free = wide(u32::MAX) - self.text.len();
        let text = if text.len() <= free { text } else { "" };
        let capacity = self.text.capacity();
        if self.text.len() + text.len() > capacity {
            self.text.reserve_exact(text.len().max(capacity / 4));
        }
        self.text.push_str(text);
        push(&mut self.ends, narrow(self.text.len()));
    }

    fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        let mut texts = Texts::default();
        texts.push("");
        Self {
            texts,
            index: HashTable::new(),
            folded: Texts::default(),
            folded_codes: Vec::new(),
        }
    }
}

impl Dictionary {
    /// Returns the code of a text; adds the text if it is new.
    pub fn intern(&mut self, text: &str) -> u32 {
        if let Some(code) = self.find(text) {
            return code;
        }
        let code = narrow(self.len());
        self.texts.push(text);
        if !is_printable_ascii(text) {
            let mut form = String::new();
            fold(text, &mut form);
            self.folded.push(&form);
            push(&mut self.folded_codes, code);
        }
        let texts = &self.texts;
        self.index
            .insert_unique(hash(text), code, |code| hash(texts.get(wide(*code))));
        code
    }

    /// The code of a text; `None` if it is not known.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return Some(0);
        }
        let same = |code: &u32| self.get(*code) == text;
        self.index.find(hash(text), same).copied()
    }

    /// The text of a code; empty for a code that no text has.
    #[must_use]
    pub fn get(&self, code: u32) -> &str {
        self.texts.get(wide(code))
    }

    /// How many codes there are, that of the empty text included; so never 0.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.ends.len()
    }

    /// Whether no text but the empty one is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 1
    }

    /// The texts by code, the empty one first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.texts.get(at))
    }

    /// Returns the codes of matching texts. The empty text matches no pattern.
    #[must_use]
    pub fn matching(&self, pattern: Pattern<'_>) -> Bitmap {
        let mut found = Bitmap::none(self.len());
        let (Pattern::Contains(text) | Pattern::Begins(text) | Pattern::Equals(text)) = pattern;
        let mut needle = String::new();
        fold(text, &mut needle);
        match pattern {
            Pattern::Contains(_) => {
                contains_ascii(&self.texts, needle.as_bytes(), &mut found);
                for code in &self.folded_codes {
                    found.set(wide(*code), false);
                }
                let finder = memmem::Finder::new(&needle);
                for (at, code) in self.folded_codes.iter().enumerate() {
                    if finder.find(self.folded.get(at).as_bytes()).is_some() {
                        found.set(wide(*code), true);
                    }
                }
            }
            Pattern::Begins(_) | Pattern::Equals(_) => {
                let whole = matches!(pattern, Pattern::Equals(_));
                let is_match = |text: &str| {
                    let start = text.as_bytes().get(..needle.len());
                    start.is_some_and(|start| start.eq_ignore_ascii_case(needle.as_bytes()))
                        && (!whole || text.len() == needle.len())
                };
                for (code, text) in self.iter().enumerate() {
                    if is_match(text) {
                        found.set(code, true);
                    }
                }
                for (at, code) in self.folded_codes.iter().enumerate() {
                    found.set(wide(*code), is_match(self.folded.get(at)));
                }
            }
        }
        found.set(0, false);
        found
    }

    /// Allocated bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.texts.bytes()
            + self.folded.bytes()
            + self.folded_codes.capacity() * size_of::<u32>()
            + self.index.allocation_size()
    }
}

/// Adds the texts that contain `needle`, in lower case, up to the case of ASCII letters. All texts are
/// searched as one for the rarest byte of the needle.
fn contains_ascii(texts: &Texts, needle: &[u8], found: &mut Bitmap) {
    let all = texts.text.as_bytes();
    let rarest = (0..needle.len()).min_by_key(|at| frequency(needle[*at]));
    let Some(rarest) = rarest else {
        return *found = Bitmap::all(found.len());
    };
    let byte = needle[rarest];
    let mut from = 0;
    let mut code = 0;
    while let Some(hit) = memchr2(
        byte,
        byte.to_ascii_uppercase(),
        all.get(from..).unwrap_or_default(),
    ) {
        let at = from + hit;
        from = at + 1;
        let Some(start) = at.checked_sub(rarest) else {
            continue;
        };
        let Some(candidate) = all.get(start..start + needle.len()) else {
            break;
        };
        if !candidate.eq_ignore_ascii_case(needle) {
            continue;
        }
        // The texts come in the order of the hits.
        while texts.ends.get(code).is_some_and(|end| wide(*end) <= start) {
            code += 1;
        }
        let end = texts.ends.get(code).map_or(0, |end| wide(*end));
        if start + needle.len() <= end {
            found.set(code, true);
            from = end;
        }
    }
}

/// How common a byte is in texts, the rarest lowest.
fn frequency(byte: u8) -> usize {
    const COMMON: &[u8; 27] = b"zqxjkvbpygfwmucldrhsnioate ";
    let place = COMMON.iter().position(|common| *common == byte);
    place.map_or(5, |place| place + 1)
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        let mut form = String::new();
        fold(text, &mut form);
        form
    }

    fn dictionary(texts: &[String]) -> Dictionary {
        let mut known = Dictionary::default();
        for text in texts {
            let code = known.intern(text);
            assert_eq!(known.get(code), text);
            assert_eq!(known.find(text), Some(code));
        }
        known
    }

    #[test]
    fn a_match_never_spans_two_texts() {
        let known = dictionary(&["ab".to_owned(), "cd".to_owned(), "BC".to_owned()]);
        let found = known.matching(Pattern::Contains("bc"));
        assert_eq!(found.rows().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn case_accents_and_line_breaks_do_not_count() {
        let known = dictionary(&["Café\nLÖVE".to_owned(), "cafe love".to_owned()]);
        for pattern in [
            Pattern::Contains("fe lo"),
            Pattern::Begins("CAFÉ"),
            Pattern::Equals("cafe löve"),
        ] {
            assert_eq!(known.matching(pattern).count(), 2, "{pattern:?}");
        }
        assert_eq!(known.matching(Pattern::Equals("cafe")).count(), 0);
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        let text = prop_oneof![
            "[abAB ]{0,4}",
            "[a\u{e9}\u{c9}e\n\u{202e}]{0,4}",
            any::<String>()
        ];
        proptest::collection::vec(text, 0..20)
    }

    proptest! {
        #[test]
        fn matches_are_those_of_the_folded_texts(
            texts in texts(),
            needle in prop_oneof!["[abAB\u{e9} ]{1,3}", any::<String>()],
        ) {
            let known = dictionary(&texts);
            let searched = folded(&needle);
            let contains = known.matching(Pattern::Contains(&needle));
            let begins = known.matching(Pattern::Begins(&needle));
            let equals = known.matching(Pattern::Equals(&needle));
            for (code, text) in known.iter().enumerate() {
                let form = folded(text);
                prop_assert_eq!(contains.contains(code), code > 0 && form.contains(&searched));
                prop_assert_eq!(begins.contains(code), code > 0 && form.starts_with(&searched));
                prop_assert_eq!(equals.contains(code), code > 0 && form == searched);
            }
        }
    }
}
