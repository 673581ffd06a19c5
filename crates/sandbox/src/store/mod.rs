//! The data that calls can change: everything of the API but companies and people. It starts as a
//! copy of the [`SampleData`], and a reset restores that.
//!
//! [`collection`] stores records by id, [`job`] is the status of an export, [`history`] makes the
//! exports at the start.

pub mod collection;
pub mod history;
pub mod job;

use std::collections::HashMap;

use outlay_pleo::AccountingEntry;
use outlay_pleo::status::EntryExportStatus;
use outlay_pleo::time::Instant;
use serde_json::Value;

use crate::sample_data::SampleData;
use crate::sample_data::records::Records;
use crate::sample_data::rng::SeededRng;
use collection::Collection;
use job::{ItemStatus, Job, JobStatus};

/// The stream of random values for records that calls make.
const MADE: u64 = 1000;
/// The stream of random values for the jobs at the start.
const JOBS: u64 = 200;

/// Index of a company and row number of an entry of it.
pub type CompanyIndex = (usize, usize);

/// A receipt that the enrichment API received.
#[derive(Debug, Clone)]
pub struct Upload {
    /// UUID of the receipt.
    pub id: String,
    /// The entry that it belongs to.
    pub entry: CompanyIndex,
    /// Instant of the upload.
    pub created: Instant,
    /// Content of the file.
    pub bytes: Vec<u8>,
}

/// The installation of a company; a removed one can be created again.
#[derive(Debug, Clone)]
pub enum StoredInstallation {
    /// The installation as API JSON.
    Present(Value),
    /// Removed, and every token with it. A caller with a token has consented since then, which
    /// installs it again.
    Removed,
    /// No installation, as after its removal.
    Missing,
}

/// All data that API calls can change.
#[derive(Debug)]
pub struct Store {
    /// Accounts of all companies, with the index of each company.
    pub accounts: Collection,
    /// UUID of the contra account of each company, by index.
    pub contra: Vec<String>,
    /// Tax codes of all companies, with the index of each company.
    pub tax_codes: Collection,
    /// Tag groups of all companies, with the index of each company.
    pub groups: Collection,
    /// Dimensions of tag groups other than name and code.
    pub dimensions: Collection,
    /// Tags of all companies, with the index of each company.
    pub tags: Collection,
    /// Values of tags, by UUID of tag and dimension.
    pub values: HashMap<(String, String), Value>,
    /// Vendors of all companies, with the index of each company.
    pub vendors: Collection,
    /// Webhook subscriptions of all companies.
    pub subscriptions: Collection,
    /// Activity log of the subscriptions.
    pub activities: Collection,
    /// Signing secrets of subscriptions, by subscription UUID.
    pub secrets: HashMap<String, String>,
    /// Export jobs in the order of creation.
    pub jobs: Vec<Job>,
    /// Installation of each company, by index.
    pub installations: Vec<StoredInstallation>,
    /// Receipts that the enrichment API received.
    pub uploads: Vec<Upload>,
    entries: HashMap<CompanyIndex, AccountingEntry>,
    changes: u64,
    rng: SeededRng,
}

impl Store {
    /// Makes the store with the initial records.
    pub fn new(sample_data: &SampleData) -> Store {
        let mut store = Store {
            accounts: Collection::default(),
            contra: Vec::new(),
            tax_codes: Collection::default(),
            groups: Collection::default(),
            dimensions: Collection::default(),
            tags: Collection::default(),
            values: HashMap::new(),
            vendors: Collection::default(),
            subscriptions: Collection::default(),
            activities: Collection::default(),
            secrets: HashMap::new(),
            jobs: Vec::new(),
            installations: Vec::new(),
            uploads: Vec::new(),
            entries: HashMap::new(),
            changes: 0,
            rng: SeededRng::new(MADE),
        };
        for (at, records) in sample_data.records().iter().enumerate() {
            store.take(at, records);
        }
        for (at, company_entries) in sample_data.all_companies().iter().enumerate() {
            let mut rng = SeededRng::new(JOBS + at as u64);
            store
                .jobs
                .extend(history::jobs(sample_data, at, company_entries, &mut rng));
        }
        store.jobs.sort_by_key(|job| job.created);
        store
    }

