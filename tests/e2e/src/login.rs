//! The sandbox's own pages: login and consent.

use thirtyfour::prelude::*;

use crate::Outcome;
use crate::browser::Browser;
use crate::wait::{PATIENCE, until};

/// What the user does at the consent.
#[derive(Debug, Clone, Default)]
pub struct Consent<'a> {
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
pub async fn decide(browser: &Browser, server: &str, site: &str, consent: &Consent<'_>) -> Outcome {
    let driver = browser.driver();
    press(browser, "Log in", server).await?;
    let decision = if consent.deny { "Deny" } else { "Allow" };
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
    press(browser, decision, server).await?;
    until("the way back to the site", PATIENCE, async || {
        let here = driver.current_url().await?;
        Ok((here.origin().ascii_serialization() == site).then_some(()))
    })
    .await
}

async fn press(browser: &Browser, name: &str, server: &str) -> Outcome {
    let driver = browser.driver();
    let here = format!("//button[normalize-space(.)='{name}']");
    until(
        &format!("the button {name} of {server}"),
        PATIENCE,
        async || {
            let there = driver.current_url().await?.origin().ascii_serialization() == server;
            if !there {
                return Ok(None);
            }
            driver.find(By::XPath(&*here)).await?.click().await?;
            Ok(Some(()))
        },
    )
    .await
}
