//! The texts of the client registration. `outlay_pleo::registration` has those of the fields and rules.

#![allow(missing_docs, reason = "each text says itself what it is")]

use crate::messages::counted::counted;

pub const TITLE: &str = "Client registration";
pub const LEAD: &str = "All data that Pleo requires to register an OAuth client, checked as you \
    type. There is no self-service: send the form to your contact at Pleo.";
pub const NOTE: &str = "Nothing is stored or sent. Your input stays in this tab until you close or \
    reload it: save the draft to resume later. Sources open in a new tab.";
pub const FIRST: &str = "Go to first problem";
pub const TERMS: &str = "Terms";
pub const ERROR: &str = "Error: ";
pub const WARNING: &str = "Warning: ";

pub fn summary(errors: usize, warnings: usize, to_fill: usize) -> String {
    let found = [
        &*count(errors, "error"),
        ", ",
        &count(warnings, "warning"),
        ".",
    ]
    .concat();
    match to_fill {
        0 => found,
        to_fill => format!("{found} {to_fill} still to be filled in."),
    }
}

fn count(number: usize, what: &str) -> String {
    counted(u64::try_from(number).unwrap_or(u64::MAX), what)
}

/// Shown in a field with several entries.
pub mod entries {
    pub const REMOVE: &str = "Remove";

    pub fn more(hidden: usize) -> String {
        match hidden {
            1 => "1 more is not shown.".to_owned(),
            _ => format!("{hidden} more are not shown."),
        }
    }

    pub fn add_to(field: &str) -> String {
        ["Add to ", field].concat()
    }

    pub fn name(field: &str, number: usize) -> String {
        format!("{field} {number}")
    }

    pub fn remove(name: &str) -> String {
        ["Remove ", name].concat()
    }

    pub fn permits(what: &str) -> String {
        ["This allows the client to ", what, "."].concat()
    }
}

/// Shown with the chosen logo.
pub mod logo {
    use crate::messages::counted::counted;

    pub const REMOVE: &str = "Remove the logo";
    pub const ON_LIGHT: &str = "Logo on a light background";
    pub const ON_DARK: &str = "Logo on a dark background";
    pub const UNKNOWN_TYPE: &str = "unknown type";

    /// `size` is empty or comes from [`size`].
    pub fn label(file: &str, media_type: &str, size: &str, bytes: u64) -> String {
        [file, ", ", media_type, size, ", ", &counted(bytes, "byte")].concat()
    }

    pub fn size(width: u32, height: u32) -> String {
        format!(", {width} × {height} pixels")
    }
}

/// Shown in the section that loads a saved draft.
pub mod saved {
    pub const TITLE: &str = "Resume a saved draft";
    pub const FILE: &str = "Saved draft";
    pub const HINT: &str = "A JSON file that was saved on this page. It is read in this tab only.";
    pub const CLEAR: &str = "Clear form";
    pub const RESTORE: &str = "Restore the previous form";
    pub const NOT_LOADED: &str = "The file was not loaded.";
    pub const UNCHANGED: &str = "Your input is unchanged.";
}

/// Shown in the section with the outputs of the form.
pub mod output {
    pub const TITLE: &str = "Form and configuration files";
    pub const OUTPUT: &str = "Output";
    pub const PREVIEW: &str = "Preview";
    pub const SAVE: &str = "Save";
    pub const CLIENT_ID: &str = "Client ID";
    pub const CLIENT_ID_HINT: &str = "Enter it once Pleo has issued it. Without it, the app asks the \
        user for it. Never enter a secret here.";
    pub const REFUSED: &str = "The app would reject this configuration, because it has errors:";
    pub const NO_CALLBACK: &str = "No redirect URI ends in /callback/<profile id>, where this app \
        receives the response: register one if this app is the client.";
    pub const NEEDS_PROXY: &str = "The token endpoint is a path of the app's own origin: a proxy there \
        has to add the client secret.";

    pub const MARKDOWN: &str = "Form as Markdown";
    pub const MARKDOWN_HINT: &str = "For your contact at Pleo.";
    pub const DRAFT: &str = "Saved draft";
    pub const DRAFT_HINT: &str = "JSON that this page can load again.";
    pub const METADATA: &str = "Client metadata";
    pub const METADATA_HINT: &str = "The registration in the terms of RFC 7591. Pleo has no endpoint \
        for it; other servers have.";
    pub const CONFIG: &str = "config.json";
    pub const CONFIG_HINT: &str = "The profile of this app that matches the registration.";
    pub const HEADERS: &str = "Response headers";
    pub const HEADERS_HINT: &str = "The headers that the host must send with this configuration.";

    /// Shown above an output of an unfinished form, before what it lacks.
    pub const IS_DRAFT: &str = "Draft, not ready to send: ";

    /// Inserts the mark below the title, which is the first line.
    pub fn marked_as_draft(form: &str, lacks: &str) -> String {
        let (title, rest) = form.split_once('\n').unwrap_or((form, ""));
        [
            title,
            "\n\n**",
            IS_DRAFT.trim_end(),
            "** ",
            lacks,
            "\n",
            rest,
        ]
        .concat()
    }

    /// The file name of a draft.
    pub fn draft_file(stem: &str, ending: &str) -> String {
        [stem, "-draft.", ending].concat()
    }

    /// The headings in the file of response headers.
    pub const EVERY_RESPONSE: &str = "# On every response\n";
    /// `script` is the file that starts a worker.
    pub fn worker(script: &str) -> String {
        ["\n# On ", script, ", in place of the policy above\n"].concat()
    }
    pub const CALLBACK: &str = "\n# Below /callback/\n";
    pub const HASHED: &str = "\n# Files with a hash in their name\n";
    pub const OTHERS: &str = "\n# Everything else\n";
}
