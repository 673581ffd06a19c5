//! The list of export jobs.

use leptos::prelude::*;
use outlay_ledger::run::queue;
use outlay_pleo::ListProgress;
use outlay_pleo::export::job::ExportJob;
use outlay_pleo::export::status::ExportJobStatus;
use outlay_pleo::id::{CompanyId, EmployeeId};
use outlay_pleo::request::export_jobs;
use outlay_pleo::text::marked;
use outlay_pleo::time::{Instant, Timestamp};

use super::messages::{self, list as words};
use crate::address;
use crate::components::external_text::external;
use crate::components::heading::Heading;
use crate::components::list_notes::IncompleteList;
use crate::components::messages::LOADING;
use crate::components::session_status_text::span;
use crate::effect::effect;
use crate::pages::refusal::refusal;
use crate::platform::{clock, document, intl};
use crate::session::Session;
use crate::session::company_data::{CompanyData, every_page};
use crate::session::latest::Latest;
use crate::session::load::Load;

/// Seconds of a day.
const DAY: u64 = 86_400;
/// Most ended jobs that the list shows.
const MOST_ENDED: usize = 50;

#[derive(Clone, Copy)]
struct ListState {
    session: Session,
    company_data: CompanyData,
    jobs: RwSignal<Load<Vec<ExportJob>>>,
    progress: RwSignal<ListProgress>,
    busy: RwSignal<bool>,
    /// When the list was last read, by the wall clock, in milliseconds.
    read_at: RwSignal<u64>,
    /// The number of reads in a row that found no change.
    quiet: RwSignal<u32>,
    /// When the list is read again, by the monotonic clock, in milliseconds.
    due: StoredValue<f64>,
    /// Whether the last check failed, while the jobs of an earlier one are shown.
    failed: RwSignal<bool>,
    task: StoredValue<Latest, LocalStorage>,
}

/// The page.
pub fn list(session: Session) -> AnyView {
    let state = ListState {
        session,
        company_data: expect_context::<CompanyData>(),
        jobs: RwSignal::new(Load::Idle),
        progress: RwSignal::new(ListProgress::default()),
        busy: RwSignal::new(false),
        read_at: RwSignal::new(0),
        quiet: RwSignal::new(0),
        due: StoredValue::new(f64::INFINITY),
        failed: RwSignal::new(false),
        task: StoredValue::new_local(Latest::default()),
    };
    on_cleanup(move || {
        let _ = state.task.try_with_value(Latest::stop);
    });
    let company_data = state.company_data;
    effect(move || {
        company_data.load_companies();
        company_data.load_people();
    });
    effect(move || {
        let company = company_data.company_id.get();
        if session.live_id.with(Option::is_some) && company.is_some() {
            untrack(|| state.check(company));
        }
    });
    effect(move || {
        session.tick.track();
        let is_due = clock::monotonic() >= state.due.get_value();
        if is_due && session.live_id.with_untracked(Option::is_some) {
            untrack(|| state.check(company_data.company_id.get_untracked()));
        }
    });
    let shown = move || match state.jobs.get() {
        Load::Idle | Load::Loading => {
            view! { <p class="waiting" role="status">{LOADING}</p> }.into_any()
        }
        Load::Failed(app_error) => refusal(app_error, move || state.check_now()),
        Load::Ready(jobs) => state.jobs(jobs),
    };
    let checked = move || match (state.busy.get(), state.read_at.get()) {
        (true, _) => words::CHECKING.to_owned(),
        (false, 0) => String::new(),
        (false, at) => {
            let delay = span(u64::from(queue::poll_delay(state.quiet.get())) * 1000);
            let at = intl::time_of_day(at);
            match state.failed.get() {
                true => words::check_failed(&at, &delay),
                false => words::checked(&at, &delay),
            }
        }
    };
    // The rows are hidden while their connection has ended.
    let is_shown = Memo::new(move |_| !is_retained(session));
    view! {
        <div class="page-head">
            <Heading text=messages::TITLE />
            <button
                type="button" aria-disabled=move || state.busy.get().to_string()
                on:click=move |_| state.check_now()
            >{words::CHECK_NOW}</button>
        </div>
        <p>{messages::ABOUT}</p>
        <p class="fine" role="status" prop:textContent=move || checked()></p>
        {move || is_shown.get().then(|| view! { {move || shown()} }.into_any())}
    }
    .into_any()
}

/// Whether the data of this page is hidden until its company reconnects.
pub fn is_retained(session: Session) -> bool {
    session
        .data_owner
        .with(|owner| owner.as_ref().is_some_and(|owner| owner.retained))
}

