//! The fields that are chosen from.

/// An enum whose variants have a stable word, which a saved package holds, and a label.
macro_rules! choices {
    ($(#[$doc:meta])* $type:ident { $($(#[$about:meta])* $variant:ident = $word:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $type { $($(#[$about])* $variant),* }

        impl $type {
            /// All values, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the stable word for files and links.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// Returns the label on screen, in sentence case.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }

            /// Returns the value with this word; `None` for an unknown word. Case-sensitive.
            #[must_use]
            pub fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}
pub(super) use choices;

choices! {
    /// Where the client is used. Pleo has two environments, staging and production; development is
    /// a client of the staging environment whose pages run on the engineer's own machine, and the
    /// only one in which Pleo accepts `http` and `localhost`.
    Environment {
        /// On the engineer's own machine, against Pleo's staging environment.
        Development = "development", "Development (this machine, against Pleo's staging)";
        /// Pleo's staging environment: a sandbox for partners.
        #[default]
        Staging = "staging", "Staging";
        /// Pleo's production environment, after the partner review.
        Production = "production", "Production";
    }
}

choices! {
    /// The client types of RFC 6749, section 2.1.
    ClientKind {
        /// Cannot keep a secret: a page in a browser, an app on a phone.
        #[default]
        Public = "public", "Public: cannot keep a secret";
        /// Runs on a server that keeps the secret.
        Confidential = "confidential", "Confidential: a server keeps the secret";
    }
}

choices! {
    /// Whether and how the client uses PKCE (RFC 7636).
    Pkce {
        /// The challenge is the SHA-256 of the verifier: the one method that Pleo accepts.
        #[default]
        S256 = "S256", "Supported, S256";
        /// The challenge is the verifier itself.
        Plain = "plain", "Supported, plain";
        /// No PKCE.
        Unsupported = "unsupported", "Not supported";
    }
}

choices! {
    /// The resource type that a client works on by default. `None` is the one value that Pleo's
    /// pages show; the other two are concluded from the kinds of subject.
    SubjectType {
        /// No preference.
        #[default]
        None = "none", "None";
        /// A company.
        Company = "company", "Company";
        /// A group of companies.
        Organisation = "organisation", "Organisation";
    }
}
