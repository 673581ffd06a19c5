//! Books off the page and back onto it: what [`super::kept`] decides, carried out.

use leptos::prelude::*;
use outlay_pleo::id::CompanyId;
use outlay_pleo::{Company, ListProgress};
use outlay_table::Rows;

use super::books::{Books, Opened, People, Place, Sums};
use super::kept::{Fate, Hold, KEPT_FOR};
use super::load::{Load, Step, Walk};
use crate::platform::{clock, download};

/// Everything read, and where the reader was.
#[derive(Default)]
pub(super) struct Stowed {
    chosen_company: Option<CompanyId>,
    companies: Load<Vec<Company>>,
    companies_list: ListProgress,
    people: Load<People>,
    people_list: ListProgress,
    entries: Rows,
    entries_walk: Walk,
    totals: Sums,
    totals_walk: Walk,
    opened: Option<Opened>,
    place: Place,
    since: clock::Moment,
}

impl Books {
    /// Follows a change of whose the things are. It has to run before anything is drawn.
    pub fn follow(self, hold: Option<Hold>) {
        let before = self.held.get_value();
        self.held.set_value(hold.clone());
        match Hold::fate(before.as_ref(), hold.as_ref()) {
            Fate::Stay => {}
            Fate::Keep => self.keep(),
            Fate::Return => self.give_back(),
            Fate::Drop => {
                drop(self.take());
                self.session.dropped(hold.as_ref());
                // A memo that nothing reads any more keeps its last value.
                leptos::task::spawn_local(async move {
                    self.company_id.with_untracked(|_| ());
                });
            }
        }
    }

    /// Drops what has waited for too long, and every draft with it.
    pub fn look_at_the_clock(self) {
        let too_long = self.stowed.with_value(|stowed| {
            stowed
                .as_ref()
                .is_some_and(|stowed| stowed.since.elapsed() >= KEPT_FOR)
        });
        if too_long {
            self.session.drop_everything();
        }
    }

    /// Takes everything off the page.
    fn take(self) -> Stowed {
        download::drop_all();
        self.tasks.with_value(|tasks| tasks.companies.stop());
        self.stowed.set_value(None);
        self.waiting.set(None);
        let companies = taken(self.companies);
        let chosen_company = taken(self.chosen_company);
        Stowed {
            chosen_company,
            companies,
            companies_list: taken(self.companies_list),
            opened: taken(self.opened),
            ..self.take_company()
        }
    }

    pub(super) fn take_company(self) -> Stowed {
        self.tasks.with_value(|tasks| {
            tasks.people.stop();
            tasks.entries.stop();
            tasks.totals.stop();
        });
        Stowed {
            people: taken(self.people),
            people_list: taken(self.people_list),
            entries: taken(self.entries),
            entries_walk: {
                self.reading_all.set(false);
                taken(self.entries_walk)
            },
            totals: taken(self.totals),
            totals_walk: taken(self.totals_walk),
            place: taken(self.place),
            ..Stowed::default()
        }
    }

    fn keep(self) {
        let stowed = Stowed {
            since: clock::Moment::now(),
            ..self.take()
        };
        let rows = stowed.entries.len().max(stowed.totals_walk.list.distinct());
        self.stowed.set_value(Some(stowed));
        self.waiting.set(Some(rows));
    }

    /// Puts everything back.
    fn give_back(self) {
        let stowed = self.stowed.try_update_value(Option::take).flatten();
        let Some(stowed) = stowed.filter(|stowed| stowed.since.elapsed() < KEPT_FOR) else {
            drop(self.take());
            return;
        };
        self.waiting.set(None);
        self.chosen_company.set(stowed.chosen_company);
        self.companies.set(stowed.companies.settled());
        self.companies_list.set(stowed.companies_list);
        self.people.set(stowed.people.settled());
        self.people_list.set(stowed.people_list);
        self.entries.set(stowed.entries);
        self.totals.set(stowed.totals);
        resume(self.entries_walk, stowed.entries_walk);
        resume(self.totals_walk, stowed.totals_walk);
        self.place.set(stowed.place);
        self.opened.set(stowed.opened);
    }
}

fn taken<T: Default + Send + Sync + 'static>(signal: RwSignal<T>) -> T {
    signal.try_update(std::mem::take).unwrap_or_default()
}

/// Puts a walk back. The page goes on with one that was on its way, as with one that was never begun.
fn resume(signal: RwSignal<Walk>, mut walk: Walk) {
    if walk.step == Step::Loading {
        walk.step = Step::Idle;
    }
    signal.set(walk);
}
