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

/// The groups for modules of these sizes and chunks. `weight` is how much more a byte of a chunk
/// counts than that of another.
pub fn grouped(
    modules: Vec<(usize, BTreeSet<String>)>,
    weight: impl Fn(&str) -> usize,
) -> Vec<ModuleGroup> {
    let mut groups: Vec<ModuleGroup> = modules
        .into_iter()
        .enumerate()
        .map(|(at, (size, chunks))| ModuleGroup {
            modules: vec![at],
            chunks,
            size,
        })
        .collect();
    let weight =
        |chunks: &BTreeSet<String>| chunks.iter().map(|chunk| weight(chunk)).sum::<usize>();
    let cost = |group: &ModuleGroup| (group.size + REQUEST) * weight(&group.chunks);
    loop {
        let mut best = None::<(usize, usize, usize)>;
        for (at, one) in groups.iter().enumerate() {
            for (beyond, other) in groups.iter().enumerate().skip(at + 1) {
                let apart = cost(one) + cost(other);
                let saved = apart.saturating_sub(cost(&joined(one, other)));
                if saved > best.map_or(0, |(saved, ..)| saved) {
                    best = Some((saved, at, beyond));
                }
            }
        }
        let Some((_, at, beyond)) = best else {
            return groups;
        };
        let other = groups.remove(beyond);
        groups[at] = joined(&groups[at], &other);
    }
}

fn joined(one: &ModuleGroup, other: &ModuleGroup) -> ModuleGroup {
    ModuleGroup {
        modules: [&one.modules[..], &other.modules].concat(),
        chunks: one.chunks.union(&other.chunks).cloned().collect(),
        size: one.size + other.size,
    }
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
