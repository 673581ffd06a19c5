//! Folds objects and lists of the pretty form: hides the lines between their brackets.

use std::collections::BTreeSet;

use super::lines::JsonLine;

/// The folded lines, by their numbers. Each is the line of an opening bracket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds(BTreeSet<usize>);

impl Folds {
    /// Folds or unfolds the object or list that opens on a line; does nothing for another line.
    pub fn toggle(&mut self, lines: &[JsonLine], number: usize) {
        if opens(lines, number) && !self.0.remove(&number) {
            self.0.insert(number);
        }
    }

    /// Folds every object and list at `depth` or deeper.
    pub fn fold_below(&mut self, lines: &[JsonLine], depth: u16) {
        let all = lines.iter().enumerate();
        let all = all.filter(|(number, line)| line.depth >= depth && opens(lines, *number));
        self.0 = all.map(|(number, _)| number).collect();
    }

    /// Unfolds everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether nothing is folded.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the line is folded.
    pub fn contains(&self, number: usize) -> bool {
        self.0.contains(&number)
    }

    /// Unfolds the objects and lists around a line, so that it is visible.
    pub fn reveal(&mut self, lines: &[JsonLine], number: usize) {
        let around: Vec<usize> = ancestors(lines, number).collect();
        for number in around {
            self.0.remove(&number);
        }
    }

    /// Returns the numbers of the visible lines, in ascending order. A folded object keeps the line
    /// of its opening bracket only.
    pub fn visible(&self, lines: &[JsonLine]) -> Vec<usize> {
        let mut out = Vec::with_capacity(lines.len());
        let mut number = 0;
        while let Some(line) = lines.get(number) {
            out.push(number);
            number += 1;
            if self.0.contains(&(number - 1)) {
                let rest = lines.get(number..).unwrap_or_default();
                let inside = rest.iter().take_while(|it| it.depth > line.depth).count();
                // The closing bracket too.
                number += inside + 1;
            }
        }
        out
    }
}

/// Whether an object or a list that is not empty opens on a line.
pub fn opens(lines: &[JsonLine], number: usize) -> bool {
    let depth = |number: usize| lines.get(number).map(|line| line.depth);
    depth(number + 1) > depth(number)
}

/// Returns the numbers of the lines that open the objects and lists around a line, the innermost
/// first.
pub fn ancestors(lines: &[JsonLine], number: usize) -> impl Iterator<Item = usize> {
    let mut depth = lines.get(number).map_or(0, |line| line.depth);
    // A closing bracket has the depth of its opening one and belongs to it.
    (0..number.min(lines.len())).rev().filter(move |number| {
        let own = lines.get(*number).map_or(u16::MAX, |line| line.depth);
        let is_around = own < depth;
        if is_around {
            depth = own;
        }
        is_around
    })
}
