//! The stable sort of number keys, digit by digit from the lowest.

use super::{narrow, wide};

/// Bits of one digit: its counters fit in the first cache level.
const DIGIT: u32 = 11;

/// The positions of `keys` in ascending order of the keys; equal keys keep their order.
pub(crate) fn positions(keys: &[u64]) -> Vec<u32> {
    let least = keys.iter().copied().min().unwrap_or(0);
    let most = keys.iter().copied().max().unwrap_or(0);
    let bits = u64::BITS - (most - least).leading_zeros();
    let mut order: Vec<u32> = (0..narrow(keys.len())).collect();
    if bits == 0 || keys.is_sorted() {
        return order;
    }
    // A key's half and its position share one number: a pass then moves eight bytes per row.
    let mut items: Vec<u64> = vec![0; keys.len()];
    let mut moved: Vec<u64> = vec![0; keys.len()];
    let mut half = |shift: u32, bits: u32| {
        for (item, position) in items.iter_mut().zip(&order) {
            let key = (keys[wide(*position)] - least) >> shift & u64::from(u32::MAX);
            *item = key << 32 | u64::from(*position);
        }
        let mut done = 0;
        while done < bits {
            pass(&items, &mut moved, 32 + done);
            std::mem::swap(&mut items, &mut moved);
            done += DIGIT;
        }
        for (item, position) in items.iter().zip(&mut order) {
            // The lower half is the position.
            *position = (*item & u64::from(u32::MAX)) as u32;
        }
    };
    half(0, bits.min(32));
    if bits > 32 {
        half(32, bits - 32);
    }
    order
}

/// Sorts by the digit from bit `shift` on.
fn pass(items: &[u64], sorted: &mut [u64], shift: u32) {
    let mut counts = [0u32; 1 << DIGIT];
    let digit = |item: u64| (item >> shift) as usize & ((1 << DIGIT) - 1);
    for item in items {
        counts[digit(*item)] += 1;
    }
    let mut start = 0;
    for count in &mut counts {
        start += std::mem::replace(count, start);
    }
    for item in items {
        let slot = &mut counts[digit(*item)];
        sorted[wide(*slot)] = *item;
        *slot += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stable(keys: &[u64]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..narrow(keys.len())).collect();
        order.sort_by_key(|position| keys[wide(*position)]);
        order
    }

    #[test]
    fn keys_of_every_width_are_sorted() {
        for width in 0..64 {
            let key = |at: u64| at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> width;
            let keys: Vec<u64> = (0..500).map(key).collect();
            assert_eq!(positions(&keys), stable(&keys), "{width}");
        }
        assert_eq!(positions(&[u64::MAX, 0, u64::MAX]), [1, 0, 2]);
        assert!(positions(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn the_sort_is_a_stable_sort_by_key(keys in proptest::collection::vec(
            prop_oneof![0..8u64, any::<u64>(), any::<u32>().prop_map(u64::from)], 0..300,
        )) {
            prop_assert_eq!(positions(&keys), stable(&keys));
        }
    }
}
