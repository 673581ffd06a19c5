//! One test from start to finish: a sandbox and a browser of its own, a deadline, an audit.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::timeout;

use crate::audit::Audit;
use crate::browser::{BrowserKind, ConsoleLine, TestBrowser};
use crate::host::{self, HostSetup};
use crate::login::{ConsentChoice, decide, decide_and_close};
use crate::page::PageDriver;
use crate::sandbox::{SandboxProcess, SandboxSetup};
use crate::wait::{PATIENCE, until};
use crate::{Outcome, locations};

/// No test takes longer, unless it says so.
const DEADLINE: Duration = Duration::from_secs(60);

/// How long the processes of a test may take to start.
const OPENING: Duration = Duration::from_secs(90);

/// How long the description of a failed test may take.
const DESCRIBING: Duration = Duration::from_secs(30);

/// Browsers at the same time, however many tests are run at once.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// How a test wants its stage.
#[derive(Default)]
pub struct StageSetup {
    /// How long it may take, where a minute is too short: it looks at a score of states.
    pub deadline: Option<Duration>,
    /// The sandbox.
    pub sandbox: SandboxSetup,
    /// Whether reports of a broken policy are what the test is about.
    pub reports: bool,
    /// A script that runs in every document after the hooks and before anything else: a browser
    /// that lacks something.
    pub before_load: Option<&'static str>,
    /// Parts of console errors that are what the test is about.
    pub console: &'static [&'static str],
    /// Whether the tab that is played in must be the only one.
    pub lone_tab: bool,
    /// Whether presenting a redeemed refresh token is what the test is about.
    pub presents_again: bool,
    /// Why the test says nothing about Firefox, if it does not.
    pub chromium_only: Option<&'static str>,
    /// Why the test says nothing about another host than the sandbox's, if it does not.
    pub own_host_only: Option<&'static str>,
    /// Why the test says nothing about a proxy, if it does not.
    pub unproxied_only: Option<&'static str>,
}

/// What a test plays on.
#[derive(Debug)]
pub struct Stage {
    /// The stand-in for Pleo, and the site's host.
    pub sandbox: SandboxProcess,
    /// The browser; its present window is open and empty.
    pub browser: TestBrowser,
}

impl Stage {
    async fn open(setup: &StageSetup) -> Outcome<Self> {
        let sandbox = SandboxProcess::start(&setup.sandbox).await?;
        let browser = TestBrowser::start(setup.before_load).await?;
        let stage = Self { sandbox, browser };
        // Firefox ends the vault with the last page: a second one keeps it while a test goes from
        // page to page, as any other tab of the site would.
        if stage.browser.kind == BrowserKind::Firefox && !setup.lone_tab {
            stage.page().open("/").await?;
            stage.browser.open_window().await?;
        }
        Ok(stage)
    }

