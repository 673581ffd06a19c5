//! The difference of two JSON values, in one pass over both. Items of a list are matched by their
//! `id`, so that an insertion does not change every item after it.

use std::collections::HashMap;

use outlay_wire::{Value, to_text};

/// Most characters of a value in a change; the rest is replaced by an ellipsis.
const LONGEST: usize = 200;

/// What happened to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Only the second value has it.
    Added,
    /// Only the first value has it.
    Removed,
    /// Both have it, with different values.
    Changed,
    /// A list has the same items in another order.
    Reordered,
}

/// One place at which two values differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The place, for example `data[id=7f…].amount.value` or `tags[2]`; empty for the whole value.
    pub at: String,
    /// What happened there.
    pub kind: ChangeKind,
    /// JSON text of the first value, shortened; empty for an addition.
    pub before: String,
    /// JSON text of the second value, shortened; empty for a removal.
    pub after: String,
}

/// The changes between two values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The changes in the order of the second value, then those of its removed parts; at most the
    /// number that was asked for.
    pub changes: Vec<Change>,
    /// How many changes there are in all.
    pub total: usize,
}

/// Returns the difference of two values, with at most `most` changes in detail. Its work is linear
/// in the size of both values.
pub fn difference(before: &Value, after: &Value, most: usize) -> Difference {
    let mut comparison = Comparison {
        path: Vec::new(),
        most,
        found: Difference::default(),
    };
    comparison.compare(before, after);
    comparison.found
}

/// A step from a value to one inside it.
#[derive(Clone, Copy)]
enum Segment<'a> {
    Field(&'a str),
    Index(usize),
    Id(&'a str),
}

struct Comparison<'a> {
    path: Vec<Segment<'a>>,
    most: usize,
    found: Difference,
}

impl<'a> Comparison<'a> {
    fn compare(&mut self, before: &'a Value, after: &'a Value) {
        match (before, after) {
            (Value::Object(old), Value::Object(new)) => self.objects(old, new),
            (Value::List(old), Value::List(new)) => self.lists(old, new),
            _ if before == after => {}
            _ => self.note(ChangeKind::Changed, Some(before), Some(after)),
        }
    }

    fn inside(
        &mut self,
        segment: Segment<'a>,
        before: Option<&'a Value>,
        after: Option<&'a Value>,
    ) {
        self.path.push(segment);
        match (before, after) {
            (Some(before), Some(after)) => self.compare(before, after),
            (None, Some(_)) => self.note(ChangeKind::Added, None, after),
            (Some(_), None) => self.note(ChangeKind::Removed, before, None),
            (None, None) => {}
        }
        self.path.pop();
    }

    fn objects(&mut self, old: &'a [(String, Value)], new: &'a [(String, Value)]) {
        let same_names =
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old.0 == new.0);
        if same_names {
            for ((name, old), (_, new)) in old.iter().zip(new) {
                self.inside(Segment::Field(name), Some(old), Some(new));
            }
            return;
        }
        // Of two fields with one name the later one counts.
        let mut left: HashMap<&str, &Value> = old.iter().map(|(name, it)| (&**name, it)).collect();
        let news: HashMap<&str, &Value> = new.iter().map(|(name, it)| (&**name, it)).collect();
        for (name, value) in new {
            if news
                .get(&**name)
                .is_some_and(|last| core::ptr::eq(*last, value))
            {
                let old = left.remove(&**name);
                self.inside(Segment::Field(name), old, Some(value));
            }
        }
        for (name, value) in old {
            if left
                .get(&**name)
                .is_some_and(|last| core::ptr::eq(*last, value))
            {
                self.inside(Segment::Field(name), Some(value), None);
            }
        }
    }

    fn lists(&mut self, old: &'a [Value], new: &'a [Value]) {
        if let (Some(mut left), Some(news)) = (by_id(old), by_id(new))
            && !(old.is_empty() && new.is_empty())
        {
            let order = |items: &'a [Value], others: &HashMap<&str, &Value>| -> Vec<&'a str> {
                let ids = items.iter().filter_map(id);
                ids.filter(|id| others.contains_key(id)).collect()
            };
            if order(old, &news) != order(new, &left) {
                self.note(ChangeKind::Reordered, None, None);
            }
            for item in new {
                if let Some(id) = id(item) {
                    self.inside(Segment::Id(id), left.remove(id), Some(item));
                }
            }
            for item in old {
                if let Some(id) = id(item).filter(|id| left.contains_key(id)) {
                    self.inside(Segment::Id(id), Some(item), None);
                }
            }
            return;
        }
        // Items without an id: what both lists begin and end with is the same, the rest is compared
        // by its position.
        let first = old
            .iter()
            .zip(new)
            .take_while(|(old, new)| old == new)
            .count();
        let (old_rest, new_rest) = (&old[first..], &new[first..]);
        let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
        let last = if old.len() == new.len() {
            0
        } else {
            ends.take_while(|(old, new)| old == new).count()
        };
        let old_rest = &old_rest[..old_rest.len() - last];
        let new_rest = &new_rest[..new_rest.len() - last];
        for number in 0..old_rest.len().max(new_rest.len()) {
            let segment = Segment::Index(first + number);
            self.inside(segment, old_rest.get(number), new_rest.get(number));
        }
    }

    fn note(&mut self, kind: ChangeKind, before: Option<&Value>, after: Option<&Value>) {
        self.found.total += 1;
        if self.found.changes.len() < self.most {
            let text = |value: Option<&Value>| value.map(shortened).unwrap_or_default();
            self.found.changes.push(Change {
                at: path(&self.path),
                kind,
                before: text(before),
                after: text(after),
            });
        }
    }
}

/// The items by their ids; `None` unless each is an object with an id of its own.
fn by_id(items: &[Value]) -> Option<HashMap<&str, &Value>> {
    let mut all = HashMap::with_capacity(items.len());
    for item in items {
        if all.insert(id(item)?, item).is_some() {
            return None;
        }
    }
    Some(all)
}

fn id(item: &Value) -> Option<&str> {
    match item.get("id") {
        Some(Value::Text(id) | Value::Number(id)) => Some(id),
        _ => None,
    }
}

fn path(segments: &[Segment]) -> String {
    let mut out = String::new();
    for segment in segments {
        match segment {
            Segment::Field(name) if out.is_empty() => out.push_str(name),
            Segment::Field(name) => out.extend([".", name]),
            Segment::Index(number) => out.push_str(&format!("[{number}]")),
            Segment::Id(id) => out.extend(["[id=", id, "]"]),
        }
    }
    out
}

/// JSON text of a value of at most [`LONGEST`] characters, then an ellipsis.
fn shortened(value: &Value) -> String {
    let text = to_text(value);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => [text.get(..at).unwrap_or_default(), "…"].concat(),
        None => text,
    }
}
