//! Sentences about rows that a table or a sum shows only in part. `number` writes a count.

use outlay_pleo::ListProgress;

pub use crate::record_label::label;

/// Numbers of rows that need a note to the user.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowNotes {
    /// Records without the documented shape.
    pub unreadable: usize,
    /// Entries whose purchase date cannot be parsed; they are the last rows.
    pub undated: usize,
    /// Entries whose purchase date has no time zone and counts as UTC.
    pub without_zone: usize,
    /// Entries with a bookkeeping date that may be a local midnight written in UTC; see
    /// [`outlay_pleo::time::DateTime::may_be_local_midnight`].
    pub local_midnights: usize,
    /// Entries in a currency whose exponent is not known.
    pub unknown_decimals: usize,
}

/// Returns the notes for the user below the entries table, one sentence each; empty if there are
/// none.
#[must_use]
pub fn of_rows(
    list: &ListProgress,
    notes: RowNotes,
    number: &dyn Fn(usize) -> String,
) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut add = |count: usize, what: &str| {
        if count > 0 {
            sentences.push(format!("{} {what}", entries(count, number)));
        }
    };
    add(
        notes.undated,
        "with a purchase date that cannot be read: listed last.",
    );
    add(
        notes.without_zone,
        "with a purchase date without a time zone: it counts as UTC.",
    );
    add(
        notes.local_midnights,
        "with a bookkeeping date at 22:00 or 23:00 UTC, which is most often midnight in Central \
         Europe: shown as written, although the day after may be meant.",
    );
    add(
        notes.unknown_decimals,
        "in a currency whose decimals are not known: shown in minor units.",
    );
    let (count, example) = list.unreadable();
    if let Some(example) = example {
        let example = example_of(count, &label(example));
        let count = entries(count, number);
        sentences.push(format!("{count} could not be read{example}."));
    }
    sentences.extend(of_lenient(list, number));
    sentences
}

/// Returns the notes about sums of the table: why they are incomplete, and which entries they have only
/// in part.
#[must_use]
pub fn of_totals(
    list: &ListProgress,
    notes: RowNotes,
    number: &dyn Fn(usize) -> String,
) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(reason) = list.incomplete() {
        let reason = reason.sentence("entries", number);
        sentences.push(["The totals are incomplete. ", &reason].concat());
    }
    let mut add = |count: usize, what: &str| {
        if count > 0 {
            sentences.push(format!("{} {what}", entries(count, number)));
        }
    };
    add(
        notes.undated,
        "with a purchase date that cannot be read: in no month by purchase date.",
    );
    add(
        notes.without_zone,
        "with a purchase date without a time zone: it counts as UTC.",
    );
    add(
        notes.local_midnights,
        "with a bookkeeping date at 22:00 or 23:00 UTC, which is most often midnight in Central \
         Europe: in the month as written, although the day after may be meant.",
    );
    add(
        notes.unknown_decimals,
        "paid in a currency whose decimals are not known: in the totals only with the amount in the \
         company's currency.",
    );
    if notes.unreadable > 0 {
        let (_, example) = list.unreadable();
        let example = example.map_or_else(String::new, |example| {
            example_of(notes.unreadable, &label(example))
        });
        let count = entries(notes.unreadable, number);
        sentences.push(format!(
            "{count} not in the totals: the record could not be read{example}."
        ));
    }
    sentences.extend(of_lenient(list, number));
    sentences
}

fn of_lenient(list: &ListProgress, number: &dyn Fn(usize) -> String) -> Option<String> {
    let (count, example) = list.lenient();
    let example = example_of(count, &label(example?));
    let count = entries(count, number);
    Some(format!(
        "{count} with a number that came as text: read as a number{example}."
    ))
}

fn entries(count: usize, number: &dyn Fn(usize) -> String) -> String {
    let what = if count == 1 { "entry" } else { "entries" };
    [&*number(count), " ", what].concat()
}

fn example_of(count: usize, example: &str) -> String {
    let how = if count == 1 { " (" } else { " (for example " };
    [how, example, ")"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_pleo::{PageFacts, Pagination, Unreadable};

    fn number(count: usize) -> String {
        count.to_string()
    }

    fn odd(id: &str, field: &str) -> Unreadable {
        Unreadable {
            id: Some(id.to_owned()),
            field: field.to_owned(),
            performed_at: None,
        }
    }

    fn list(unreadable: &[Unreadable], lenient: &[Unreadable]) -> ListProgress {
        let mut list = ListProgress::default();
        let facts = PageFacts {
            pagination: Pagination {
                total: Some(150),
                ..Pagination::default()
            },
            rows: 148,
            unreadable: unreadable.to_vec(),
            lenient: lenient.to_vec(),
        };
        list.take(&facts, 148);
        list
    }

    #[test]
    fn valid_rows_and_sums_have_no_notes() {
        let list = ListProgress::default();
        assert!(of_rows(&list, RowNotes::default(), &number).is_empty());
        assert!(of_totals(&list, RowNotes::default(), &number).is_empty());
    }

    #[test]
    fn every_row_note_has_its_count_and_an_example_if_known() {
        let notes = RowNotes {
            unreadable: 1,
            undated: 1,
            without_zone: 2,
            local_midnights: 3,
            unknown_decimals: 4,
        };
        let minors = "transactionValue.minors";
        let list = list(
            &[odd("a", "updatedAt")],
            &[odd("b", minors), odd("c", minors)],
        );
        let sentences = of_rows(&list, notes, &number);
        let starts = [
            "1 entry with a purchase date that cannot be read",
            "2 entries with a purchase date without a time zone",
            "3 entries with a bookkeeping date at 22:00 or 23:00 UTC",
            "4 entries in a currency whose decimals are not known",
            "1 entry could not be read (a, field updatedAt).",
            "2 entries with a number that came as text: read as a number (for example b, field \
             transactionValue.minors).",
        ];
        assert_eq!(sentences.len(), starts.len());
        for (sentence, start) in sentences.iter().zip(starts) {
            assert!(sentence.starts_with(start), "{sentence}");
        }
    }

    #[test]
    fn sum_notes_state_both_counts_of_an_incomplete_list_and_the_entries_in_part() {
        let notes = RowNotes {
            unreadable: 2,
            undated: 1,
            without_zone: 3,
            local_midnights: 1,
            unknown_decimals: 5,
        };
        let unreadable = [odd("a", "updatedAt"), odd("b", "")];
        let sentences = of_totals(&list(&unreadable, &[]), notes, &number);
        let starts = [
            "The totals are incomplete. Pleo counts 150 entries; 148 different entries arrived.",
            "1 entry with a purchase date that cannot be read: in no month",
            "3 entries with a purchase date without a time zone",
            "1 entry with a bookkeeping date at 22:00 or 23:00 UTC",
            "5 entries paid in a currency whose decimals are not known",
            "2 entries not in the totals: the record could not be read (for example a, field \
             updatedAt).",
        ];
        assert_eq!(sentences.len(), starts.len());
        for (sentence, start) in sentences.iter().zip(starts) {
            assert!(sentence.starts_with(start), "{sentence}");
        }
    }
}
