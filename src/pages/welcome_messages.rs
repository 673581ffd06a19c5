//! The texts of the overview of a signed-out user. `public/index.html` has the same texts.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Your company's spend, in this browser only";
pub const LEAD: &str = "Outlay shows your company's spend from Pleo: totals by month and currency, \
    and every entry. There is no Outlay server between you and Pleo.";
/// The link to the page that needs no connection.
pub const OPEN_SNAPSHOT: &str = "Open a snapshot file";
/// Question and answer of each promise.
pub const PROMISES: [(&str, &str); 4] = [
    (
        "What Outlay can see",
        "Only what you allow on Pleo's own page.",
    ),
    (
        "Where the access is kept",
        "In the memory of this browser. Access tokens are never written to disk, put into an \
         address or logged, and this page cannot read them.",
    ),
    (
        "When access ends",
        "When you sign out, after a time without activity, or when you close the browser.",
    ),
    (
        "Known limitation",
        "Current best practice (RFC 10017) does not recommend browser-only apps for business \
         data: a malicious script in this site could start a sign-in of its own. A strict content \
         security policy and the absence of third-party scripts protect against that.",
    ),
];
pub const ENTRIES: &str = "Entries";
pub const CONNECT_FOR_ENTRIES: &str = "Connect to Pleo to see your company's entries.";
pub const DIRECTORY: &str = "Directory";
pub const CONNECT_FOR_DIRECTORY: &str =
    "Connect to Pleo to see your company's employees, accounts, tags, tax codes and suppliers.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::messages::{self as components, connect, frame, theme};
    use crate::session::messages as session;
    use std::path::Path;

    #[test]
    fn static_page_has_the_texts_of_the_catalogues() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/index.html");
        let html = std::fs::read_to_string(page).unwrap();
        let promises = PROMISES.map(|(question, answer)| [question, answer]);
        let expected = [
            TITLE,
            LEAD,
            OPEN_SNAPSHOT,
            connect::CONNECT,
            connect::IN_POPUP,
            frame::SKIP,
            frame::BRAND,
            theme::THEME,
            theme::SYSTEM,
            theme::LIGHT,
            theme::DARK,
            components::session::SIGNED_OUT,
            components::LOADING,
            session::LIFETIME_TAB,
            session::LIFETIME_PAGE,
        ];
        for text in expected.iter().chain(promises.as_flattened()) {
            assert!(html.contains(&format!(">{text}<")), "{text}");
        }
        for attribute in [theme::TITLE, frame::NAVIGATION] {
            assert!(html.contains(&format!("\"{attribute}\"")), "{attribute}");
        }
    }
}
