//! What Firefox is asked in its own way: through an extension that runs the hooks, and through
//! scripts with the browser's own rights.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::extensions::addons::firefox::FirefoxTools;
use thirtyfour::prelude::*;
use thirtyfour::{RequestData, SessionId};

use super::ConsoleLine;
use crate::{Outcome, locations};

/// Errors of pages and workers, those that no script sees among them: a policy that was broken.
const ERRORS: &str = "
    const all = Services.console.getMessageArray();
    Services.console.reset();
    return all.filter((one) => one instanceof Ci.nsIScriptError && /https?:/.test(one.message))
        .map((one) => [(one.flags & Ci.nsIScriptError.warningFlag) === 0, one.message]);";

const HISTORY: &str = "
    const history = gBrowser.selectedBrowser.browsingContext.sessionHistory;
    return Array.from({ length: history.count }, (_, at) => history.getEntryAtIndex(at).URI.spec);";

/// Of the network and of the documents.
const CLEAR_CACHE: &str = "
    Services.cache2.clear();
    ChromeUtils.clearResourceCache?.();";

const COOKIES: &str = "
    return JSON.stringify(Services.cookies.cookies.map(({ host, name, value }) => [host, name, value]))";

/// The browser to ask the driver for.
pub fn wanted(profile: &Path) -> Outcome<Capabilities> {
    let mut wanted = DesiredCapabilities::firefox();
    for argument in ["-headless", "-profile", &profile.display().to_string()] {
        wanted.add_arg(argument)?;
    }
    if let Some(firefox) = locations::firefox() {
        wanted.set_firefox_binary(&firefox.display().to_string())?;
    }
    let mut preferences = FirefoxPreferences::new();
    // What pages and workers say to the console.
    preferences.set("devtools.console.stdout.content", true)?;
    // Else a bare JSON file is a page with globals of its own.
    preferences.set("devtools.jsonview.enabled", false)?;
    // Its part that fills in addresses and cards prints errors of its own when a form changes soon
    // after it was focused.
    for data in ["addresses", "creditCards"] {
        preferences.set(&format!("extensions.formautofill.{data}.enabled"), false)?;
    }
    wanted.set_preferences(preferences)?;
    // A host over TLS has a certificate that no authority signed.
    wanted.accept_insecure_certs(true)?;
    Ok(wanted.into())
}

/// Runs `script` first in every document of every window: by an extension, which is read from
/// `profile` for as long as the browser lives.
pub async fn hook(driver: &WebDriver, script: &str, profile: &Path) -> Outcome {
    let folder = profile.join("outlay-hooks");
    fs::create_dir(&folder)?;
    let manifest = json!({
        "manifest_version": 3,
        "name": "hooks",
        "version": "1",
        "browser_specific_settings": { "gecko": { "id": "hooks@outlay.example" } },
        "host_permissions": ["<all_urls>"],
        "content_scripts": [{
            "matches": ["<all_urls>"],
            "js": ["hooks.js"],
            "run_at": "document_start",
            "world": "MAIN",
        }],
    });
    fs::write(folder.join("manifest.json"), manifest.to_string())?;
    fs::write(folder.join("hooks.js"), script)?;
    let path = folder.display().to_string();
    FirefoxTools::new(driver.handle().clone())
        .install_addon(&path, Some(true))
        .await?;
    Ok(())
}

/// The console since the last call: what the browser printed, and the errors that it keeps.
pub async fn console(driver: &WebDriver, printed: Vec<String>) -> Outcome<Vec<ConsoleLine>> {
    let errors: Vec<(bool, String)> = serde_json::from_value(privileged(driver, ERRORS).await?)?;
    let errors = errors
        .into_iter()
        .map(|(error, text)| ConsoleLine { error, text });
    let printed = printed.into_iter().map(|text| ConsoleLine {
        error: is_an_error_of_a_page(&text),
        text,
    });
    Ok(printed.chain(errors).collect())
}

/// What pages and workers say stands there quoted; the browser's own parts begin with their name,
/// or name a file of theirs.
fn is_an_error_of_a_page(printed: &str) -> bool {
    let shown_text = printed.strip_prefix("console.error: ");
    shown_text.is_some_and(|shown_text| {
        !shown_text.starts_with(char::is_alphabetic) && !shown_text.contains("resource://")
    })
}

/// The addresses in the present window's history.
pub async fn history(driver: &WebDriver) -> Outcome<Vec<String>> {
    Ok(serde_json::from_value(privileged(driver, HISTORY).await?)?)
}

/// Removes every file that was kept.
pub async fn clear_cache(driver: &WebDriver) -> Outcome {
    privileged(driver, CLEAR_CACHE).await.map(drop)
}

/// Every cookie of every origin.
pub async fn cookies(driver: &WebDriver) -> Outcome<String> {
    let cookies = privileged(driver, COOKIES).await?;
    Ok(cookies.as_str().ok_or("no cookies")?.to_owned())
}

/// Runs a script with the browser's own rights.
async fn privileged(driver: &WebDriver, script: &str) -> Outcome<Value> {
    driver.handle().cmd(Context("chrome")).await?;
    let result = driver.execute(script, vec![]).await;
    driver.handle().cmd(Context("content")).await?;
    Ok(result?.json().clone())
}

/// Geckodriver's own command: where scripts run from now on.
#[derive(Debug)]
struct Context(&'static str);

impl FormatRequestData for Context {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(
            reqwest::Method::POST,
            format!("/session/{session}/moz/context"),
        )
        .add_body(json!({ "context": self.0 }))
    }
}

#[cfg(test)]
mod tests {
    use super::is_an_error_of_a_page;

    #[test]
    fn firefox_internal_errors_are_not_page_errors() {
        assert!(is_an_error_of_a_page(r#"console.error: "bad thing""#));
        assert!(is_an_error_of_a_page("console.error: (new Error())"));
        assert!(!is_an_error_of_a_page("console.error: RSLoader: "));
        let icon =
            "console.error: [Exception... location: \"JS frame :: resource:///modules/x.mjs\"]";
        assert!(!is_an_error_of_a_page(icon));
        assert!(!is_an_error_of_a_page(r#"console.log: "hello""#));
    }
}
