//! The parts of a form that may be in a link, the history or a command.

use outlay_pleo::catalogue::{
    Catalogue, Endpoint, FaultCode, ParameterLocation, SchemaShape, ValueFault,
};

use crate::chain::is_placeholder;
use crate::draft::FieldDraft;
use crate::form::{OperationForm, is_list};
use crate::marks::{holds_secret, is_token_like};

/// Why a parameter is left out of links and copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The value does not parse as the parameter's type.
    Type,
    /// The value looks like a token or another secret.
    Secret,
}

/// A parameter that is left out of links and copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Name of the parameter.
    pub name: String,
    /// Why it is left out.
    pub reason: Reason,
}

/// Returns the form without the parameters that do not parse as their type or look like a secret,
/// and the list of these. The body is unchanged.
pub fn shareable(
    catalogue: &Catalogue,
    operation: &Endpoint,
    form: &OperationForm,
) -> (OperationForm, Vec<Withheld>) {
    let mut faults = Vec::new();
    for place in [ParameterLocation::Path, ParameterLocation::Query] {
        let pairs = form.pairs(catalogue, operation, place);
        faults.extend(catalogue.check_parameters(operation, place, &pairs));
    }
    let mut kept = form.clone();
    let mut left = Vec::new();
    let all = operation.parameters.iter().zip(&mut kept.parameters);
    for (one, draft) in all {
        let texts: Vec<&str> = match &*draft {
            FieldDraft::List(items) => items.iter().map(FieldDraft::text).collect(),
            other => vec![other.text()],
        };
        // The name of a stored value takes the place of any type.
        let is_named = texts.iter().all(|text| is_placeholder(text));
        let unread = !is_named
            && faults
                .iter()
                .any(|fault| fault.at == one.name && is_unread(fault));
        // A cursor is as long and random as a token, and belongs to a page of a list.
        let is_cursor = ["before", "after"].contains(&&*one.name);
        let schema = &catalogue.resolve(&one.schema).0.shape;
        let secret = texts.iter().any(|text| {
            holds_secret(text) || (!is_cursor && is_free(catalogue, schema) && is_token_like(text))
        });
        let reason = match (unread, secret) {
            (_, true) => Reason::Secret,
            (true, _) => Reason::Type,
            _ => continue,
        };
        *draft = match is_list(catalogue, &one.schema) {
            true => FieldDraft::List(Vec::new()),
            false => FieldDraft::Text(String::new()),
        };
        let name = one.name.clone();
        left.push(Withheld { name, reason });
    }
    (kept, left)
}

/// Returns a sentence about the omitted parameters; `None` if there are none.
pub fn left_out(left: &[Withheld]) -> Option<String> {
    let names = |reason: Reason| {
        let of = left.iter().filter(|it| it.reason == reason);
        of.map(|it| &*it.name).collect::<Vec<_>>().join(", ")
    };
    let parts = [
        (Reason::Type, " (not written as its type)"),
        (Reason::Secret, " (looks like a secret)"),
    ];
    let parts = parts.map(|(reason, why)| match names(reason) {
        names if names.is_empty() => names,
        names => names + why,
    });
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    (!parts.is_empty()).then(|| ["Left out: ", &parts.join("; "), "."].concat())
}

fn is_unread(fault: &ValueFault) -> bool {
    !matches!(
        fault.code,
        FaultCode::Missing
            | FaultCode::Unknown
            | FaultCode::Repeated
            | FaultCode::OneNeeded
            | FaultCode::OneAllowed
            | FaultCode::Invisible
    )
}

/// Whether any text fits the schema.
fn is_free(catalogue: &Catalogue, shape: &SchemaShape) -> bool {
    match shape {
        SchemaShape::Text(text) => text.format.is_none() && text.enum_values.is_empty(),
        SchemaShape::List(list) => is_free(catalogue, &catalogue.resolve(&list.items).0.shape),
        SchemaShape::Any | SchemaShape::Named(_) | SchemaShape::Object(_) => true,
        SchemaShape::Integer(_) | SchemaShape::Number(_) | SchemaShape::Boolean => false,
    }
}
