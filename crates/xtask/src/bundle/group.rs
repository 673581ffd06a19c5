//! Which of the splitter's modules are joined into one file.
//!
//! The splitter makes one module for each set of chunks that share code: about two hundred, most of them
//! below a kilobyte. Each file costs a request, and each joined file costs the chunks that need only a
//! part of it the rest.

use std::collections::BTreeSet;

/// What a request costs, in bytes of WebAssembly before compression.
const REQUEST: usize = 6_000;

/// Modules that become one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleGroup {
    /// Indexes of the modules.
    pub modules: Vec<usize>,
    /// Names of the chunks that load the file.
    pub chunks: BTreeSet<String>,
    /// Bytes before compression.
    pub size: usize,
}

/// Modules that are joined so far. A set of chunks is a bit for each, since every pair of groups is compared
/// after every join.
struct Joined {
    modules: Vec<usize>,
    chunks: u128,
    size: usize,
}

impl Joined {
    fn with(&self, other: &Joined) -> Joined {
        Joined {
            modules: [&self.modules[..], &other.modules].concat(),
            chunks: self.chunks | other.chunks,
            size: self.size + other.size,
        }
    }
}

/// The groups for modules of these sizes and chunks. `weight` is how much more a byte of a chunk
/// counts than that of another.
///
/// # Panics
///
/// If there are more than 128 chunks.
pub fn grouped(
    modules: Vec<(usize, BTreeSet<String>)>,
    weight: impl Fn(&str) -> usize,
) -> Vec<ModuleGroup> {
    let names: BTreeSet<&String> = modules.iter().flat_map(|(_, chunks)| chunks).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    assert!(names.len() <= 128, "{} chunks", names.len());
    let weights: Vec<usize> = names.iter().map(|name| weight(name)).collect();
    let has = |chunks: u128, at: usize| chunks >> at & 1 == 1;
    let cost = |size: usize, chunks: u128| {
        let of_chunks = weights.iter().enumerate();
        let of_chunks = of_chunks.filter(|(at, _)| has(chunks, *at));
        (size + REQUEST) * of_chunks.map(|(_, weight)| weight).sum::<usize>()
    };
    // Modules of the same chunks are always joined.
    let mut groups: Vec<Joined> = Vec::new();
    for (at, (size, chunks)) in modules.into_iter().enumerate() {
        let bits = names.iter().enumerate();
        let bits = bits.filter(|(_, name)| chunks.contains(*name));
        let one = Joined {
            modules: vec![at],
            chunks: bits.fold(0, |chunks, (at, _)| chunks | 1 << at),
            size,
        };
        match groups.iter_mut().find(|group| group.chunks == one.chunks) {
            Some(group) => *group = group.with(&one),
            None => groups.push(one),
        }
    }
    loop {
        let costs: Vec<usize> = groups.iter().map(|it| cost(it.size, it.chunks)).collect();
        let mut best = None::<(usize, usize, usize)>;
        for (at, one) in groups.iter().enumerate() {
            for (beyond, other) in groups.iter().enumerate().skip(at + 1) {
                let together = cost(one.size + other.size, one.chunks | other.chunks);
                let saved = (costs[at] + costs[beyond]).saturating_sub(together);
                if saved > best.map_or(0, |(saved, ..)| saved) {
                    best = Some((saved, at, beyond));
                }
            }
        }
        let Some((_, at, beyond)) = best else {
            break;
        };
        let other = groups.remove(beyond);
        groups[at] = groups[at].with(&other);
    }
    let named = |group: Joined| {
        let chunks = names.iter().enumerate();
        let chunks = chunks.filter(|(at, _)| has(group.chunks, *at));
        ModuleGroup {
            modules: group.modules,
            chunks: chunks.map(|(_, name)| name.clone()).collect(),
            size: group.size,
        }
    };
    groups.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(names: &str) -> BTreeSet<String> {
        names.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn small_modules_are_merged_across_chunks() {
        let groups = grouped(
            vec![
                (500, chunks("a b")),
                (400, chunks("b c")),
                (300, chunks("a c")),
            ],
            |_| 1,
        );
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].modules.len(), 3);
        assert_eq!(groups[0].chunks, chunks("a b c"));
    }

    #[test]
    fn large_module_is_loaded_only_by_chunks_that_need_it() {
        let groups = grouped(vec![(90_000, chunks("a")), (80_000, chunks("b"))], |_| 1);
        assert_eq!(groups.len(), 2);
    }

    #[test]
    fn modules_of_the_same_chunks_are_merged() {
        let groups = grouped(
            vec![(90_000, chunks("a b")), (80_000, chunks("a b"))],
            |_| 1,
        );
        assert_eq!(groups.len(), 1);
    }

    #[test]
    fn chunk_with_more_weight_gets_less_unused_code() {
        let modules = vec![(2_000, chunks("a b")), (9_000, chunks("b"))];
        assert_eq!(grouped(modules.clone(), |_| 1).len(), 2);
        let modules = vec![(2_000, chunks("a b")), (5_000, chunks("b"))];
        assert_eq!(grouped(modules.clone(), |_| 1).len(), 1);
        assert_eq!(
            grouped(modules, |chunk| if chunk == "a" { 9 } else { 1 }).len(),
            2
        );
    }
}
