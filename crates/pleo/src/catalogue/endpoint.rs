//! One operation of the catalogue.

use outlay_wire::{Value, string_enum};

use super::lean::lean;
use super::schema::Schema;
use crate::operation::Method;

/// A group of operations under one heading of the API explorer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationGroup {
    /// Id in links and in [`Endpoint::group`]; lower case, unique in the catalogue.
    pub id: String,
    /// Heading on screen, for example `Companies`.
    pub title: String,
}

lean!(OperationGroup { id = "id", title = "title" });

/// One operation of the catalogue: a method and a path of the OpenAPI document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// Pleo's `operationId`, unique in the document.
    pub id: String,
    /// The [`OperationGroup::id`] under which the operation is listed.
    pub group: String,
    /// HTTP method; the document uses GET, POST, PUT and DELETE only.
    pub method: Method,
    /// Path below the API base with its version, for example `/v2/employees`; `{…}` marks a
    /// parameter.
    pub path: String,
    /// The document's `summary`, one line of plain text.
    pub summary: String,
    /// What is special about it; empty mostly.
    pub note: String,
    /// The document's `deprecated`: Pleo advises against the operation.
    pub deprecated: bool,
    /// The document's `x-exclude`: Pleo uses the operation internally.
    pub internal: bool,
    /// The scopes of which the token needs one: spellings of the same, where there are several.
    pub scopes: Vec<String>,
    /// How reliably the needed scope is known.
    pub certainty: RetryCertainty,
    /// Whether a request without a response may be sent again automatically.
    pub retry: RetrySafety,
    /// The operation that shows whether this one, a write, was carried out; none for what only reads.
    pub settled_by: Option<String>,
    /// Path and query parameters, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// Conditions on several parameters or fields together, for example "one of two ids".
    pub rules: Vec<ParameterRule>,
    /// Request body; `None` if the operation takes none.
    pub body: Option<RequestBody>,
    /// The documented responses, one for each status.
    pub answers: Vec<ResponseSchema>,
    /// Whether the response is one page of a list, with `pagination`.
    pub paged: bool,
}

lean!(Endpoint {
    id = "id", group = "group", method = "method", path = "path", summary = "summary",
    note = "note", deprecated = "deprecated", internal = "internal", scopes = "scopes",
    certainty = "certainty", retry = "retry", settled_by = "settledBy",
    parameters = "parameters", rules = "rules", body = "body", answers = "answers", paged = "paged",
});

impl Endpoint {
    /// Returns the parameter of this location and name. Names are case-sensitive.
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

/// How reliably the scope of an operation is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RetryCertainty {
    /// Pleo's documentation names the scope.
    Documented,
    /// Concluded: from other clients, or from the pattern of the names. [`crate::scope`] says more.
    Inferred,
    /// No source names a scope for the operation.
    #[default]
    Unknown,
}

string_enum!(RetryCertainty { Documented = "documented", Inferred = "inferred", Unknown = "unknown" });

/// Whether a request may be sent again automatically if no response arrives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RetrySafety {
    /// The request only reads: sending it again is safe.
    #[default]
    Read,
    /// The request writes: if the response is lost, the change may have been made.
    Write,
}

string_enum!(RetrySafety { Read = "read", Write = "write" });

/// The part of a request that a parameter or a field belongs to (OpenAPI `in`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ParameterLocation {
    /// In the query string, percent-encoded.
    #[default]
    Query,
    /// In the path, as `{name}`.
    Path,
    /// A field of the JSON body, named by its path.
    Body,
}

string_enum!(ParameterLocation { Query = "query", Path = "path", Body = "body" });

/// How several values of one query parameter are written (OpenAPI `style` and `explode`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListStyle {
    /// The name before each value: `statuses=pending&statuses=failed`.
    #[default]
    Repeated,
    /// One name, values separated by commas: `ids=a,b`.
    Commas,
}

string_enum!(ListStyle { Repeated = "repeated", Commas = "commas" });

/// A path or query parameter of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Name as in the request, case-sensitive.
    pub name: String,
    /// `Query` or `Path`; never `Body`.
    pub place: ParameterLocation,
    /// Whether a request without it is invalid; always `true` in a path.
    pub required: bool,
    /// How several values are written; only used if `schema` is a list.
    pub style: ListStyle,
    /// Schema of the value; for a list, of the whole list.
    pub schema: Schema,
}

lean!(Parameter {
    name = "name", place = "in", required = "required", style = "style", schema = "schema",
});

/// A condition on several parameters or fields of one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParameterRule {
    /// The condition that the alternatives must meet.
    pub kind: RuleKind,
    /// Where the alternatives are: all in the query or all in the body.
    pub place: ParameterLocation,
    /// The alternatives; each is one name, or several names that must be given together.
    pub of: Vec<Vec<String>>,
}

lean!(ParameterRule { kind = "kind", place = "in", of = "of" });

/// The condition of a [`ParameterRule`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RuleKind {
    /// At least one alternative is given.
    #[default]
    OneNeeded,
    /// At most one alternative is given.
    OneAllowed,
}

string_enum!(RuleKind { OneNeeded = "one_needed", OneAllowed = "one_allowed" });

/// The JSON request body of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestBody {
    /// Whether a request without a body is invalid.
    pub required: bool,
    /// Schema of the JSON value; only JSON bodies are documented.
    pub schema: Schema,
}

lean!(RequestBody { required = "required", schema = "schema" });

/// A documented response of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseSchema {
    /// HTTP status; `None` for the document's `default` response.
    pub status: Option<u16>,
    /// The document's `description` of the response; plain text.
    pub note: String,
    /// Schema of the JSON body; `None` if the document gives none.
    pub schema: Option<Schema>,
}

lean!(ResponseSchema { status = "status", note = "note", schema = "schema" });

/// The value of a field that a rule speaks of, where it is given.
pub(super) fn given<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.get(name).filter(|value| **value != Value::Null)
}