    /// The product in the present window.
    #[must_use]
    pub fn page(&self) -> PageDriver<'_> {
        PageDriver::new(&self.browser, &self.sandbox.at.site)
    }

    /// Answers the login and consent pages.
    ///
    /// # Errors
    ///
    /// If they do not come.
    pub async fn decide(&self, consent: &ConsentChoice<'_>) -> Outcome {
        decide(
            &self.browser,
            &self.sandbox.at.auth,
            self.sandbox.at.origin(),
            consent,
        )
        .await
    }

    /// Clicks the button of this name and goes on in the window that it opens.
    ///
    /// # Errors
    ///
    /// If none opens.
    pub async fn click_for_window(&self, name: &str) -> Outcome {
        let driver = self.browser.driver();
        let known = driver.windows().await?;
        self.page().click(name).await?;
        let opened = until("another window", PATIENCE, async || {
            let mut windows = driver.windows().await?.into_iter();
            Ok(windows.find(|window| !known.contains(window)))
        })
        .await?;
        Ok(driver.switch_to_window(opened).await?)
    }

    /// Clicks the button of this name, signs in in the window that it opens, waits until that has
    /// closed itself, and goes back to the window before.
    ///
    /// # Errors
    ///
    /// If any step fails.
    pub async fn decide_in_popup(&self, name: &str, consent: &ConsentChoice<'_>) -> Outcome {
        let driver = self.browser.driver();
        let opener = driver.window().await?;
        self.click_for_window(name).await?;
        decide_and_close(&self.browser, &self.sandbox.at.auth, consent).await?;
        Ok(driver.switch_to_window(opener).await?)
    }

    /// From the overview to a live connection.
    ///
    /// # Errors
    ///
    /// If any step fails.
    pub async fn connect(&self) -> Outcome {
        let page = self.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        self.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await
    }

    /// An audit for every token issued so far, and for the secret of a proxy.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn audit(&self) -> Outcome<Audit> {
        let counters = self.sandbox.counters().await?;
        let tokens = counters.tokens_issued.iter().map(String::as_str);
        let basic = host::basic();
        let secrets = [host::CLIENT_SECRET, &basic];
        let secrets = secrets.into_iter().filter(|_| self.sandbox.at.proxied);
        Ok(Audit::new(tokens.chain(secrets)))
    }

    /// Searches the present document for every token issued so far: to be asked for before a
    /// document is left whose messages and memory would be lost with it.
    ///
    /// # Errors
    ///
    /// If a token is found.
    pub async fn search_document(&self) -> Outcome {
        let mut audit = self.audit().await?;
        audit.document(&self.browser).await?;
        nothing_found(&audit)
    }

    /// Searches every window of the site, and what all windows share.
    async fn search(&self, console: &[ConsoleLine]) -> Outcome<Audit> {
        let mut audit = self.audit().await?;
        let driver = self.browser.driver();
        for window in driver.windows().await? {
            driver.switch_to_window(window).await?;
            let here = driver.current_url().await?;
            if here.origin().ascii_serialization() == self.sandbox.at.origin() {
                audit.document(&self.browser).await?;
            }
        }
        audit.browser(&self.browser, console).await?;
        Ok(audit)
    }

    async fn assess(&self, setup: &StageSetup) -> Outcome<Audit> {
        let console = self.browser.console().await?;
        let errors: Vec<&str> = console
            .iter()
            .filter(|line| line.error)
            .map(|line| line.text.as_str())
            .filter(|line| !setup.console.iter().any(|part| line.contains(part)))
            .collect();
        if !errors.is_empty() {
            return Err(format!("errors in the console: {errors:#?}").into());
        }
        let reports = self.sandbox.csp_reports().await?;
        if !setup.reports && !reports.is_empty() {
            return Err(format!("the policy was broken: {reports:#?}").into());
        }
        let counters = self.sandbox.counters().await?;
        if !setup.presents_again && counters.refresh_presented_again > 0 {
            return Err("a redeemed refresh token was presented again".into());
        }
        let audit = self.search(&console).await?;
        nothing_found(&audit)?;
        Ok(audit)
    }

    /// Makes a picture for the documentation, if the run is to make them: `cargo xtask pictures`. The
    /// element of `selector` is scrolled into it.
    ///
    /// # Errors
    ///
    /// If the element is not there, or the file cannot be written.
    pub async fn picture(&self, name: &str, selector: &str) -> Outcome {
        let Some(folder) = locations::documentation_pictures() else {
            return Ok(());
        };
        let show = "const element = document.querySelector(arguments[0]);
            const block = element.offsetHeight > innerHeight / 2 ? 'start' : 'center';
            element.scrollIntoView({ block });
            return document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => null)";
        self.browser.run(show, vec![selector.into()]).await?;
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        Ok(self.browser.driver().screenshot(&file).await?)
    }

    /// What a person would want to see of a failed test.
    async fn describe(&self, name: &str) -> String {
        let picture = locations::pictures().join(format!("{name}.png"));
        let _ = fs::create_dir_all(locations::pictures());
        let _ = self.browser.driver().screenshot(&picture).await;
        let url = self.browser.driver().current_url().await;
        let page = self.page();
        format!(
            "url: {:?}\nsession: {:?}\nalerts: {:?}\nwords: {:?}\nconsole: {:#?}\nreports: {:#?}\npicture: {}",
            url.map(|url| url.to_string()),
            page.session().await,
            page.alerts().await,
            page.visible_text().await,
            self.browser.console().await,
            self.sandbox.csp_reports().await,
            picture.display(),
        )
    }
}

