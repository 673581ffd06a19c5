//! What keeps an entry out of a file, each with a stable code and the entry's id.

use std::fmt;

use outlay_pleo::export::status::ExportJobItemFailureReasonType;
use outlay_pleo::id::{AccountingEntryId, EntryLineId};

macro_rules! codes {
    ($($(#[$about:meta])* $variant:ident = $code:literal, $failure:ident, $message:literal;)+) => {
        /// The reasons why an entry cannot be written, each with a stable code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum IssueCode {
            $($(#[$about])* #[doc = concat!("\n\n`", $code, "`")] $variant,)+
        }

        impl IssueCode {
            /// Every code, in the order of the definition.
            pub const ALL: &'static [IssueCode] = &[$(IssueCode::$variant),+];

            /// Returns the stable code in snake_case, for `data-code` and support.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// Returns the issue as a sentence for the user.
            #[must_use]
            pub fn message(self) -> &'static str {
                match self {
                    $(Self::$variant => $message,)+
                }
            }

            /// Returns Pleo's failure code for an item that the user leaves out because of this
            /// issue.
            #[must_use]
            pub fn failure(self) -> ExportJobItemFailureReasonType {
                match self {
                    $(Self::$variant => ExportJobItemFailureReasonType::$failure,)+
                }
            }
        }
    };
}

codes! {
    /// A line names no account.
    AccountMissing = "account_missing", AccountUnknown, "A line has no account.";
    /// The account has no code, and the mapping has no rule for it.
    AccountUnmapped = "account_unmapped", AccountUnknown, "An account has no code for the ledger.";
    /// The format does not allow such an account.
    AccountInvalid = "account_invalid", AccountUnknown, "An account cannot be written in this format.";
    /// Neither the item nor the mapping names a contra account.
    ContraAccountMissing = "contra_account_missing", AccountUnknown, "The entry has no contra account.";
    /// The entry is booked against a vendor and names none.
    VendorMissing = "vendor_missing", VendorUnknown, "The entry has no vendor.";
    /// The vendor has no account, and the mapping has no rule for it.
    VendorUnmapped = "vendor_unmapped", VendorUnknown, "The vendor has no account in the ledger.";
    /// The mapping requires a tax code, and the line has none.
    TaxCodeMissing = "tax_code_missing", TaxCodeUnknown, "A line has no tax code.";
    /// The format needs the ledger's own tax code, and the mapping has no rule for it.
    TaxCodeUnmapped = "tax_code_unmapped", TaxCodeUnknown, "A tax code has no counterpart in the ledger.";
    /// The format does not allow such a tax code, or not on this account.
    TaxCodeInvalid = "tax_code_invalid", TaxCodeUnknown, "A tax code cannot be written in this format.";
    /// Tax has to be posted, and no account is known for it.
    TaxAccountMissing = "tax_account_missing", TaxCodeUnknown, "A tax code has no account to post the tax to.";
    /// The mapping requires a tag of a group, and the line has none.
    TagMissing = "tag_missing", TagUnknown, "A line lacks a required tag.";
    /// The format does not allow such a tag.
    TagInvalid = "tag_invalid", TagUnknown, "A tag cannot be written in this format.";
    /// The mapping has no rule for the wallet's currency.
    CurrencyUnmapped = "currency_unmapped", InvalidConfiguration, "The mapping has no rule for the currency.";
    /// The format has one currency, and the mapping states no rate.
    CurrencyRateMissing = "currency_rate_missing", InvalidConfiguration, "The file has one currency, and the mapping has no rate.";
    /// The currency has no smallest unit, or it is not known.
    CurrencyUndefined = "currency_undefined", ValidationFailure, "The decimals of the currency are not known.";
    /// The lines of one entry are in different wallet currencies.
    CurrenciesDiffer = "currencies_differ", ValidationFailure, "The entry mixes currencies.";
    /// The bookkeeping date is not a date.
    DateUnreadable = "date_unreadable", ValidationFailure, "The bookkeeping date cannot be read.";
    /// The bookkeeping date is outside the financial year of the file.
    DateOutsideYear = "date_outside_year", InvalidConfiguration, "The bookkeeping date is outside the financial year.";
    /// The entry has no lines.
    LinesMissing = "lines_missing", ValidationFailure, "The entry has no lines.";
    /// The entry has more lines than a file of this format may have.
    TooManyLines = "too_many_lines", ValidationFailure, "The entry has more lines than one file may have.";
    /// Net amount and tax do not add up to the line.
    LineAmountsDiffer = "line_amounts_differ", ValidationFailure, "Net amount and tax do not add up to the line.";
    /// The lines do not add up to the entry, by more than rounding explains.
    EntryUnbalanced = "entry_unbalanced", ValidationFailure, "The lines do not add up to the entry.";
    /// All amounts are zero, so that there is nothing to post.
    EntryZero = "entry_zero", ValidationFailure, "The entry has no amount to post.";
    /// The same entry occurs twice among the items.
    EntryDuplicate = "entry_duplicate", ValidationFailure, "The entry occurs twice in the job.";
    /// The item belongs to another company than the first item.
    CompanyDiffers = "company_differs", ValidationFailure, "The entry belongs to another company.";
    /// An amount has more than twelve digits.
    AmountTooLarge = "amount_too_large", ValidationFailure, "An amount is too large.";
    /// The lines need a rounding line, and the mapping has no account for it.
    RoundingAccountMissing = "rounding_account_missing", MissingConfiguration, "The entry needs a rounding line, and no account is set for it.";
}

impl fmt::Display for IssueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An issue of one entry or line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    /// Id of the entry.
    pub entry: AccountingEntryId,
    /// Id of the line; `None` if the whole entry is meant.
    pub line: Option<EntryLineId>,
    /// Kind of the issue.
    pub code: IssueCode,
    /// What it is about: a code, an amount, a date. Empty where [`Issue::code`] says it all.
    pub detail: String,
}

impl fmt::Display for Issue {
    /// `entry …: The entry has no vendor. (vendor_missing)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "entry {}: {}", self.entry, self.code.message())?;
        if !self.detail.is_empty() {
            write!(f, " {}", self.detail)?;
        }
        write!(f, " ({})", self.code)
    }
}

/// Why no file is made. Unlike an [`Issue`] it is not about data that the user can leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code in snake_case.
    pub code: &'static str,
    /// Id of the entry; `None` if the whole file is meant.
    pub entry: Option<AccountingEntryId>,
    /// The refusal as a sentence for the user.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal {
            code,
            entry: None,
            message: message.into(),
        }
    }

    pub(crate) fn of(
        code: &'static str,
        entry: &AccountingEntryId,
        message: impl Into<String>,
    ) -> Refusal {
        Refusal {
            entry: Some(entry.clone()),
            ..Refusal::new(code, message)
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.entry {
            Some(entry) => write!(f, "entry {entry}: {} ({})", self.message, self.code),
            None => write!(f, "{} ({})", self.message, self.code),
        }
    }
}

impl std::error::Error for Refusal {}
