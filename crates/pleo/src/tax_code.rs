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

/// One tax code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxCode {
    /// UUID.
    pub id: TaxCodeId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Its name.
    pub name: String,
    /// A fraction: 0.2 is 20 %.
    pub rate: Decimal,
    /// How it relates to the amount.
    pub kind: TaxType,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The account of the tax that comes in.
    pub ingoing_tax_account: Option<String>,
    /// The account of the tax that goes out.
    pub outgoing_tax_account: Option<String>,
    /// The accounting system.
    pub accounting_integration_system: Option<String>,
}

record!(TaxCode {
    id = "id", company_id = "companyId", name = "name", rate = "rate", kind = "type",
    archived = "archived", created_at = "createdAt", updated_at = "updatedAt", code = "code",
    ingoing_tax_account = "ingoingTaxAccount", outgoing_tax_account = "outgoingTaxAccount",
    accounting_integration_system = "accountingIntegrationSystem",
});

/// The body that makes or replaces a tax code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxCodeWrite {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Its name.
    pub name: String,
    /// A fraction: 0.2 is 20 %.
    pub rate: Decimal,
    /// How it relates to the amount.
    pub kind: TaxType,
    /// Whether it is put away: no longer offered, still there.
    pub archived: bool,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The account of the tax that comes in.
    pub ingoing_tax_account: Option<String>,
    /// The account of the tax that goes out.
    pub outgoing_tax_account: Option<String>,
}

record!(TaxCodeWrite {
    company_id = "companyId", name = "name", rate = "rate", kind = "type", archived = "archived",
    code = "code", ingoing_tax_account = "ingoingTaxAccount",
    outgoing_tax_account = "outgoingTaxAccount",
});

/// The body of the tax code search; an absent field does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaxCodeFilter {
    /// Put away or not; both where this is absent.
    pub archived: Option<bool>,
    /// Tax codes, as UUIDs; each once.
    pub tax_code_ids: Option<Vec<TaxCodeId>>,
    /// How they relate to the amount.
    pub kind: Option<TaxType>,
}

record!(TaxCodeFilter {
    archived = "archived", tax_code_ids = "taxCodeIds", kind = "type",
});
