//! Generated jobs: splits, refunds, tax rates, currencies, and the rounding traps of real journals.

use outlay_pleo::export::item::{ExportItem, ExportItemLine};
use outlay_pleo::export::part::CurrencyPair;
use outlay_pleo::export::status::ExportItemType;
use outlay_pleo::number::Decimal;
use outlay_pleo::tax_code::TaxType;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::{account, currency, item, line, tag, tax};

const CURRENCIES: [&str; 5] = ["SEK", "EUR", "JPY", "KWD", "DKK"];
const TEXTS: [&str; 10] = [
    "Taxi to the airport",
    "Müller & Söhne – 12 € „Essen“ 😀 Łódź",
    "Åsa Öberg \"rea\" \\ 100 €",
    "=1+1;=1+2",
    "hello;=cmd,{x}\r\nsecond line",
    "שלום \u{202e}abc",
    "\u{7}\u{0}\t",
    "",
    "a rather long text that goes on and on, past sixty characters, ß at the end",
    "👩‍👩‍👧‍👦 e\u{301}",
];

/// A job of one to five items. About one job in twelve has a fault that must be refused.
pub fn job(rng: &mut ChaCha8Rng) -> Vec<ExportItem> {
    let count = rng.random_range(1..=5);
    (1..=count).map(|number| one(rng, number)).collect()
}

fn one(rng: &mut ChaCha8Rng, number: usize) -> ExportItem {
    let code = CURRENCIES[rng.random_range(0..CURRENCIES.len())];
    let parts = if rng.random_bool(0.5) {
        1
    } else {
        rng.random_range(2..=4)
    };
    let sign = if rng.random_bool(0.3) { -1 } else { 1 };
    let mut lines = Vec::new();
    let mut total = 0;
    for part in 0..parts {
        // In thousandths of the unit: KWD has three decimals, JPY none, the others two.
        let size = amount(rng, code) * sign;
        let (line, paid) = part_of(rng, number * 10 + part, code, size);
        total += paid;
        lines.push(line);
    }
    // Splits that lose a smallest unit of the wallet.
    if parts > 1 && rng.random_bool(0.2) {
        total += unit(code) * if rng.random_bool(0.5) { 1 } else { -1 };
    }
    let fault = rng.random_range(0..150);
    if fault == 0 {
        total += 50 * unit(code);
    }
    let mut item = item(number, code, &hundredths(total), lines);
    item.date = format!(
        "2026-{:02}-{:02}T00:00:00Z",
        rng.random_range(1..=12),
        rng.random_range(1..=28)
    );
    item.note = Some(TEXTS[rng.random_range(0..TEXTS.len())].to_owned());
    if sign < 0 {
        item.kind = ExportItemType::Refund;
    }
    match fault {
        1 => item.accounting_entry_lines[0].account = None,
        2 => item.contra_account = None,
        3 => item.date = "yesterday".to_owned(),
        4 => item.amount.in_wallet_currency.currency = currency("UNDEFINED"),
        _ => {}
    }
    item
}

fn unit(code: &str) -> i64 {
    match code {
        "JPY" => 1_000,
        "KWD" => 1,
        _ => 10,
    }
}

fn amount(rng: &mut ChaCha8Rng, code: &str) -> i64 {
    const TRAPS: [i64; 8] = [100_000, 34_900, 2_690, 10_000, 33_330, 10, 1_010, 99_990];
    let whole = match rng.random_range(0..4) {
        0 => TRAPS[rng.random_range(0..TRAPS.len())],
        1 => rng.random_range(1..=9_999_999),
        _ => rng.random_range(1..=300_000),
    };
    (whole / unit(code)).max(1) * unit(code)
}

/// A line of a size in thousandths, and what of it is paid.
fn part_of(rng: &mut ChaCha8Rng, number: usize, code: &str, size: i64) -> (ExportItemLine, i64) {
    let (tax_code, rate, percent, kind) = match rng.random_range(0..7) {
        0 => ("I25", "0.25", 25, TaxType::Inclusive),
        1 => ("I12", "0.12", 12, TaxType::Inclusive),
        2 => ("I06", "0.06", 6, TaxType::Inclusive),
        3 => ("I08", "0.08", 8, TaxType::Inclusive),
        4 => ("X25", "0.25", 25, TaxType::Exclusive),
        5 => ("R25", "0.25", 25, TaxType::Reverse),
        _ => ("I00", "0", 0, TaxType::Inclusive),
    };
    // Pleo's amounts are in hundredths, so that the tax of a yen is finer than a yen.
    let grain = if code == "KWD" { 1 } else { 10 };
    let rounded = |number: i64, by: i64| (number * 2 + by * number.signum()) / (by * 2);
    let (gross, net, tax_size) = match kind {
        TaxType::Inclusive => {
            let net = rounded(size * 100, (100 + percent) * grain) * grain;
            let tax_size = match rng.random_bool(0.5) {
                true => size - net,
                false => rounded(size * percent, (100 + percent) * grain) * grain,
            };
            (size, net, tax_size)
        }
        TaxType::Exclusive => {
            let tax_size = rounded(size * percent, 100 * unit(code)) * unit(code);
            (size + tax_size, size, tax_size)
        }
        _ => (size, size, rounded(size * percent, 100 * grain) * grain),
    };
    let of = |thousandths: i64| pair(rng_supplier(number), code, thousandths);
    let bare = (rng_supplier(number).is_multiple_of(11)).then_some(());
    let mut line = line(number, code, "0", "0", None);
    // Both forms of a tax on top: the line with it or without it.
    let whole = if kind == TaxType::Exclusive && number.is_multiple_of(2) {
        net
    } else {
        gross
    };
    line.line_amount = of(if bare.is_some() { gross } else { whole });
    line.net_amount = of(if bare.is_some() { gross } else { net });
    line.tax = bare
        .is_none()
        .then(|| tax(tax_code, rate, kind, of(tax_size)));
    if rng.random_bool(0.3) {
        line.account = Some(account("4600", "Travel"));
    }
    if rng.random_bool(0.3) {
        line.tags = Some(vec![tag("DEP", "100")]);
    }
    (line, gross)
}

/// Whether a line was paid in another currency follows from its number: the same in all its amounts.
fn rng_supplier(number: usize) -> usize {
    number * 7 + 3
}

fn pair(supplier: usize, code: &str, thousandths: i64) -> CurrencyPair {
    let mut pair = super::pair(code, &hundredths(thousandths));
    if supplier.is_multiple_of(3) {
        pair.in_supplier_currency = super::money("USD", &hundredths(thousandths / 10 * 10));
    }
    pair
}

/// Thousandths of the unit as hundredths, in JSON's digits.
fn hundredths(thousandths: i64) -> String {
    let number = Decimal::new(thousandths, -1);
    outlay_wire::to_text(&number)
}
