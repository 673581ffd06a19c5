//! How a company's entries become postings in its ledger: a small file that the user keeps.
//!
//! [`Mapping::from_json`] reads and checks it, [`Mapping::to_json`] writes it, [`propose`] makes a first
//! one from the items.

mod json;
mod propose;
mod read;
mod settings;
mod write;

pub use json::pretty;
pub use propose::propose;
pub(crate) use propose::{source, tax_source};
pub use read::MappingError;
pub use settings::{
    AutomaticAccount, Column, ColumnValue, CsvEncoding, CsvLayout, CsvSettings, DateForm,
    DatevSettings, EconomicSettings, Field, Format, QuickBooksSettings, Separator, Settings,
    SieSettings, XeroAmounts, XeroSettings,
};

use outlay_pleo::Currency;
use outlay_pleo::export::status::ExportItemType;

use crate::amount::Rate;

/// The version of the file form that this program writes and reads.
pub const VERSION: u64 = 1;

/// A mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What the user calls it.
    pub name: String,
    /// The ledger's own currency.
    pub base: Currency,
    /// Accounts. An account without a rule keeps the code that it has at Pleo.
    pub accounts: Vec<CodeRule>,
    /// Contra accounts; of the rules that fit, the one that states most counts, then the first. An item
    /// that no rule fits keeps its own contra account.
    pub contra: Vec<ContraRule>,
    /// Tax codes. A tax code without a rule keeps its code, where the format does not need the ledger's.
    pub tax_codes: Vec<TaxRule>,
    /// Wallet currencies other than [`Mapping::base`].
    pub currencies: Vec<CurrencyRule>,
    /// Tag groups.
    pub tags: Vec<TagRule>,
    /// Vendor accounts, by the vendor's code. Used for items that are booked against vendors.
    pub vendors: Vec<CodeRule>,
    /// Whether each line needs a tax code.
    pub tax_code_required: bool,
    /// Whether each entry needs a vendor.
    pub vendor_required: bool,
    /// Kinds of items whose amounts change their sign, such as money that is loaded into a wallet.
    pub reversed: Vec<ExportItemType>,
    /// The account of rounding lines; empty if none is set.
    pub rounding_account: String,
    /// The journal or voucher series, which begins each voucher number.
    pub journal: String,
    /// The number of the first voucher.
    pub first_number: u64,
    /// The texts.
    pub texts: Texts,
    /// What one format needs beside all this.
    pub settings: Settings,
}

/// A code at Pleo and its counterpart in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRule {
    /// The code at Pleo, or the id of what has no code.
    pub from: String,
    /// The counterpart.
    pub to: String,
}

/// A contra account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContraRule {
    /// The kind of items; `None` for all.
    pub kind: Option<ExportItemType>,
    /// The wallet's currency; `None` for all.
    pub currency: Option<Currency>,
    /// The account.
    pub to: String,
}

/// A tax code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRule {
    /// The code at Pleo, or the id of a tax code without one.
    pub from: String,
    /// The ledger's tax code, key or name of the rate.
    pub to: String,
    /// The rate that the ledger computes with; `None` for the item's.
    pub rate: Option<Rate>,
    /// The account of tax that can be reclaimed; empty for the item's.
    pub ingoing: String,
    /// The account of tax that is owed; empty for the item's.
    pub outgoing: String,
}

/// A wallet currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyRule {
    /// The wallet's currency.
    pub from: Currency,
    /// How the ledger names it.
    pub to: String,
    /// Units of the ledger's currency for one unit of this one. With it, amounts are converted; without it
    /// they are posted in their own currency, if the format has a column for that.
    pub rate: Option<Rate>,
}

/// A tag group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRule {
    /// The code of the group at Pleo.
    pub group: String,
    /// The dimension, cost centre or tracking category in the file.
    pub to: String,
    /// Whether each line needs a tag of the group.
    pub required: bool,
}

/// The texts: templates with the placeholders of [`crate::template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The text of an entry.
    pub entry: String,
    /// The text of a line.
    pub line: String,
    /// The document number.
    pub document: String,
    /// The text of a rounding line, without placeholders.
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
    /// The format of the file.
    #[must_use]
    pub fn format(&self) -> Format {
        self.settings.format()
    }

    /// A mapping of a format without any rule.
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

    /// The dimension of a tag group, if the mapping has a rule for it.
    #[must_use]
    pub fn dimension(&self, group: &str) -> Option<&str> {
        let rule = self.tags.iter().find(|rule| rule.group == group)?;
        Some(&rule.to)
    }

    /// The contra account of items of a kind and currency, if a rule names one.
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