/// Plays a test. Whatever happens in it, the console, the policy reports and every place that
/// could keep a token are judged if it succeeds, and its processes are ended.
///
/// # Panics
///
/// If the test or the judgement fails.
#[expect(
    clippy::panic,
    clippy::expect_used,
    reason = "this is how a test fails"
)]
pub fn play<F, Done>(name: &str, setup: StageSetup, test: F)
where
    F: FnOnce(Rc<Stage>) -> Done,
    Done: Future<Output = Outcome> + 'static,
{
    if let Some(why) = setup.chromium_only
        && matches!(BrowserKind::of_this_run(), Ok(BrowserKind::Firefox))
    {
        println!("{name} is not played in Firefox: {why}");
        return;
    }
    if let Some(why) = not_on_this_host(&setup) {
        println!("{name} is not played on this host: {why}");
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let summary = async {
        let _one_of_two = BROWSERS.acquire().await?;
        let opened = timeout(OPENING, Stage::open(&setup)).await;
        let stage = Rc::new(opened.map_err(|_| "the browser or the sandbox did not start")??);
        // A task of its own, so that a panic ends the test and not the clean-up.
        let deadline = setup.deadline.unwrap_or(DEADLINE);
        let played = spawn_local(timeout(deadline, test(stage.clone()))).await;
        let mut outcome = match played {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(format!("took longer than {deadline:?}").into()),
            Err(panic) => Err(panic.into()),
        };
        let mut audit = None;
        if outcome.is_ok() {
            let judged = timeout(DEADLINE, stage.assess(&setup)).await;
            let judged = judged.unwrap_or_else(|_| Err("the judgement took too long".into()));
            outcome = judged.map(|done| audit = Some(done));
        }
        if let Err(error) = outcome {
            let reason = one_line(&error.to_string());
            let described = timeout(DESCRIBING, stage.describe(name)).await;
            let described = described.unwrap_or_else(|_| "the browser does not answer".to_owned());
            // Logs are often cut in the middle: the reason is first and last.
            outcome = Err(format!("{error}\n{described}\nreason: {reason}").into());
        }
        let Ok(Stage { sandbox, browser }) = Rc::try_unwrap(stage) else {
            return outcome.and(Err("the test kept its stage".into()));
        };
        let profile = browser.end().await;
        let host = sandbox.end().await;
        if let Some(mut audit) = audit {
            audit.profile(profile.path())?;
            if let Some(host) = host {
                audit.written(&host.written())?;
                let log_text = host::log_text(&host.written());
                if ["code=", "state="]
                    .iter()
                    .any(|part| log_text.contains(part))
                {
                    outcome = Err("the host's logs hold the query of a callback".into());
                }
            }
            nothing_found(&audit)?;
        }
        outcome
    };
    let outcome = runtime
        .expect("a runtime")
        .block_on(LocalSet::new().run_until(summary));
    if let Err(error) = outcome {
        let error = error.to_string();
        list_failure(name, &error);
        panic!("{name}: {error}");
    }
}

/// Appends the test and the reason to the list of failures, if this run has one.
fn list_failure(name: &str, error: &str) {
    let Some(list) = locations::failures() else {
        return;
    };
    let thread = thread::current();
    // The thread of a test has its path, if tests run in threads of their own.
    let test = thread.name().filter(|name| name.contains("::"));
    let reason = error.lines().next_back().unwrap_or_default();
    let reason = reason.strip_prefix("reason: ").unwrap_or(error);
    let line = format!("{}: {}\n", test.unwrap_or(name), one_line(reason));
    // The list is a convenience: what fails is the test.
    let list = OpenOptions::new().create(true).append(true).open(list);
    let _ = list.and_then(|mut list| list.write_all(line.as_bytes()));
}

/// The beginning of an error on one line, of at most 400 characters.
fn one_line(error: &str) -> String {
    let words: Vec<&str> = error.split_whitespace().collect();
    words.join(" ").chars().take(400).collect()
}

/// Why a test is not played where the site is served now.
fn not_on_this_host(setup: &StageSetup) -> Option<&'static str> {
    let here = match setup.sandbox.host {
        Some(host) => Some(host),
        None => HostSetup::of_this_run().ok()?,
    };
    let proxied = here?.proxied;
    setup
        .own_host_only
        .or(setup.unproxied_only.filter(|_| proxied))
}

fn nothing_found(audit: &Audit) -> Outcome {
    if audit.found.is_empty() {
        return Ok(());
    }
    Err(format!("a token was found in: {:?}", audit.found).into())
}
