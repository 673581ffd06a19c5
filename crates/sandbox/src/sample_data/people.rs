//! The employees as the API shows them.

use outlay_pleo::Employee;

use crate::sample_data::company::CompanyProfile;
use crate::sample_data::rng::SeededRng;

/// Makes the employees of a company as API records.
pub fn staff(home: &CompanyProfile, company_id: &str, rng: &mut SeededRng) -> Vec<Employee> {
    let numbered = home.staff.iter().enumerate();
    numbered
        .map(|(at, [first, last, title])| Employee {
            id: rng.uuid().into(),
            company_id: company_id.into(),
            email: format!("{}.{}@{}", plain(first), plain(last), home.domain),
            first_name: (*first).to_owned(),
            last_name: (*last).to_owned(),
            code: rng.permille(850).then(|| format!("P{:03}", at * 7 + 101)),
            job_title: rng.permille(900).then(|| (*title).to_owned()),
            // The numbers that the British regulator keeps free for fiction.
            phone: (home.currency == "GBP").then(|| format!("+44 7700 900{:03}", at * 13 + 100)),
        })
        .collect()
}

/// A name in the letters of an e-mail address.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'æ' => plain.push_str("ae"),
            'ø' | 'ö' | 'ó' => plain.push('o'),
            'å' => plain.push_str("aa"),
            'á' => plain.push('a'),
            'é' => plain.push('e'),
            'í' => plain.push('i'),
            'ú' => plain.push('u'),
            'ý' => plain.push('y'),
            'þ' => plain.push_str("th"),
            'ð' => plain.push('d'),
            other => plain.push(other),
        }
    }
    plain
}
