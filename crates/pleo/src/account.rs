//! The chart of accounts.
//!
//! Source: page `reference/accounts/chart-of-accounts-api-scopes`.

use outlay_wire::{Value, record};

use crate::id::{AccountId, CompanyId};
use crate::open::open_enum;

open_enum! {
    /// Why an account of a batch was refused.
    AccountBatchFailureReason {
        ExternalIdAlreadyExists = "EXTERNAL_ID_ALREADY_EXISTS",
        ExternalIdTooLong = "EXTERNAL_ID_TOO_LONG",
        ExternalIdEmpty = "EXTERNAL_ID_EMPTY",
        NameTooLong = "NAME_TOO_LONG",
        NameEmpty = "NAME_EMPTY",
        CodeTooLong = "CODE_TOO_LONG",
        Unnamed = "OTHER",
    }
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// UUID.
    pub id: AccountId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The id in the target system.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form; an object.
    pub metadata: Value,
    /// The accounting system; seen in search results alone.
    pub accounting_system: Option<String>,
}

record!(Account {
    id = "id", company_id = "companyId", external_id = "externalId", name = "name",
    archived = "archived", code = "code", tax_code_external_id = "taxCodeExternalId",
    metadata = "metadata", accounting_system = "accountingSystem",
});

/// The body that makes an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountCreate {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The id in the target system; 1 to 255 characters.
    pub external_id: String,
    /// Its name; 255 characters at most.
    pub name: String,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger; 255 characters at most.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form; an object.
    pub metadata: Value,
}

record!(AccountCreate {
    company_id = "companyId", external_id = "externalId", name = "name", archived = "archived",
    code = "code", tax_code_external_id = "taxCodeExternalId", metadata = "metadata",
});

/// The body that replaces an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountUpdate {
    /// Its name; 255 characters at most.
    pub name: String,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form; an object.
    pub metadata: Value,
}

record!(AccountUpdate {
    name = "name", archived = "archived", code = "code", tax_code_external_id = "taxCodeExternalId",
    metadata = "metadata",
});

/// The body of the account search: the company stands here, not in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFilter {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Whether accounts that belong to a category are left out.
    pub exclude_if_assigned_to_category: bool,
    /// Whether contra accounts are left out.
    pub exclude_if_assigned_to_contra_account: bool,
    /// Put away or not; both where this is absent.
    pub archived: Option<bool>,
    /// Codes in the ledger; each once.
    pub codes: Option<Vec<String>>,
    /// One code; Pleo advises against it.
    pub code: Option<String>,
    /// The id in the target system.
    pub external_id: Option<String>,
    /// Accounts, as UUIDs; each once.
    pub ids: Option<Vec<AccountId>>,
    /// The name.
    pub name: Option<String>,
}

record!(AccountFilter {
    company_id = "companyId", exclude_if_assigned_to_category = "excludeIfAssignedToCategory",
    exclude_if_assigned_to_contra_account = "excludeIfAssignedToContraAccount",
    archived = "archived", codes = "codes", code = "code", external_id = "externalId", ids = "ids",
    name = "name",
});

/// The body that makes many accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBatchCreate {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The accounts; 1 to 1,000.
    pub items: Vec<AccountBatchItem>,
}

record!(AccountBatchCreate {
    company_id = "companyId", items = "items",
});

/// One account of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBatchItem {
    /// The id in the target system.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form; an object.
    pub metadata: Value,
}

record!(AccountBatchItem {
    external_id = "externalId", name = "name", archived = "archived", code = "code",
    tax_code_external_id = "taxCodeExternalId", metadata = "metadata",
});

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountBatchResult {
    /// The accounts that were made.
    pub created: Vec<Account>,
    /// Those that were not.
    pub failed: Vec<AccountBatchFailure>,
}

record!(AccountBatchResult {
    created = "created", failed = "failed",
});

/// One account that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBatchFailure {
    /// What was asked for.
    pub request: AccountBatchItem,
    /// Why it was refused.
    pub reasons: Vec<AccountBatchFailureReason>,
}

record!(AccountBatchFailure {
    request = "request", reasons = "reasons",
});
