//! The neighbouring pages of a response, and why a page that Pleo promises cannot be loaded.

use outlay_pleo::catalogue::{Catalogue, Endpoint, ParameterLocation};
use outlay_wire::{Value, from_text};

use super::text::ResponseText;
use crate::form::OperationForm;

/// Message: the response promises more rows without a cursor.
pub const NO_CURSOR: &str =
    "Pleo says that there are more rows, but gives no cursor to ask for them with.";

/// Message: the cursor is one of an earlier page of this list.
pub const REPEATED: &str =
    "Pleo says that there are more rows, but its cursor leads back to a page that was here before.";

/// Message: the response promises more rows, but its page is empty.
pub const EMPTY: &str = "Pleo says that there are more rows, but this page has none.";

/// Whether a neighbouring page can be loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Turn {
    /// There is no page in this direction.
    #[default]
    End,
    /// The page can be loaded with this cursor.
    To(String),
    /// The response promises a page that cannot be loaded; the message says why.
    Blocked(&'static str),
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
    let turn = |promised: Option<bool>, cursor: &str| {
        if promised != Some(true) {
            return Turn::End;
        }
        match pagination.get(cursor).and_then(Value::as_str) {
            None | Some("") => Turn::Blocked(NO_CURSOR),
            Some(_) if empty => Turn::Blocked(EMPTY),
            Some(cursor) if followed.iter().any(|it| it == cursor) => Turn::Blocked(REPEATED),
            Some(cursor) => Turn::To(cursor.to_owned()),
        }
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
