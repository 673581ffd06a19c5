//! Makes entries of export items, or a list of the issues that prevent a file.

mod amounts;
mod balance;
mod facts;

use std::collections::HashSet;

use outlay_pleo::Currency;
use outlay_pleo::export::item::{ExportItem, ExportItemLine};
use outlay_pleo::export::part::ExportTax;
use outlay_pleo::export::status::BookkeepingMethod;
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::tax_code::TaxType;
use outlay_pleo::time::DateTime;

use crate::amount::{Rate, exponent};
use crate::entry::{Account, Entry, Journal, Line, Tag, Tax};
use crate::findings::Findings;
use crate::format;
use crate::issue::{Issue, IssueCode};
use crate::mapping::{CurrencyRule, Mapping};
use amounts::Amounts;

/// The result of checking a job's items against a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    entries: Vec<Entry>,
    base: Currency,
    /// Everything that prevents a file, by entry; one entry may have several issues.
    pub issues: Vec<Issue>,
}

impl Check {
    /// The journal.
    ///
    /// # Errors
    ///
    /// The issues, if there are any: no file is made of a part of the entries unless the user leaves the
    /// others out.
    pub fn journal(self) -> Result<Journal, Vec<Issue>> {
        match self.issues.is_empty() {
            true => Ok(Journal {
                entries: self.entries,
                base: self.base,
            }),
            false => Err(self.issues),
        }
    }
}

/// Checks the items of a job under a mapping, without those that the user leaves out.
#[must_use]
pub fn check(items: &[ExportItem], mapping: &Mapping, left_out: &[AccountingEntryId]) -> Check {
    let kept = |item: &&ExportItem| !left_out.contains(&item.accounting_entry_id);
    let mut kept: Vec<&ExportItem> = items.iter().filter(kept).collect();
    kept.sort_by_key(|item| {
        let day = DateTime::parse(&item.date).map(|written| written.day);
        (day, item.accounting_entry_id.clone())
    });
    let company = kept.first().map(|item| item.company_id.clone());
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    let mut issues = Vec::new();
    for item in kept {
        let mut found = Findings::of(item);
        if !seen.insert(item.accounting_entry_id.clone()) {
            found.put(IssueCode::EntryDuplicate, "");
        }
        if company.as_ref() != Some(&item.company_id) {
            found.put(IssueCode::CompanyDiffers, "");
        }
        let number = mapping.first_number.saturating_add(entries.len() as u64);
        let entry = EntryBuilder { item, mapping }.entry(number, &mut found);
        if let Some(entry) = entry {
            found.check_balance(&entry, mapping);
            format::check_entry(&entry, mapping, &mut found);
            entries.push(entry);
        }
        issues.append(&mut found.issues);
    }
    Check {
        entries,
        base: mapping.base,
        issues,
    }
}

/// Makes an entry of an item.
struct EntryBuilder<'a> {
    item: &'a ExportItem,
    mapping: &'a Mapping,
}