impl ListState {
    fn check_now(self) {
        self.quiet.set(0);
        self.check(self.company_data.company_id.get_untracked());
    }

    /// Reads the jobs, unless they are being read.
    fn check(self, company: Option<CompanyId>) {
        let Some((client, connection)) = self.company_data.with() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.due.set_value(f64::INFINITY);
        if self
            .jobs
            .with_untracked(|jobs| !matches!(jobs, Load::Ready(_)))
        {
            self.jobs.set(Load::Loading);
        }
        self.task.with_value(|task| {
            task.run(async move {
                let result = every_page(
                    &client,
                    &connection,
                    |slice| Ok(export_jobs::list(company.as_ref(), &[], slice)),
                    |job: &ExportJob| job.id.as_str(),
                    |_| {},
                );
                match result.await {
                    Ok((jobs, progress)) => {
                        let same = self
                            .jobs
                            .with_untracked(|before| before.ready() == Some(&jobs));
                        self.quiet
                            .update(|quiet| *quiet = if same { *quiet + 1 } else { 0 });
                        self.progress.set(progress);
                        self.failed.set(false);
                        if !same {
                            self.jobs.set(Load::Ready(jobs));
                        }
                    }
                    // What was read before stays.
                    Err(app_error) => {
                        self.quiet.update(|quiet| *quiet += 1);
                        let has_jobs = |jobs: &Load<_>| matches!(jobs, Load::Ready(_));
                        match self.jobs.with_untracked(has_jobs) {
                            true => self.failed.set(true),
                            false => self.jobs.set(Load::Failed(app_error)),
                        }
                    }
                }
                self.read_at.set(clock::wall_millis());
                let delay = queue::poll_delay(self.quiet.get_untracked());
                self.due
                    .set_value(clock::monotonic() + f64::from(delay) * 1000.0);
                self.busy.set(false);
            });
        });
    }

    fn jobs(self, mut jobs: Vec<ExportJob>) -> AnyView {
        jobs.sort_by_key(|job| std::cmp::Reverse(Instant::parse(&job.created_at)));
        let next = queue::next(&jobs).cloned();
        let (mut waiting, ended): (Vec<ExportJob>, Vec<ExportJob>) =
            jobs.into_iter().partition(queue::is_running);
        waiting.reverse();
        let others: Vec<ExportJob> = waiting
            .into_iter()
            .filter(|job| next.as_ref().is_none_or(|next| next.id != job.id))
            .collect();
        let next = match next {
            Some(job) => self.next(job),
            None => view! {
                <section class="card">
                    <h2>{words::NONE}</h2>
                    <p>{words::NONE_HINT}</p>
                </section>
            }
            .into_any(),
        };
        let waiting = (!others.is_empty()).then(|| {
            view! {
                <section class="card">
                    <h2>{words::WAITING}</h2>
                    <p>{words::ONE_AT_A_TIME}</p>
                    {self.table(others, true)}
                </section>
            }
            .into_any()
        });
        let incomplete = Memo::new(move |_| self.progress.with(|list| list.incomplete().cloned()));
        let again = Callback::new(move |()| self.check_now());
        let count = ended.len();
        let ended = match ended.is_empty() {
            true => view! { <p>{words::NO_EARLIER}</p> }.into_any(),
            false => self.table(ended.into_iter().take(MOST_ENDED).collect(), false),
        };
        let more = (count > MOST_ENDED).then(|| {
            let number = intl::count(count - MOST_ENDED);
            view! { <p class="fine">{messages::check::more(&number)}</p> }
        });
        view! {
            <IncompleteList list=incomplete what=messages::EXPORTS again />
            {next}
            {waiting}
            <section class="card">
                <h2>{words::EARLIER}</h2>
                {ended}
                {more}
            </section>
        }
        .into_any()
    }

