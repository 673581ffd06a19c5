//! The search body, checked and applied.

use outlay_pleo::AccountingEntry;
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::id::{AccountId, EmployeeId, TagGroupId, TagId, TaxCodeId, TeamId};
use outlay_pleo::subject::is_uuid;
use outlay_pleo::time::{DateTime, Instant, Timestamp, Zone};

use crate::api::problem::ApiError;

/// The most values in a list of ids.
const MOST_IDS: usize = 100;

/// A validated search of accounting entries.
#[derive(Debug)]
pub struct EntryNarrowing {
    filter: EntryFilter,
    performed: Range,
    settled: Range,
    booked: Range,
}

/// From and to, both included.
#[derive(Debug, Default)]
struct Range {
    start: Option<Instant>,
    end: Option<Instant>,
}

impl EntryNarrowing {
    /// Checks a search.
    ///
    /// # Errors
    ///
    /// 400, naming the field.
    pub fn new(filter: EntryFilter) -> Result<EntryNarrowing, ApiError> {
        let ids = [
            ("accountIds", texts(&filter.account_ids, AccountId::as_str)),
            (
                "employeeIds",
                texts(&filter.employee_ids, EmployeeId::as_str),
            ),
            ("teamIds", texts(&filter.team_ids, TeamId::as_str)),
            ("taxCodeIds", texts(&filter.tax_code_ids, TaxCodeId::as_str)),
            ("tagRowIds", texts(&filter.tag_row_ids, TagId::as_str)),
            (
                "tagGroupIdsUnset",
                texts(&filter.tag_group_ids_unset, TagGroupId::as_str),
            ),
        ];
        let others = [
            (
                "foreignExtensionIds",
                texts(&filter.foreign_extension_ids, String::as_str),
            ),
            (
                "transactionValueCurrencies",
                texts(&filter.transaction_value_currencies, String::as_str),
            ),
        ];
        for (name, list) in ids.iter().chain(&others) {
            if list.len() > MOST_IDS {
                return Err(ApiError::invalid(format!("{name} holds more than 100.")));
            }
        }
        for (name, list) in ids {
            if !list.into_iter().all(is_uuid) {
                return Err(ApiError::invalid(format!("{name} holds no UUID.")));
            }
        }
        check_words(&filter)?;
        let performed = Range::read(&filter.performed_at_start, &filter.performed_at_end)?;
        let settled = Range::read(&filter.settled_at_start, &filter.settled_at_end)?;
        let booked = Range::read(&filter.bookkeeping_date_start, &filter.bookkeeping_date_end)?;
        let used = [&performed, &settled, &booked];
        if used.iter().filter(|range| range.is_set()).count() > 1 {
            let message = "The three ranges of dates exclude one another.";
            return Err(ApiError::invalid(message));
        }
        Ok(EntryNarrowing {
            performed,
            settled,
            booked,
            filter,
        })
    }

    /// Returns a text that is equal for equal searches, for cursors.
    pub fn name(&self) -> String {
        outlay_wire::to_text(&self.filter)
    }

    /// Whether an entry belongs to the result.
    pub fn keeps(&self, entry: &AccountingEntry) -> bool {
        let filter = &self.filter;
        let tags = || entry.tags.iter();
        let tagged = |id: &TagId| tags().any(|tag| tag.tag_id.as_ref() == Some(id));
        let grouped = |id: &TagGroupId| tags().any(|tag| tag.tag_group_id == *id);
        let currency = entry.transaction_value.currency;
        let settled = entry.settled_at.as_ref().and_then(Timestamp::instant);
        let booked = entry.bookkeeping_date.as_ref().and_then(Timestamp::instant);
        (filter.include_deleted || entry.deleted_at.is_none())
            && among(&filter.account_ids, entry.account_id.as_ref())
            && among(&filter.employee_ids, entry.employee_id.as_ref())
            && among(&filter.team_ids, entry.team_id.as_ref())
            && among(&filter.tax_code_ids, entry.tax_code_id.as_ref())
            && among(
                &filter.foreign_extension_ids,
                entry.foreign_extension_id.as_ref(),
            )
            && filter
                .tag_row_ids
                .as_ref()
                .is_none_or(|ids| ids.iter().any(tagged))
            && !filter.tag_group_ids_unset.iter().flatten().any(grouped)
            && filter
                .transaction_value_currencies
                .as_ref()
                .is_none_or(|codes| codes.iter().any(|code| code == currency.as_str()))
            && among(&filter.export_status, Some(&entry.export_status))
            && among(&filter.review_status, Some(&entry.review_status))
            && among(&filter.status, Some(&entry.status))
            && among(&filter.families, Some(&entry.family))
            && among(&filter.sub_families, entry.sub_family.as_ref())
            && agrees(filter.has_account, entry.account_id.is_some())
            && agrees(filter.has_bookkeeping_date, booked.is_some())
            && agrees(filter.has_note, entry.note.is_some())
            && agrees(filter.settled, settled.is_some())
            && self.performed.holds(entry.performed_at.instant())
            && self.settled.holds(settled)
            && self.booked.holds(booked)
    }
}

impl Range {
    fn read(start: &Option<String>, end: &Option<String>) -> Result<Range, ApiError> {
        let instant = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => match DateTime::parse(text) {
                Some(written) if written.is_rfc3339 || written.zone == Zone::DayOnly => {
                    Ok(Some(written.instant))
                }
                _ => Err(ApiError::invalid("A date is not of RFC 3339.")),
            },
        };
        Ok(Range {
            start: instant(start)?,
            end: instant(end)?,
        })
    }

    fn is_set(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }

    fn holds(&self, instant: Option<Instant>) -> bool {
        match instant {
            None => !self.is_set(),
            Some(instant) => {
                self.start.is_none_or(|start| start <= instant)
                    && self.end.is_none_or(|end| instant <= end)
            }
        }
    }
}

fn among<T: PartialEq>(list: &Option<Vec<T>>, value: Option<&T>) -> bool {
    let Some(list) = list else { return true };
    value.is_some_and(|value| list.contains(value))
}

fn agrees(wanted: Option<bool>, found: bool) -> bool {
    wanted.is_none_or(|wanted| wanted == found)
}

/// Rejects a value that its enumeration does not contain.
fn check_words(filter: &EntryFilter) -> Result<(), ApiError> {
    fn strange<T: AsRef<str>>(given: impl Iterator<Item = T>, known: &[&str]) -> bool {
        given
            .into_iter()
            .any(|word| !known.contains(&word.as_ref()))
    }
    macro_rules! check {
        ($field:ident, $kind:ident, $name:literal) => {
            let words = filter.$field.iter().flatten().map(|word| word.as_str());
            if strange(words, outlay_pleo::status::$kind::KNOWN) {
                return Err(ApiError::invalid(concat!(
                    $name,
                    " holds an unknown value."
                )));
            }
        };
    }
    check!(status, EntryStatus, "status");
    check!(export_status, EntryExportStatus, "exportStatus");
    check!(review_status, ReviewStatus, "reviewStatus");
    check!(families, EntryFamily, "families");
    check!(sub_families, EntrySubFamily, "subFamilies");
    Ok(())
}

/// The texts of a list that may be absent.
fn texts<T>(list: &Option<Vec<T>>, text: fn(&T) -> &str) -> Vec<&str> {
    list.iter().flatten().map(text).collect()
}
