//! Reads a SIE file with the crate `sie4` and prints its vouchers as JSON: rows, and the sum of each
//! account in hundredths. Every voucher must add up to zero.

use std::collections::BTreeMap;
use std::fs::File;

use rust_decimal::Decimal;
use sie4::{Item, Reader};

fn main() {
    let path = std::env::args().nth(1).expect("the argument is a file");
    let reader = Reader::new(File::open(path).expect("the file opens"));
    let (mut vouchers, mut rows) = (0, 0);
    let mut accounts: BTreeMap<u32, Decimal> = BTreeMap::new();
    for item in reader {
        let Item::Ver(voucher) = item.expect("the item is valid") else {
            continue;
        };
        vouchers += 1;
        let mut sum = Decimal::ZERO;
        for row in voucher.transactions.0 {
            rows += 1;
            sum += row.amount;
            *accounts.entry(row.account).or_default() += row.amount;
        }
        assert!(sum.is_zero(), "voucher {} {} adds up to {sum}", voucher.series, voucher.no);
    }
    let accounts: Vec<String> = accounts
        .iter()
        .map(|(account, sum)| format!("\"{account}\":{}", (sum * Decimal::ONE_HUNDRED).normalize()))
        .collect();
    println!("{{\"vouchers\":{vouchers},\"rows\":{rows},\"accounts\":{{{}}}}}", accounts.join(","));
}
