//! Pleo's API as data: what an explorer shows, a form is made of, and a request is checked against.
//!
//! In reading order:
//!
//! - [`Catalogue`] holds the groups, the operations and the schemas. [`Catalogue::of_openapi`] makes
//!   it of [`DOCUMENT`]; as JSON ([`outlay_wire::to_text`], [`outlay_wire::from_text`]) it is a file
//!   that a browser fetches, defaults left out;
//! - [`Endpoint`] is one operation: its parameters, body, answers, scopes and rules;
//! - [`Schema`] is the shape of a value. It includes limits that the document states in prose only;
//! - [`Catalogue::validate`] holds a value against a schema, [`Catalogue::of_text`] makes a value of
//!   what a person typed, [`Catalogue::check_parameters`] and [`Catalogue::check_body`] hold a whole
//!   request against its operation. What is wrong is a [`ValueFault`]: a place, a code word and what a
//!   sentence needs, but no sentence.

mod endpoint;
mod fault;
mod lean;
mod limits;
mod openapi;
mod parameters;
mod pattern;
mod read;
mod schema;
mod settle;
mod tidy;
mod validate;

pub use endpoint::{
    Endpoint, ListStyle, OperationGroup, Parameter, ParameterLocation, ParameterRule, RequestBody,
    ResponseSchema, RetryCertainty, RetrySafety, RuleKind,
};
pub use fault::{FaultCode, ValueFault};
pub use openapi::{DOCUMENT, Misread};
pub use schema::{Format, ListShape, Number, Object, ObjectField, Schema, SchemaShape, TextShape};

use lean::lean;

/// Pleo's API as the explorer uses it: groups, operations and named schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Groups of operations, in the order on screen.
    pub groups: Vec<OperationGroup>,
    /// Operations, in the order of the OpenAPI document.
    pub operations: Vec<Endpoint>,
    /// Named schemas (`components/schemas`) as pairs of name and schema, in the document's order.
    pub schemas: Vec<(String, Schema)>,
}

lean!(Catalogue { groups = "groups", operations = "operations", schemas = "schemas" });

impl Catalogue {
    /// Returns the operation with this `operationId`, for example `searchCompanies`.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Endpoint> {
        self.operations.iter().find(|one| one.id == id)
    }

    /// Returns the schema with this name, for example `Company`.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        let found = self.schemas.iter().find(|(known, _)| known == name);
        found.map(|(_, schema)| schema)
    }

    /// The schema that this one names, or itself; and whether `null` is allowed on the way. A name
    /// that leads nowhere or in a circle leads to a schema that allows everything.
    #[must_use]
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> (&'a Schema, bool) {
        const LONGEST_WAY: usize = 8;
        let (mut at, mut nullable) = (schema, schema.nullable);
        for _ in 0..LONGEST_WAY {
            let SchemaShape::Named(name) = &at.shape else {
                return (at, nullable);
            };
            let Some(next) = self.schema(name) else {
                break;
            };
            nullable |= next.nullable;
            at = next;
        }
        (&schema::ANYTHING, true)
    }
}
