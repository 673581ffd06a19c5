//! The columns of the entries table: what each is called in links, in files and on screen.

/// The type of a column's cells; decides alignment, sort order and file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, compared without case and accents.
    Text,
    /// Decimal number with a dot, such as a rate in per cent.
    Number,
    /// Amount in minor units; the currency is in another column.
    Amount,
    /// Calendar day, sorted by date.
    Day,
    /// Whole number from 0.
    Count,
    /// UUID of the entry or the split part, different in nearly every row.
    Id,
}

/// Makes the columns of the fixed places, in the order of a ledger file.
macro_rules! columns {
    ($($name:ident = $key:literal, $header:literal, $kind:ident;)+) => {
        /// A column of the entries table; [`crate::entry_table`] defines the rows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Column {
            $(
                #[doc = concat!($header, ", `", $key, "` in links.")]
                $name,
            )+
            /// The tags of one group as code and name; the number of the group in the table, from 0.
            Tag(u16),
            /// The codes of the tags of one group.
            TagCode(u16),
            /// The ids of the tags of one group.
            TagId(u16),
        }

        /// The places of the fixed columns.
        enum Place { $($name),+ }

        /// Column, key, header and kind, by place.
        const FIXED: &[(Column, &str, &str, Kind)] =
            &[$((Column::$name, $key, $header, Kind::$kind)),+];

        impl Column {
            /// A number for each column: from 0, those of tags last.
            pub(crate) fn slot(self) -> usize {
                let of = |group: u16, at: usize| {
                    FIXED.len() + usize::from(group) * PER_GROUP + at
                };
                match self {
                    $(Column::$name => Place::$name as usize,)+
                    Column::Tag(group) => of(group, 0),
                    Column::TagCode(group) => of(group, 1),
                    Column::TagId(group) => of(group, 2),
                }
            }
        }
    };
}

columns! {
    Date = "date", "Purchase date", Day;
    Settled = "settled", "Settled date", Day;
    Booked = "booked", "Bookkeeping date", Day;
    Employee = "employee", "Employee", Text;
    EmployeeCode = "employee_code", "Employee number", Text;
    EmployeeId = "employee_id", "Employee id", Text;
    Team = "team", "Team", Text;
    TeamId = "team_id", "Team id", Text;
    Note = "note", "Note", Text;
    Type = "type", "Type", Text;
    Subtype = "subtype", "Subtype", Text;
    Status = "status", "Status", Text;
    Amount = "amount", "Amount", Amount;
    Currency = "currency", "Currency", Text;
    Billed = "billed", "Amount in company currency", Amount;
    BilledCurrency = "billed_currency", "Company currency", Text;
    AccountCode = "account_code", "Account code", Text;
    Account = "account", "Account name", Text;
    AccountId = "account_id", "Account id", Text;
    TaxCode = "tax_code", "Tax code", Text;
    Tax = "tax", "Tax code name", Text;
    TaxRate = "tax_rate", "Tax rate (%)", Number;
    TaxId = "tax_id", "Tax code id", Text;
    Vendor = "vendor", "Vendor", Text;
    VendorCode = "vendor_code", "Vendor code", Text;
    VendorId = "vendor_id", "Vendor id", Text;
    VendorAccount = "vendor_account", "Vendor account", Text;
    VendorTaxNumber = "vendor_tax_number", "Vendor tax number", Text;
    DocumentType = "document_type", "Document type", Text;
    Document = "document", "Document number", Text;
    Export = "export", "Export status", Text;
    Review = "review", "Review status", Text;
    Receipts = "receipts", "Receipts", Count;
    Attendees = "attendees", "Attendees", Count;
    Line = "line", "Line", Text;
    PartId = "part_id", "Part id", Id;
    EntryId = "entry_id", "Entry id", Id;
    TypeCode = "type_code", "Type code", Text;
    SubtypeCode = "subtype_code", "Subtype code", Text;
    StatusCode = "status_code", "Status code", Text;
    ExportCode = "export_code", "Export status code", Text;
    ReviewCode = "review_code", "Review status code", Text;
}

