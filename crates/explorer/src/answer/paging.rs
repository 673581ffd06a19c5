//! The neighbouring pages of a response, and why a page that Pleo promises cannot be loaded.

use outlay_pleo::catalogue::{Catalogue, Endpoint, ParameterLocation};
use outlay_pleo::{Incomplete, ListProgress, PageFacts, Pagination};
use outlay_wire::{Value, from_text};

use super::text::ResponseText;
use crate::form::OperationForm;

/// Whether a neighbouring page can be loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Turn {
    /// There is no page in this direction.
    #[default]
    End,
    /// The page can be loaded with this cursor.
    To(String),
    /// The response promises a page that cannot be loaded, for this reason.
    Blocked(Incomplete),
}

/// Returns whether the page in one direction can be loaded, by the rule of every list
/// ([`ListProgress`]). A list that is read backwards has the same rule with the other flag and cursor.
fn turn(promised: bool, cursor: Option<&str>, rows: usize, followed: &[String]) -> Turn {
    let mut list = ListProgress::following(followed);
    let pagination = Pagination {
        has_next_page: promised,
        end_cursor: cursor.map(str::to_owned),
        // Only some of the list's rows are known, so that their count proves nothing.
        total: None,
        ..Pagination::default()
    };
    let page = PageFacts {
        pagination,
        rows,
        ..PageFacts::default()
    };
    list.take(&page, rows);
    match (list.cursor(), list.incomplete()) {
        (Some(cursor), _) => Turn::To(cursor.to_owned()),
        (None, Some(reason)) => Turn::Blocked(reason.clone()),
        (None, None) => Turn::End,
    }
}

/// The pages before and after a response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The page that `before` loads.
    pub previous: Turn,
    /// The page that `after` loads.
    pub next: Turn,
    /// How many rows the whole list has, in Pleo's digits; `None` if Pleo does not say.
    pub total: Option<String>,
}

/// Returns those of a response; `None` if it is no page of a list. `followed` are the cursors that
/// led to this page, its own included.
pub fn neighbours(text: &ResponseText, followed: &[String]) -> Option<Neighbours> {
    let lines = &text.scan.lines;
    let part = |from: u32, to: u32| text.whole.get(from as usize..to as usize);
    let at = lines.iter().rposition(|line| {
        let head = |text: &str| text.starts_with("\"pagination\"") && text.ends_with('{');
        line.depth == 1 && part(line.from, line.to).is_some_and(head)
    })?;
    let open = lines.get(at)?;
    let close = lines.iter().skip(at + 1).find(|line| line.depth == 1)?;
    let pagination: Value = from_text(part(open.to - 1, close.to)?)?;
    let flag = |name: &str| match pagination.get(name) {
        Some(Value::Bool(flag)) => Some(*flag),
        _ => None,
    };
    let (after, before) = (flag("hasNextPage"), flag("hasPreviousPage"));
    after.or(before)?;
    let empty = lines.iter().take(3).any(|line| {
        let text = part(line.from, line.to).unwrap_or_default();
        line.depth == 1 && text.starts_with("\"data\"") && text.ends_with(']')
    });
    // No more has to be known of the rows than whether there are any.
    let rows = usize::from(!empty);
    let turn = |promised: Option<bool>, cursor: &str| {
        let cursor = pagination.get(cursor).and_then(Value::as_str);
        turn(promised == Some(true), cursor, rows, followed)
    };
    Some(Neighbours {
        previous: turn(before, "startCursor"),
        next: turn(after, "endCursor"),
        total: match pagination.get("total") {
            Some(Value::Number(digits)) => Some(digits.clone()),
            _ => None,
        },
    })
}

/// The cursors of the requests along a list, in one direction, to detect repetitions.
#[derive(Debug, Default)]
pub struct Trail {
    /// The operation, the request without its cursors, and the direction.
    list: Option<(String, OperationForm, &'static str)>,
    cursors: Vec<String>,
}

impl Trail {
    /// Records a request that is sent. Another list or direction starts a new record, and so does a
    /// cursor that was followed before: the user has gone back.
    pub fn sent(&mut self, catalogue: &Catalogue, operation: &Endpoint, form: &OperationForm) {
        let pairs = form.pairs(catalogue, operation, ParameterLocation::Query);
        let cursor = |name: &str| {
            let mut pairs = pairs.iter();
            pairs.find_map(|(known, value)| (known == name).then(|| value.clone()))
        };
        let mut rest = form.clone();
        for name in ["before", "after", "offset"] {
            rest.clear(operation, name);
        }
        let (direction, cursor) = match (cursor("after"), cursor("before")) {
            (None, Some(cursor)) => ("before", Some(cursor)),
            (cursor, _) => ("after", cursor),
        };
        let list = Some((operation.id.clone(), rest, direction));
        if self.list != list || cursor.is_none() {
            self.cursors.clear();
        }
        self.list = list;
        if let Some(cursor) = cursor {
            if let Some(at) = self.cursors.iter().position(|it| *it == cursor) {
                self.cursors.truncate(at);
            }
            self.cursors.push(cursor);
        }
    }

    /// Returns the cursors, the last request's at the end.
    pub fn cursors(&self) -> &[String] {
        &self.cursors
    }
}
