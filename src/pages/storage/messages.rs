//! The texts of the storage page, in the order of the page.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Storage";
pub const SIGN_IN: &str = "A sign-in in progress is stored";
pub const SIGN_IN_HINT: &str = "Session storage of this tab holds the state and the code verifier of a \
    sign-in for ten minutes at most. Without the authorization code they are worth nothing.";
pub const NO_SECRET: &str = "The vault holds no secret.";
pub const NOTHING: &str = "No secrets are stored";
pub const SOMETHING: &str = "Unknown data is stored";
pub const BROWSER_STORAGE: &str = "Browser storage";
pub const STORE: &str = "Storage area";
pub const CONTENT: &str = "Content";
pub const DESCRIPTION: &str = "Description";
pub const BROWSER_HINT: &str = "Checked every second. The browser's HTTP cache of the site's files is \
    not listed: responses of Pleo are never cached.";
pub const VAULT_MEMORY: &str = "Vault memory";
pub const VAULT_HINT: &str = "One worker holds the tokens in memory for all tabs. The memory is \
    discarded with the last tab, and no page can read it: the vault itself reports this list.";
pub const TYPE: &str = "Type";
pub const OWNER: &str = "Owner";
pub const AGE: &str = "Age";
pub const VALID_FOR: &str = "Valid for";
pub const UNKNOWN: &str = "unknown";
pub const CHECKING: &str = "Checking…";
pub const MISSING: &str = "Not available in this browser.";
pub const REFUSED: &str = "Blocked by the browser.";
pub const EMPTY: &str = "Empty";
pub const UNNAMED: &str = "unnamed";

pub const ACCESS_TOKEN: &str = "Access token";
pub const REFRESH_TOKEN: &str = "Refresh token";
pub const CODE: &str = "Authorization code";
pub const VERIFIER: &str = "Code verifier";
pub const STATE: &str = "State";

pub const PENDING: &str =
    "a sign-in in progress, kept for ten minutes at most: state and code verifier, no token";
pub const FAILURES: &str = "the number of sign-ins of this tab that failed within a minute, and the \
    time of the first";
pub const ROUTER: &str = "the router's entry for the browser history";

/// Heading for the number of stores with data that this page does not know.
pub fn unknown(stores: usize) -> String {
    match stores {
        0 => "No storage area of this browser contains a secret of this site.".to_owned(),
        1 => "1 storage area contains data that this page does not know.".to_owned(),
        many => format!("{many} storage areas contain data that this page does not know."),
    }
}

pub fn known(name: &str, what: &str) -> String {
    [name, " (", what, ")"].concat()
}

pub fn connection(number: u32) -> String {
    format!("Connection {number}")
}

pub fn sign_in(id: u32) -> String {
    format!("Sign-in {id}")
}

/// Name and description of each store, shown in the table.
pub mod stores {
    pub const COOKIES: (&str, &str) = ("Cookies", "Sent with requests; can be kept for years.");
    pub const LOCAL: (&str, &str) = ("Local storage", "Text, kept until it is deleted.");
    pub const SESSION: (&str, &str) = (
        "Session storage",
        "Text of this tab, deleted when the tab closes.",
    );
    pub const INDEXED_DB: (&str, &str) = ("IndexedDB", "Databases.");
    pub const CACHES: (&str, &str) = (
        "Cache storage",
        "Responses that a site's own script stores.",
    );
    pub const SERVICE_WORKERS: (&str, &str) = (
        "Service workers",
        "Scripts that answer requests in place of the server.",
    );
    pub const FILES: (&str, &str) = (
        "Origin private file system",
        "A file system that only this origin can use.",
    );
    pub const BUCKETS: (&str, &str) = ("Storage buckets", "Further sets of these storage areas.");
    pub const WINDOW_NAME: (&str, &str) = (
        "window.name",
        "Kept when the tab goes to another page or site.",
    );
    pub const HISTORY_STATE: (&str, &str) = (
        "history.state",
        "Kept with each entry of this tab's history.",
    );
}
