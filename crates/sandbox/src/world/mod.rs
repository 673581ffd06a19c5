//! The invented companies, people and entries. The same options give the same world, byte for byte.
//!
//! [`dice`] rolls, [`company`] and [`people`] hold the names, [`catalogue`] what is bought,
//! [`exchange`] the rates, [`entry`] makes one entry out of them, [`draft`] and [`life`] its money
//! and its fate, [`ledger`] puts all entries in any order asked for.

pub mod catalogue;
pub mod company;
pub mod dice;
pub mod draft;
pub mod entry;
pub mod exchange;
pub mod ledger;
pub mod life;
pub mod people;

use outlay_pleo::time::Date;
use outlay_pleo::{Company, Employee};

use company::Home;
use dice::Dice;
use ledger::EntryBook;

/// Everything that the API can show.
#[derive(Debug)]
pub struct World {
    companies: Vec<Company>,
    employees: Vec<Employee>,
    books: Vec<EntryBook>,
}

impl World {
    /// `entries` live entries, and one deleted one for every hundred, in the 18 months up to
    /// `today`.
    pub fn new(entries: usize, today: Date) -> World {
        let homes = company::homes();
        let counts = shares(entries, &homes);
        let mut world = World {
            companies: Vec::new(),
            employees: Vec::new(),
            books: Vec::new(),
        };
        for (at, (home, count)) in homes.iter().zip(counts).enumerate() {
            let mut dice = Dice::new(at as u64 + 1);
            let company = home.company(&mut dice);
            let staff = people::staff(home, &company.id, &mut dice);
            let maker = entry::Maker::new(home, &company.id, &staff, today, &mut dice);
            let deleted = count / 100;
            let made = (0..count + deleted)
                .map(|at| maker.make(at >= count, &mut dice))
                .collect();
            world.companies.push(company);
            world.employees.extend(staff);
            world.books.push(EntryBook::new(made));
        }
        world
    }

    /// The companies, the largest first.
    pub fn companies(&self) -> &[Company] {
        &self.companies
    }

    /// The employees of all companies.
    pub fn employees(&self) -> &[Employee] {
        &self.employees
    }

    /// The entries of a company.
    pub fn book(&self, company: &str) -> Option<&EntryBook> {
        let at = self.companies.iter().position(|one| one.id == company)?;
        self.books.get(at)
    }
}

/// How many entries each company has; the last one takes what rounding leaves.
fn shares(entries: usize, homes: &[Home]) -> Vec<usize> {
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
