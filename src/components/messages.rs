//! The texts of the frame and of the components, by component. A text with a value is a function.

#![allow(missing_docs, reason = "each text says itself what it is")]

/// Texts that several components and pages show.
pub const LOADING: &str = "Loading…";
pub const TRY_AGAIN: &str = "Try again";
pub const RELOAD: &str = "Reload page";
pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const ENVIRONMENT: &str = "Environment";
pub const COMPLETING_SIGN_IN: &str = "Completing sign-in…";
/// In place of a duration or a name that Pleo has not sent.
pub const NOT_STATED: &str = "Not stated by Pleo";
pub const NOT_KNOWN_YET: &str = "Not known yet";
/// Placed between an error's code and the server's description.
pub const SEPARATOR: &str = " · ";

/// Shown in the frame around every page.
pub mod frame {
    pub const SKIP: &str = "Skip to content";
    pub const CONFIG_WAITS: &str = "A new configuration is available. Sign out to apply it.";
    pub const BRAND: &str = "Outlay";
    pub const NAVIGATION: &str = "Main";
    /// On a narrow screen: shows the links to the developer tools and the settings.
    pub const MORE: &str = "More";
    /// Announced to screen readers when the session changes.
    pub const CONNECTED: &str = "Connected to Pleo.";
    pub const DISCONNECTED: &str = "Disconnected from Pleo.";
    pub const SIGNED_OUT: &str = "Signed out.";
    /// Shown in a window of the connection test, once it may be closed.
    pub const TEST_CONTINUES: &str =
        "You can close this window. The connection test continues in the window you came from.";
}

pub mod account {
    //! Shown in the account menu.

    /// The name of the menu.
    pub const MENU: &str = "Account menu";
    pub const CONNECT_ANOTHER: &str = "Connect another company";
    pub const SIGN_OUT: &str = "Sign out";
    /// The company's name is placed between the two parts.
    pub const SIGN_OUT_OF: (&str, &str) = ("Sign out of ", " only");

    /// The accessible name of that button.
    pub fn sign_out_of(company: &str) -> String {
        [SIGN_OUT_OF.0, company, SIGN_OUT_OF.1].concat()
    }

    /// What the button ends. `companies` are connected.
    pub fn sign_out_effect(companies: usize) -> String {
        match companies {
            0 | 1 => "Sign out ends the connection in all tabs of this browser.".to_owned(),
            _ => format!(
                "Sign out ends all {companies} connected companies, in all tabs of this browser."
            ),
        }
    }
}

/// The search field of a table.
pub mod search {
    pub const SHORTCUT: &str = "Press / to search";
    pub const HINT: &str = "Your browser's own search finds only the visible rows.";
    /// Shown after Ctrl+F or Cmd+F in the table.
    pub const FIND: &str = "This field searches all loaded rows. Press the same keys again for your browser's own search.";
}

/// Shown in every error.
pub mod alert {
    /// Placed before the scope's name.
    pub const PERMISSION: &str = "Permission needed: ";
    /// Placed before the error's stable code.
    pub const CODE: &str = "Error code ";

    /// Placed after the scope's name: what the scope permits.
    pub fn permits(what: &str) -> String {
        [" (", what, ")."].concat()
    }

    /// Placed after the name of a scope that is not documented.
    pub const SENTENCE_END: &str = ".";
}

pub mod connect {
    //! Shown in the form that starts a sign-in.

    pub const CONNECT: &str = "Connect to Pleo";
    pub const RECONNECT: &str = "Reconnect";
    pub const CLIENT_ID: &str = "Client ID";
    pub const CLIENT_ID_HINT: &str = "Issued by Pleo at client registration. It is not a secret.";
    pub const IN_POPUP: &str = "Open in a popup";
    pub const IN_THIS_TAB: &str = "Continue in this tab";
    pub const IN_THIS_TAB_HINT: &str = "If you continue in this tab, you return to this page with \
        its filters, and Outlay loads the data again.";
    pub const CONTINUE: &str = "Continue signing in";

