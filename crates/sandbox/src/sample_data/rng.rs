//! Repeatable random values: a seeded ChaCha stream.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A seeded stream of random numbers (ChaCha8), so that the data is the same in each run.
#[derive(Debug)]
pub struct SeededRng(ChaCha8Rng);

impl SeededRng {
    /// Returns the stream of this number; the same each time.
    pub fn new(number: u64) -> SeededRng {
        const SEED: u64 = 0x6f75_746c_6179;
        let mut stream = ChaCha8Rng::seed_from_u64(SEED);
        stream.set_stream(number);
        SeededRng(stream)
    }

    /// Returns a number from 0 below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        // The bias of the remainder is too small to show in the data.
        self.0.next_u64().checked_rem(end).unwrap_or(0)
    }

    /// Returns a number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// Returns `true` with a probability of `chance` in 1,000.
    pub fn permille(&mut self, chance: u64) -> bool {
        self.below(1000) < chance
    }

    /// Returns one item with equal probability; `None` for an empty slice.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = usize::try_from(self.below(from.len() as u64)).ok()?;
        from.get(at)
    }

    /// One of a few texts; empty if there is none.
    pub fn text<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.pick(from).copied().unwrap_or_default()
    }

    /// Returns one item with a probability by weight; `None` if all weights are 0.
    pub fn weighted<'a, T>(&mut self, from: &'a [(u64, T)]) -> Option<&'a T> {
        let total = from.iter().map(|(weight, _)| weight).sum();
        let mut value = self.below(total);
        for (weight, item) in from {
            match value.checked_sub(*weight) {
                None => return Some(item),
                Some(rest) => value = rest,
            }
        }
        None
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> String {
        let [high, low] = [self.0.next_u64(), self.0.next_u64()];
        let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
        let (fourth, fifth) = (low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
        format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:012x}")
    }
}
