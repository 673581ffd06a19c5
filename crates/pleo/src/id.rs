//! Ids as types, so that an entry's id cannot be passed for a tag's.
//!
//! They come from Pleo and go back to Pleo unread: whatever text Pleo sends is an id.

use std::fmt;

use outlay_wire::{Reading, Value, Wire, Writer};

/// The id that stands for "I don't know" in `accountId` and `tagId`: the user was asked and could
/// not say.
pub const UNKNOWN_ID: &str = "00000000-0000-0000-0000-000000000000";

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident;)+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Returns the id as Pleo sent it, most often a UUID; it is not parsed or normalised.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns whether it is [`UNKNOWN_ID`], which stands for "I don't know".
            #[must_use]
            pub fn is_unknown(&self) -> bool {
                self.0 == UNKNOWN_ID
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
            }
        }

        impl PartialEq<String> for $name {
            fn eq(&self, text: &String) -> bool {
                self.0 == *text
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl Wire for $name {
            fn write(&self, out: &mut Writer) {
                out.text(&self.0);
            }

            fn take(json: Value, reading: &mut Reading) -> Self {
                Self(String::take(json, reading))
            }
        }
    )+};
}

ids! {
    /// A company's.
    CompanyId;
    /// An organisation's.
    OrganizationId;
    /// An employee's.
    EmployeeId;
    /// A team's.
    TeamId;
    /// An accounting entry's.
    AccountingEntryId;
    /// That of a part of a split entry.
    SplitItemId;
    /// That of a line of an export item.
    EntryLineId;
    /// A receipt's.
    ReceiptId;
    /// A tag group's.
    TagGroupId;
    /// A tag's.
    TagId;
    /// A tax code's.
    TaxCodeId;
    /// That of an account of the chart of accounts.
    AccountId;
    /// A vendor's.
    VendorId;
    /// An export job's.
    ExportJobId;
}