    /// Why a client ID cannot be used; `character` is the name of an invisible character.
    pub fn client_id_contains(character: &str) -> String {
        ["The client ID contains ", character].concat()
    }
}

/// Shown in the dialog that connects another company.
pub mod connect_another {
    pub const TITLE: &str = "Connect another company";
    /// The title while no company is connected.
    pub const FIRST: &str = "Connect a company";
    pub const HINT: &str = "You can keep several companies connected. Each tab shows one company; \
        choose it at the top of the page.";
    pub const CONNECTED: &str = "Connected companies";
    pub const DISCONNECT: &str = "Disconnect";

    /// The accessible name of the button.
    pub fn disconnect(company: &str) -> String {
        ["Disconnect ", company].concat()
    }
}

/// Shown in the warning before a sign-out because of inactivity.
pub mod countdown {
    use crate::messages::counted::counted;

    pub const TITLE: &str = "Are you still there?";
    pub const HINT: &str = "Loaded data is then cleared in every tab. Press any key or click in \
        any tab to stay signed in.";
    pub const STAY: &str = "Stay signed in";
    pub const OVER: &str = "You are being signed out because of inactivity.";

    pub fn seconds(left: u64) -> String {
        format!("You will be signed out in {left} s because of inactivity.")
    }

    /// Announced to screen readers.
    pub fn seconds_aloud(left: u64) -> String {
        [&*counted(left, "second"), " left."].concat()
    }
}

/// Shown in the dialog that confirms the removal of the integration at Pleo.
pub mod disconnect {
    pub const TITLE: &str = "Remove Outlay from Pleo?";
    /// The company's name is placed between the two parts.
    pub const EFFECT: (&str, &str) = (
        "This removes the integration of ",
        " at Pleo. This app then loses all access to the company, also for other people and in \
         other browsers. No entry, receipt or export changes.",
    );
    pub const HINT: &str = "To end access in this browser only, use Disconnect instead.";
    /// The company's name is placed between the two parts.
    pub const CONFIRM: (&str, &str) = ("Type ", " to confirm");
    pub const REMOVE: &str = "Remove from Pleo";
}

/// Shown in the drawer with one entry.
pub mod drawer {
    pub const TITLE: &str = "Entry";
    /// Below an entry of a snapshot.
    pub const NOT_IN_SNAPSHOT: &str = "A snapshot has no receipt files and no response of Pleo.";
    pub const DESCRIPTION: &str = "Description";
    pub const TYPE: &str = "Type";
    pub const EMPLOYEE: &str = "Employee";
    pub const PURCHASE_DATE: &str = "Purchase date";
    pub const SETTLED_DATE: &str = "Settled date";
    pub const BOOKKEEPING_DATE: &str = "Bookkeeping date";
    pub const STATUS: &str = "Status";
    pub const REVIEW_STATUS: &str = "Review status";
    pub const EXPORT_STATUS: &str = "Export status";
    pub const ACCOUNT: &str = "Account";
    pub const TAX_CODE: &str = "Tax code";
    pub const RECEIPTS: &str = "Receipts";
    pub const NO_RECEIPTS: &str = "None";
    pub const ATTENDEES: &str = "Attendees";
    pub const TEAM: &str = "Team";
    pub const TAGS: &str = "Tags";
    pub const VENDOR: &str = "Supplier";
    pub const VENDOR_ACCOUNT: &str = "Supplier account";
    pub const VENDOR_TAX_NUMBER: &str = "Supplier tax number";
    pub const DOCUMENT: &str = "Document number";
    pub const PREVIOUS: &str = "Previous";
    pub const NEXT: &str = "Next";
    pub const DELETED: &str = "Deleted";
    pub const ENTRY_ID: &str = "Entry ID";
    pub const LINE: &str = "Line";
    pub const AMOUNT: &str = "Amount";
    pub const LINES: &str = "Lines of the split";

    /// The label of the amount in the company's currency.
    pub fn amount_in(currency: &str) -> String {
        ["Amount in ", currency].concat()
    }

    /// A tax code with its rate in per cent.
    pub fn with_rate(code: &str, rate: &str) -> String {
        [code, " · ", rate, "\u{a0}%"].concat()
    }

