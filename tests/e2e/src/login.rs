//! The sandbox's own pages: login and consent.

use thirtyfour::prelude::*;

use crate::Outcome;
use crate::browser::TestBrowser;
use crate::wait::{PATIENCE, until};

/// What the user does at the consent.
#[derive(Debug, Clone, Default)]
pub struct ConsentChoice<'a> {
    /// Which company is picked, counted from 0.
    pub company: usize,
    /// The scopes that are unticked.
    pub without: &'a [&'a str],
    /// `Deny` instead of `Allow`.
    pub deny: bool,
}

/// Waits for the login page of `server`, logs in, decides, and waits until `site` is back.
///
/// # Errors
///
/// If a page lacks what it promises, or the way back leads elsewhere.
pub async fn decide(
    browser: &TestBrowser,
    server: &str,
    site: &str,
    consent: &ConsentChoice<'_>,
) -> Outcome {
    answer(browser, server, consent).await?;
    let driver = browser.driver();
    until("the way back to the site", PATIENCE, async || {
        let here = driver.current_url().await?;
        Ok((here.origin().ascii_serialization() == site).then_some(()))
    })
    .await
}

/// The same in a window of its own, the present one; waits until it has closed itself.
///
/// # Errors
///
/// If a page lacks what it promises, or the window stays.
pub async fn decide_and_close(
    browser: &TestBrowser,
    server: &str,
    consent: &ConsentChoice<'_>,
) -> Outcome {
    let driver = browser.driver();
    let popup = driver.window().await?;
    answer(browser, server, consent).await?;
    until("the window to close itself", PATIENCE, async || {
        let gone = !driver.windows().await?.contains(&popup);
        Ok(gone.then_some(()))
    })
    .await
}

/// The same, without waiting for what comes of it.
///
/// # Errors
///
/// If a page lacks what it promises.
pub async fn answer(browser: &TestBrowser, server: &str, consent: &ConsentChoice<'_>) -> Outcome {
    prepare(browser, server, consent).await?;
    let button = format!("//button[normalize-space(.)='{}']", consent.button());
    let button = browser.driver().find(By::XPath(&*button)).await?;
    // The window may be gone before the driver has heard of the click.
    let _ = button.click().await;
    Ok(())
}

impl ConsentChoice<'_> {
    fn button(&self) -> &'static str {
        if self.deny { "Deny" } else { "Allow" }
    }
}

/// Logs in and fills the consent in.
async fn prepare(browser: &TestBrowser, server: &str, consent: &ConsentChoice<'_>) -> Outcome {
    let driver = browser.driver();
    press(browser, "Log in", server).await?;
    let company = until("the select Company", PATIENCE, async || {
        Ok(Some(driver.find(By::XPath("//select[@id=//label[contains(., 'Company')]/@for] | //label[contains(., 'Company')]//select")).await?))
    })
    .await?;
    let options = company.find_all(By::Tag("option")).await?;
    options
        .get(consent.company)
        .ok_or("there are fewer companies")?
        .click()
        .await?;
    for scope in consent.without {
        let label = format!(
            "//label[contains(., '{scope}')]//input[@type='checkbox'] | //input[@type='checkbox' and (@value='{scope}' or @id=//label[contains(., '{scope}')]/@for)]"
        );
        let boxed = driver.find(By::XPath(&*label)).await?;
        if boxed.is_selected().await? {
            boxed.click().await?;
        }
    }
    Ok(())
}

async fn press(browser: &TestBrowser, name: &str, server: &str) -> Outcome {
    let driver = browser.driver();
    let here = format!("//button[normalize-space(.)='{name}']");
    until(
        &format!("the button {name} of {server}"),
        PATIENCE,
        async || {
            let there = driver.current_url().await?.origin().ascii_serialization() == server;
            // Firefox loses a click into a page that is still being loaded.
            let loaded = browser.run("return document.readyState", vec![]).await?;
            if !there || loaded != "complete" {
                return Ok(None);
            }
            driver.find(By::XPath(&*here)).await?.click().await?;
            Ok(Some(()))
        },
    )
    .await
}
