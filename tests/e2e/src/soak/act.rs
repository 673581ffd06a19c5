//! What a user does in one tab, whatever state it is in: the session may move under their hands.

use std::time::Duration;

use thirtyfour::WindowHandle;

use super::Soak;
use super::plan::{SoakAction, SoakChannel};
use crate::Outcome;
use crate::login::{ConsentChoice, answer};
use crate::wait::{PATIENCE, until};

/// An exchange has 30 s, the question whose token it is has 15, and either may be late.
const SETTLES: Duration = Duration::from_secs(60);

const LIVE: [&str; 3] = ["active", "refreshing", "unsure"];

/// Whether this session is a live one.
pub(super) fn is_live(session: &str) -> bool {
    LIVE.contains(&session)
}

impl Soak<'_> {
    /// Does one thing in one tab and tells what came of it.
    pub(super) async fn act(&mut self, tab: usize, act: SoakAction) -> Outcome<&'static str> {
        if let SoakAction::Close = act {
            return self.tabs.close(tab).await;
        }
        self.tabs.go_to(tab).await?;
        let page = self.stage.page();
        match act {
            SoakAction::Go(route) => page.open(route).await?,
            SoakAction::Reload => self.stage.browser.driver().refresh().await?,
            SoakAction::SignIn(channel) => return self.sign_in(channel, false).await,
            SoakAction::Another(channel) => return self.sign_in(channel, true).await,
            SoakAction::SignOut => return self.sign_out().await,
            SoakAction::Close => {}
        }
        Ok("done")
    }

    /// The session of the present tab, once no sign-in is under way.
    pub(super) async fn rest(&self) -> Outcome<String> {
        let page = self.stage.page();
        until("a session at rest", SETTLES, async || {
            let session = page.session().await?;
            Ok(session.filter(|session| !["authorizing", "exchanging"].contains(&&**session)))
        })
        .await
    }

    async fn sign_out(&self) -> Outcome<&'static str> {
        let page = self.stage.page();
        if self.rest().await? == "signed-out" {
            return Ok("was signed out");
        }
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        Ok("done")
    }

    /// Signs in where nobody is connected; with `another` only where somebody is.
    pub(super) async fn sign_in(
        &self,
        channel: SoakChannel,
        another: bool,
    ) -> Outcome<&'static str> {
        let page = self.stage.page();
        let route = page.route().await?;
        // A page without the form, or with an old failure above it.
        if route.starts_with("/nowhere") || route.starts_with("/callback") {
            page.open("/").await?;
        }
        let session = self.rest().await?;
        if is_live(&session) != another {
            return Ok("nothing to do");
        }
        let driver = self.stage.browser.driver();
        let tab = driver.window().await?;
        let known = driver.windows().await?;
        if let Err(error) = self.start(&session, channel.popup).await {
            let now = self.rest().await?;
            let moved = is_live(&now) != is_live(&session);
            return if moved { Ok("too late") } else { Err(error) };
        }
        let consent = ConsentChoice {
            company: channel.company,
            deny: channel.deny,
            ..ConsentChoice::default()
        };
        let server = &self.stage.sandbox.at.auth;
        match self.arrive(&known).await? {
            Some(popup) => {
                driver.switch_to_window(popup.clone()).await?;
                answer(&self.stage.browser, server, &consent).await?;
                self.see_popup_off(&popup).await?;
                driver.switch_to_window(tab).await?;
                if page.session().await?.as_deref() == Some("authorizing") {
                    page.click("Cancel").await?;
                }
            }
            None => self.stage.decide(&consent).await?,
        }
        let session = self.rest().await?;
        // It stays open where nothing new has come into view.
        let close = "document.getElementById('connect-another')?.close()";
        self.stage.browser.run(close, vec![]).await?;
        Ok(if is_live(&session) {
            "live"
        } else {
            "not live"
        })
    }

    /// The clicks that lead to the authorization server.
    async fn start(&self, session: &str, popup: bool) -> Outcome {
        let page = self.stage.page();
        match session {
            "ended" if popup => return page.click("Reconnect").await,
            "ended" => return page.click("Continue in this tab").await,
            "signed-out" => {}
            _ => page.click("Connect another company").await?,
        }
        if popup {
            page.tick("Open in a popup").await?;
        }
        page.click("Connect to Pleo").await
    }

    /// Waits for the login page: in another window, which is told, or in this one.
    async fn arrive(&self, known: &[WindowHandle]) -> Outcome<Option<WindowHandle>> {
        let driver = self.stage.browser.driver();
        let page = self.stage.page();
        until("the authorization server", PATIENCE, async || {
            let windows = driver.windows().await?;
            if let Some(popup) = windows.into_iter().find(|window| !known.contains(window)) {
                return Ok(Some(Some(popup)));
            }
            let here = driver.current_url().await?.origin().ascii_serialization();
            if here == self.stage.sandbox.at.auth {
                return Ok(Some(None));
            }
            // The third start within a minute is asked about.
            if page.has_button("Continue signing in").await? {
                page.click("Continue signing in").await?;
            }
            Ok(None)
        })
        .await
    }

    /// Waits until the popup has closed itself; one that says what went wrong is closed.
    async fn see_popup_off(&self, popup: &WindowHandle) -> Outcome {
        let driver = self.stage.browser.driver();
        until("the popup's end", SETTLES, async || {
            if !driver.windows().await?.contains(popup) {
                return Ok(Some(()));
            }
            if !self.stage.page().alerts().await?.is_empty() {
                driver.close_window().await?;
            }
            Ok(None)
        })
        .await
    }
}
