//! Makes one accounting entry.

use outlay_pleo::id::{EmployeeId, ReceiptId, TagId, TaxCodeId, TeamId};
use outlay_pleo::time::{Date, Instant, Timestamp};
use outlay_pleo::{AccountingEntry, AccountingEntryTag, Attendee, Employee, Money, SplitItem};
use outlay_pleo::{UNKNOWN_ID, status::EntryFamily};

use crate::sample_data::account_list::{ACCOUNTS, TAXES};
use crate::sample_data::company::CompanyProfile;
use crate::sample_data::draft::EntryDraft;
use crate::sample_data::exchange;
use crate::sample_data::ids::Ids;
use crate::sample_data::lifecycle::EntryLifecycle;
use crate::sample_data::rng::SeededRng;

const DAY: i64 = 86_400;
/// Eighteen months.
const SPAN: u64 = 549;

/// Makes entries from a company's people, accounts and tags.
#[derive(Debug)]
pub struct EntryMaker {
    company_id: String,
    currency: &'static str,
    abroad: &'static [(u64, &'static str)],
    /// Employee and team.
    people: Vec<(EmployeeId, TeamId)>,
    /// Code, id, tax code.
    accounts: Vec<(&'static str, String, String)>,
    /// Group and its tags.
    tags: Vec<(String, Vec<String>)>,
    today: i64,
}

impl EntryMaker {
    /// Takes the company's data; makes no entry yet.
    pub fn new(
        home: &CompanyProfile,
        company_id: &str,
        staff: &[Employee],
        today: Date,
        ids: &Ids,
    ) -> EntryMaker {
        let people = staff.iter().enumerate();
        let coded = ACCOUNTS.iter().zip(&ids.accounts).enumerate();
        let tax_of = |at: usize| ids.taxes.get(at % TAXES).cloned().unwrap_or_default();
        EntryMaker {
            company_id: company_id.to_owned(),
            currency: home.currency,
            abroad: home.abroad,
            people: people
                .map(|(at, one)| (one.id.clone(), ids.team_of(at).into()))
                .collect(),
            accounts: coded
                .map(|(at, (account, id))| (account.code, id.clone(), tax_of(at)))
                .collect(),
            tags: ids.tags.clone(),
            today: today.days(),
        }
    }

    /// Makes the next entry, with dates up to the last day of the data.
    pub fn make(&self, deleted: bool, rng: &mut SeededRng) -> AccountingEntry {
        let draft = EntryDraft::random(rng);
        let performed = self.moment(rng);
        let age = self.today - performed.seconds.div_euclid(DAY);
        let life = EntryLifecycle::random(&draft.family, age, rng);
        let later = |days: i64, seconds: i64| self.after(performed, days, seconds);
        let settled = life
            .settled_after
            .map(|days| later(days, 3_600 + rng.between(0, 20_000)));
        let booked = settled.filter(|_| rng.permille(920));
        let created = later(0, rng.between(2, 90));
        let changed = later(rng.between(0, 12), rng.between(100, 40_000));
        let updated = settled.map_or(changed, |settled| changed.max(settled));
        let removed = deleted.then(|| later(rng.between(1, 9), 50_000));
        let (paid, billed) = self.amounts(&draft, rng);
        let stamp = |instant: Instant, rng: &mut SeededRng| {
            let digits = rng.pick(&[0, 0, 3, 3, 6, 9]).copied();
            Timestamp::from(instant.format(digits.unwrap_or(0)))
        };
        let person = draft.personal.then(|| rng.pick(&self.people)).flatten();
        let account = self.account(&draft, rng);
        let tags = self.tags(rng);
        let split_items = self.split(&draft, paid, billed, created, rng);
        AccountingEntry {
            id: rng.uuid().into(),
            company_id: self.company_id.as_str().into(),
            status: life.status,
            receipt_ids: receipts(&draft, age, rng),
            attendees: self.attendees(&draft, rng),
            family: draft.family,
            sub_family: draft.sub_family,
            export_status: life.export,
            review_status: life.review,
            transaction_value: paid,
            total_bill_value: Some(billed),
            performed_at: stamp(performed, rng),
            settled_at: settled.map(|instant| stamp(instant, rng)),
            bookkeeping_date: booked.map(|instant| format!("{}T00:00:00Z", instant.date()).into()),
            created_at: stamp(created, rng),
            updated_at: stamp(updated, rng),
            deleted_at: removed.map(|instant| stamp(instant, rng)),
            employee_id: person.map(|(id, _)| id.clone()),
            team_id: person.map(|(_, team)| team.clone()),
            account_id: account.as_ref().map(|(_, id, _)| id.as_str().into()),
            account_code: account.as_ref().and_then(|(code, ..)| code.clone()),
            tax_code_id: account.and_then(|(_, _, tax)| tax).map(TaxCodeId::from),
            note: draft.note,
            tags,
            split_items,
            supplier: draft.supplier,
            foreign_extension_id: rng
                .permille(10)
                .then(|| format!("ext-{}", rng.between(1000, 9999))),
        }
    }

