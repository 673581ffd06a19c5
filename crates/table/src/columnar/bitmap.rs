//! A set of rows, one bit for each.

use std::ops::Range;

use super::BLOCK;

/// A set of row numbers below a fixed length, one bit for each row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bitmap {
    /// Row 0 is the lowest bit of the first word. Bits from `len` on are 0.
    words: Vec<u64>,
    len: usize,
}

impl Bitmap {
    /// The empty set of `len` rows.
    #[must_use]
    pub fn none(len: usize) -> Self {
        Self {
            words: vec![0; len.div_ceil(BLOCK)],
            len,
        }
    }

    /// Makes the set of all `len` rows.
    #[must_use]
    pub fn all(len: usize) -> Self {
        Self::from_words(len, &mut |_| u64::MAX)
    }

    /// Makes the set word by word: bit `b` of word `w` is row `64 * w + b`. Bits from `len` on are
    /// ignored.
    pub(crate) fn from_words(len: usize, word: &mut dyn FnMut(usize) -> u64) -> Self {
        let mut set = Self {
            words: (0..len.div_ceil(BLOCK)).map(word).collect(),
            len,
        };
        set.clear_tail();
        set
    }

    fn clear_tail(&mut self) {
        let used = self.len % BLOCK;
        if let Some(last) = self.words.last_mut().filter(|_| used > 0) {
            *last &= (1 << used) - 1;
        }
    }

    /// Appends a row to the length, as a member or not.
    pub fn push(&mut self, is_member: bool) {
        if self.len.is_multiple_of(BLOCK) {
            super::push(&mut self.words, 0);
        }
        self.len += 1;
        if is_member {
            self.set(self.len - 1, true);
        }
    }

    /// Returns the number of rows, members or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether the length is 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns whether the row is a member; `false` for rows past the end.
    #[must_use]
    pub fn contains(&self, row: usize) -> bool {
        self.word(row / BLOCK) >> (row % BLOCK) & 1 == 1
    }

    /// Adds or removes a row; does nothing for rows past the end.
    pub fn set(&mut self, row: usize, is_member: bool) {
        if row >= self.len {
            return;
        }
        let bit = 1 << (row % BLOCK);
        match is_member {
            true => self.words[row / BLOCK] |= bit,
            false => self.words[row / BLOCK] &= !bit,
        }
    }

    /// Returns the number of members; counts bits, so it takes time in proportion to the length.
    #[must_use]
    pub fn count(&self) -> usize {
        let ones = self.words.iter().map(|word| word.count_ones() as usize);
        ones.sum()
    }

    /// Returns the number of rows that are members of both sets.
    #[must_use]
    pub fn count_common(&self, other: &Bitmap) -> usize {
        let pairs = self.words.iter().zip(&other.words);
        pairs.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Removes the rows that are not members of `other`.
    pub fn intersect(&mut self, other: &Bitmap) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.word(at);
        }
    }

    /// Adds the members of `other` that are below this set's length.
    pub fn unite(&mut self, other: &Bitmap) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word |= other.word(at);
        }
        self.clear_tail();
    }

    /// Removes the members of `other`.
    pub fn subtract(&mut self, other: &Bitmap) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= !other.word(at);
        }
    }

    /// Replaces the set by its complement.
    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.clear_tail();
    }

    /// Returns the members in ascending order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * BLOCK + bit)
            })
        })
    }

    /// Whether any row of the range is a member.
    pub(crate) fn any_in(&self, rows: Range<usize>) -> bool {
        rows.into_iter().any(|row| self.contains(row))
    }

    /// The members of one block; 0 past the last one.
    pub(crate) fn word(&self, at: usize) -> u64 {
        self.words.get(at).copied().unwrap_or(0)
    }

    /// How many words there are.
    pub(crate) fn blocks(&self) -> usize {
        self.words.len()
    }

    /// Allocated bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<u64>()
    }
}
