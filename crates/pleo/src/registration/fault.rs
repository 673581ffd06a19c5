//! What keeps a file from being a saved package.

/// One problem of a saved package or template file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// The place: a key such as `redirectUris[2]`; `file` for the file as a whole.
    pub key: String,
    /// The rule that the file breaks; it has the sentences.
    pub rule: FaultRule,
    /// What belongs to it: `line:column` of a syntax error, the values that are accepted.
    pub detail: String,
}

macro_rules! faults {
    ($($fault:ident = $code:literal, $what:literal, $fix:literal;)*) => {
        /// Rules for a saved file, each with a stable code and two sentences.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FaultRule { $(#[doc = $what] $fault),* }

        impl FaultRule {
            /// All rules, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$fault),*];

            /// Returns the stable code, for tests and support.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$fault => $code),* }
            }

            /// Returns the problem as a sentence for the user.
            #[must_use]
            pub fn what(self) -> &'static str {
                match self { $(Self::$fault => $what),* }
            }

            /// Returns the remedy as a sentence for the user.
            #[must_use]
            pub fn fix(self) -> &'static str {
                match self { $(Self::$fault => $fix),* }
            }
        }
    };
}

faults! {
    TooLarge = "file-too-large", "The file is larger than 256 kB.", "Pick the JSON file that this page saved.";
    Syntax = "file-syntax", "The file is not JSON.", "Look there for a missing comma, quote or bracket, or pick the JSON file that this page saved.";
    NotObject = "file-not-object", "This is not a JSON object.", "Write it between { and }.";
    NoFormat = "file-no-format", "The key format is missing: this is no saved package.", "Pick the JSON file that this page saved.";
    OtherFormat = "file-other-format", "The format is another one.", "Load it into the version of this app that saved it.";
    UnknownKey = "file-unknown-key", "This key means nothing here.", "Remove it.";
    RepeatedKey = "file-repeated-key", "This key stands here twice.", "Keep one of the two.";
    Secret = "file-secret", "This key would hold a secret, and a package has no place for one.", "Remove it, keep secrets on a server alone, and ask Pleo to replace this one if the file was handed on.";
    NotText = "file-not-text", "This is not a text.", "Write it in double quotes.";
    NotList = "file-not-list", "This is not a list.", "Write it between [ and ].";
    NotNumber = "file-not-number", "This is not a whole number in range.", "Write digits alone.";
    NotBool = "file-not-bool", "This is neither true nor false.", "Write true or false, without quotes.";
    NotChoice = "file-not-choice", "This is none of the values that are accepted.", "Write one of those that are shown here.";
}

impl FileFault {
    pub(super) fn new(key: &str, rule: FaultRule) -> Self {
        Self {
            key: key.to_owned(),
            rule,
            detail: String::new(),
        }
    }
}
