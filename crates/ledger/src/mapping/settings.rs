//! What single formats need beside the rules of a mapping.

use outlay_pleo::time::Date;
use outlay_wire::string_enum;

use crate::amount::Rate;
use crate::entry::Style;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// CSV with free columns.
    Csv,
    /// SIE 4I.
    Sie,
    /// DATEV format, category Buchungsstapel.
    Datev,
    /// Xero, import of manual journals.
    Xero,
    /// QuickBooks Online, import of journal entries.
    QuickBooks,
    /// e-conomic. Its columns are not verified.
    Economic,
}

string_enum!(Format {
    Csv = "csv", Sie = "sie", Datev = "datev", Xero = "xero", QuickBooks = "quickbooks",
    Economic = "economic",
});

impl Format {
    /// Every format.
    pub const ALL: [Format; 6] = [
        Format::Csv,
        Format::Sie,
        Format::Datev,
        Format::Xero,
        Format::QuickBooks,
        Format::Economic,
    ];

    /// The format for the user.
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

    /// Whether an independent reader or a published description confirms the format.
    #[must_use]
    pub fn is_verified(self) -> bool {
        self != Format::Economic
    }
}

/// The settings of the mapping's format.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the format of that name")]
pub enum Settings {
    Csv(CsvSettings),
    Sie(SieSettings),
    Datev(DatevSettings),
    Xero(XeroSettings),
    QuickBooks(QuickBooksSettings),
    Economic(EconomicSettings),
}

impl Settings {
    /// The format.
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

    /// How tax reaches the ledger.
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

    /// Whether each row names both accounts.
    #[must_use]
    pub fn in_pairs(&self) -> bool {
        match self {
            Settings::Csv(csv) => csv.layout == CsvLayout::Pairs,
            Settings::Datev(_) | Settings::Economic(_) => true,
            Settings::Sie(_) | Settings::Xero(_) | Settings::QuickBooks(_) => false,
        }
    }

    /// Whether the file states the currency of each row.
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

    /// Whether a tax code needs a rule in the mapping: its code at Pleo is not the ledger's.
    #[must_use]
    pub fn needs_tax_rule(&self) -> bool {
        matches!(self, Settings::Datev(_) | Settings::Xero(_))
    }

    /// Whether accounts are imported by name.
    #[must_use]
    pub fn by_account_name(&self) -> bool {
        matches!(self, Settings::QuickBooks(_))
    }
}

/// How many rows a posting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvLayout {
    /// One row for each debit and each credit.
    Postings,
    /// One row for each line, with its account and the contra account.
    Pairs,
}

string_enum!(CsvLayout { Postings = "postings", Pairs = "pairs" });

/// What is between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
}

string_enum!(Separator { Comma = "comma", Semicolon = "semicolon", Tab = "tab" });

impl Separator {
    /// The character.
    #[must_use]
    pub fn character(self) -> char {
        match self {
            Separator::Comma => ',',
            Separator::Semicolon => ';',
            Separator::Tab => '\t',
        }
    }
}

/// How a date is written.
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

/// The bytes of a CSV file.
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

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the value of that name")]
pub enum Field {
    Voucher,
    Entry,
    Line,
    Date,
    Account,
    AccountName,
    ContraAccount,
    Amount,
    Debit,
    Credit,
    NetAmount,
    TaxAmount,
    TaxCode,
    TaxRate,
    Currency,
    OriginalAmount,
    OriginalCurrency,
    Text,
    Kind,
    Type,
    Document,
    Note,
    Supplier,
    Employee,
    EmployeeCode,
    Team,
    TeamCode,
    Vendor,
    VendorCode,
    Invoice,
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

/// A column of a CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The text in the first row.
    pub header: String,
    /// What its cells hold.
    pub value: ColumnValue,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnValue {
    /// A value of the posting.
    Field {
        /// Which one.
        field: Field,
        /// Whether amounts change their sign.
        switched: bool,
    },
    /// The same text in each row.
    Fixed(String),
    /// The line's tag of this group; several are separated by a space.
    Tag(String),
}

/// CSV with free columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvSettings {
    /// How many rows a posting takes.
    pub layout: CsvLayout,
    /// With [`CsvLayout::Postings`]: whether tax has rows of its own, or is part of the gross amounts.
    pub tax_lines: bool,
    /// What is between two cells.
    pub separator: Separator,
    /// Whether the decimal separator is a comma and not a dot.
    pub decimal_comma: bool,
    /// How a date is written.
    pub dates: DateForm,
    /// The bytes.
    pub encoding: CsvEncoding,
    /// Whether the first row holds the headers.
    pub header: bool,
    /// The longest text, in characters; `None` for no limit.
    pub longest_text: Option<usize>,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
}

impl CsvSettings {
    /// Whether a column holds this value.
    #[must_use]
    pub fn has(&self, wanted: Field) -> bool {
        let holds = |column: &Column| matches!(&column.value, ColumnValue::Field { field, .. } if *field == wanted);
        self.columns.iter().any(holds)
    }
}

/// SIE 4I.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SieSettings {
    /// The company's name.
    pub company: String,
    /// The organisation number, `nnnnnn-nnnn`; empty if it is left out.
    pub organisation_number: String,
    /// Whether vouchers have series and number. Without, the ledger numbers them.
    pub numbered: bool,
    /// Whether series, number and text are always in quotation marks. The format allows both; some readers
    /// accept only one.
    pub quoted_numbers: bool,
    /// The longest text, in characters.
    pub longest_text: usize,
}

/// DATEV format, category Buchungsstapel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatevSettings {
    /// The tax adviser's number (Berater), 1001 to 9999999.
    pub consultant: u32,
    /// The client's number (Mandant), 1 to 99999.
    pub client: u32,
    /// The first day of the financial year (WJ-Beginn).
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
    /// Accounts to which the ledger applies a tax by itself: their rows have no tax key.
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
    /// The account.
    pub account: String,
    /// The rate that the ledger applies.
    pub rate: Rate,
}

/// What the amounts of a Xero file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XeroAmounts {
    /// Net; Xero adds the tax of each line.
    Exclusive,
    /// Gross; Xero takes the tax out of each line.
    Inclusive,
}

string_enum!(XeroAmounts { Exclusive = "exclusive", Inclusive = "inclusive" });

/// Xero, import of manual journals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XeroSettings {
    /// What the amounts are.
    pub amounts: XeroAmounts,
    /// The full name of the tax rate of lines without tax.
    pub no_tax: String,
    /// The most lines of a file.
    pub lines_per_file: usize,
}

/// QuickBooks Online, import of journal entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuickBooksSettings {
    /// How a date is written: [`DateForm::MonthFirst`] for companies in the United States.
    pub dates: DateForm,
}

/// e-conomic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EconomicSettings {
    /// Whether the first row holds the headers.
    pub header: bool,
}
