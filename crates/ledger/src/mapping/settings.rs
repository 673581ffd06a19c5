//! The settings that single formats need in addition to the rules of a mapping.

use outlay_pleo::time::Date;
use outlay_wire::string_enum;

use crate::amount::Rate;
use crate::entry::Style;

/// The file formats that this crate writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// CSV with configurable columns.
    Csv,
    /// SIE 4I, the Swedish import format.
    Sie,
    /// DATEV format, category Buchungsstapel.
    Datev,
    /// Xero: CSV for the import of manual journals.
    Xero,
    /// QuickBooks Online: CSV for the import of journal entries.
    QuickBooks,
    /// e-conomic: CSV; the columns are not verified.
    Economic,
}

string_enum!(Format {
    Csv = "csv", Sie = "sie", Datev = "datev", Xero = "xero", QuickBooks = "quickbooks",
    Economic = "economic",
});

impl Format {
    /// Returns the name on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Format::Csv => "CSV with your own columns",
            Format::Sie => "SIE 4I",
            Format::Datev => "DATEV Buchungsstapel",
            Format::Xero => "Xero manual journals",
            Format::QuickBooks => "QuickBooks Online journal entries",
            Format::Economic => "e-conomic (not verified)",
        }
    }

    /// Returns whether an independent reader or a published description confirms the format.
    #[must_use]
    pub fn is_verified(self) -> bool {
        self != Format::Economic
    }
}

/// The settings of one file format; the variant decides the format of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settings {
    /// Settings of [`Format::Csv`].
    Csv(CsvSettings),
    /// Settings of [`Format::Sie`].
    Sie(SieSettings),
    /// Settings of [`Format::Datev`].
    Datev(DatevSettings),
    /// Settings of [`Format::Xero`].
    Xero(XeroSettings),
    /// Settings of [`Format::QuickBooks`].
    QuickBooks(QuickBooksSettings),
    /// Settings of [`Format::Economic`].
    Economic(EconomicSettings),
}

impl Settings {
    /// Returns the format of this variant, which is the format of the mapping.
    #[must_use]
    pub fn format(&self) -> Format {
        match self {
            Settings::Csv(_) => Format::Csv,
            Settings::Sie(_) => Format::Sie,
            Settings::Datev(_) => Format::Datev,
            Settings::Xero(_) => Format::Xero,
            Settings::QuickBooks(_) => Format::QuickBooks,
            Settings::Economic(_) => Format::Economic,
        }
    }

    /// Returns how the file states tax.
    #[must_use]
    pub fn style(&self) -> Style {
        match self {
            Settings::Csv(csv) if csv.layout == CsvLayout::Postings && csv.tax_lines => {
                Style::TaxLines
            }
            Settings::Csv(_) | Settings::Datev(_) | Settings::Economic(_) => Style::Gross,
            Settings::Sie(_) | Settings::QuickBooks(_) => Style::TaxLines,
            Settings::Xero(xero) => match xero.amounts {
                XeroAmounts::Exclusive => Style::NetAndComputed,
                XeroAmounts::Inclusive => Style::Gross,
            },
        }
    }

    /// Returns whether each row has both the account and the contra account.
    #[must_use]
    pub fn in_pairs(&self) -> bool {
        match self {
            Settings::Csv(csv) => csv.layout == CsvLayout::Pairs,
            Settings::Datev(_) | Settings::Economic(_) => true,
            Settings::Sie(_) | Settings::Xero(_) | Settings::QuickBooks(_) => false,
        }
    }

    /// Returns whether the file states the currency of each row.
    #[must_use]
    pub fn has_currencies(&self) -> bool {
        match self {
            Settings::Csv(csv) => csv.has(Field::Currency),
            Settings::Economic(_) => true,
            Settings::Sie(_) | Settings::Datev(_) | Settings::Xero(_) | Settings::QuickBooks(_) => {
                false
            }
        }
    }

    /// Returns whether each tax code needs a rule, because the ledger has its own codes (DATEV, Xero).
    #[must_use]
    pub fn needs_tax_rule(&self) -> bool {
        matches!(self, Settings::Datev(_) | Settings::Xero(_))
    }

    /// Returns whether the ledger identifies accounts by name instead of number.
    #[must_use]
    pub fn by_account_name(&self) -> bool {
        matches!(self, Settings::QuickBooks(_))
    }
}

/// Number of rows for an accounting line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvLayout {
    /// One row for each debit and each credit.
    Postings,
    /// One row for each line, with its account and the contra account.
    Pairs,
}

