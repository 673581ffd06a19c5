//! The texts of the OAuth log. [`super::parameters`] explains each parameter.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "OAuth log";
pub const LEAD: &str = "Requests and responses between this browser, the authorization server and \
    the API. Secrets are shown by type, length and fingerprint; their values stay in the vault.";
pub const EVENTS: &str = "Events";
pub const EMPTY: &str = "No events yet. Connect to Pleo to record the authorization flow.";

/// Shown in the list of events.
pub mod event {
    /// The steps of Pleo's OAuth workflow.
    pub const STAGES: [&str; 6] = [
        "Register",
        "Authorise",
        "Exchange",
        "Call",
        "Refresh",
        "End",
    ];
    pub const CALLED: &str = "An API request.";
    pub const NO_RESPONSE: &str = "no response";
    pub const STATUS: &str = "Status ";
    pub const SENT: &str = "Sent";
    pub const RECEIVED: &str = "Received";
    pub const PARAMETER: &str = "Parameter";
    pub const VALUE: &str = "Value";
    pub const MEANING: &str = "Meaning and purpose";

    pub fn generation(generation: u32) -> String {
        format!("generation {generation}")
    }

    pub fn connection(number: u32) -> String {
        format!("#{number} ")
    }

    pub fn duration(millis: u64) -> String {
        format!(" · {millis} ms")
    }

    pub fn title(what: &str, status: &str, duration: &str) -> String {
        [what, " · ", status, duration].concat()
    }

    /// Placed before the fingerprint of a secret.
    pub fn secret(name: &str, bytes: &str) -> String {
        [
            &*name.replace('_', " "),
            ", ",
            bytes,
            if bytes == "1" { " byte" } else { " bytes" },
            ", fingerprint ",
        ]
        .concat()
    }
}

/// Shown above the events, and with two compared steps.
pub mod tools {
    pub const FILTER: &str = "Show";
    pub const ALL: &str = "All events";
    pub const SIGN_IN: &str = "Sign-in";
    pub const REFRESH: &str = "Refreshes";
    pub const CALLS: &str = "API requests";
    pub const END: &str = "Ends";
    pub const EXPORT: &str = "Save as HAR";
    /// Who made the file.
    pub const CREATOR: &str = "Outlay";
    pub const NONE_MATCH: &str = "No event is of this kind.";
    pub const TITLE: &str = "Compare two requests";
    pub const HINT: &str = "Values that are new in every flow, such as state and code, count as equal \
        if both requests have them.";
    pub const FIRST: &str = "First request";
    pub const SECOND: &str = "Second request";
    pub const CHOOSE: &str = "Choose…";
    pub const EQUAL: &str = "No parameter differs.";
    pub const ABSENT: &str = "absent";
    pub const DIFFERS: &str = "differs";
    pub const SAME: &str = "same";
    pub const SOURCE: &str = "Defined in";

    /// A secret in a comparison or an archive; the value is not known.
    pub fn secret(bytes: &str, fingerprint: &str) -> String {
        format!("secret of {bytes} bytes, fingerprint {fingerprint}")
    }

    /// The comment of an entry of an archive.
    pub fn har_comment(kind: &str) -> String {
        [kind, "; secrets are replaced by length and fingerprint"].concat()
    }

    /// The number of equal requests that are folded into one line.
    pub fn times(count: usize) -> String {
        format!(" × {count}")
    }

    pub fn flow(number: usize) -> String {
        format!("flow {number}")
    }

    /// The first parameter that differs; `source` is empty for an unknown one.
    pub fn first_difference(name: &str, source: &str) -> String {
        match source {
            "" => format!("First difference: {name}."),
            source => format!("First difference: {name} ({source})."),
        }
    }
}

/// Shown in the state diagram and below it.
pub mod state {
    pub const SIGNED_OUT: &str = "Signed out";
    pub const PENDING: &str = "Pending";
    pub const EXCHANGING: &str = "Exchanging";
    pub const ACTIVE: &str = "Active";
    pub const REFRESHING: &str = "Refreshing";
    pub const UNKNOWN: &str = "Outcome unknown";
    pub const ENDED: &str = "Ended";

