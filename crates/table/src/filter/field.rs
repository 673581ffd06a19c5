//! The names that a filter knows.

use crate::column::Column;
use crate::flag::Flag;

/// A field of a row that a filter can test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A field with texts.
    Text(TextField),
    /// A field with numbers.
    Number(NumberField),
    /// A field with days.
    Day(DayField),
}

/// A field with texts. Most have a code, a name and an id, and a value may match any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextField {
    /// Name, payroll number or id of the employee.
    Employee,
    /// Name or id of the team.
    Team,
    /// Note of the employee.
    Note,
    /// Entry family, as code or label.
    Type,
    /// Entry subfamily, as code or label.
    Subtype,
    /// Entry status, as code or label.
    Status,
    /// Export status, as code or label.
    Export,
    /// Review status, as code or label.
    Review,
    /// Code of the currency that was paid.
    Currency,
    /// Code of the currency of [`NumberField::Billed`]; empty without such an amount.
    BilledCurrency,
    /// Code, name or id of the account.
    Account,
    /// Code, name or id of the tax code.
    Tax,
    /// Code, name or id of the vendor.
    Vendor,
    /// Number of the supplier's document.
    Document,
    /// Kind of row: entry or part.
    Line,
    /// UUID of the entry or the part.
    Id,
    /// The tags of the group with this name or id, `tag.project`; of every group, `tag`.
    Tag(Option<String>),
}

/// A field with numbers, compared exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberField {
    /// Amount in the currency that was paid.
    Amount,
    /// Amount in the company's currency.
    Billed,
    /// Number of receipts.
    Receipts,
    /// Number of participants.
    Attendees,
}

/// A field with days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayField {
    /// The day of purchase, in UTC.
    Date,
    /// The day of settlement, in UTC.
    Settled,
    /// Bookkeeping date.
    Booked,
}

/// A yes-or-no property of a row that `is:` tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagWord {
    /// The entry has at least one receipt.
    Receipt,
    /// The entry is split, or the row is a part of a split one.
    Split,
    /// The row counts as spend: [`crate::is_spend`].
    Spend,
    /// The entry is deleted at Pleo.
    Deleted,
    /// The record does not have the documented shape.
    Unreadable,
}

const TEXTS: [(&str, TextField); 16] = [
    ("employee", TextField::Employee),
    ("team", TextField::Team),
    ("note", TextField::Note),
    ("type", TextField::Type),
    ("subtype", TextField::Subtype),
    ("status", TextField::Status),
    ("export", TextField::Export),
    ("review", TextField::Review),
    ("currency", TextField::Currency),
    ("billed_currency", TextField::BilledCurrency),
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

    /// The columns of ids among which [`outlay_pleo::UNKNOWN_ID`] counts as no value; those of tags are
    /// not among them.
    pub(crate) fn columns_of_ids(&self) -> &'static [Column] {
        match self {
            Field::Text(TextField::Account) => &[Column::AccountId],
            Field::Text(TextField::Tax) => &[Column::TaxId],
            _ => &[],
        }
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
    /// The fields, the purchase date first.
    pub const ALL: [DayField; 3] = [DayField::Date, DayField::Settled, DayField::Booked];

    /// The name in filters and in addresses: `date`, `settled` or `booked`.
    #[must_use]
    pub fn key(self) -> &'static str {
        name_of(&DAYS, &self)
    }

    /// The field with this name, in any case; `None` for an unknown one.
    #[must_use]
    pub fn of_key(key: &str) -> Option<DayField> {
        named(&DAYS, key)
    }

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
    /// Ids: they are compared only with exact texts.
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
            TextField::BilledCurrency => (&[C::BilledCurrency], &[], &[]),
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
