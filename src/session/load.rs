//! How far a load is.

use outlay_pleo::{ListProgress, PageFacts};

use super::app_error::AppError;

/// One thing that is read once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Load<T> {
    /// Not requested yet.
    #[default]
    Idle,
    /// It is being read.
    Loading,
    /// It is here.
    Ready(T),
    /// It could not be read.
    Failed(AppError),
}

impl<T> Load<T> {
    /// Returns whether it is not requested yet.
    pub fn is_idle(&self) -> bool {
        matches!(self, Load::Idle)
    }

    /// Whether it is here or could not be read.
    pub fn is_settled(&self) -> bool {
        matches!(self, Load::Ready(_) | Load::Failed(_))
    }

    /// Returns the state without a request that was abandoned.
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
    pub fn app_error(&self) -> Option<&AppError> {
        match self {
            Load::Failed(app_error) => Some(app_error),
            _ => None,
        }
    }
}

/// A list that is loaded page by page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListPagination {
    /// What is loaded, where the next page begins, and whether the list is whole.
    pub list: ListProgress,
    /// How far it is.
    pub step: LoadState,
}

/// How far a walk is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LoadState {
    /// Not begun.
    #[default]
    Idle,
    /// A page is being read.
    Loading,
    /// There is more, which is not requested.
    Paused,
    /// No further page can be loaded. [`ListProgress::completeness`] says whether the list is whole.
    Done,
    /// The last page could not be read.
    Failed(AppError),
}

impl ListPagination {
    /// Takes in one page; see [`ListProgress::take`].
    pub fn take(&mut self, page: &PageFacts, new_rows: usize) {
        self.list.take(page, new_rows);
        self.step = if self.list.is_over() {
            LoadState::Done
        } else {
            LoadState::Paused
        };
    }

    /// Why the last page could not be read.
    pub fn app_error(&self) -> Option<&AppError> {
        match &self.step {
            LoadState::Failed(app_error) => Some(app_error),
            _ => None,
        }
    }
}
