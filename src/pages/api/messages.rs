//! The texts of the API explorer. `outlay_explorer::messages` has those that are made from the
//! catalogue.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "API";
pub const TITLE_SUFFIX: &str = " · API";
pub const UNKNOWN_OPERATION: &str = "Pleo's API has no operation of this name. ";
pub const CHOOSE: &str = "Choose an operation. Nothing is sent until you select Send.";

pub const SEQUENCES: &str = "Stored values and sequences";
/// Text before the first link, the link, text between, the second link.
pub const DOWNLOADS: (&str, &str, &str, &str) = (
    "Downloads: ",
    "OpenAPI document",
    " and ",
    "Postman collection",
);

/// Shown in the list of operations.
pub mod list {
    pub const OPERATIONS: &str = "Operations";
    pub const SEARCH: &str = "Search operations";
    pub const PLACEHOLDER: &str = "Search by name, path or field  /";
    pub const DEPRECATED: &str = "Deprecated";

    /// The field that a search has found.
    pub fn field(name: &str) -> String {
        ["Field ", name].concat()
    }

    pub fn count(operations: usize) -> String {
        match operations {
            0 => "No operation contains all of these words.".to_owned(),
            1 => "1 operation".to_owned(),
            many => format!("{many} operations"),
        }
    }
}

/// Shown in the form of an operation and on its buttons.
pub mod call {
    pub const HIDDEN: &str = "The connection has ended. Requests and responses are hidden and kept \
        for 10 minutes. Reconnect the same company with the session button above to restore them.";
    pub const ALL_OPERATIONS: &str = "← All operations";
    pub const DEPRECATED: &str = "Deprecated by Pleo";
    pub const INTERNAL: &str = "Internal to Pleo";
    pub const WRITE: &str = "Changes data at Pleo";
    pub const PATH: &str = "Path";
    pub const QUERY: &str = "Query";
    pub const FAULTS: &str = "The request does not match Pleo's documentation";
    pub const SEND_ANYWAY: &str = "Send anyway";
    pub const SEND: &str = "Send";
    pub const RESET: &str = "Reset";
    pub const CODE: &str = "Code";
    pub const REFERENCE: &str = "Documentation";
    pub const COPY_LINK: &str = "Copy link";
    /// Text before the link, text of the link, text after it.
    pub const CONNECT: (&str, &str, &str) = ("To send the request, ", "connect to Pleo", ".");

    pub fn more_parameters(count: usize) -> String {
        match count {
            1 => "1 more parameter".to_owned(),
            many => format!("{many} more parameters"),
        }
    }
}

/// Shown below an operation's title: the scope that it needs.
pub mod scope {
    pub const SCOPE: &str = "Scope ";
    pub const OR: &str = " or ";
    pub const GRANTED: &str = "granted";
    pub const NOT_GRANTED: &str = "not granted";
    pub const NOT_REGISTERED: &str = "This deployment cannot request this scope. Ask Pleo to \
        approve it for the client, then add it to scopes in config.json.";
    pub const OTHER_CLIENT: &str = "Sign out, then connect with a client ID that has this scope.";
    pub const SIGN_IN: &str = "Sign in again with this scope";
    pub const SIGN_IN_HINT: &str =
        "You sign in at Pleo and return to this operation. The request body is not kept.";

    pub fn permits(what: &str) -> String {
        [" (", what, ")"].concat()
    }
}

/// Shown with the request body.
pub mod body {
    pub const BODY: &str = "Body";
    pub const FORMAT: &str = "Body format";
    pub const FIELDS: &str = "Fields";
    pub const JSON: &str = "JSON";
    pub const AS_JSON: &str = "Body as JSON";

    /// Why the body cannot be shown as fields; `at` is empty for the whole body.
    pub fn unshown(at: &str, why: &str) -> String {
        match at {
            "" => ["The fields cannot show this body, because ", why, "."].concat(),
            at => ["The fields cannot show ", at, ", because ", why, "."].concat(),
        }
    }
}

/// Shown in the fields of the form.
pub mod field {
    pub const REMOVE: &str = "Remove";
    pub const ADD: &str = "Add";
    pub const ADD_FIELD: &str = "Add a field";
    pub const NAME: &str = "Name";
    pub const NULL: &str = "null";
    pub const CHOOSE: &str = "Choose…";
    pub const NOT_SET: &str = "Not set";
    pub const OTHER: &str = "Other value…";

    pub fn item(name: &str, number: usize) -> String {
        format!("{name} {number}")
    }

    pub fn remove(name: &str) -> String {
        ["Remove ", name].concat()
    }

    pub fn remove_number(name: &str, number: usize) -> String {
        format!("Remove {name} {number}")
    }

    pub fn add_to(name: &str) -> String {
        ["Add to ", name].concat()
    }

    pub fn add_field_to(name: &str) -> String {
        ["Add a field to ", name].concat()
    }