    pub const RAW_JSON: &str = "JSON from Pleo";
    /// The accessible name of the text.
    pub const RAW_JSON_TEXT: &str = "Entry as JSON";

    pub const RECEIPTS_TITLE: &str = "Receipts";
    pub const LOADING_RECEIPTS: &str = "Loading receipts…";
    pub const NO_RECEIPT_FILES: &str = "Pleo has no file for this entry.";
    pub const OPEN_IN_TAB: &str = "Open in a new tab";
    pub const FETCH_LINK_AGAIN: &str = "Fetch the link again";
    pub const EXPIRED: &str = "This link has expired. Pleo's links to receipts work for 24 hours.";
    /// In place of an image that the browser could not load.
    pub const NOT_SHOWN: &str =
        "The image could not be loaded. Its link may have expired, or the file is damaged.";
    pub const NO_LINK: &str = "Pleo sent no link that can be opened safely.";
    pub const PDF_IN_TAB: &str = "PDF files open in a tab, because this site's security policy allows \
        no documents of other sites in its pages.";
    pub const OTHER_IN_TAB: &str =
        "Files of this type open in a tab, because browsers do not show them as images.";

    /// What the receipts of an entry are, in a sentence.
    pub const RECEIPT_ROWS: &str = "receipts";

    pub fn unnamed_origin(origin: &str) -> String {
        [
            "This receipt opens in a tab, because this site's configuration does not list ",
            origin,
            " in receiptOrigins.",
        ]
        .concat()
    }

    /// The text in place of an image, for screen readers too.
    pub fn receipt_image(number: usize, all: usize) -> String {
        match all {
            1 => "Image of the receipt".to_owned(),
            _ => format!("Image of receipt {number} of {all}"),
        }
    }

    /// The accessible name of a link: `number` of `all` receipts.
    pub fn open_receipt(number: usize, all: usize) -> String {
        match all {
            1 => "Open the receipt in a new tab".to_owned(),
            _ => format!("Open receipt {number} of {all} in a new tab"),
        }
    }

    /// The type of a file by its media type; as sent if it is not a known one.
    pub fn file_type(media_type: &str) -> String {
        let name = match media_type {
            "application/pdf" => "PDF",
            "application/postscript" => "PostScript",
            "application/xml" | "text/xml" => "XML",
            "image/jpeg" => "JPEG image",
            "image/png" => "PNG image",
            "image/gif" => "GIF image",
            "image/heic" | "image/heif" => "HEIC image",
            "unknown" => "Unknown file type",
            other => other,
        };
        name.to_owned()
    }

    /// A size in kilobytes; `number` is a whole number of them.
    pub fn kilobytes(number: &str) -> String {
        [number, "\u{a0}kB"].concat()
    }

    /// A participant who is no employee that Outlay knows: the kind of record and its ID.
    pub fn other_attendee(kind: &str, id: &str) -> String {
        [kind, " ", id].concat()
    }

    pub fn split_into(lines: usize) -> String {
        match lines {
            1 => "Split into 1 line".to_owned(),
            _ => format!("Split into {lines} lines"),
        }
    }
}

/// Shown in the environment banner.
pub mod environment {
    /// Placed after the name of the environment.
    pub const PRODUCTION: &str = ": live company data";
    pub const STAGING: &str = ": Pleo's test environment";
    pub const SANDBOX: &str = ": sample data on this computer";
}