string_enum!(CsvLayout { Postings = "postings", Pairs = "pairs" });

/// The character between two cells; cells that contain it are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`, the separator of RFC 4180.
    Comma,
    /// `;`, for countries with a decimal comma.
    Semicolon,
    /// The tabulator, U+0009.
    Tab,
}

string_enum!(Separator { Comma = "comma", Semicolon = "semicolon", Tab = "tab" });

impl Separator {
    /// Returns the character that the writer puts between two cells: `,`, `;` or U+0009.
    #[must_use]
    pub fn character(self) -> char {
        match self {
            Separator::Comma => ',',
            Separator::Semicolon => ';',
            Separator::Tab => '\t',
        }
    }
}

/// The notation of dates, the same in all columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// `2026-11-22`
    Iso,
    /// `22/11/2026`
    DayFirst,
    /// `11/22/2026`
    MonthFirst,
    /// `22.11.2026`
    Dots,
    /// `22-11-2026`
    Dashes,
    /// `20261122`
    Compact,
}

string_enum!(DateForm {
    Iso = "yyyy-mm-dd", DayFirst = "dd/mm/yyyy", MonthFirst = "mm/dd/yyyy", Dots = "dd.mm.yyyy",
    Dashes = "dd-mm-yyyy", Compact = "yyyymmdd",
});

/// Character encoding of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvEncoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Mark,
    /// Windows-1252.
    Cp1252,
}

string_enum!(CsvEncoding { Utf8 = "utf-8", Utf8Mark = "utf-8-bom", Cp1252 = "windows-1252" });

/// The value of a CSV column, taken from the posting, its line or its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Voucher number with its series.
    Voucher,
    /// Id of the entry at Pleo.
    Entry,
    /// Id of the line at Pleo.
    Line,
    /// Bookkeeping date in the notation of [`DateForm`].
    Date,
    /// Account of the posting, as code in the ledger.
    Account,
    /// Name of the account at Pleo.
    AccountName,
    /// Contra account of the entry, as code in the ledger.
    ContraAccount,
    /// Amount: debit positive, credit negative.
    Amount,
    /// Amount of a debit; empty for a credit.
    Debit,
    /// Amount of a credit; empty for a debit.
    Credit,
    /// Amount without tax, in the posted currency.
    NetAmount,
    /// Tax amount in the posted currency; empty without tax.
    TaxAmount,
    /// Tax code in the ledger; empty without one.
    TaxCode,
    /// Tax rate in per cent.
    TaxRate,
    /// Currency of the amounts, as the ledger names it.
    Currency,
    /// Amount in the supplier's currency.
    OriginalAmount,
    /// Currency of [`Field::OriginalAmount`].
    OriginalCurrency,
    /// Text of the entry or line, from the template.
    Text,
    /// Purpose of the posting; see [`crate::entry::Role::as_str`].
    Kind,
    /// Kind of item at Pleo, in Pleo's spelling.
    Type,
    /// Document number, from the template.
    Document,
    /// Note of the employee; empty without one.
    Note,
    /// Name of the supplier; empty without one.
    Supplier,
    /// Full name of the employee; empty without one.
    Employee,
    /// Code of the employee in the payroll.
    EmployeeCode,
    /// Name of the team; empty without one.
    Team,
    /// Code of the team; empty without one.
    TeamCode,
    /// Name of the vendor; empty without one.
    Vendor,
    /// Code of the vendor in the ledger.
    VendorCode,
    /// Invoice number of the supplier; empty without one.
    Invoice,
    /// Pleo's book id, by which a bank line is matched.
    BookId,
}

string_enum!(Field {
    Voucher = "voucher", Entry = "entry", Line = "line", Date = "date", Account = "account",
    AccountName = "accountName", ContraAccount = "contraAccount", Amount = "amount", Debit = "debit",
    Credit = "credit", NetAmount = "netAmount", TaxAmount = "taxAmount", TaxCode = "taxCode",
    TaxRate = "taxRate", Currency = "currency", OriginalAmount = "originalAmount",
    OriginalCurrency = "originalCurrency", Text = "text", Kind = "kind", Type = "type",
    Document = "document", Note = "note", Supplier = "supplier", Employee = "employee",
    EmployeeCode = "employeeCode", Team = "team", TeamCode = "teamCode", Vendor = "vendor",
    VendorCode = "vendorCode", Invoice = "invoice", BookId = "bookId",
});

