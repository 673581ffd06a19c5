//! The facts that a row of the entries table may have.

/// A fact that is true of a row or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flag {
    /// It counts as spend: [`crate::is_spend`].
    Spend,
    /// Pleo has deleted the entry.
    Deleted,
    /// The record could not be read.
    Unreadable,
    /// The purchase date has no time zone and counts as UTC.
    WithoutZone,
    /// The bookkeeping date may be a local midnight in UTC:
    /// [`outlay_pleo::time::DateTime::may_be_local_midnight`].
    LocalMidnight,
}