/// Shown with the button that exports entries.
pub mod export {
    pub const EXPORT: &str = "Export";
    pub const LOADING_EMPLOYEES: &str = "Loading employee names…";
    pub const LOADING_NAMES: &str = "Loading names of accounts, tax codes, tags and suppliers…";
    pub const WITH_IDS: &str = "Export with IDs";
    pub const PARTIAL: &str = "Export the loaded entries";
    /// The accessible name of the choice of a format.
    pub const FORMAT: &str = "File format";
    pub const CSV: &str = "CSV";
    pub const CSV_WITH_CODES: &str = "CSV with codes";
    pub const JSON_LINES: &str = "JSON Lines";
    pub const EXCEL: &str = "Excel";
    /// What an Excel file contains.
    pub const EXCEL_SHEETS: &str = "Excel (XLSX) · sheets: Entries, Totals, About this file";
    /// Name of a workbook's sheet with the rows.
    pub const SHEET: &str = "Entries";
    /// What a workbook cannot hold, each followed by its number.
    pub const CUT: &str = "Texts cut at Excel's limit of 32,767 characters: ";
    pub const LONG_NUMBERS: &str = "Numbers of more than 15 digits, stored as text: ";
    pub const DAYS_AS_TEXT: &str = "Dates outside Excel's range, stored as text: ";
    pub const STOPPED: &str = "Not all entries are loaded: loading was stopped.";
    pub const INTERRUPTED: &str =
        "The file was not saved, because the entries were reloaded. Select Export again.";
    /// In a file that lacks entries, when Pleo does not say how many.
    pub const PARTIAL_NOTE: &str = "PARTIAL: the list of entries is incomplete.";
    pub const CHANGE_FORMAT: &str = "Change format";
    pub const EMPLOYEES: &str = "employees";

    /// What the file will contain, before its format. `number` is `entries` as text.
    pub fn entries(entries: usize, number: &str) -> String {
        let what = if entries == 1 { " entry" } else { " entries" };
        [number, what].concat()
    }

    /// The first and the last purchase date of a workbook's rows.
    pub fn period(first: &str, last: &str) -> String {
        match first == last {
            true => first.to_owned(),
            false => [first, " to ", last].concat(),
        }
    }

    /// How many rows of the file are written.
    pub fn writing(done: &str, rows: &str) -> String {
        ["Writing ", done, " of ", rows, " rows"].concat()
    }

    /// Why not all entries could be loaded.
    pub fn not_loaded(reason: &str) -> String {
        ["Not all entries could be loaded: ", reason, "."].concat()
    }

    /// In a file that lacks entries.
    pub fn partial_of(rows: usize, total: usize) -> String {
        format!("PARTIAL: {rows} of {total} entries were loaded. The others are not in this file.")
    }

    pub fn rows(number: &str) -> String {
        match number {
            "1" => "1 row".to_owned(),
            _ => [number, " rows"].concat(),
        }
    }

    /// Why names could not be loaded: `scope` was not granted.
    pub fn scope_missing(scope: &str) -> String {
        [
            "Outlay isn't allowed to see them; the permission ",
            scope,
            " is missing",
        ]
        .concat()
    }

    /// Shown before a file is saved without names.
    pub fn missing(what: &str, reason: &str) -> String {
        [
            "Names of ",
            what,
            " are missing: ",
            reason,
            ". The file will contain their IDs.",
        ]
        .concat()
    }

    /// Shown under the button about names that may not be loaded.
    pub fn not_granted(what: &str, scopes: &str) -> String {
        [
            "The file will contain IDs instead of names for ",
            what,
            ". Permissions not granted: ",
            scopes,
            ".",
        ]
        .concat()
    }
}

/// Shown in the status line of a table.
pub mod grid {
    pub const COPY_ROWS: &str = "Copy rows";
    /// The tooltip of a header.
    pub const SORT: &str = "Sort. Shift adds this column to the order.";
    /// The tooltip of a header whose column can be moved and resized.
    pub const SORT_AND_CHANGE: &str = "Sort. Shift adds this column to the order. Drag to move, or press Shift and an arrow key. Drag the right edge to resize, or press Alt and an arrow key.";

    /// `number` is `rows` as text.
    pub fn selected(rows: usize, number: &str) -> String {
        counted(rows, number, "selected")
    }

    /// `number` is `rows` as text.
    pub fn copied(rows: usize, number: &str) -> String {
        counted(rows, number, "copied")
    }

    fn counted(rows: usize, number: &str, done: &str) -> String {
        match rows {
            0 => String::new(),
            1 => ["1 row ", done].concat(),
            _ => [number, " rows ", done].concat(),
        }
    }
}