    fn next(self, job: ExportJob) -> AnyView {
        let label = match job.status {
            ExportJobStatus::InProgress => words::RESUME,
            _ => words::START,
        };
        let href = self.href(&job);
        let status = marked(messages::status(&job.status));
        let number = usize::try_from(job.number_of_items).unwrap_or_default();
        let entries = messages::entries(number, &intl::count(number));
        let created = intl::minute(&Timestamp::from(job.created_at.clone()));
        let age = self.age(&job);
        let author = self.author(&job);
        let expires = self.expires(&job);
        view! {
            <section class="card export-next">
                <h2>{words::NEXT}</h2>
                <dl class="facts">
                    <dt>{words::STATUS}</dt><dd>{status}</dd>
                    <dt>{words::ENTRIES}</dt><dd class="figures">{entries}</dd>
                    <dt>{words::CREATED}</dt><dd>{created} " (" <span prop:textContent=move || age.get()></span> ")"</dd>
                    <dt>{words::CREATED_BY}</dt><dd>{author}</dd>
                    <dt>{words::EXPIRES}</dt><dd prop:textContent=move || expires.get()></dd>
                </dl>
                <div class="actions"><a class="primary" href=move || href.get()>{label}</a></div>
            </section>
        }
        .into_any()
    }

    fn table(self, jobs: Vec<ExportJob>, running: bool) -> AnyView {
        let rows = jobs.into_iter().map(|job| {
            let status = marked(messages::status(&job.status));
            let reason = job.failure_reason.clone().map(|reason| {
                view! { <br /><span class="fine">{external(&reason)}</span> }
            });
            let number = usize::try_from(job.number_of_items).unwrap_or_default();
            let created = intl::minute(&Timestamp::from(job.created_at.clone()));
            let age = self.age(&job);
            let author = self.author(&job);
            let expires = running.then(|| {
                let expires = self.expires(&job);
                view! { <td prop:textContent=move || expires.get()></td> }
            });
            let href = self.href(&job);
            let label = words::open(&created);
            view! {
                <tr>
                    <th scope="row"><span class="export-status" data-status=job.status.as_str().to_owned()>{status}</span>{reason}</th>
                    <td class="amount">{intl::count(number)}</td>
                    <td>{created}<br /><span class="fine" prop:textContent=move || age.get()></span></td>
                    <td>{author}</td>
                    {expires}
                    <td><a href=move || href.get() aria-label=label>{words::OPEN}</a></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let expires = running.then(|| view! { <th scope="col">{words::EXPIRES}</th> });
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=if running { words::WAITING } else { words::EARLIER }>
                <table>
                    <thead><tr>
                        <th scope="col">{words::STATUS}</th>
                        <th scope="col" class="amount">{words::ENTRIES}</th>
                        <th scope="col">{words::CREATED}</th>
                        <th scope="col">{words::CREATED_BY}</th>
                        {expires}
                        <th scope="col"><span class="visually-hidden">{words::OPEN}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    /// The address of the job's run.
    fn href(self, job: &ExportJob) -> Signal<String> {
        let path = address::at_base(&document::base(), &["/exports/", job.id.as_str()].concat());
        let session = self.session;
        Signal::derive(move || {
            session
                .live_id
                .with(|id| address::with_connection(&path, id.as_deref()))
        })
    }

    /// The name of the user who created the job.
    fn author(self, job: &ExportJob) -> AnyView {
        let id = job.created_by.clone().map(EmployeeId::from);
        let table = self.company_data.table;
        let name = Memo::new(move |_| {
            let id = id.as_ref()?;
            table.with(|table| table.names().employees.get(id)?.name.clone())
        });
        view! { {move || match name.get() {
            Some(name) => external(&name).into_any(),
            None => words::NOT_STATED.into_any(),
        }} }
        .into_any()
    }

    fn age(self, job: &ExportJob) -> Memo<String> {
        let created = Instant::parse(&job.created_at);
        let tick = self.session.tick;
        Memo::new(move |_| {
            tick.track();
            let Some(created) = created else {
                return words::NOT_STATED.to_owned();
            };
            let passed = clock::wall_millis().saturating_sub(millis(created));
            words::ago(&long_span(passed))
        })
    }

    fn expires(self, job: &ExportJob) -> Memo<String> {
        time_left(self.session, queue::expires_at(job))
    }
}

/// The time until `expires`, updated with the clock.
pub fn time_left(session: Session, expires: Option<Instant>) -> Memo<String> {
    Memo::new(move |_| {
        session.tick.track();
        let Some(expires) = expires else {
            return words::NOT_STATED.to_owned();
        };
        match millis(expires).saturating_sub(clock::wall_millis()) {
            0 => words::EXPIRED_NOW.to_owned(),
            left => words::left(&long_span(left)),
        }
    })
}

fn millis(instant: Instant) -> u64 {
    u64::try_from(instant.unix_millis()).unwrap_or_default()
}

/// A duration, in days if it is longer than two.
fn long_span(millis: u64) -> String {
    match millis / 1000 / DAY {
        0 | 1 => span(millis),
        days => words::days(days),
    }
}
