//! Enumerations that stay open.

/// Makes an enumeration with a last variant for values that are not in the list.
macro_rules! open_enum {
    ($(#[$about:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(
                $(#[$each])*
                #[doc = concat!("\n\n`", $text, "`")]
                $variant,
            )+
            /// A value that is not in the documented list, as it was sent.
            Other(String),
        }

        impl $name {
            /// The documented values as in JSON, in the order of the documentation.
            pub const KNOWN: &'static [&'static str] = &[$($text),+];

            /// Returns the value as in JSON; for `Other` the text that Pleo sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl outlay_wire::Wire for $name {
            fn write(&self, out: &mut outlay_wire::Writer) {
                out.text(self.as_str());
            }

            fn take(json: outlay_wire::Value, reading: &mut outlay_wire::Reading) -> Self {
                reading.require(json.as_str().is_some());
                Self::from(json.as_str().unwrap_or_default())
            }
        }
    };
}

pub(crate) use open_enum;
