//! Gross, net and tax of the lines, from the amounts of the export.

use outlay_pleo::Currency;
use outlay_pleo::export::item::{ExportItem, ExportItemLine};
use outlay_pleo::export::part::CurrencyPair;
use outlay_pleo::tax_code::TaxType;

use crate::amount::{Micros, Rate, exponent};
use crate::findings::Findings;
use crate::issue::IssueCode;

/// How amounts of the wallet become amounts that are posted.
pub(super) struct Amounts {
    /// Currency of the wallet.
    pub wallet: Currency,
    /// Currency that is posted.
    pub currency: Currency,
    /// Rate from the wallet's to the posted currency; `None` if they are the same.
    pub rate: Option<Rate>,
    /// Whether the sign is reversed.
    pub reversed: bool,
}

/// The amounts of a line in smallest units of the posted currency.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// Amount with tax, in smallest units.
    pub gross: i64,
    /// Amount without tax, in smallest units.
    pub net: i64,
    /// Tax, in smallest units.
    pub tax: i64,
    /// Amount in the supplier's currency, if that differs.
    pub original: Option<(i64, Currency)>,
}

impl Amounts {
    /// How far a difference of one smallest unit of the wallet's currency in each line can go.
    pub fn slack(&self, lines: usize) -> i64 {
        let one = Micros::per_minor(exponent(self.wallet).unwrap_or_default());
        let of_lines = Micros(one.0 * lines as i128);
        self.posted(of_lines).unwrap_or_default().saturating_abs()
    }

    /// Returns the amount on the contra account; `None` after adding an issue.
    pub fn total(&self, item: &ExportItem, found: &mut Findings) -> Option<i64> {
        let total =
            Micros::of(&item.amount.in_wallet_currency).and_then(|total| self.posted(total));
        if total.is_none() {
            found.put(IssueCode::AmountTooLarge, "");
        }
        total
    }

    /// The parts of a line. Which of its amounts is the gross one follows from their sums: Pleo states
    /// that the net amount is with or without tax, depending on the tax's type.
    pub fn line(
        &self,
        line: &ExportItemLine,
        put: &mut impl FnMut(IssueCode, String),
    ) -> Option<Parts> {
        let pairs = [
            Some(&line.line_amount),
            Some(&line.net_amount),
            line.tax.as_ref().map(|tax| &tax.amount),
        ];
        if pairs
            .into_iter()
            .flatten()
            .any(|pair| pair.in_wallet_currency.currency != self.wallet)
        {
            put(IssueCode::CurrenciesDiffer, String::new());
            return None;
        }
        let wallet = |pair: &CurrencyPair| Micros::of(&pair.in_wallet_currency);
        let tax = line
            .tax
            .as_ref()
            .map_or(Some(Micros(0)), |tax| wallet(&tax.amount));
        let (Some(whole), Some(net), Some(tax)) =
            (wallet(&line.line_amount), wallet(&line.net_amount), tax)
        else {
            put(IssueCode::AmountTooLarge, String::new());
            return None;
        };
        let kind = line.tax.as_ref().map(|tax| &tax.kind);
        let Some((gross, net)) = self.gross_and_net(whole, net, tax, kind) else {
            put(IssueCode::LineAmountsDiffer, String::new());
            return None;
        };
        let parts = (self.posted(gross), self.posted(net), self.posted(tax));
        let (Some(gross), Some(net), Some(tax)) = parts else {
            put(IssueCode::AmountTooLarge, String::new());
            return None;
        };
        let paid = &line.line_amount.in_supplier_currency;
        let original = exponent(paid.currency).and_then(|digits| {
            let minors = Micros::of(paid)?.minor(digits)?;
            Some((if self.reversed { -minors } else { minors }, paid.currency))
        });
        Some(Parts {
            gross,
            net,
            tax,
            original,
        })
    }

    fn gross_and_net(
        &self,
        whole: Micros,
        net: Micros,
        tax: Micros,
        kind: Option<&TaxType>,
    ) -> Option<(Micros, Micros)> {
        // A difference of one smallest unit is rounding at Pleo.
        let unit = Micros::per_minor(exponent(self.wallet).unwrap_or_default()).0;
        let equal = |one: i128, other: i128| (one - other).abs() <= unit;
        match kind {
            None => equal(whole.0, net.0).then_some((whole, whole)),
            // The buyer owes the tax: it is not part of the payment.
            Some(TaxType::Reverse) => equal(whole.0, net.0).then_some((whole, whole)),
            _ if equal(whole.0, net.0 + tax.0) && (tax.0.abs() > unit || whole.0 != net.0) => {
                Some((whole, net))
            }
            Some(TaxType::Exclusive) if equal(whole.0, net.0) => {
                Some((Micros(whole.0 + tax.0), whole))
            }
            Some(TaxType::Exclusive) if equal(net.0, whole.0 + tax.0) => Some((net, whole)),
            _ if equal(whole.0, net.0) => Some((whole, Micros(whole.0 - tax.0))),
            _ => None,
        }
    }

    fn posted(&self, amount: Micros) -> Option<i64> {
        let amount = if self.reversed {
            Micros(-amount.0)
        } else {
            amount
        };
        let digits = exponent(self.currency)?;
        match self.rate {
            Some(rate) => amount.converted(rate, digits),
            None => amount.minor(digits),
        }
    }
}
