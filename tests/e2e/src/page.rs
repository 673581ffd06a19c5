//! The product's pages, through what they promise to tests.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::Outcome;
use crate::browser::TestBrowser;
use crate::wait::{PATIENCE, until};

/// The product in the present window.
#[derive(Debug, Clone, Copy)]
pub struct PageDriver<'a> {
    browser: &'a TestBrowser,
    site: &'a str,
}

impl<'a> PageDriver<'a> {
    /// The product as it is served at `site`.
    #[must_use]
    pub fn new(browser: &'a TestBrowser, site: &'a str) -> Self {
        Self { browser, site }
    }

    /// Loads a route.
    ///
    /// # Errors
    ///
    /// If the browser cannot.
    pub async fn open(&self, route: &str) -> Outcome {
        Ok(self
            .browser
            .driver()
            .goto(format!("{}{route}", self.site))
            .await?)
    }

    /// The session as the document states it.
    ///
    /// # Errors
    ///
    /// If the document cannot be asked.
    pub async fn session(&self) -> Outcome<Option<String>> {
        let script = "return document.documentElement.dataset.session ?? null";
        Ok(self
            .browser
            .run(script, vec![])
            .await?
            .as_str()
            .map(str::to_owned))
    }

    /// Waits until the session stands like this.
    ///
    /// # Errors
    ///
    /// If it never does.
    pub async fn wait_session(&self, expected: &str) -> Outcome {
        let what = format!("data-session=\"{expected}\"");
        until(&what, PATIENCE, async || {
            Ok((self.session().await?.as_deref() == Some(expected)).then_some(()))
        })
        .await
    }

