//! The accounts and the number of tax codes that every company has.

/// Number of tax codes that entries use.
pub const TAXES: usize = 3;

/// An account of the sample chart of accounts, which every company has.
#[derive(Debug)]
pub struct SampleAccount {
    /// Code in the ledger, four digits.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
}

/// Makes an account; `const` for [`ACCOUNTS`]. `code` has four digits.
pub const fn account(code: &'static str, name: &'static str) -> SampleAccount {
    SampleAccount { code, name }
}

/// The accounts that entries are booked on.
pub const ACCOUNTS: &[SampleAccount] = &[
    account("4010", "Materials"),
    account("6010", "Meals and entertainment"),
    account("6020", "Travel"),
    account("6021", "Local transport"),
    account("6022", "Accommodation"),
    account("6030", "Gifts and flowers"),
    account("6110", "Office supplies"),
    account("6120", "Equipment"),
    account("6210", "Fuel and charging"),
    account("6310", "Software"),
    account("6320", "Advertising"),
    account("6500", "Mileage"),
    account("6600", "Daily allowances"),
    account("6700", "Services"),
];
