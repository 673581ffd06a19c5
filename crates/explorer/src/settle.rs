//! From a write with an unknown outcome to the read that shows the outcome.

use outlay_pleo::catalogue::{Catalogue, Endpoint, ParameterLocation, SchemaShape};

use crate::draft::FieldDraft;
use crate::form::OperationForm;

/// Makes the form of the read that shows whether the write was done, with the write's parameters
/// filled in.
pub fn carried(
    catalogue: &Catalogue,
    write: &Endpoint,
    written: &OperationForm,
    read: &Endpoint,
    subject: Option<&str>,
) -> OperationForm {
    let mut form = OperationForm::blank(catalogue, read, subject);
    let mut known: Vec<(String, String)> = Vec::new();
    for place in [ParameterLocation::Path, ParameterLocation::Query] {
        known.extend(written.pairs(catalogue, write, place));
    }
    let (body, _) = written.value(catalogue, write);
    let fields = body
        .as_ref()
        .and_then(|body| body.as_object())
        .unwrap_or_default();
    let texts = fields
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    known.extend(texts);
    for (name, text) in &known {
        for one in read.parameters.iter().filter(|one| same(&one.name, name)) {
            form.clear(read, &one.name);
            form.fill(catalogue, read, &one.name, text);
        }
        let body = read
            .body
            .as_ref()
            .map(|body| &catalogue.resolve(&body.schema).0.shape);
        if let (Some(SchemaShape::Object(object)), FieldDraft::Object(fields, _)) =
            (body, &mut form.body)
        {
            let own = object.fields.iter().zip(fields);
            for (_, draft) in own.filter(|(field, _)| same(&field.name, name) && field.required) {
                *draft = FieldDraft::Text(text.clone());
            }
        }
    }
    form
}

/// Pleo spells the company's id in two ways.
fn same(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
    plain(one) == plain(other)
}
