//! How a company's entries become postings in its ledger: a small file that the user keeps.
//!
//! [`Mapping::from_json`] reads it, [`Mapping::check`] checks it, [`Mapping::to_json`] writes it,
//! [`propose`] makes a first one from the items; [`MappingDraft`] is one that is being edited.

mod check;
mod draft;
mod error;
mod json;
mod keys;
mod propose;
mod read;
mod settings;
mod write;

pub use draft::{MappingDraft, RuleKey};
pub use error::MappingError;
pub use json::pretty;
pub use propose::propose;
pub(crate) use propose::{source, tax_source};
pub use settings::{
    AutomaticAccount, Column, ColumnValue, CsvEncoding, CsvLayout, CsvSettings, DateForm,
    DatevSettings, EconomicSettings, Field, Format, QuickBooksSettings, Separator, Settings,
    SieSettings, XeroAmounts, XeroSettings,
};

use outlay_pleo::Currency;
use outlay_pleo::export::status::ExportItemType;

use crate::amount::Rate;

/// Version of the mapping file that this program writes and reads.
pub const VERSION: u64 = 1;

/// The bookkeeping decisions of a company for one file format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Name that the user gave the mapping.
    pub name: String,
    /// Base currency of the ledger, an ISO 4217 code.
    pub base: Currency,
    /// Rules for accounts; an account without a rule keeps its code at Pleo.
    pub accounts: Vec<CodeRule>,
    /// Contra accounts; of the rules that fit, the one that states most counts, then the first. An item
    /// that no rule fits keeps its own contra account.
    pub contra: Vec<ContraRule>,
    /// Tax codes. A tax code without a rule keeps its code, where the format does not need the ledger's.
    pub tax_codes: Vec<TaxRule>,
    /// Rules for wallet currencies other than [`Mapping::base`].
    pub currencies: Vec<CurrencyRule>,
    /// Rules for tag groups; a group without a rule is not written.
    pub tags: Vec<TagRule>,
    /// Vendor accounts, by the vendor's code. Used for items that are booked against vendors.
    pub vendors: Vec<CodeRule>,
    /// Whether a line without a tax code is an issue.
    pub tax_code_required: bool,
    /// Whether an entry without a vendor is an issue.
    pub vendor_required: bool,
    /// Kinds of items with reversed amounts, such as money that is loaded into a wallet.
    pub reversed: Vec<ExportItemType>,
    /// The account of rounding lines; empty if none is set.
    pub rounding_account: String,
    /// Journal or voucher series; prefix of each voucher number.
    pub journal: String,
    /// Number of the first voucher.
    pub first_number: u64,
    /// Templates for the texts of a file.
    pub texts: Texts,
    /// Settings of the file format.
    pub settings: Settings,
}

/// Maps a code at Pleo to one in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRule {
    /// Code at Pleo, or the id of a record without a code.
    pub from: String,
    /// Code in the ledger.
    pub to: String,
}

/// Chooses the contra account by kind of item and currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContraRule {
    /// The kind of items; `None` for all.
    pub kind: Option<ExportItemType>,
    /// The wallet's currency; `None` for all.
    pub currency: Option<Currency>,
    /// Code of the contra account in the ledger.
    pub to: String,
}

/// Maps a tax code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRule {
    /// Code at Pleo, or the id of a tax code without one.
    pub from: String,
    /// Tax code, key or rate name in the ledger.
    pub to: String,
    /// The rate that the ledger computes with; `None` for the item's.
    pub rate: Option<Rate>,
    /// The account of tax that can be reclaimed; empty for the item's.
    pub ingoing: String,
    /// The account of tax that is owed; empty for the item's.
    pub outgoing: String,
}

/// Maps a wallet currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyRule {
    /// Currency of the wallet, an ISO 4217 code.
    pub from: Currency,
    /// Name of the currency in the ledger.
    pub to: String,
    /// Units of the ledger's currency for one unit of this one. With it, amounts are converted; without it
    /// they are posted in their own currency, if the format has a column for that.
    pub rate: Option<Rate>,
}

/// Maps a tag group to a dimension of the ledger; the codes of its tags are written unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRule {
    /// Code of the group at Pleo.
    pub group: String,
    /// Dimension, cost centre or tracking category in the ledger.
    pub to: String,
    /// Whether a line without a tag of the group is an issue.
    pub required: bool,
}

/// Templates with the placeholders of [`crate::template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// Text of an entry.
    pub entry: String,
    /// Text of a line.
    pub line: String,
    /// Document number.
    pub document: String,
    /// Text of a rounding line; a fixed text without placeholders.
    pub rounding: String,
}

impl Default for Texts {
    fn default() -> Texts {
        Texts {
            entry: "{supplier} {note}".to_owned(),
            line: "{supplier} {note}".to_owned(),
            document: "{invoice}".to_owned(),
            rounding: "Rounding".to_owned(),
        }
    }
}

impl Mapping {
    /// Returns the file format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.settings.format()
    }

    /// Makes a mapping without rules.
    #[must_use]
    pub fn new(name: &str, base: Currency, settings: Settings) -> Mapping {
        Mapping {
            name: name.to_owned(),
            base,
            accounts: Vec::new(),
            contra: Vec::new(),
            tax_codes: Vec::new(),
            currencies: Vec::new(),
            tags: Vec::new(),
            vendors: Vec::new(),
            tax_code_required: false,
            vendor_required: false,
            reversed: Vec::new(),
            rounding_account: String::new(),
            journal: "P".to_owned(),
            first_number: 1,
            texts: Texts::default(),
            settings,
        }
    }

    /// Returns the dimension of a tag group; `None` without a rule.
    #[must_use]
    pub fn dimension(&self, group: &str) -> Option<&str> {
        let rule = self.tags.iter().find(|rule| rule.group == group)?;
        Some(&rule.to)
    }

    /// Returns the contra account for items of a kind and currency; `None` without a rule.
    #[must_use]
    pub fn contra_of(&self, kind: &ExportItemType, currency: Currency) -> Option<&str> {
        let fits = |rule: &&ContraRule| {
            rule.kind.as_ref().is_none_or(|one| one == kind)
                && rule.currency.is_none_or(|one| one == currency)
        };
        let stated = |rule: &&ContraRule| {
            u8::from(rule.kind.is_some()) * 2 + u8::from(rule.currency.is_some())
        };
        // The first of those that state most: `max_by_key` would take the last.
        let rules = self.contra.iter().filter(fits);
        let best = rules.min_by_key(|rule| std::cmp::Reverse(stated(rule)))?;
        Some(&best.to)
    }
}
