//! The states of a load.

use outlay_pleo::{DateWindows, ListProgress, PageFacts};

use super::app_error::AppError;

/// A value that is loaded once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Load<T> {
    /// Not requested yet.
    #[default]
    Idle,
    /// The request is in progress.
    Loading,
    /// The value is loaded.
    Ready(T),
    /// The request failed.
    Failed(AppError),
}

impl<T> Load<T> {
    /// Whether it was not requested yet.
    pub fn is_idle(&self) -> bool {
        matches!(self, Load::Idle)
    }

    /// Whether the request has succeeded or failed.
    pub fn is_settled(&self) -> bool {
        matches!(self, Load::Ready(_) | Load::Failed(_))
    }

    /// Returns `Idle` in place of `Loading`, for a request that was aborted.
    pub fn settled(self) -> Load<T> {
        match self {
            Load::Loading => Load::Idle,
            settled => settled,
        }
    }

    /// The value, if it is loaded.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Load::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// The error, if the request failed.
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
    /// The loaded pages, the cursor of the next one, and whether the list is complete.
    pub list: ListProgress,
    /// Of the entries: the date windows of a long list, and the requests in progress. Other lists have none.
    pub windows: DateWindows,
    /// The state of the load.
    pub step: LoadState,
}

/// The state of a load of pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LoadState {
    /// Not started.
    #[default]
    Idle,
    /// A page is being loaded.
    Loading,
    /// There are more pages, which are not requested.
    Paused,
    /// No further page can be loaded. [`ListProgress::completeness`] shows whether the list is complete.
    Done,
    /// The last page failed.
    Failed(AppError),
}

impl ListPagination {
    /// Takes in one page of a list without windows; see [`ListProgress::take`].
    pub fn take(&mut self, page: &PageFacts, new_rows: usize) {
        self.list.take(page, new_rows);
        self.settle();
    }

    /// Sets the state of a load that has no request in progress; a failed one stays failed.
    pub fn settle(&mut self) {
        if self.list.is_over() {
            self.step = LoadState::Done;
        } else if self.step == LoadState::Loading {
            self.step = LoadState::Paused;
        }
    }

    /// The error of the last page, if it failed.
    pub fn app_error(&self) -> Option<&AppError> {
        match &self.step {
            LoadState::Failed(app_error) => Some(app_error),
            _ => None,
        }
    }
}
