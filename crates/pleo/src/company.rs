//! A company and its address.

use outlay_wire::record;

use crate::id::{CompanyId, OrganizationId};

/// A legal entity at Pleo; every expense, employee, wallet and export belongs to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// UUID.
    pub id: CompanyId,
    /// Name as registered at Pleo; free text.
    pub name: String,
    /// Registered address; any part may be absent.
    pub address: Address,
    /// The organisation that it belongs to, as UUID.
    pub organization_id: Option<OrganizationId>,
    /// Number in the national company register, for example a Danish CVR number; free text.
    pub registration_number: Option<String>,
}

record!(Company {
    id = "id", name = "name", address = "address", organization_id = "organizationId",
    registration_number = "registrationNumber",
});

/// A postal address. Every part is optional in Pleo's API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// First line: street and house number.
    pub address_line1: Option<String>,
    /// Second line: floor, building and the like.
    pub address_line2: Option<String>,
    /// Town or city, free text; `None` if Pleo sends none.
    pub locality: Option<String>,
    /// Postal code as text; it may have letters and leading zeros.
    pub postal_code: Option<String>,
    /// Region or state, free text; `None` if Pleo sends none.
    pub region: Option<String>,
    /// Country; ISO 3166-1 alpha-2 where Pleo follows its own list.
    pub country: Option<String>,
}

record!(Address {
    address_line1 = "addressLine1", address_line2 = "addressLine2", locality = "locality",
    postal_code = "postalCode", region = "region", country = "country",
});