impl EntryBuilder<'_> {
    /// The entry. `None` if an issue leaves nothing to check further.
    fn entry(&self, number: u64, found: &mut Findings) -> Option<Entry> {
        let (item, mapping) = (self.item, self.mapping);
        let written = DateTime::parse(&item.date);
        if written.is_none() {
            found.put(IssueCode::DateUnreadable, item.date.clone());
        }
        let wallet = item.amount.in_wallet_currency.currency;
        let (currency, currency_code, rate) = self.currency(wallet, found)?;
        let amounts = Amounts {
            wallet,
            currency,
            rate,
            reversed: mapping.reversed.contains(&item.kind),
        };
        if item.accounting_entry_lines.is_empty() {
            found.put(IssueCode::LinesMissing, "");
        }
        found.slack = amounts.slack(item.accounting_entry_lines.len());
        let total = amounts.total(item, found);
        let lines: Option<Vec<Line>> = item
            .accounting_entry_lines
            .iter()
            .map(|line| self.line(line, &amounts, found))
            .collect();
        let contra = self.contra(wallet, found);
        if mapping.vendor_required && item.vendor.is_none() {
            found.put(IssueCode::VendorMissing, "");
        }
        let lines = lines.filter(|lines| !lines.is_empty())?;
        Some(Entry {
            id: item.accounting_entry_id.clone(),
            voucher: format!("{}{number}", mapping.journal),
            number,
            date: written?.day,
            kind: item.kind.clone(),
            currency,
            currency_code,
            contra: contra?,
            total: total?,
            lines,
            rounding: mapping.rounding_account.clone(),
            facts: facts::of(item),
        })
    }

    /// The currency that is posted, the ledger's name for it, and the rate of the conversion.
    fn currency(
        &self,
        wallet: Currency,
        found: &mut Findings,
    ) -> Option<(Currency, String, Option<Rate>)> {
        let mapping = self.mapping;
        if exponent(wallet).is_none() {
            found.put(IssueCode::CurrencyUndefined, wallet.to_string());
            return None;
        }
        if wallet == mapping.base {
            return Some((wallet, wallet.to_string(), None));
        }
        let rule = mapping.currencies.iter().find(|rule| rule.from == wallet);
        match rule {
            None => {
                found.put(IssueCode::CurrencyUnmapped, wallet.to_string());
                None
            }
            Some(CurrencyRule {
                rate: Some(rate), ..
            }) => Some((mapping.base, mapping.base.to_string(), Some(*rate))),
            Some(rule) if mapping.settings.has_currencies() => {
                Some((wallet, rule.to.clone(), None))
            }
            Some(_) => {
                found.put(IssueCode::CurrencyRateMissing, wallet.to_string());
                None
            }
        }
    }

    fn contra(&self, wallet: Currency, found: &mut Findings) -> Option<Account> {
        let (item, mapping) = (self.item, self.mapping);
        let by_vendor = item
            .bookkeeping
            .as_ref()
            .is_some_and(|bookkeeping| bookkeeping.method == BookkeepingMethod::AccountsPayable);
        if by_vendor {
            return self.vendor_account(found);
        }
        let own = item.contra_account.as_ref();
        let name = own.map(|account| account.name.clone()).unwrap_or_default();
        let code = match (mapping.contra_of(&item.kind, wallet), own) {
            (Some(code), _) => Some(code.to_owned()),
            (None, Some(account)) => facts::account_code(account, mapping),
            (None, None) => None,
        };
        if code.is_none() {
            found.put(IssueCode::ContraAccountMissing, item.kind.as_str());
        }
        Some(Account { code: code?, name })
    }

    fn vendor_account(&self, found: &mut Findings) -> Option<Account> {
        let Some(vendor) = &self.item.vendor else {
            found.put(IssueCode::VendorMissing, "");
            return None;
        };
        let from = vendor.code.clone().unwrap_or_else(|| vendor.id.to_string());
        let rule = self.mapping.vendors.iter().find(|rule| rule.from == from);
        let own = self
            .item
            .supplier
            .as_ref()
            .and_then(|supplier| supplier.account.clone());
        let code = rule
            .map(|rule| rule.to.clone())
            .or(own)
            .filter(|code| !code.is_empty());
        if code.is_none() {
            found.put(IssueCode::VendorUnmapped, from);
        }
        Some(Account {
            code: code?,
            name: vendor.name.clone(),
        })
    }

    fn line(&self, line: &ExportItemLine, amounts: &Amounts, found: &mut Findings) -> Option<Line> {
        let id = line.accounting_entry_line_id.clone();
        let mut put = |code, detail: String| found.push(Some(id.clone()), code, detail);
        let account = match &line.account {
            None => {
                put(IssueCode::AccountMissing, String::new());
                None
            }
            Some(account) if account.id.is_unknown() => {
                put(IssueCode::AccountMissing, String::new());
                None
            }
            Some(account) => {
                let code = facts::account_code(account, self.mapping);
                if code.is_none() {
                    put(IssueCode::AccountUnmapped, account.name.clone());
                }
                let name = account.name.clone();
                code.map(|code| Account { code, name })
            }
        };
        self.check_tags(line, &mut put);
        let parts = amounts.line(line, &mut put);
        let tax = match &line.tax {
            None => {
                if self.mapping.tax_code_required {
                    put(IssueCode::TaxCodeMissing, String::new());
                }
                Some(None)
            }
            Some(tax) => self
                .tax(tax, parts.map_or(0, |parts| parts.tax), &mut put)
                .map(Some),
        };
        let parts = parts?;
        Some(Line {
            id,
            account: account?,
            gross: parts.gross,
            net: parts.net,
            tax: tax?,
            original: parts.original,
            tags: line
                .tags
                .iter()
                .flatten()
                .filter(|tag| !tag.id.is_unknown())
                .map(|tag| Tag {
                    group: tag.group_code.clone(),
                    code: tag.code.clone(),
                })
                .collect(),
        })
    }

    fn check_tags(&self, line: &ExportItemLine, put: &mut impl FnMut(IssueCode, String)) {
        for rule in self.mapping.tags.iter().filter(|rule| rule.required) {
            let tags = line.tags.iter().flatten();
            let has = tags
                .into_iter()
                .any(|tag| tag.group_code == rule.group && !tag.id.is_unknown());
            if !has {
                put(IssueCode::TagMissing, rule.group.clone());
            }
        }
    }

    fn tax(
        &self,
        tax: &ExportTax,
        amount: i64,
        put: &mut impl FnMut(IssueCode, String),
    ) -> Option<Tax> {
        let from = crate::mapping::tax_source(tax);
        let rule = self.mapping.tax_codes.iter().find(|rule| rule.from == from);
        let own = tax.code.clone().unwrap_or_default();
        let code = match rule {
            Some(rule) => rule.to.clone(),
            None if self.mapping.settings.needs_tax_rule() => {
                put(IssueCode::TaxCodeUnmapped, from);
                return None;
            }
            None => own,
        };
        if code.is_empty() && self.mapping.tax_code_required {
            put(IssueCode::TaxCodeMissing, from.clone());
        }
        let chosen = |ruled: Option<&String>, own: &Option<String>| {
            let ruled = ruled.filter(|account| !account.is_empty()).cloned();
            ruled.or_else(|| own.clone()).unwrap_or_default()
        };
        let ingoing = chosen(rule.map(|rule| &rule.ingoing), &tax.ingoing_tax_account);
        let outgoing = chosen(rule.map(|rule| &rule.outgoing), &tax.outgoing_tax_account);
        let posts = self.mapping.settings.style() == crate::entry::Style::TaxLines && amount != 0;
        let lacks = ingoing.is_empty() || tax.kind == TaxType::Reverse && outgoing.is_empty();
        if posts && lacks {
            put(IssueCode::TaxAccountMissing, from);
        }
        let rate = rule
            .and_then(|rule| rule.rate)
            .or_else(|| Rate::of(&tax.rate));
        Some(Tax {
            code,
            rate: rate.unwrap_or(Rate::ZERO),
            kind: tax.kind.clone(),
            amount,
            ingoing,
            outgoing,
        })
    }
}
