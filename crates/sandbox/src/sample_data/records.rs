//! The initial records of a company apart from people and entries, as API JSON.

use outlay_pleo::time::{Date, Instant};
use serde_json::{Value, json};

use crate::sample_data::chart;
use crate::sample_data::company::CompanyProfile;
use crate::sample_data::ids::Ids;
use crate::sample_data::rng::SeededRng;
use crate::sample_data::tags::{self, Tags};
use crate::sample_data::vendors;

/// Days between the creation of the company and the last day of the data.
const OPENED: i64 = 560;
const DAY: i64 = 86_400;

/// The records of one company apart from entries and employees, as API JSON.
#[derive(Debug)]
pub struct Records {
    /// Chart of accounts; the first one is the contra account.
    pub accounts: Vec<Value>,
    /// Tax codes of the company; the first ones are used by entries.
    pub tax_codes: Vec<Value>,
    /// Tag groups, dimensions, tags and values.
    pub tags: Tags,
    /// Vendors of the company, made of the sample suppliers.
    pub vendors: Vec<Value>,
    /// UUID and name of each team.
    pub teams: Vec<(String, &'static str)>,
    /// The one webhook subscription.
    pub subscription: Value,
    /// Signing secret of the subscription.
    pub secret: String,
    /// The installation of the application.
    pub installation: Value,
}

impl Records {
    /// Makes the records of one company.
    pub fn new(
        home: &CompanyProfile,
        company: &str,
        today: Date,
        ids: &Ids,
        rng: &mut SeededRng,
    ) -> Records {
        const TEAMS: [&str; 5] = ["Office", "Studio", "Workshop", "Sales", "Field"];
        let [_, _, _, country, _] = home.place;
        let opened = Instant {
            seconds: (today.days() - OPENED) * DAY + 8 * 3600,
            nanos: 0,
        };
        let stamp = opened.format(3);
        let names = TEAMS.iter().cycle();
        Records {
            accounts: chart::accounts(company, country, ids, rng),
            tax_codes: chart::tax_codes(company, country, &stamp, ids, rng),
            tags: tags::make(company, &stamp, ids, rng),
            vendors: vendors::make(home, company, &stamp, rng),
            teams: ids.teams.iter().cloned().zip(names.copied()).collect(),
            subscription: json!({
                "id": rng.uuid(),
                "endpointUrl": format!("https://hooks.{}/pleo", home.domain),
                "eventTypes": ["v1.export-job.created"],
                "status": "ACTIVE",
                "customHeaders": { "X-Tenant": home.domain },
                "createdAt": stamp,
                "updatedAt": stamp,
            }),
            secret: secret(rng),
            installation: json!({
                "id": rng.uuid(),
                "applicationId": rng.uuid(),
                "resource": format!("urn:pleo:company:{company}"),
                "status": "ACTIVATED",
                "metadata": {},
                "createdAt": stamp,
                "updatedAt": stamp,
            }),
        }
    }
}

/// Draws a signing secret in Pleo's form `whsec_…`; it signs nothing here.
pub fn secret(rng: &mut SeededRng) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = (0..32).filter_map(|_| rng.pick(LETTERS).copied().map(char::from));
    format!("whsec_{}", letters.collect::<String>())
}