/// Shown above a list that is incomplete.
pub mod lists {
    pub const LOAD_AGAIN: &str = "Load again";
    /// The names of lists.
    pub const ENTRIES: &str = "entries";
    pub const EMPLOYEES: &str = "employees";
    pub const COMPANIES: &str = "companies";

    /// The line above the notes on single entries.
    pub fn notes(count: usize) -> String {
        match count {
            1 => "1 note on these entries".to_owned(),
            _ => format!("{count} notes on these entries"),
        }
    }

    pub fn incomplete(what: &str, reason: &str) -> String {
        ["The list of ", what, " is incomplete. ", reason].concat()
    }
}

/// Shown on printed pages.
pub mod print {
    pub fn printed_at(time: &str) -> String {
        ["Printed ", time].concat()
    }

    /// `text` is the chosen search or filter.
    pub fn filter(text: &str) -> String {
        ["Filter: ", text].concat()
    }

    /// `number` is `rows` as text.
    pub fn rows(rows: usize, number: &str) -> String {
        let what = if rows == 1 { " row" } else { " rows" };
        [number, what].concat()
    }

    /// Why rows that match are missing.
    pub fn cut(printed: &str, matching: &str) -> String {
        [
            "Only the first ",
            printed,
            " of ",
            matching,
            " rows are printed. Export a file for all.",
        ]
        .concat()
    }

    /// `number` is that of the rows that are not loaded.
    pub fn not_loaded(number: &str) -> String {
        [number, " more are not loaded and not printed."].concat()
    }
}

/// Shown while a list is loading.
pub mod progress {
    pub fn of_total(loaded: &str, total: &str, what: &str) -> String {
        [loaded, " of ", total, " ", what].concat()
    }

    pub fn without_total(loaded: &str, what: &str) -> String {
        [loaded, " ", what].concat()
    }

    /// `number` is `minutes` or `seconds` as text.
    pub fn minutes_left(minutes: u64, number: &str) -> String {
        let what = if minutes == 1 { " minute" } else { " minutes" };
        [", about ", number, what, " left"].concat()
    }

    pub fn seconds_left(number: &str) -> String {
        [", about ", number, " seconds left"].concat()
    }

    pub fn loading(what: &str) -> String {
        ["Loading ", what, "…"].concat()
    }
}

/// Shown in the dialog that is open while the user signs in in a popup.
pub mod popup {
    pub const TITLE: &str = "Continue in the popup";
    pub const HINT: &str = "Sign in at Pleo there. This page continues automatically when you \
        finish.";
    pub const CLOSED: &str = "If you closed the popup, select Cancel and start again. This page \
        stops waiting after three minutes.";
}

/// Shown in the list of recent activity in the session panel.
pub mod activity {
    pub const TITLE: &str = "Recent activity";
    pub const NONE: &str = "No activity yet.";
    pub const DOWNLOAD: &str = "Download support file";
    pub const DOWNLOAD_TITLE: &str = "Contains versions, states and the activity log. Contains no \
        tokens, no names and no company data.";

    /// `number` is that of the connection.
    pub fn of_connection(number: u32, label: &str) -> String {
        format!(" #{number} {label}")
    }

    pub fn without_connection(label: &str) -> String {
        [" ", label].concat()
    }
}

/// Shown in the overlay that covers retained data.
pub mod reconnect {
    pub const LABEL: &str = "Disconnected";

    /// What is kept, and for how long. Each number comes with its text.
    pub fn kept(entries: (usize, String), directory: (usize, String)) -> String {
        let rows = |(rows, number): (usize, String), one: &str, many: &str| match rows {
            0 => None,
            1 => Some(["1 ", one].concat()),
            _ => Some([&number, " ", many].concat()),
        };
        let kept = [
            rows(entries, "loaded entry", "loaded entries"),
            rows(directory, "row of the directory", "rows of the directory"),
        ];
        let kept: Vec<String> = kept.into_iter().flatten().collect();
        if kept.is_empty() {
            return "Nothing had been loaded yet. Reconnect to continue.".to_owned();
        }
        [
            &*kept.join(" and "),
            " kept for 10 minutes. Reconnect the same company to continue where you were. They are not \
             shown for any other company.",
        ]
        .concat()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn kept_data_names_only_what_was_loaded() {
            let count = |rows: usize| (rows, rows.to_string());
            for (entries, directory, start) in [
                (0, 0, "Nothing had been loaded yet."),
                (1, 0, "1 loaded entry kept for 10 minutes."),
                (0, 12, "12 rows of the directory kept"),
                (300, 1, "300 loaded entries and 1 row of the directory kept"),
            ] {
                let text = kept(count(entries), count(directory));
                assert!(text.starts_with(start), "{text}");
                assert_eq!(text.contains("10 minutes"), entries + directory > 0);
            }
        }
    }
}

