//! Entries for benchmarks: the same in every run. `tests/bench/table` includes this file too.

use outlay_pleo::entry::{AccountingEntryTag, EntrySupplier};
use outlay_pleo::time::Timestamp;
use outlay_pleo::{AccountingEntry, Currency, Money};
use outlay_table::names::{Coded, LedgerNames};

const WORDS: [&str; 24] = [
    "Team",
    "lunch",
    "taxi",
    "to",
    "airport",
    "hotel",
    "Aarhus",
    "conference",
    "printer",
    "paper",
    "coffee",
    "beans",
    "software",
    "licence",
    "for",
    "design",
    "train",
    "Copenhagen",
    "parking",
    "client",
    "dinner",
    "office",
    "chairs",
    "Café",
];

/// A small generator (SplitMix64): the same rows in every run.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (value ^ (value >> 31)) % limit
    }

    pub fn index(&mut self, limit: usize) -> usize {
        usize::try_from(self.below(limit as u64)).unwrap_or(0)
    }

    pub fn uuid(&mut self) -> String {
        let digits = format!("{:016x}{:016x}", self.below(u64::MAX), self.below(u64::MAX));
        let parts = [
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..],
        ];
        parts.join("-")
    }
}

/// The ids that entries name.
pub struct Ids {
    employees: Vec<String>,
    accounts: Vec<String>,
    tax_codes: Vec<String>,
    tags: Vec<String>,
    group: String,
}

impl Ids {
    pub fn new(random: &mut Random) -> Ids {
        let mut some = |count: usize| (0..count).map(|_| random.uuid()).collect::<Vec<_>>();
        Ids {
            employees: some(400),
            accounts: some(120),
            tax_codes: some(8),
            tags: some(40),
            group: "0f8fad5b-d9cb-469f-a165-70867728950e".to_owned(),
        }
    }

    pub fn names(&self) -> LedgerNames {
        let coded = |at: usize, name: &str| Coded {
            code: Some((1000 + at).to_string()),
            name: Some(format!("{name} {at}")),
        };
        let mut names = LedgerNames::default();
        for (at, id) in self.employees.iter().enumerate() {
            names
                .employees
                .insert(id.as_str().into(), coded(at, "Employee"));
        }
        for (at, id) in self.accounts.iter().enumerate() {
            names
                .accounts
                .insert(id.as_str().into(), coded(at, "Account"));
        }
        for (at, id) in self.tax_codes.iter().enumerate() {
            names.tax_codes.insert(id.as_str().into(), coded(at, "Tax"));
        }
        for (at, id) in self.tags.iter().enumerate() {
            names.tags.insert(id.as_str().into(), coded(at, "Project"));
        }
        names
            .tag_groups
            .insert(self.group.as_str().into(), "Project".to_owned());
        names
    }
}

/// One entry of a company that pays mostly in its own currency, with a note that nearly no other one
/// has.
pub fn entry(random: &mut Random, ids: &Ids) -> AccountingEntry {
    let code = ["DKK", "DKK", "DKK", "DKK", "EUR", "SEK", "USD"][random.index(7)];
    let currency = Currency::new(code).unwrap_or(Currency::UNDEFINED);
    let minors = i64::try_from(random.below(2_000_000)).unwrap_or(0) - 50_000;
    let dkk = Currency::new("DKK").unwrap_or(currency);
    let day = random.below(730);
    let date = outlay_pleo::time::Date::from_days(20_000 + i64::try_from(day).unwrap_or(0));
    let performed: Timestamp = format!(
        "{date}T{:02}:{:02}:{:02}.{:03}Z",
        random.below(24),
        random.below(60),
        random.below(60),
        random.below(1000)
    )
    .into();
    let mut note = String::new();
    for _ in 0..3 {
        note.push_str(WORDS[random.index(WORDS.len())]);
        note.push(' ');
    }
    note.push_str(&random.below(100_000).to_string());
    AccountingEntry {
        id: random.uuid().into(),
        company_id: "c".into(),
        status: "COMPLETED".into(),
        family: ["CARD_PURCHASE", "OUT_OF_POCKET", "MILEAGE"][random.index(3)].into(),
        sub_family: Some("ONLINE".into()),
        export_status: ["EXPORTED", "NOT_EXPORTED"][random.index(2)].into(),
        review_status: "NOT_REQUIRED".into(),
        transaction_value: Money { currency, minors },
        total_bill_value: Some(Money {
            currency: dkk,
            minors,
        }),
        settled_at: Some(performed.clone()),
        bookkeeping_date: Some(performed.clone()),
        created_at: performed.clone(),
        updated_at: performed.clone(),
        performed_at: performed,
        deleted_at: None,
        employee_id: Some(
            ids.employees[random.index(ids.employees.len())]
                .as_str()
                .into(),
        ),
        team_id: None,
        account_id: Some(
            ids.accounts[random.index(ids.accounts.len())]
                .as_str()
                .into(),
        ),
        account_code: None,
        tax_code_id: Some(
            ids.tax_codes[random.index(ids.tax_codes.len())]
                .as_str()
                .into(),
        ),
        note: Some(note),
        receipt_ids: vec!["r".into()],
        tags: vec![AccountingEntryTag {
            tag_group_id: ids.group.as_str().into(),
            tag_id: Some(ids.tags[random.index(ids.tags.len())].as_str().into()),
        }],
        split_items: Vec::new(),
        attendees: Vec::new(),
        supplier: Some(EntrySupplier {
            document_number: Some(format!("{:08}", random.below(100_000_000))),
            external_supplier_id: Some(format!("S{}", random.below(900))),
            ..EntrySupplier::default()
        }),
        foreign_extension_id: None,
    }
}
