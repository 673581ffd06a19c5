//! Tax codes.

use outlay_wire::record;

use crate::id::{CompanyId, TaxCodeId};
use crate::number::Decimal;
use crate::open::open_enum;

open_enum! {
    /// How a tax relates to the amount.
    TaxType {
        /// The amount holds it.
        Inclusive = "inclusive",
        /// It comes on top of the amount.
        Exclusive = "exclusive",
        /// The buyer accounts for it.
        Reverse = "reverse",
    }
}

/// A tax code of a company; entries refer to it by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxCode {
    /// UUID.
    pub id: TaxCodeId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Name as users see it, for example "25 % VAT".
    pub name: String,
    /// A fraction: 0.2 is 20 %.
    pub rate: Decimal,
    /// Whether amounts include the tax; an undocumented value is kept as text.
    pub kind: TaxType,
    /// Whether the tax code is archived: no longer offered to users, but kept.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Code in the ledger; `None` if Pleo sends none or `null`.
    pub code: Option<String>,
    /// Account for ingoing (input) tax in the ledger.
    pub ingoing_tax_account: Option<String>,
    /// Account for outgoing (output) tax in the ledger.
    pub outgoing_tax_account: Option<String>,
    /// Name of the accounting system that the tax code comes from.
    pub accounting_integration_system: Option<String>,
}

record!(TaxCode {
    id = "id", company_id = "companyId", name = "name", rate = "rate", kind = "type",
    archived = "archived", created_at = "createdAt", updated_at = "updatedAt", code = "code",
    ingoing_tax_account = "ingoingTaxAccount", outgoing_tax_account = "outgoingTaxAccount",
    accounting_integration_system = "accountingIntegrationSystem",
});

/// Request body of `POST /v0/tax-codes:search`. A field that is `None` does not narrow the result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaxCodeFilter {
    /// `Some(true)` for archived tax codes only, `Some(false)` for live ones only, `None` for both.
    pub archived: Option<bool>,
    /// Tax codes, as UUIDs; each once.
    pub tax_code_ids: Option<Vec<TaxCodeId>>,
    /// Only tax codes of this type; `None` for every type.
    pub kind: Option<TaxType>,
}

record!(TaxCodeFilter {
    archived = "archived", tax_code_ids = "taxCodeIds", kind = "type",
});
