//! The faults that the sandbox's console can switch on, as types. What each does and which values it
//! takes stands in `docs/faults.md`; the sandbox checks them.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// A fault and what it is told.
#[derive(Debug, Clone, Serialize)]
#[serde(
    tag = "fault",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[expect(missing_docs, reason = "documented where the sandbox documents them")]
pub enum SandboxFault {
    Lost {
        when: FaultWhen,
    },
    Cut,
    Slow {
        ms: u32,
        when: FaultWhen,
    },
    Huge {
        megabytes: u16,
        of: &'static str,
    },
    Status {
        status: u16,
        when: FaultWhen,
    },
    Busy {
        status: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
        #[serde(rename = "as")]
        written: &'static str,
        /// Empty for none.
        text: &'static str,
        readable: &'static str,
    },
    Html {
        when: FaultWhen,
    },
    NotJson {
        when: FaultWhen,
    },
    Empty {
        when: FaultWhen,
    },
    Redirect {
        status: u16,
    },
    /// Exactly these bytes; see [`SandboxFault::body`].
    Body {
        status: u16,
        r#type: &'static str,
        base64: String,
        header: &'static str,
    },
    /// Values of a genuine answer replaced; see [`SandboxFault::patch`].
    Patch {
        changes: String,
        header: &'static str,
    },
    Refuse {
        error: &'static str,
        status: u16,
    },
    DropField {
        field: &'static str,
    },
    ExpiresIn {
        form: &'static str,
    },
    TokenType {
        value: &'static str,
    },
    NarrowScope {
        without: &'static str,
    },
    CallbackDrop {
        parameter: &'static str,
    },
    CallbackRepeat {
        parameter: &'static str,
    },
    CallbackChange {
        parameter: &'static str,
        value: &'static str,
    },
    CallbackAdd {
        name: &'static str,
        value: &'static str,
    },
    Iss {
        value: &'static str,
    },
    CallbackForm {
        form: &'static str,
    },
    CallbackRaw {
        text: &'static str,
        r#where: &'static str,
    },
    Revoke,
    Expire,
    Clock {
        seconds: u32,
    },
    NoInstallation,
    OtherCompany,
    OtherSubject,
    NoSubject,
    AcceptPlain,
    AcceptNoChallenge,
    AcceptAnyVerifier,
    AcceptOtherRedirect,
    AcceptCodeAgain,
    AcceptReplacedToken,
    GrantTooMuch {
        what: &'static str,
    },
    RevokeNothing,
    CorsOff {
        only: &'static str,
    },
    Coop {
        policy: &'static str,
    },
}

/// Whether the server acts before the fault does.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultWhen {
    /// It never hears of the request.
    Before,
    /// It has done its work.
    After,
}

/// How often a fault strikes.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultTimes {
    /// The next request that it fits.
    Once,
    /// Every one.
    Always,
}

/// Where a fault strikes.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultPath {
    /// The authorization request.
    Authorize,
    /// The consent form.
    Consent,
    /// A code at the token endpoint.
    Exchange,
    /// A refresh token at the token endpoint.
    Refresh,
    /// `GET /v1/introspect`.
    Introspection,
    /// Every other path of the API.
    Api,
    /// The site's `/config.json`.
    Config,
}

/// A fault, and where it is to strike.
#[derive(Debug, Clone, Serialize)]
pub struct SandboxOrder {
    #[serde(flatten)]
    fault: SandboxFault,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Vec<FaultPath>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

impl SandboxFault {
    /// An answer with status 200 of exactly these bytes, said to be JSON.
    #[must_use]
    pub fn body(bytes: impl AsRef<[u8]>) -> Self {
        Self::Body {
            status: 200,
            r#type: "application/json",
            base64: STANDARD.encode(bytes),
            header: "",
        }
    }

    /// A genuine answer in which each JSON Pointer leads to this JSON text instead; an empty text
    /// removes the value.
    #[must_use]
    pub fn patch(changes: &[(&str, &str)]) -> Self {
        let changes = changes.iter().map(|(to, text)| (*to, in_ascii(text)));
        let changes: BTreeMap<_, _> = changes.collect();
        Self::Patch {
            changes: serde_json::json!(changes).to_string(),
            header: "",
        }
    }

    /// Strikes there: needed for faults that know several places.
    #[must_use]
    pub fn at(self, places: &[FaultPath]) -> SandboxOrder {
        SandboxOrder {
            at: Some(places.to_vec()),
            ..self.into()
        }
    }
}

/// The same JSON text with escapes in the place of other characters than ASCII.
fn in_ascii(json: &str) -> String {
    let mut text = String::new();
    for unit in json.encode_utf16() {
        match u8::try_from(unit).ok().filter(u8::is_ascii) {
            Some(byte) => text.push(char::from(byte)),
            None => text.push_str(&format!("\\u{unit:04x}")),
        }
    }
    text
}

impl SandboxOrder {
    /// Strikes this path of the API alone.
    #[must_use]
    pub fn path(self, path: &str) -> Self {
        Self {
            path: Some(path.to_owned()),
            ..self
        }
    }
}

impl From<SandboxFault> for SandboxOrder {
    fn from(fault: SandboxFault) -> Self {
        Self {
            fault,
            at: None,
            path: None,
        }
    }
}