    /// An instant that is mostly within office hours and seldom at a weekend.
    fn moment(&self, rng: &mut SeededRng) -> Instant {
        let mut day = self.today - rng.between(0, SPAN as i64 - 1);
        // 1970-01-01 was a Thursday.
        let weekend = matches!((day + 4).rem_euclid(7), 0 | 6);
        if weekend && rng.permille(750) {
            day = (day - 2).max(self.today - (SPAN as i64 - 1));
        }
        Instant {
            seconds: day * DAY + rng.between(6 * 3600, 20 * 3600),
            nanos: u32::try_from(rng.below(1_000_000_000)).unwrap_or(0),
        }
    }

    /// Some time later, but never after today.
    fn after(&self, start: Instant, days: i64, seconds: i64) -> Instant {
        let end = (self.today + 1) * DAY - 1;
        Instant {
            seconds: (start.seconds + days * DAY + seconds).min(end),
            ..start
        }
    }

    /// The amount as it was paid, and in the company's currency.
    fn amounts(&self, draft: &EntryDraft, rng: &mut SeededRng) -> (Money, Money) {
        let foreign = draft.abroad && rng.permille(240);
        let paid_in = if foreign {
            rng.weighted(self.abroad).copied().unwrap_or(self.currency)
        } else {
            self.currency
        };
        let in_currency = |code: &str| exchange::from_euro_cents(draft.cents, code);
        (in_currency(paid_in), in_currency(self.currency))
    }

    fn account(&self, draft: &EntryDraft, rng: &mut SeededRng) -> Option<AccountRef> {
        let code = draft.account?;
        match rng.below(1000) {
            0..40 => None,
            40..60 => Some((None, UNKNOWN_ID.to_owned(), None)),
            _ => {
                let mut listed = self.accounts.iter();
                let (code, id, tax) = listed.find(|(listed, ..)| *listed == code)?;
                let tax = rng.permille(900).then(|| tax.clone());
                Some((Some((*code).to_owned()), id.clone(), tax))
            }
        }
    }

    fn tags(&self, rng: &mut SeededRng) -> Vec<AccountingEntryTag> {
        let mut tags = Vec::new();
        for (group, choices) in &self.tags {
            if rng.permille(450) {
                let unknown = rng.permille(30);
                let tag = rng.pick(choices).cloned();
                tags.push(AccountingEntryTag {
                    tag_group_id: group.as_str().into(),
                    tag_id: if unknown {
                        Some(UNKNOWN_ID.into())
                    } else {
                        tag.map(TagId::from)
                    },
                });
            }
        }
        tags
    }

    /// Two to four parts with amounts that add up to the whole.
    fn split(
        &self,
        draft: &EntryDraft,
        paid: Money,
        billed: Money,
        created: Instant,
        rng: &mut SeededRng,
    ) -> Vec<SplitItem> {
        let divisible = matches!(
            draft.family,
            EntryFamily::CardPurchase | EntryFamily::OutOfPocket | EntryFamily::BillInvoice
        );
        if !divisible || draft.cents.abs() < 4_000 || !rng.permille(55) {
            return Vec::new();
        }
        let parts = rng.between(2, 4);
        let (mut paid_left, mut billed_left) = (paid.minors, billed.minors);
        let mut items = Vec::new();
        for at in 0..parts {
            let percent = rng.between(15, 30);
            let last = at + 1 == parts;
            let share = |whole: i64, left: i64| if last { left } else { whole * percent / 100 };
            let mine = (
                share(paid.minors, paid_left),
                share(billed.minors, billed_left),
            );
            paid_left -= mine.0;
            billed_left -= mine.1;
            let account = self.account(draft, rng);
            items.push(SplitItem {
                id: rng.uuid().into(),
                tags: self.tags(rng),
                created_at: created.format(3).into(),
                updated_at: created.format(3).into(),
                account_id: account.as_ref().map(|(_, id, _)| id.as_str().into()),
                account_code: account.as_ref().and_then(|(code, ..)| code.clone()),
                tax_code_id: account.and_then(|(_, _, tax)| tax).map(TaxCodeId::from),
                total_bill_value: Some(Money {
                    minors: mine.1,
                    ..billed
                }),
                transaction_value: Some(Money {
                    minors: mine.0,
                    ..paid
                }),
            });
        }
        items
    }

    fn attendees(&self, draft: &EntryDraft, rng: &mut SeededRng) -> Vec<Attendee> {
        if !draft.shared || !rng.permille(300) {
            return Vec::new();
        }
        let count = rng.between(1, 3);
        (0..count)
            .filter_map(|_| {
                let (person, _) = rng.pick(&self.people)?;
                Some(Attendee {
                    id: rng.uuid(),
                    attendable_id: person.to_string(),
                    attendable_type: "CONTACT".to_owned(),
                })
            })
            .collect()
    }
}

/// Code, id, tax code.
type AccountRef = (Option<String>, String, Option<String>);

/// None, one, or sometimes two receipts; new entries lack theirs more often.
fn receipts(draft: &EntryDraft, age: i64, rng: &mut SeededRng) -> Vec<ReceiptId> {
    let expected = draft.supplier.is_some()
        || matches!(
            draft.family,
            EntryFamily::CardPurchase | EntryFamily::OutOfPocket
        );
    let missing = if age < 10 { 350 } else { 80 };
    if !expected || rng.permille(missing) {
        return Vec::new();
    }
    let count = if rng.permille(50) { 2 } else { 1 };
    (0..count).map(|_| rng.uuid().into()).collect()
}
