//! The texts of the overview of a signed-out user. `public/index.html` has the same texts.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Your company's spend, in this browser only";
pub const LEAD: &str = "Outlay shows your company's spend from Pleo: totals by month and currency, \
    and every entry. There is no Outlay server between you and Pleo.";
/// The link to the page that needs no connection.
pub const OPEN_SNAPSHOT: &str = "Open a snapshot file";
/// Question and answer of each promise.
pub const PROMISES: [(&str, &str); 3] = [
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
];
/// Shows [`LIMITATION_TEXT`].
pub const LIMITATION: &str = "Known limitation";
pub const LIMITATION_TEXT: &str = "Current best practice (RFC 10017) does not recommend browser-only \
    apps for business data: a malicious script in this site could start a sign-in of its own. A \
    strict content security policy and the absence of third-party scripts protect against that.";
/// The description of the picture of the overview.
pub const PICTURE: &str = "The overview of a sample company: the spend of the month, its change, the \
    entries to review, the spend of each month, and the newest entries.";
/// Label and value of each figure in the picture.
pub const PICTURE_FIGURES: [(&str, &str); 3] = [
    ("Spend in October", "184,250 DKK"),
    ("Since September", "+12.4%"),
    ("To review", "18 entries"),
];
/// Date, description and amount of each entry in the picture.
pub const PICTURE_ENTRIES: [(&str, &str, &str); 3] = [
    ("24 Oct", "Office rent", "18,000.00 DKK"),
    ("23 Oct", "Train to Malmö", "742.00 DKK"),
    ("22 Oct", "Annual licences", "3,115.50 DKK"),
];
pub const ENTRIES: &str = "Entries";
pub const CONNECT_FOR_ENTRIES: &str = "Connect to Pleo to see your company's entries.";
pub const DIRECTORY: &str = "Directory";
pub const CONNECT_FOR_DIRECTORY: &str =
    "Connect to Pleo to see your company's employees, accounts, tags, tax codes and suppliers.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::messages::{self as components, account, connect, frame};
    use crate::components::nav_icons;
    use crate::routes::ROUTES;
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
            LIMITATION,
            LIMITATION_TEXT,
            components::session::SIGNED_OUT,
            components::LOADING,
            session::LIFETIME_TAB,
            session::LIFETIME_PAGE,
        ];
        let figures = PICTURE_FIGURES.map(|(label, value)| [label, value]);
        let entries = PICTURE_ENTRIES.map(|(date, what, amount)| [date, what, amount]);
        let texts = [
            promises.as_flattened(),
            figures.as_flattened(),
            entries.as_flattened(),
        ];
        for text in expected.iter().chain(texts.concat().iter()) {
            assert!(html.contains(&format!(">{text}<")), "{text}");
        }
        let icons = ROUTES.iter().filter(|route| route.group.is_some());
        let icons = icons.map(|route| nav_icons::of_path(route.path));
        let attributes = [account::MENU, frame::NAVIGATION, PICTURE, nav_icons::MORE];
        for attribute in icons.chain(attributes) {
            assert!(html.contains(&format!("\"{attribute}\"")), "{attribute}");
        }
    }
}
