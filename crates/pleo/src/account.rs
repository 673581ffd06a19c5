//! The chart of accounts.
//!
//! Source: page `reference/accounts/chart-of-accounts-api-scopes`.

use outlay_wire::{Value, record};

use crate::id::{AccountId, CompanyId};

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
