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

/// An account of the chart of accounts, as reads and searches return it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// UUID.
    pub id: AccountId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The id in the target system, 1 to 255 characters; unique in the company (409 otherwise).
    pub external_id: String,
    /// Name, at most 255 characters.
    pub name: String,
    /// Whether it is archived: no longer offered to users, but kept.
    pub archived: bool,
    /// Code in the ledger, at most 255 characters.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form JSON object; `null` if Pleo sends none.
    pub metadata: Value,
    /// Name of the accounting system; only search results have it.
    pub accounting_system: Option<String>,
}

record!(Account {
    id = "id", company_id = "companyId", external_id = "externalId", name = "name",
    archived = "archived", code = "code", tax_code_external_id = "taxCodeExternalId",
    metadata = "metadata", accounting_system = "accountingSystem",
});

/// Request body of `POST /v1/chart-of-accounts`. Pleo answers 201, or 200 if an equal account
/// exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountCreate {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The id in the target system; 1 to 255 characters.
    pub external_id: String,
    /// Its name; 255 characters at most.
    pub name: String,
    /// Whether the account is created archived: not offered to users.
    pub archived: bool,
    /// The code in the ledger; 255 characters at most.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form JSON object or `null`.
    pub metadata: Value,
}

record!(AccountCreate {
    company_id = "companyId", external_id = "externalId", name = "name", archived = "archived",
    code = "code", tax_code_external_id = "taxCodeExternalId", metadata = "metadata",
});

/// Request body of `PUT /v1/chart-of-accounts/{accountId}`, which replaces the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountUpdate {
    /// Its name; 255 characters at most.
    pub name: String,
    /// Whether the account is archived afterwards: no longer offered to users, but kept.
    pub archived: bool,
    /// Code in the ledger, at most 255 characters.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form JSON object or `null`.
    pub metadata: Value,
}

record!(AccountUpdate {
    name = "name", archived = "archived", code = "code", tax_code_external_id = "taxCodeExternalId",
    metadata = "metadata",
});

/// Request body of `POST /v1/chart-of-accounts:search`. Unlike other searches it names the company
/// in the body, not in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFilter {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// `true` leaves out accounts that belong to a category; default `false`.
    pub exclude_if_assigned_to_category: bool,
    /// `true` leaves out contra accounts; default `false`.
    pub exclude_if_assigned_to_contra_account: bool,
    /// `Some(true)` returns archived accounts only, `Some(false)` live ones only, `None` both.
    pub archived: Option<bool>,
    /// Codes in the ledger to match, each at most once.
    pub codes: Option<Vec<String>>,
    /// One code in the ledger; deprecated by Pleo in favour of `codes`.
    pub code: Option<String>,
    /// Id in the target system to match.
    pub external_id: Option<String>,
    /// Accounts, as UUIDs; each once.
    pub ids: Option<Vec<AccountId>>,
    /// Name to match; `None` for any name.
    pub name: Option<String>,
}

record!(AccountFilter {
    company_id = "companyId", exclude_if_assigned_to_category = "excludeIfAssignedToCategory",
    exclude_if_assigned_to_contra_account = "excludeIfAssignedToContraAccount",
    archived = "archived", codes = "codes", code = "code", external_id = "externalId", ids = "ids",
    name = "name",
});

/// Request body of `POST /v1/chart-of-accounts/batch`.
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

/// One account of a batch; the same limits as [`AccountCreate`] apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBatchItem {
    /// The id in the target system, 1 to 255 characters.
    pub external_id: String,
    /// Name, 1 to 255 characters.
    pub name: String,
    /// Whether the account is created archived: not offered to users.
    pub archived: bool,
    /// Code in the ledger, at most 255 characters.
    pub code: Option<String>,
    /// The tax code's id in the target system: not a rate, and not Pleo's UUID.
    pub tax_code_external_id: Option<String>,
    /// Free-form JSON object or `null`.
    pub metadata: Value,
}

record!(AccountBatchItem {
    external_id = "externalId", name = "name", archived = "archived", code = "code",
    tax_code_external_id = "taxCodeExternalId", metadata = "metadata",
});

/// Response body of a batch (201): an account is in `created` or in `failed`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountBatchResult {
    /// The accounts that Pleo created, with their new ids.
    pub created: Vec<Account>,
    /// The accounts that Pleo rejected, each with its reasons.
    pub failed: Vec<AccountBatchFailure>,
}

record!(AccountBatchResult {
    created = "created", failed = "failed",
});

/// An account of a batch that Pleo rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBatchFailure {
    /// The rejected item, as it was sent.
    pub request: AccountBatchItem,
    /// The reasons; open enum values such as `EXTERNAL_ID_ALREADY_EXISTS`.
    pub reasons: Vec<AccountBatchFailureReason>,
}

record!(AccountBatchFailure {
    request = "request", reasons = "reasons",
});
