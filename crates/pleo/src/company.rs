//! A company and its address.

use outlay_wire::record;

use crate::id::{CompanyId, OrganizationId};

/// One legal entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// UUID.
    pub id: CompanyId,
    /// The company's name.
    pub name: String,
    /// Where it sits.
    pub address: Address,
    /// The organisation that it belongs to, as UUID.
    pub organization_id: Option<OrganizationId>,
    /// Its number in the national register.
    pub registration_number: Option<String>,
}

record!(Company {
    id = "id", name = "name", address = "address", organization_id = "organizationId",
    registration_number = "registrationNumber",
});

/// A postal address. Pleo promises none of its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub address_line1: Option<String>,
    /// Floor, building and the like.
    pub address_line2: Option<String>,
    /// Town.
    pub locality: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Region or state.
    pub region: Option<String>,
    /// Country; ISO 3166-1 alpha-2 where Pleo follows its own list.
    pub country: Option<String>,
}

record!(Address {
    address_line1 = "addressLine1", address_line2 = "addressLine2", locality = "locality",
    postal_code = "postalCode", region = "region", country = "country",
});
