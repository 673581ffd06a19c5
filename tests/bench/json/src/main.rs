//! Prints how long the selected library needs for a page of 100 entries, in nanoseconds: the median of
//! 301 readings.

use std::fmt::Write;
use std::time::Instant;

use outlay_bench_json::{read_page, read_token};

fn main() {
    let text = document(100);
    let token = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600,"scope":"a b"}"#;
    let sum = read_page(&text);
    if sum < 0 || read_token(token) != 3603 {
        eprintln!("the library does not read the document");
        std::process::exit(1);
    }
    let mut times: Vec<u128> = (0..301)
        .map(|_| {
            let start = Instant::now();
            let read = read_page(&text);
            let time = start.elapsed().as_nanos();
            assert_eq!(read, sum);
            time
        })
        .collect();
    times.sort_unstable();
    println!("{} {} {sum}", text.len(), times[times.len() / 2]);
}

/// A page of fictional entries, about 920 bytes each.
fn document(entries: u32) -> String {
    let mut out = String::from(r#"{"data":["#);
    for at in 0..entries {
        let comma = if at == 0 { "" } else { "," };
        let id = format!("{at:08x}-5c1f-4a7e-9d2b-1b2c3d4e5f60");
        let split = match at % 10 {
            0 => format!(
                r#"{{"id":"{id}","tags":[{{"tagGroupId":"{id}","tagId":null}}],"createdAt":"2026-10-03T09:30:00.000Z","accountId":"{id}","taxCodeId":null,"totalBillValue":{{"currency":"DKK","minors":1{at}}}}}"#
            ),
            _ => String::new(),
        };
        write!(
            out,
            r#"{comma}{{"id":"{id}","companyId":"{id}","status":"SETTLED","family":"PURCHASE","subFamily":"CARD_PURCHASE","exportStatus":"NOT_EXPORTED","reviewStatus":"REVIEWED","transactionValue":{{"currency":"EUR","minors":9{at}}},"totalBillValue":{{"currency":"DKK","minors":-7{at}}},"performedAt":"2026-10-03T09:30:00.000Z","settledAt":"2026-10-05T00:00:00.000Z","bookkeepingDate":"2026-10-31","createdAt":"2026-10-03T09:30:01.000Z","updatedAt":"2026-10-05T10:00:00.000Z","deletedAt":null,"employeeId":"{id}","teamId":null,"accountId":"{id}","taxCodeId":"{id}","note":"Lunch \u00e0 la carte \"{at}\"","receiptIds":["{id}"],"tags":[{{"tagGroupId":"{id}","tagId":"{id}"}}],"splitItems":[{split}]}}"#
        )
        .unwrap_or_default();
    }
    out + r#"],"pagination":{"hasNextPage":true,"endCursor":"abc","total":3500}}"#
}
