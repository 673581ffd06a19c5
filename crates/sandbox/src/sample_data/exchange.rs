//! Rates between currencies, rough and constant. Integers only.

use outlay_pleo::{Currency, Money};

/// Thousandths of each currency's main unit that one euro buys.
const RATES: &[(&str, i64)] = &[
    ("EUR", 1_000),
    ("DKK", 7_460),
    ("GBP", 850),
    ("ISK", 142_000),
    ("USD", 1_085),
    ("SEK", 11_250),
    ("NOK", 11_600),
    ("CHF", 945),
    ("PLN", 4_280),
    ("JPY", 164_000),
    ("KRW", 1_480_000),
    ("KWD", 334),
];

/// An amount of euro cents in another currency. An unlisted currency counts as the euro.
pub fn from_euro_cents(cents: i64, code: &str) -> Money {
    let currency = Currency::new(code).unwrap_or(Currency::UNDEFINED);
    let rate = RATES.iter().find(|(listed, _)| *listed == code);
    let rate = rate.map_or(1_000, |(_, rate)| *rate);
    let units = 10_i64.pow(currency.exponent().unwrap_or(2));
    let minors = cents * rate * units / 100_000;
    Money { currency, minors }
}