/// Shown in the session panel and the settings: the permissions of a connection.
pub mod scopes {
    pub const GRANTED: &str = "Granted permissions";
    pub const REFUSED: &str = "Requested, not granted";
    pub const NONE: &str = "None";
}

pub mod session {
    //! Shown on the session button, in its panel and in the settings.

    use crate::messages::counted::counted;

    pub const TIME_LEFT: &str = "Time left";
    pub const LAST_RENEWED: &str = "Last renewed";
    pub const APPLICATION: &str = "Application";
    pub const RETRY: &str = "Retry now";
    pub const SETTINGS: &str = "Settings";

    pub const STARTING: &str = "Starting";
    pub const STOPPED: &str = "Stopped";
    pub const RENEWING: &str = "Renewing";
    pub const NOT_RENEWED: &str = "Not renewed";
    pub const CONNECTED: &str = "Connected";
    pub const SIGNING_IN: &str = "Signing in…";
    pub const DISCONNECTED: &str = "Disconnected";
    pub const SIGNED_OUT: &str = "Signed out";

    pub const MEANING_CONNECTED: &str = "Connected.";
    pub const MEANING_RENEWING: &str = "Access is being renewed. You can continue working.";
    pub const MEANING_NOT_RENEWED: &str = "Pleo did not confirm the last renewal. You can continue \
        working until the time is up. Outlay does not ask again, because a second request could \
        cancel your access.";
    pub const AFTERWARDS_RENEWED: &str = "Renews automatically.";
    pub const AFTERWARDS_RECONNECT: &str = "Reconnect when the time is up.";
    pub const AFTERWARDS_NO_RENEWAL: &str =
        "Pleo does not renew this connection automatically. Reconnect when the time is up.";

    /// `state` is one of the words above.
    pub fn without_connection(state: &str) -> String {
        [state, ". This tab shows no company."].concat()
    }

    pub fn ago(span: &str) -> String {
        [span, " ago"].concat()
    }

    pub fn timeout(idle_minutes: u32, hours: u32) -> String {
        format!(
            "You are signed out after {} without activity or {} in total. Loaded data is then \
             cleared.",
            counted(idle_minutes.into(), "minute"),
            counted(hours.into(), "hour")
        )
    }

    pub fn ends_at(time: &str) -> String {
        ["This session ends at ", time, " at the latest."].concat()
    }

    /// Units of a duration.
    pub fn seconds(seconds: u64) -> String {
        format!("{seconds} s")
    }

    pub fn minutes(minutes: u64) -> String {
        format!("{minutes} min")
    }

    pub fn hours(hours: u64, minutes: u64) -> String {
        format!("{hours} h {minutes} min")
    }
}

/// Shown in the notice for a user who is no longer connected.
pub mod signed_out {
    pub const DISMISS: &str = "Dismiss";
    pub const CONNECT: &str = "Connect a company";
}

/// Shown at the top of the page, where the user chooses a company.
pub mod switcher {
    pub const COMPANY: &str = "Connected company";
    pub const DISCONNECTED: &str = "Disconnected";
}

/// Shown on the theme select.
pub mod theme {
    pub const THEME: &str = "Theme";
    pub const TITLE: &str = "Applies until you reload the page";
    pub const SYSTEM: &str = "System";
    pub const LIGHT: &str = "Light";
    pub const DARK: &str = "Dark";
}