    pub fn name_of(number: usize, object: &str) -> String {
        format!("Name {number} in {object}")
    }

    pub fn include(name: &str) -> String {
        ["Include ", name].concat()
    }

    pub fn null_for(name: &str) -> String {
        ["null for ", name].concat()
    }

    pub fn other_for(name: &str) -> String {
        ["Other value for ", name].concat()
    }

    pub fn more_fields(count: usize) -> String {
        match count {
            1 => "1 more field".to_owned(),
            many => format!("{many} more fields"),
        }
    }
}

/// Shown in the dialog that confirms a write.
pub mod confirm {
    pub const TITLE: &str = "Change data at Pleo?";
    /// The change, the company and the environment are placed between the parts.
    pub const EFFECT: (&str, &str, &str, &str) = ("This will ", " at Pleo, for ", ", in ", ".");
    pub const FINAL: &str = " It cannot be undone.";
    pub const DO_NOT_SEND: &str = "Do not send";
}

/// Shown in the response pane.
pub mod answer {
    pub const WAITING: &str = "Waiting for the response…";
    pub const SENT: &str = "Sent.";
    pub const TITLE: &str = "Response";
    pub const NO_BODY: &str = "The response has no body.";
    pub const CANCELLED: &str = "Cancelled";
    pub const NO_RESPONSE: &str = "No response";
    pub const CANCELLED_HINT: &str =
        "You cancelled the request. A response that still arrives is not read.";
    pub const ENDED_HINT: &str =
        "The connection ended during the request. Its response is not read.";
    pub const SCOPE: &str = "Required scope: ";
    pub const SCOPE_OR: &str = " or ";
    pub const ERROR: &str = "Error from Pleo: ";
    pub const HIDDEN_HEADERS: &str = "Other headers are hidden by CORS or were not sent: a browser \
        shows a page only those headers of another origin that the server exposes.";
    pub const INCOMPLETE: &str = "The list is incomplete. ";
    pub const PAGES: &str = "Pages";
    pub const PREVIOUS: &str = "Previous page";
    pub const NEXT: &str = "Next page";
    pub const SECRETS_SHOWN: &str = "Secrets are shown, also in what you copy and save.";
    pub const SECRETS_MASKED: &str = "They are also masked in what you copy and save.";
    pub const MASK: &str = "Mask secrets";
    pub const SHOW: &str = "Show secrets";
    pub const SAVE: &str = "Save as a file";
    /// The encoding is placed between the two parts.
    pub const ENCODING: (&str, &str) = ("Encoding: ", ".");

    pub fn announced(outcome: &str) -> String {
        ["Response: ", outcome].concat()
    }

    pub fn retried(times: u32) -> Option<String> {
        match times {
            0 => None,
            1 => Some("retried once because Pleo was busy".to_owned()),
            many => Some(format!("retried {many} times because Pleo was busy")),
        }
    }

    /// Names the operation that shows whether a write was carried out.
    pub fn look(operation: &str) -> String {
        ["Check: ", operation].concat()
    }

    pub fn headers(readable: usize) -> String {
        format!("Response headers ({readable} readable)")
    }

    pub fn total(rows: &str) -> String {
        [rows, " in total"].concat()
    }

    pub fn masked(secrets: usize) -> String {
        match secrets {
            1 => "1 secret is masked.".to_owned(),
            many => format!("{many} secrets are masked."),
        }
    }
}

/// Shown with the body of the response.
pub mod lines {
    pub const TOO_MANY: &str = "More than two million lines: shown as received.";
    pub const NOT_JSON: &str = "Not JSON: shown as received.";
    pub const FORMAT: &str = "Response format";
    pub const PRETTY: &str = "Pretty";
    pub const RAW: &str = "Raw";
    pub const BODY: &str = "Response body";
    pub fn fold(name: &str) -> String {
        ["Fold ", name].concat()
    }

    /// The number of lines that a folded object or list hides.
    pub fn hidden(lines: usize) -> String {
        match lines {
            1 => " … 1 line".to_owned(),
            many => format!(" … {many} lines"),
        }
    }

    /// `operation` takes the id of the line.
    pub fn open_operation(operation: &str) -> String {
        ["Open ", operation].concat()
    }

    /// The host is placed between the two parts.
    pub const OPEN: (&str, &str) = ("Open ", " ↗");

    /// `number` is `lines` as text.
    pub fn count(lines: usize, number: &str) -> String {
        match lines {
            1 => "1 line".to_owned(),
            _ => [number, " lines"].concat(),
        }
    }

    pub fn cut(characters: usize) -> String {
        format!(" … (the first {characters} characters; Raw shows all)")
    }
}

/// Shown with the list of sent requests.
pub mod history {
    pub const TITLE: &str = "History";
    pub const HINT: &str = "Kept in memory until you sign out, without responses and secrets. \
        Select a request to fill in its form again; nothing is sent.";
}