/// How many columns of a ledger file come before those of the tag groups.
const BEFORE_TAGS: usize = 23;

/// How many of [`FIXED`] are in a ledger file; the rest says the same in codes.
const IN_LEDGER: usize = 37;

/// Columns per tag group.
const PER_GROUP: usize = 3;

impl Column {
    /// Returns the columns that every table has, in the default order.
    pub fn fixed() -> impl Iterator<Item = Column> {
        FIXED.iter().map(|fixed| fixed.0)
    }

    /// Returns the columns of a ledger file for a table with `groups` tag groups.
    #[must_use]
    pub fn of_ledger(groups: u16) -> Vec<Column> {
        let mut columns: Vec<Column> = Column::fixed().take(IN_LEDGER).collect();
        columns.splice(BEFORE_TAGS..BEFORE_TAGS, (0..groups).map(Column::Tag));
        columns
    }

    /// Returns the columns of [`Column::of_ledger`], and those with Pleo's codes and with the codes and ids
    /// of tags.
    #[must_use]
    pub fn with_codes(groups: u16) -> Vec<Column> {
        let of_tags = (0..groups).flat_map(|group| [Column::TagCode(group), Column::TagId(group)]);
        let mut columns = Column::of_ledger(groups);
        columns.extend(Column::fixed().skip(IN_LEDGER).chain(of_tags));
        columns
    }

    fn row(self) -> Option<&'static (Column, &'static str, &'static str, Kind)> {
        FIXED.get(self.slot())
    }

    /// Returns the index of the tag group of a tag column; `None` for other columns.
    #[must_use]
    pub fn group(self) -> Option<u16> {
        match self {
            Column::Tag(group) | Column::TagCode(group) | Column::TagId(group) => Some(group),
            _ => None,
        }
    }

    /// The name in links, filters and JSON: lower case, stable. `None` for columns of tags, whose key
    /// has the group's id: see [`crate::EntryTable::key`].
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        self.row().map(|fixed| fixed.1)
    }

    /// Returns the fixed column with this key; `None` for an unknown key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Column> {
        let fixed = FIXED.iter().find(|fixed| fixed.1 == key);
        fixed.map(|fixed| fixed.0)
    }

    /// The header in files and on screen. `None` for columns of tags: see
    /// [`crate::EntryTable::header`].
    #[must_use]
    pub fn header(self) -> Option<&'static str> {
        self.row().map(|fixed| fixed.2)
    }

    /// Returns the type of the column's cells.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.row().map_or(Kind::Text, |fixed| fixed.3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_slots_are_unique_and_keys_come_back() {
        for (place, column) in Column::fixed().enumerate() {
            assert_eq!(column.slot(), place);
            assert_eq!(column.key().and_then(Column::of_key), Some(column));
        }
        assert_eq!(Column::Tag(0).slot(), FIXED.len());
        assert_eq!(Column::TagId(1).slot(), FIXED.len() + 5);
    }

    #[test]
    fn file_with_codes_has_every_column_once_and_headers_that_differ() {
        let columns = Column::with_codes(2);
        let all: std::collections::HashSet<Column> = columns.iter().copied().collect();
        assert_eq!(columns.len(), FIXED.len() + 2 * PER_GROUP);
        assert_eq!(all.len(), columns.len());
        let headers: Vec<&str> = columns.iter().filter_map(|it| it.header()).collect();
        let different: std::collections::HashSet<&str> = headers.iter().copied().collect();
        assert_eq!(different.len(), headers.len());
    }

    #[test]
    fn a_ledger_file_has_the_tags_after_the_tax() {
        let columns = Column::of_ledger(2);
        let tags = columns.iter().position(|column| *column == Column::Tag(0));
        let before = tags.and_then(|at| columns.get(at - 1));
        assert_eq!(before, Some(&Column::TaxId));
        assert_eq!(columns.last(), Some(&Column::EntryId));
    }
}