    fn take(&mut self, company: usize, records: &Records) {
        let contra = records.accounts.first().map(|account| &account["id"]);
        let contra = contra.and_then(Value::as_str).unwrap_or_default();
        self.contra.push(contra.to_owned());
        let tags = &records.tags;
        for (collection, rows) in [
            (&mut self.accounts, &records.accounts),
            (&mut self.tax_codes, &records.tax_codes),
            (&mut self.groups, &tags.groups),
            (&mut self.dimensions, &tags.dimensions),
            (&mut self.tags, &tags.tags),
            (&mut self.vendors, &records.vendors),
        ] {
            for row in rows {
                collection.add(company, row.clone());
            }
        }
        for value in &tags.values {
            let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            let key = (text("tagId"), text("dimensionId"));
            self.values.insert(key, value.clone());
        }
        let id = records.subscription["id"].as_str().unwrap_or_default();
        self.secrets.insert(id.to_owned(), records.secret.clone());
        self.subscriptions
            .add(company, records.subscription.clone());
        self.installations
            .push(StoredInstallation::Present(records.installation.clone()));
    }

    /// Returns a new UUID, the same sequence in each run.
    pub fn id(&mut self) -> String {
        self.rng.uuid()
    }

    /// Returns a new signing secret of a subscription.
    pub fn secret(&mut self) -> String {
        crate::sample_data::records::secret(&mut self.rng)
    }

    /// Returns an entry with the changes that calls made.
    pub fn entry<'a>(
        &'a self,
        sample_data: &'a SampleData,
        place: CompanyIndex,
    ) -> Option<&'a AccountingEntry> {
        let begun = || {
            sample_data
                .all_companies()
                .get(place.0)?
                .entries()
                .get(place.1)
        };
        self.entries.get(&place).or_else(begun)
    }

    /// Returns an entry only if a call changed it.
    pub fn changed(&self, place: CompanyIndex) -> Option<&AccountingEntry> {
        self.entries.get(&place)
    }

    /// Returns a number that rises with each change of an entry.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Replaces an entry by a changed copy.
    pub fn change(
        &mut self,
        sample_data: &SampleData,
        place: CompanyIndex,
        how: impl FnOnce(&mut AccountingEntry),
    ) {
        if let Some(entry) = self.entry(sample_data, place) {
            let mut entry = entry.clone();
            how(&mut entry);
            self.entries.insert(place, entry);
            self.changes += 1;
        }
    }

    /// Returns the job with this UUID and its index.
    pub fn job(&self, id: &str) -> Option<(usize, &Job)> {
        let mut all = self.jobs.iter().enumerate();
        all.find(|(_, job)| job.id.eq_ignore_ascii_case(id))
    }

    /// Expires the jobs that are too old at `now`.
    pub fn expire_jobs(&mut self, sample_data: &SampleData, now: Instant) {
        for at in 0..self.jobs.len() {
            if self.jobs.get_mut(at).is_some_and(|job| job.expire(now)) {
                self.settle(sample_data, at);
            }
        }
    }

    /// Sets the export status of a job's entries from the status of its items. While the job runs,
    /// they are being exported; entries that it did not process are queued again.
    pub fn settle(&mut self, sample_data: &SampleData, at: usize) {
        let Some(job) = self.jobs.get(at) else {
            return;
        };
        let company = job.company;
        let status = |item: ItemStatus| match item {
            _ if job.status.runs() => EntryExportStatus::Exporting,
            ItemStatus::Successful => EntryExportStatus::Exported,
            ItemStatus::Failed if job.status != JobStatus::Failed => EntryExportStatus::Created,
            _ => EntryExportStatus::Queued,
        };
        let items = job.items.iter();
        let new: Vec<_> = items
            .map(|item| (item.entry, status(item.status)))
            .collect();
        for (row, status) in new {
            self.change(sample_data, (company, row), |entry| {
                entry.export_status = status
            });
        }
    }
}
