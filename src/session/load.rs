//! How far a load is.

use outlay_pleo::{ListProgress, PageFacts};

use super::trouble::Trouble;

/// One thing that is read once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Load<T> {
    /// Nobody has asked for it yet.
    #[default]
    Idle,
    /// It is being read.
    Loading,
    /// It is here.
    Ready(T),
    /// It could not be read.
    Failed(Trouble),
}

impl<T> Load<T> {
    /// Whether nobody has asked for it yet.
    pub fn is_idle(&self) -> bool {
        matches!(self, Load::Idle)
    }

    /// Whether it is here or could not be read.
    pub fn is_settled(&self) -> bool {
        matches!(self, Load::Ready(_) | Load::Failed(_))
    }

    /// The same without a question that nobody waits for any more.
    pub fn settled(self) -> Load<T> {
        match self {
            Load::Loading => Load::Idle,
            settled => settled,
        }
    }

    /// What is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Load::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// Why it could not be read.
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            Load::Failed(trouble) => Some(trouble),
            _ => None,
        }
    }
}

/// A list that is loaded page by page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// What is loaded, where the next page begins, and whether the list is whole.
    pub list: ListProgress,
    /// How far it is.
    pub step: Step,
}

/// How far a walk is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Step {
    /// Not begun.
    #[default]
    Idle,
    /// A page is being read.
    Loading,
    /// There is more, and nobody has asked for it.
    Paused,
    /// No further page can be loaded. [`ListProgress::completeness`] says whether the list is whole.
    Done,
    /// The last page could not be read.
    Failed(Trouble),
}

impl Walk {
    /// Takes in one page; see [`ListProgress::take`].
    pub fn take(&mut self, page: &PageFacts, new_rows: usize) {
        self.list.take(page, new_rows);
        self.step = if self.list.is_over() {
            Step::Done
        } else {
            Step::Paused
        };
    }

    /// Why the last page could not be read.
    pub fn trouble(&self) -> Option<&Trouble> {
        match &self.step {
            Step::Failed(trouble) => Some(trouble),
            _ => None,
        }
    }
}
