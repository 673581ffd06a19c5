//! How far a load is.

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

/// A list that is read page by page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// Rows read.
    pub read: usize,
    /// Rows in the whole list, where Pleo tells.
    pub total: Option<usize>,
    /// Where the next page begins.
    pub cursor: Option<String>,
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
    /// Everything has been read.
    Done,
    /// The last page could not be read.
    Failed(Trouble),
}

impl Walk {
    /// Takes one page in. A cursor that comes again would never end: it counts as malformed.
    pub fn take(&mut self, rows: usize, total: Option<i64>, next: Option<&str>) {
        self.read += rows;
        self.total = total.and_then(|total| usize::try_from(total).ok());
        self.step = match next {
            None => Step::Done,
            Some(next) if self.cursor.as_deref() == Some(next) => {
                Step::Failed(Trouble::of("api_malformed"))
            }
            Some(_) => Step::Paused,
        };
        self.cursor = next.map(str::to_owned);
    }

    /// Why the last page could not be read.
    pub fn trouble(&self) -> Option<&Trouble> {
        match &self.step {
            Step::Failed(trouble) => Some(trouble),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_ends_where_no_page_follows() {
        let mut walk = Walk::default();
        walk.take(100, Some(150), Some("A"));
        assert_eq!(
            (walk.read, walk.total, &walk.step),
            (100, Some(150), &Step::Paused)
        );
        walk.take(50, Some(150), None);
        assert_eq!((walk.read, &walk.step), (150, &Step::Done));
    }

    #[test]
    fn a_repeated_cursor_is_a_fault_and_no_endless_walk() {
        let mut walk = Walk::default();
        walk.take(100, None, Some("A"));
        walk.take(100, None, Some("A"));
        assert_eq!(
            walk.trouble().map(|trouble| &*trouble.code),
            Some("api_malformed")
        );
    }
}
