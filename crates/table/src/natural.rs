//! An order of texts that needs no tables: case and accents do not count, numbers are ordered by
//! value. The browser's collator is better; this is for the time before it has ranked the texts, and
//! for tests.

use std::cmp::Ordering;

use crate::columnar::narrow;
use crate::fold::fold;

/// The rank of each text, from 0. Different texts have different ranks: those that are equal but for
/// case and accents are ordered by their characters.
#[must_use]
pub fn ranks(texts: &[&str]) -> Vec<u32> {
    let folded: Vec<String> = texts
        .iter()
        .map(|text| {
            let mut form = String::new();
            fold(text, &mut form);
            form
        })
        .collect();
    ranked(texts.len(), &mut |a, b| {
        compare(&folded[a], &folded[b]).then_with(|| texts[a].cmp(texts[b]))
    })
}

/// The rank of each text by its bytes, from 0. Equal texts have ranks in their order.
pub(crate) fn byte_ranks(texts: &[&str]) -> Vec<u32> {
    let mut distinct: Vec<&str> = texts.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let rank = |text: &&str| narrow(distinct.partition_point(|other| other < text));
    texts.iter().map(rank).collect()
}

fn ranked(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    let mut ranks = vec![0; count];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = narrow(rank);
    }
    ranks
}

/// Compares character by character, runs of digits by the number that they write.
fn compare(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (digits_a, digits_b) = (digits(a), digits(b));
        if digits_a > 0 && digits_b > 0 {
            let (run_a, rest_a) = a.split_at(digits_a);
            let (run_b, rest_b) = b.split_at(digits_b);
            let (value_a, value_b) = (run_a.trim_start_matches('0'), run_b.trim_start_matches('0'));
            let order = value_a.len().cmp(&value_b.len());
            let order = order.then_with(|| value_a.cmp(value_b));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (rest_a, rest_b);
            continue;
        }
        let (mut chars_a, mut chars_b) = (a.chars(), b.chars());
        match (chars_a.next(), chars_b.next()) {
            (Some(one), Some(other)) if one == other => {
                (a, b) = (chars_a.as_str(), chars_b.as_str());
            }
            (one, other) => return one.cmp(&other),
        }
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_value_and_case_and_accents_do_not_count() {
        let ordered = [
            "",
            "2",
            "010",
            "11",
            "a",
            "A",
            "\u{e0}",
            "a2",
            "a10",
            "a10b",
            "B",
            "\u{c5}rhus",
            "b\u{e9}ta",
        ];
        let mut texts = ordered.to_vec();
        texts.reverse();
        let ranks = ranks(&texts);
        let mut by_rank: Vec<(u32, &str)> = ranks.into_iter().zip(texts).collect();
        by_rank.sort_unstable();
        let sorted: Vec<&str> = by_rank.into_iter().map(|it| it.1).collect();
        let expected = [
            "",
            "2",
            "010",
            "11",
            "A",
            "a",
            "\u{e0}",
            "a2",
            "a10",
            "a10b",
            "\u{c5}rhus",
            "B",
            "b\u{e9}ta",
        ];
        assert_eq!(sorted, expected);
    }
}