    pub const SIGNED_OUT_MEANING: &str = "No user is signed in, and there are no tokens.";
    pub const PENDING_MEANING: &str = "The user is at Pleo. State and code verifier are kept for \
        ten minutes at most: in the vault and, unless a popup is used, in this tab's session storage.";
    pub const EXCHANGING_MEANING: &str = "The authorization code was sent to the token endpoint. It \
        is never sent a second time.";
    pub const ACTIVE_MEANING: &str = "The vault holds an access token and a refresh token. API \
        requests carry the access token; a refresh is scheduled.";
    pub const REFRESHING_MEANING: &str = "The refresh token was sent to the token endpoint. API \
        requests continue with the current access token until it expires.";
    pub const UNKNOWN_MEANING: &str = "The refresh outcome is unknown: the refresh token may have \
        been used, so it is not sent again. The access token is used until it expires.";
    pub const ENDED_MEANING: &str =
        "All secrets were erased. Requests fail immediately, and nothing is sent.";

    pub fn label(name: &str) -> String {
        ["State: ", name].concat()
    }
}

/// Shown in the replay of a support file.
pub mod replay {
    pub const TITLE: &str = "Replay a support file";
    pub const HINT: &str = "Opens a support file that a user downloaded from the session panel. \
        The file is read in this tab only. It contains the events of the session, but no API \
        requests and no parameters.";
    pub const FILE: &str = "Support file";
    /// Instant, version, page, message version and state are placed between the parts.
    pub const FACTS: [&str; 6] = [
        "Created on ",
        " by version ",
        " on page ",
        ". Message version ",
        ", state ",
        ".",
    ];
    pub const UNKNOWN: &str = "unknown";
    pub const EMPTY: &str = "The file contains no events.";
    pub const BACK: &str = "Back";
    pub const FORWARD: &str = "Forward";

    pub fn position(line: usize, lines: usize) -> String {
        format!("Line {line} of {lines}")
    }

    pub fn line(at: &str, number: &str, event: &str, outcome: &str, duration: &str) -> String {
        [at, " ", number, event, outcome, duration].concat()
    }

    pub fn outcome(outcome: &str) -> String {
        [" · ", outcome].concat()
    }
}

/// Shown in the section with the steps of the workflow.
pub mod workflow {
    pub const TITLE: &str = "OAuth workflow step by step";
    pub const NO_SANDBOX: &str =
        "This deployment has no sandbox. `cargo xtask demo` starts one on your own computer.";
    pub const DONE: &str = "done";
    pub const NEXT: &str = "next";
    pub const TO_DO: &str = "to do";
    pub const CONSOLE: &str = "Open the console";
    pub const REGISTRATION: &str = "Open client registration";
    pub const CONNECT: &str = "Connect";
    pub const CALL: &str = "Call the API";
    pub const NOT_CONNECTED: &str = "No company is connected.";

    pub fn answered(status: u16) -> String {
        format!("Response status {status}.")
    }

    pub fn failed(code: &str) -> String {
        ["No response: ", code, "."].concat()
    }

    /// For each step, its explanation and an exercise.
    pub const STEPS: [(&str, &str); 6] = [
        (
            "A partner registers a client at Pleo: names, addresses, scopes. Pleo issues a client ID. \
             A public client such as this one has no secret.",
            "The sandbox knows this client already. The page Client registration shows what a \
             registration contains.",
        ),
        (
            "The browser is sent to the authorization endpoint. The request states the client, the \
             scopes and the redirect URI; state and code challenge protect it against forgery.",
            "Connect, then open the OAuth log again: the request is listed above, parameter by parameter.",
        ),
        (
            "Pleo sends the user back with an authorization code or an error. The code and its \
             verifier are exchanged for an access token and a refresh token, once.",
            "Allow access on the sandbox's page. Deny it another time to see the error.",
        ),
        (
            "Each request carries the access token in its Authorization header. The API answers with \
             JSON and a status that says what went wrong.",
            "Call the API once: it returns what it knows of this connection.",
        ),
        (
            "Before the access token expires, the refresh token is exchanged for a new pair of tokens: \
             in one place for all tabs, and never twice with the same token.",
            "Expire the access token in the sandbox's console, then call the API: the token is \
             refreshed once.",
        ),
        (
            "A token can be revoked, or a refresh refused. Requests then stop, all secrets are erased, \
             and the user is asked to connect again.",
            "Revoke the tokens in the sandbox's console, then call the API.",
        ),
    ];
}
