//! The three companies: a large, a medium and a small one, in three countries and currencies.

use outlay_pleo::{Address, Company};

use crate::sample_data::rng::SeededRng;
use crate::sample_data::staff::{BRITISH, DANISH, ICELANDIC};

/// The constants of a sample company.
#[derive(Debug)]
pub struct CompanyProfile {
    /// Name; fictional.
    pub name: &'static str,
    /// Domain of its e-mail addresses, below `.example`.
    pub domain: &'static str,
    /// Currency of its wallet, an ISO 4217 code.
    pub currency: &'static str,
    /// Share of all entries, in per cent.
    pub percent: usize,
    /// Currencies of its foreign purchases, with weights.
    pub abroad: &'static [(u64, &'static str)],
    /// Street, town, postal code, country and registration number.
    pub place: [&'static str; 5],
    /// Given name, family name and job title of each employee.
    pub staff: &'static [[&'static str; 3]],
}

impl CompanyProfile {
    /// Returns the company as the API's record, with a random id.
    pub fn company(&self, rng: &mut SeededRng) -> Company {
        let [street, town, postal, country, number] = self.place.map(str::to_owned);
        Company {
            id: rng.uuid().into(),
            name: self.name.to_owned(),
            address: Address {
                address_line1: Some(street),
                locality: Some(town),
                postal_code: Some(postal),
                country: Some(country),
                ..Address::default()
            },
            organization_id: Some(rng.uuid().into()),
            registration_number: Some(number),
        }
    }
}

/// The companies, the largest first; 40 people in all.
pub fn homes() -> [CompanyProfile; 3] {
    [
        CompanyProfile {
            name: "Brinkholt & Søe ApS",
            domain: "brinkholt.example",
            currency: "DKK",
            percent: 70,
            abroad: &[
                (45, "EUR"),
                (20, "SEK"),
                (12, "USD"),
                (8, "NOK"),
                (6, "GBP"),
                (4, "JPY"),
                (3, "PLN"),
                (2, "KWD"),
            ],
            place: ["Vindmøllegade 14", "Aarhus", "8000", "DK", "99 00 14 27"],
            staff: DANISH,
        },
        CompanyProfile {
            name: "Quillmark Studio Ltd",
            domain: "quillmark.example",
            currency: "GBP",
            percent: 25,
            abroad: &[
                (50, "EUR"),
                (25, "USD"),
                (10, "CHF"),
                (8, "JPY"),
                (7, "KRW"),
            ],
            place: ["3 Copperfold Yard", "Bristol", "BS1 0ZZ", "GB", "00990413"],
            staff: BRITISH,
        },
        CompanyProfile {
            name: "Hraunvör ehf.",
            domain: "hraunvor.example",
            currency: "ISK",
            percent: 5,
            abroad: &[(60, "EUR"), (25, "DKK"), (15, "USD")],
            place: ["Skerjavegur 9", "Reykjavík", "101", "IS", "990099-0190"],
            staff: ICELANDIC,
        },
    ]
}
