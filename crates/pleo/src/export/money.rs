//! Money as the Export API writes it.

use outlay_wire::record;

use crate::currency::Currency;
use crate::money::Money;
use crate::number::Decimal;

/// An amount in hundredths of the currency's unit, whatever its smallest unit is: EUR 896.96 is
/// 89696, ISK 1500 is 150000, KWD 1.234 is 123.4. The number is kept as it is; [`ExportMoney::money`]
/// makes whole smallest units of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExportMoney {
    /// ISO 4217, or `UNDEFINED`.
    pub currency: Currency,
    /// Amount in hundredths of the currency's main unit, whatever its exponent: 896.96 is 89696.
    pub value: Decimal,
}

record!(ExportMoney { currency = "currency", value = "value" });

/// How many decimal digits a hundredth has.
const HUNDREDTH: i32 = 2;

impl ExportMoney {
    /// The exact amount in the currency's smallest unit. None where the amount is finer than that
    /// unit, or does not fit, or the unit is not known: it is never rounded.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        let places = self.currency.exponent()? as i32 - HUNDREDTH;
        let minors = self.value.shifted(places)?;
        Some(Money {
            currency: self.currency,
            minors,
        })
    }
}

impl ExportMoney {
    /// The same amount in hundredths. None where the currency's smallest unit is not known.
    #[must_use]
    pub fn of(money: Money) -> Option<ExportMoney> {
        let places = HUNDREDTH - money.currency.exponent()? as i32;
        Some(ExportMoney {
            currency: money.currency,
            value: Decimal::new(money.minors, places),
        })
    }
}
