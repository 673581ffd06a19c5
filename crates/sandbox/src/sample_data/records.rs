//! What a company has beside people and entries, as the API shows it at the start.

use outlay_pleo::time::{Date, Instant};
use serde_json::{Value, json};

use crate::sample_data::chart;
use crate::sample_data::company::CompanyProfile;
use crate::sample_data::ids::Ids;
use crate::sample_data::rng::SeededRng;
use crate::sample_data::tags::{self, Tags};
use crate::sample_data::vendors;

/// How many days before the last one the books were opened.
const OPENED: i64 = 560;
const DAY: i64 = 86_400;

/// The records of one company.
#[derive(Debug)]
pub struct Records {
    /// The chart of accounts; the first one is the contra account.
    pub accounts: Vec<Value>,
    /// Tax codes.
    pub tax_codes: Vec<Value>,
    /// Tags and what belongs to them.
    pub tags: Tags,
    /// Vendors.
    pub vendors: Vec<Value>,
    /// Teams: id and name.
    pub teams: Vec<(String, &'static str)>,
    /// The one webhook subscription.
    pub subscription: Value,
    /// Its secret.
    pub secret: String,
    /// The application's installation.
    pub installation: Value,
}

impl Records {
    /// For one company.
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

/// A signing secret as webhooks have it; it signs nothing here.
pub fn secret(rng: &mut SeededRng) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = (0..32).filter_map(|_| rng.pick(LETTERS).copied().map(char::from));
    format!("whsec_{}", letters.collect::<String>())
}
