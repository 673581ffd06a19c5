//! The names that a filter knows.

use crate::column::Column;
use crate::entry_table::Flag;

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A field of texts.
    Text(TextField),
    /// A field of numbers.
    Number(NumberField),
    /// A field of days.
    Day(DayField),
}

/// A field of texts: most have a code, a name and an id.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "docs/filters.md describes each")]
pub enum TextField {
    Employee,
    Team,
    Note,
    Type,
    Subtype,
    Status,
    Export,
    Review,
    Currency,
    Account,
    Tax,
    Vendor,
    Document,
    Line,
    Id,
    /// The tags of the group with this name or id, `tag.project`; of every group, `tag`.
    Tag(Option<String>),
}

/// A field of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberField {
    /// The amount that was paid.
    Amount,
    /// The amount in the company's currency.
    Billed,
    /// How many receipts there are.
    Receipts,
    /// How many people took part.
    Attendees,
}

/// A field of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayField {
    /// The day of purchase, in UTC.
    Date,
    /// The day of settlement, in UTC.
    Settled,
    /// The bookkeeping date.
    Booked,
}

/// A word that asks for something that is true of a row or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagWord {
    /// There is a receipt at least.
    Receipt,
    /// The entry is split, or the row is a part of one that is.
    Split,
    /// It counts as spend.
    Spend,
    /// Pleo has deleted the entry.
    Deleted,
    /// The record could not be read.
    Unreadable,
}

const TEXTS: [(&str, TextField); 15] = [
    ("employee", TextField::Employee),
    ("team", TextField::Team),
    ("note", TextField::Note),
    ("type", TextField::Type),
    ("subtype", TextField::Subtype),
    ("status", TextField::Status),
    ("export", TextField::Export),
    ("review", TextField::Review),
    ("currency", TextField::Currency),
    ("account", TextField::Account),
    ("tax", TextField::Tax),
    ("vendor", TextField::Vendor),
    ("document", TextField::Document),
    ("line", TextField::Line),
    ("id", TextField::Id),
];

const NUMBERS: [(&str, NumberField); 4] = [
    ("amount", NumberField::Amount),
    ("billed", NumberField::Billed),
    ("receipts", NumberField::Receipts),
    ("attendees", NumberField::Attendees),
];

const DAYS: [(&str, DayField); 3] = [
    ("date", DayField::Date),
    ("settled", DayField::Settled),
    ("booked", DayField::Booked),
];

const FLAGS: [(&str, FlagWord); 5] = [
    ("receipt", FlagWord::Receipt),
    ("split", FlagWord::Split),
    ("spend", FlagWord::Spend),
    ("deleted", FlagWord::Deleted),
    ("unreadable", FlagWord::Unreadable),
];

/// The name of the field of tags.
pub(super) const TAG: &str = "tag";

fn named<T: Clone>(names: &[(&str, T)], name: &str) -> Option<T> {
    let found = names.iter().find(|it| it.0.eq_ignore_ascii_case(name));
    found.map(|it| it.1.clone())
}

fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|it| it.1 == *value).map_or("", |it| it.0)
}

impl Field {
    /// The field of this name, in any case; not those of one tag group.
    pub(super) fn named(name: &str) -> Option<Field> {
        if name.eq_ignore_ascii_case(TAG) {
            return Some(Field::Text(TextField::Tag(None)));
        }
        named(&TEXTS, name)
            .map(Field::Text)
            .or_else(|| named(&NUMBERS, name).map(Field::Number))
            .or_else(|| named(&DAYS, name).map(Field::Day))
    }

    /// The name; for the tags of one group, that of all tags.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Field::Text(TextField::Tag(_)) => TAG,
            Field::Text(field) => name_of(&TEXTS, field),
            Field::Number(field) => name_of(&NUMBERS, field),
            Field::Day(field) => name_of(&DAYS, field),
        }
    }
}

impl FlagWord {
    /// The flag with this name, in any case.
    pub(super) fn named(name: &str) -> Option<FlagWord> {
        named(&FLAGS, name)
    }

    pub(super) fn name(self) -> &'static str {
        name_of(&FLAGS, &self)
    }

    /// The flag of the table; `None` for those that follow from other columns.
    pub(crate) fn flag(self) -> Option<Flag> {
        match self {
            FlagWord::Receipt | FlagWord::Split => None,
            FlagWord::Spend => Some(Flag::Spend),
            FlagWord::Deleted => Some(Flag::Deleted),
            FlagWord::Unreadable => Some(Flag::Unreadable),
        }
    }
}

impl DayField {
    pub(crate) fn column(self) -> Column {
        match self {
            DayField::Date => Column::Date,
            DayField::Settled => Column::Settled,
            DayField::Booked => Column::Booked,
        }
    }
}

/// The columns behind a field of texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    /// Codes and words: they must equal the text.
    pub(crate) codes: Vec<Column>,
    /// Names: they may contain the text.
    pub(crate) names: Vec<Column>,
    /// Ids: they are compared only if an exact text is asked for.
    pub(crate) ids: Vec<Column>,
}

impl TextField {
    /// The columns of a field other than [`TextField::Tag`].
    pub(crate) fn columns(&self) -> Columns {
        use Column as C;
        let (codes, names, ids): (&[C], &[C], &[C]) = match self {
            TextField::Employee => (&[C::EmployeeCode], &[C::Employee], &[C::EmployeeId]),
            TextField::Team => (&[], &[C::Team], &[C::TeamId]),
            TextField::Note => (&[], &[C::Note], &[]),
            TextField::Type => (&[C::Type, C::TypeCode], &[], &[]),
            TextField::Subtype => (&[C::Subtype, C::SubtypeCode], &[], &[]),
            TextField::Status => (&[C::Status, C::StatusCode], &[], &[]),
            TextField::Export => (&[C::Export, C::ExportCode], &[], &[]),
            TextField::Review => (&[C::Review, C::ReviewCode], &[], &[]),
            TextField::Currency => (&[C::Currency], &[], &[]),
            TextField::Account => (&[C::AccountCode], &[C::Account], &[C::AccountId]),
            TextField::Tax => (&[C::TaxCode], &[C::Tax], &[C::TaxId]),
            TextField::Vendor => (
                &[C::VendorCode, C::VendorAccount],
                &[C::Vendor],
                &[C::VendorId],
            ),
            TextField::Document => (&[], &[C::Document], &[]),
            TextField::Line => (&[], &[C::Line], &[]),
            TextField::Id | TextField::Tag(_) => (&[], &[], &[]),
        };
        Columns {
            codes: codes.to_vec(),
            names: names.to_vec(),
            ids: ids.to_vec(),
        }
    }
}