/// A column of a CSV file: its header and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Header in the first row.
    pub header: String,
    /// Content of the cells.
    pub value: ColumnValue,
}

/// Source of the cells of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnValue {
    /// A value of the posting, its entry or its line.
    Field {
        /// Which one.
        field: Field,
        /// Whether amounts change their sign.
        switched: bool,
    },
    /// The same text in each row.
    Fixed(String),
    /// The line's tags of this group, separated by spaces.
    Tag(String),
}

/// Settings of [`Format::Csv`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvSettings {
    /// Number of rows for an accounting line.
    pub layout: CsvLayout,
    /// With [`CsvLayout::Postings`]: whether tax has separate rows, or is part of the gross amounts.
    pub tax_lines: bool,
    /// The character between two cells.
    pub separator: Separator,
    /// Whether the decimal separator is a comma instead of a dot.
    pub decimal_comma: bool,
    /// Notation of dates.
    pub dates: DateForm,
    /// Character encoding of the file.
    pub encoding: CsvEncoding,
    /// Whether the first row has the headers.
    pub header: bool,
    /// The longest text, in characters; `None` for no limit.
    pub longest_text: Option<usize>,
    /// Columns from left to right.
    pub columns: Vec<Column>,
}

impl CsvSettings {
    /// Returns whether a column has this value.
    #[must_use]
    pub fn has(&self, wanted: Field) -> bool {
        let holds = |column: &Column| matches!(&column.value, ColumnValue::Field { field, .. } if *field == wanted);
        self.columns.iter().any(holds)
    }
}

/// Settings of [`Format::Sie`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SieSettings {
    /// Name of the company, for `#FNAMN`.
    pub company: String,
    /// The organisation number, `nnnnnn-nnnn`; empty if it is left out.
    pub organisation_number: String,
    /// Whether vouchers have a series and a number; otherwise the ledger numbers them.
    pub numbered: bool,
    /// Whether series, number and text are always in quotation marks. The format allows both; some readers
    /// accept only one.
    pub quoted_numbers: bool,
    /// Longest text, in characters; longer ones are cut and reported.
    pub longest_text: usize,
}

/// Settings of [`Format::Datev`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatevSettings {
    /// The tax adviser's number (Berater), 1001 to 9999999.
    pub consultant: u32,
    /// The client's number (Mandant), 1 to 99999.
    pub client: u32,
    /// First day of the financial year (WJ-Beginn).
    pub year_start: Date,
    /// Digits of a general ledger account (Sachkontenlänge), 4 to 8.
    pub account_length: usize,
    /// The name of the batch (Bezeichnung), at most 30 characters.
    pub batch_name: String,
    /// Two capital letters (Diktatkürzel), or empty.
    pub initials: String,
    /// The chart of accounts (SKR): `03`, `04`, or empty.
    pub chart: String,
    /// Whether the import locks the entries (Festschreibung).
    pub lock: bool,
    /// Accounts with automatic tax in the ledger: their rows have no tax key.
    pub automatic_accounts: Vec<AutomaticAccount>,
}

impl DatevSettings {
    /// The last day of the financial year: the day before its first day a year later.
    #[must_use]
    pub fn year_end(&self) -> Date {
        let next = Date {
            year: self.year_start.year + 1,
            ..self.year_start
        };
        Date::from_days(next.days() - 1)
    }
}

/// An account with automatic tax (Automatikkonto).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutomaticAccount {
    /// Number of the account, as the ledger writes it.
    pub account: String,
    /// Tax rate that the ledger applies to it.
    pub rate: Rate,
}

/// Whether amounts in a Xero file include tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XeroAmounts {
    /// Net amounts; Xero adds the tax of each line.
    Exclusive,
    /// Gross amounts; Xero takes the tax out of each line.
    Inclusive,
}

string_enum!(XeroAmounts { Exclusive = "exclusive", Inclusive = "inclusive" });

/// Settings of [`Format::Xero`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XeroSettings {
    /// Whether amounts include tax, for every line of the file.
    pub amounts: XeroAmounts,
    /// Full name of the tax rate of lines without tax.
    pub no_tax: String,
    /// Most lines of one file; more start another file.
    pub lines_per_file: usize,
}

/// Settings of [`Format::QuickBooks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuickBooksSettings {
    /// How a date is written: [`DateForm::MonthFirst`] for companies in the United States.
    pub dates: DateForm,
}

/// Settings of [`Format::Economic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EconomicSettings {
    /// Whether the first row has the headers.
    pub header: bool,
}
