//! One operation, as the catalogue tells of it.

use outlay_wire::{Value, string_enum};

use super::lean::lean;
use super::schema::Schema;
use crate::operation::Method;

/// A group of operations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationGroup {
    /// A short word, unique.
    pub id: String,
    /// The heading.
    pub title: String,
}

lean!(OperationGroup { id = "id", title = "title" });

/// One operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// Pleo's `operationId`, unique.
    pub id: String,
    /// The [`OperationGroup::id`].
    pub group: String,
    /// The method.
    pub method: Method,
    /// The path below the API base; `{…}` stands for a parameter.
    pub path: String,
    /// What it does, in one line.
    pub summary: String,
    /// What is special about it; empty mostly.
    pub note: String,
    /// Whether Pleo advises against it.
    pub deprecated: bool,
    /// Whether Pleo keeps it for itself.
    pub internal: bool,
    /// The scopes of which the token needs one: spellings of the same, where there are several.
    pub scopes: Vec<String>,
    /// How sure the scopes are.
    pub certainty: RetryCertainty,
    /// Whether it may be sent again by itself.
    pub retry: RetrySafety,
    /// The operation that shows whether this one, a write, was carried out; none for what only reads.
    pub settled_by: Option<String>,
    /// Path and query parameters.
    pub parameters: Vec<Parameter>,
    /// What holds among several parameters or fields.
    pub rules: Vec<ParameterRule>,
    /// The request's body, where it takes one.
    pub body: Option<RequestBody>,
    /// The documented answers.
    pub answers: Vec<ResponseSchema>,
    /// Whether the answer is a page of a longer list.
    pub paged: bool,
}

lean!(Endpoint {
    id = "id", group = "group", method = "method", path = "path", summary = "summary",
    note = "note", deprecated = "deprecated", internal = "internal", scopes = "scopes",
    certainty = "certainty", retry = "retry", settled_by = "settledBy",
    parameters = "parameters", rules = "rules", body = "body", answers = "answers", paged = "paged",
});

impl Endpoint {
    /// The parameter of this place and name.
    #[must_use]
    pub fn parameter(&self, place: ParameterLocation, name: &str) -> Option<&Parameter> {
        let mut all = self.parameters.iter();
        all.find(|one| one.place == place && one.name == name)
    }

    /// The documented answer for a status: its own, else the one for every success, where it is one.
    #[must_use]
    pub fn answer(&self, status: u16) -> Option<&ResponseSchema> {
        let own = self.answers.iter().find(|one| one.status == Some(status));
        let any = || self.answers.iter().find(|one| one.status.is_none());
        own.or_else(|| (200..300).contains(&status).then(any).flatten())
    }
}

/// How sure it is which scope an operation needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RetryCertainty {
    /// Pleo's pages say so.
    Documented,
    /// Concluded: from other clients, or from the pattern of the names. [`crate::scope`] says more.
    Inferred,
    /// Nobody says.
    #[default]
    Unknown,
}

string_enum!(RetryCertainty { Documented = "documented", Inferred = "inferred", Unknown = "unknown" });

/// Whether a request may be sent again by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RetrySafety {
    /// It only reads: it may.
    #[default]
    Read,
    /// It changes something: a lost answer leaves open whether it did.
    Write,
}

string_enum!(RetrySafety { Read = "read", Write = "write" });

/// Where a parameter or a field stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ParameterLocation {
    /// In the query.
    #[default]
    Query,
    /// In the path.
    Path,
    /// In the body.
    Body,
}

string_enum!(ParameterLocation { Query = "query", Path = "path", Body = "body" });

/// How several values of one parameter are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListStyle {
    /// The name before each: `statuses=pending&statuses=failed`.
    #[default]
    Repeated,
    /// With commas between them.
    Commas,
}

string_enum!(ListStyle { Repeated = "repeated", Commas = "commas" });

/// One parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Path or query.
    pub place: ParameterLocation,
    /// Whether it must be given.
    pub required: bool,
    /// How several values are written.
    pub style: ListStyle,
    /// The shape of its value.
    pub schema: Schema,
}

lean!(Parameter {
    name = "name", place = "in", required = "required", style = "style", schema = "schema",
});

/// What holds among several parameters or fields of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParameterRule {
    /// What holds.
    pub kind: RuleKind,
    /// Where they stand.
    pub place: ParameterLocation,
    /// The alternatives, each a name or several that go together.
    pub of: Vec<Vec<String>>,
}

lean!(ParameterRule { kind = "kind", place = "in", of = "of" });

/// What holds among alternatives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RuleKind {
    /// At least one is given.
    #[default]
    OneNeeded,
    /// No two are given.
    OneAllowed,
}

string_enum!(RuleKind { OneNeeded = "one_needed", OneAllowed = "one_allowed" });

/// The body of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestBody {
    /// Whether it must be there.
    pub required: bool,
    /// Its shape.
    pub schema: Schema,
}

lean!(RequestBody { required = "required", schema = "schema" });

/// A documented answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseSchema {
    /// The status; none where the document gives one answer for every success.
    pub status: Option<u16>,
    /// What the document calls it.
    pub note: String,
    /// The body's shape, where one is documented.
    pub schema: Option<Schema>,
}

lean!(ResponseSchema { status = "status", note = "note", schema = "schema" });

/// The value of a field that a rule speaks of, where it is given.
pub(super) fn given<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.get(name).filter(|value| **value != Value::Null)
}
