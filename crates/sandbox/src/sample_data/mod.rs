//! The invented companies, people and entries. The same options make the same data, byte for byte.
//!
//! [`rng`] makes the random numbers; [`company`], [`people`] and [`staff`] have the names,
//! [`catalogue`] the purchases, [`exchange`] the rates; [`chart`], [`tags`] and [`vendors`] make
//! the records that entries refer to by their [`ids`], and [`records`] collects them. [`entry`]
//! makes one entry, [`draft`] and [`lifecycle`] its amounts and its status, [`receipt`] its
//! receipts; [`company_entries`] sorts all entries.

pub mod account_list;
pub mod catalogue;
pub mod chart;
pub mod company;
pub mod company_entries;
pub mod draft;
pub mod entry;
pub mod exchange;
pub mod ids;
pub mod lifecycle;
pub mod people;
pub mod receipt;
pub mod records;
pub mod rng;
pub mod staff;
pub mod tags;
pub mod vendors;

use outlay_pleo::time::{Date, Instant};
use outlay_pleo::{Company, Employee};

use company::CompanyProfile;
use company_entries::CompanyEntries;
use ids::Ids;
use records::Records;
use rng::SeededRng;

/// The fictional data that the API returns before any call changes it.
#[derive(Debug)]
pub struct SampleData {
    companies: Vec<Company>,
    employees: Vec<Employee>,
    records: Vec<Records>,
    all_companies: Vec<CompanyEntries>,
    today: Date,
}

/// Streams from this number on are for records, those below it for entries.
const RECORDS: u64 = 100;

impl SampleData {
    /// `entries` live entries, and one deleted one for every hundred, in the 18 months up to
    /// `today`.
    pub fn new(entries: usize, today: Date) -> SampleData {
        let homes = company::homes();
        let counts = shares(entries, &homes);
        let mut sample_data = SampleData {
            companies: Vec::new(),
            employees: Vec::new(),
            records: Vec::new(),
            all_companies: Vec::new(),
            today,
        };
        for (at, (home, count)) in homes.iter().zip(counts).enumerate() {
            let mut rng = SeededRng::new(at as u64 + 1);
            let company = home.company(&mut rng);
            let staff = people::staff(home, company.id.as_str(), &mut rng);
            let ids = Ids::random(staff.len(), &mut rng);
            let maker = entry::EntryMaker::new(home, company.id.as_str(), &staff, today, &ids);
            let mut others = SeededRng::new(RECORDS + at as u64);
            let records = Records::new(home, company.id.as_str(), today, &ids, &mut others);
            let deleted = count / 100;
            let made = (0..count + deleted)
                .map(|at| maker.make(at >= count, &mut rng))
                .collect();
            sample_data.companies.push(company);
            sample_data.employees.extend(staff);
            sample_data.records.push(records);
            sample_data.all_companies.push(CompanyEntries::new(made));
        }
        sample_data
    }

    /// Returns the companies, the largest first.
    pub fn companies(&self) -> &[Company] {
        &self.companies
    }

    /// Returns the employees of all companies.
    pub fn employees(&self) -> &[Employee] {
        &self.employees
    }

    /// Returns the index of a company by its UUID, ignoring case.
    pub fn place(&self, company: &str) -> Option<usize> {
        let mut all = self.companies.iter();
        all.position(|one| one.id.as_str().eq_ignore_ascii_case(company))
    }

    /// Returns the entries of a company by its UUID.
    pub fn company_entries(&self, company: &str) -> Option<&CompanyEntries> {
        self.all_companies.get(self.place(company)?)
    }

    /// Returns the entries of every company, by index.
    pub fn all_companies(&self) -> &[CompanyEntries] {
        &self.all_companies
    }

    /// Returns the other records of every company, by index.
    pub fn records(&self) -> &[Records] {
        &self.records
    }

    /// Returns the instant at which the sandbox starts: the end of the last day of the data.
    pub fn opening(&self) -> Instant {
        Instant {
            seconds: (self.today.days() + 1) * 86_400,
            nanos: 0,
        }
    }
}

/// The number of entries of each company; the last company gets the remainder.
fn shares(entries: usize, homes: &[CompanyProfile]) -> Vec<usize> {
    let mut left = entries;
    let mut counts: Vec<usize> = Vec::new();
    for (at, home) in homes.iter().enumerate() {
        let count = if at + 1 == homes.len() {
            left
        } else {
            entries * home.percent / 100
        };
        left -= count;
        counts.push(count);
    }
    counts
}