    /// The generation as the document states it.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn generation(&self) -> Outcome<u32> {
        let script = "return document.documentElement.dataset.generation";
        let stated = self.browser.run(script, vec![]).await?;
        Ok(stated.as_str().ok_or("no generation")?.parse()?)
    }

    /// Clicks the button of this name, once it is there and enabled.
    ///
    /// # Errors
    ///
    /// If it never is.
    pub async fn click(&self, name: &str) -> Outcome {
        let here = format!("//button[normalize-space(.)='{name}' or @aria-label='{name}']");
        self.click_at(name, &here).await
    }

    /// Clicks the button that loads the rest of the entries, whatever number it shows.
    ///
    /// # Errors
    ///
    /// If it never is there and enabled.
    pub async fn load_all(&self) -> Outcome {
        let name = "Load all";
        let here = format!("//button[starts-with(normalize-space(.), '{name}')]");
        self.click_at(name, &here).await
    }

    async fn click_at(&self, name: &str, here: &str) -> Outcome {
        until(&format!("the button {name}"), PATIENCE, async || {
            self.open_account_menu_for(name).await?;
            for button in self.browser.driver().find_all(By::XPath(here)).await? {
                if button.is_displayed().await? && button.is_enabled().await? {
                    // A bar that stays in sight may cover a button at the edge of the page.
                    if button.click().await.is_err() {
                        button.scroll_into_view().await?;
                        button.click().await?;
                    }
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Opens the account menu if a button of this name is in it, and no dialog is open.
    async fn open_account_menu_for(&self, name: &str) -> Outcome {
        let script = "const [name] = arguments;
            const menu = document.getElementById('session-panel');
            const is = (button) => button.textContent.trim() === name || button.ariaLabel === name;
            const inBar = [...document.querySelectorAll('.topbar button')]
                .some((button) => is(button) && !menu?.contains(button) && button.checkVisibility());
            const its = !inBar && [...menu?.querySelectorAll('.account-actions button') ?? []].some(is);
            if (its && !menu.matches(':popover-open') && !document.querySelector('dialog[open]')) menu.showPopover();";
        self.browser.run(script, vec![json!(name)]).await.map(drop)
    }

    /// Follows a link of the rail, so that the page goes on living.
    ///
    /// # Errors
    ///
    /// If there is none of this name.
    pub async fn follow(&self, name: &str) -> Outcome {
        let here = format!("//nav//a[normalize-space(.)='{name}']");
        until(&format!("the link {name}"), PATIENCE, async || {
            let found = self.browser.driver().find_all(By::XPath(&*here)).await?;
            // The static page, hidden on this route, may still be in the document.
            let Some(link) = found.last() else {
                return Ok(None);
            };
            if !link.is_displayed().await? {
                let open = "document.querySelector('#nav-developer.collapsed') && document.querySelector('button.nav-title').click()";
                self.browser.run(open, vec![]).await?;
            }
            link.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Types into the field of this label.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn fill(&self, label: &str, text: &str) -> Outcome {
        let field = self.field(label, "input").await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Ticks the box of this label.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn tick(&self, label: &str) -> Outcome {
        let field = self.field(label, "input").await?;
        if !field.is_selected().await? {
            field.click().await?;
        }
        Ok(())
    }

    /// Chooses an option of the select of this label.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn choose(&self, label: &str, option: &str) -> Outcome {
        let here = format!(".//option[normalize-space(.)='{option}']");
        let select = self.field(label, "select").await?;
        Ok(select.find(By::XPath(&*here)).await?.click().await?)
    }

    async fn field(&self, label: &str, tag: &str) -> Outcome<WebElement> {
        let here = format!(
            "//label[contains(., '{label}')]//{tag} | //{tag}[@id=//label[contains(., '{label}')]/@for] | //{tag}[@aria-label='{label}']"
        );
        until(&format!("the field {label}"), PATIENCE, async || {
            let mut found = self.browser.driver().find_all(By::XPath(&*here)).await?;
            // A closed panel may hold another of this name.
            for at in 0..found.len() {
                if found[at].is_displayed().await? {
                    return Ok(Some(found.swap_remove(at)));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Whether a button of this name is visible now, or in the closed account menu. A test that expects one waits with
    /// [`Self::wait_for_button`]: the chunk that draws it may come later than the page around it.
    ///
    /// # Errors
    ///
    /// If the document cannot be asked.
    pub async fn has_button(&self, name: &str) -> Outcome<bool> {
        let script = "const [name] = arguments;
            return [...document.querySelectorAll('button')].some((button) =>
                (button.textContent.trim() === name || button.ariaLabel === name)
                    && (button.checkVisibility() || button.closest('.account-actions')))";
        Ok(self.browser.run(script, vec![json!(name)]).await? == Value::Bool(true))
    }

    /// Waits until a button of this name is visible.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub async fn wait_for_button(&self, name: &str) -> Outcome {
        until(&format!("the button {name}"), PATIENCE, async || {
            Ok(self.has_button(name).await?.then_some(()))
        })
        .await
    }

    /// Waits for an alert of this stable code and returns its words.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub async fn alert(&self, code: &str) -> Outcome<String> {
        self.alert_with(code, &[]).await
    }

    /// Waits for an alert of this stable code that contains all of these texts, and returns its words.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub async fn alert_with(&self, code: &str, expected: &[&str]) -> Outcome<String> {
        let selector = format!("[role=alert][data-code=\"{code}\"]");
        self.wait_for_text_of(&selector, expected).await
    }

    /// The stable codes of all alerts in sight.
    ///
    /// # Errors
    ///
    /// If the document cannot be asked.
    pub async fn alerts(&self) -> Outcome<Vec<String>> {
        let script = "return [...document.querySelectorAll('[role=alert][data-code]')]
            .filter((alert) => alert.checkVisibility()).map((alert) => alert.dataset.code)";
        Ok(serde_json::from_value(
            self.browser.run(script, vec![]).await?,
        )?)
    }

    /// The texts of the grid's rows in sight, header apart.
    ///
    /// # Errors
    ///
    /// If the document cannot be asked.
    pub async fn rows_in_sight(&self) -> Outcome<Vec<String>> {
        let script = "return [...document.querySelectorAll('[role=grid] [aria-rowindex]')]
            .filter((row) => Number(row.getAttribute('aria-rowindex')) > 1 && row.checkVisibility())
            .map((row) => row.innerText.trim()).filter(Boolean)";
        Ok(serde_json::from_value(
            self.browser.run(script, vec![]).await?,
        )?)
    }

    /// Waits until a grid shows data, and returns the texts of its rows in sight.
    ///
    /// # Errors
    ///
    /// If no row comes.
    pub async fn rows(&self) -> Outcome<Vec<String>> {
        until("rows in the grid", PATIENCE, async || {
            Ok(Some(self.rows_in_sight().await?).filter(|rows| !rows.is_empty()))
        })
        .await
    }

    /// Waits until the table of entries shows names of employees, which come later than its rows, and
    /// returns the texts of its rows in sight.
    ///
    /// # Errors
    ///
    /// If no name comes.
    pub async fn rows_with_names(&self) -> Outcome<Vec<String>> {
        let script = "return [...document.querySelectorAll('.grid-body .col-who')]
            .some((cell) => cell.textContent.trim().includes(' '))";
        let browser = self.browser;
        browser
            .wait_for("names in the table", script, vec![], true)
            .await?;
        self.rows().await
    }

    /// How many rows the grid says to have now, header apart. A test that expects a number waits with
    /// [`Self::wait_for_row_count`].
    ///
    /// # Errors
    ///
    /// If there is no grid.
    pub async fn row_count(&self) -> Outcome<i64> {
        let script = "return document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')";
        let stated = self.browser.run(script, vec![]).await?;
        Ok(stated.as_str().ok_or("no grid")?.parse::<i64>()? - 1)
    }

    /// Waits until the grid says to have this number of rows, header apart.
    ///
    /// # Errors
    ///
    /// If it never does.
    pub async fn wait_for_row_count(&self, expected: i64) -> Outcome {
        until(&format!("{expected} rows"), PATIENCE, async || {
            let count = self.row_count().await?;
            match count == expected {
                true => Ok(Some(())),
                false => Err(format!("now {count}").into()),
            }
        })
        .await
    }

    /// All words in sight now. A test that expects words waits with [`Self::wait_for_text`] or
    /// [`Self::wait_for_texts`]; one that expects none asks after it has waited for the final state.
    ///
    /// # Errors
    ///
    /// If the document cannot be asked.
    pub async fn visible_text(&self) -> Outcome<String> {
        let visible_text = self
            .browser
            .run("return document.body.innerText", vec![])
            .await?;
        Ok(visible_text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits for an element of this selector, and returns its words.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub async fn text_of(&self, selector: &str) -> Outcome<String> {
        self.wait_for_text_of(selector, &[]).await
    }

    /// Waits until an element of this selector contains all of these texts, and returns its words.
    ///
    /// # Errors
    ///
    /// If none ever does.
    pub async fn wait_for_text_of(&self, selector: &str, expected: &[&str]) -> Outcome<String> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((it) => it.innerText)";
        until(
            &format!("{selector} with {expected:?}"),
            PATIENCE,
            async || {
                let texts = self.browser.run(script, vec![json!(selector)]).await?;
                let texts: Vec<String> = serde_json::from_value(texts)?;
                let all = |text: &&String| expected.iter().all(|part| text.contains(part));
                match texts.iter().find(all) {
                    Some(text) => Ok(Some(text.clone())),
                    None => Err(format!("now {texts:?}").into()),
                }
            },
        )
        .await
    }

    /// Waits until these words are in sight, and returns all words.
    ///
    /// # Errors
    ///
    /// If they never are.
    pub async fn wait_for_text(&self, expected: &str) -> Outcome<String> {
        self.wait_for_texts(&[expected]).await
    }

    /// Waits until all of these words are in sight at the same time, and returns all words.
    ///
    /// # Errors
    ///
    /// If they never are; the error names those that are missing at last.
    pub async fn wait_for_texts(&self, expected: &[&str]) -> Outcome<String> {
        until(&format!("the words {expected:?}"), PATIENCE, async || {
            let visible_text = self.visible_text().await?;
            let mut missing = expected
                .iter()
                .filter(|part| !visible_text.contains(**part));
            match missing.next() {
                None => Ok(Some(visible_text)),
                Some(part) => Err(format!("{part:?} is missing").into()),
            }
        })
        .await
    }

    /// Waits until these words are not in sight, and returns all words.
    ///
    /// # Errors
    ///
    /// If they stay.
    pub async fn wait_without_text(&self, unwanted: &str) -> Outcome<String> {
        let what = format!("the end of the words {unwanted:?}");
        until(&what, PATIENCE, async || {
            let visible_text = self.visible_text().await?;
            Ok((!visible_text.contains(unwanted)).then_some(visible_text))
        })
        .await
    }

    /// Waits for an element of this selector.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub async fn element(&self, selector: By) -> Outcome<WebElement> {
        until(&format!("an element {selector:?}"), PATIENCE, async || {
            Ok(Some(self.browser.driver().find(selector.clone()).await?))
        })
        .await
    }

    /// Waits for a route that begins like this: a session lives a moment before the way there ends.
    ///
    /// # Errors
    ///
    /// If another one stays.
    pub async fn wait_route(&self, beginning: &str) -> Outcome {
        until(&format!("the route {beginning}"), PATIENCE, async || {
            let here = self.route().await?;
            Ok(here.starts_with(beginning).then_some(()))
        })
        .await
    }

    /// The present path with its query, below the site's origin.
    ///
    /// # Errors
    ///
    /// If the page is not of this site.
    pub async fn route(&self) -> Outcome<String> {
        let url = self.browser.driver().current_url().await?.to_string();
        let route = url.strip_prefix(self.site).ok_or("not on the site")?;
        Ok(route.to_owned())
    }
}
