//! The operations of Pleo's document, each with its way in: a method, a path, and who answers.

use std::sync::LazyLock;

use outlay_pleo::catalogue::Endpoint;

use crate::api::call::Handler;
use crate::api::catalogue::CATALOGUE;
use crate::api::handlers;

/// An operation that is answered.
#[derive(Debug)]
pub struct Route {
    /// What the document says of it.
    pub endpoint: &'static Endpoint,
    /// Who answers.
    pub handler: Handler,
    steps: Vec<Step>,
}

/// A part of a path, between two slashes.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// As it stands.
    Word(&'static str),
    /// A parameter, and what follows it: `{id}:archive`.
    Parameter(&'static str, &'static str),
}

/// What a path leads to.
#[derive(Debug)]
pub enum Found<'a> {
    /// An operation, with the parameters of the path.
    Route(&'static Route, Vec<(String, String)>),
    /// The path takes these methods, and not the one given.
    OtherMethods(Vec<&'a str>),
    /// Nothing.
    Nothing,
}

/// Every operation that has a handler.
pub static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let answered = CATALOGUE.operations.iter().filter_map(|endpoint| {
        let mut all = handlers::all();
        let (_, handler) = all.find(|(id, _)| *id == endpoint.id)?;
        Some(Route {
            handler: *handler,
            steps: endpoint.path.split('/').map(step).collect(),
            endpoint,
        })
    });
    answered.collect()
});

fn step(text: &'static str) -> Step {
    let parameter = text.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    parameter.map_or(Step::Word(text), |(name, rest)| Step::Parameter(name, rest))
}

/// Looks a request up. A path without parameters wins over one with them.
pub fn find(method: &str, path: &str) -> Found<'static> {
    // A colon may be written either way in a path.
    let path = path.replace("%3A", ":").replace("%3a", ":");
    let fitting = ROUTES.iter().filter_map(|route| {
        let parameters = parameters(route, &path)?;
        Some((parameters.len(), route, parameters))
    });
    let mut fitting: Vec<_> = fitting.collect();
    let fewest = fitting.iter().map(|(count, ..)| *count).min();
    fitting.retain(|(count, ..)| Some(*count) == fewest);
    let methods: Vec<&str> = fitting
        .iter()
        .map(|(_, route, _)| route.endpoint.method.as_str())
        .collect();
    let mut fitting = fitting.into_iter();
    let own = fitting.find(|(_, route, _)| route.endpoint.method.as_str() == method);
    match own {
        Some((_, route, parameters)) => Found::Route(route, parameters),
        None if methods.is_empty() => Found::Nothing,
        None => Found::OtherMethods(methods),
    }
}

fn parameters(route: &Route, path: &str) -> Option<Vec<(String, String)>> {
    let parts: Vec<&str> = path.split('/').collect();
    if parts.len() != route.steps.len() {
        return None;
    }
    let mut found = Vec::new();
    for (step, part) in route.steps.iter().zip(parts) {
        match step {
            Step::Word(word) if *word == part => {}
            Step::Word(_) => return None,
            Step::Parameter(name, rest) => {
                let value = part.strip_suffix(rest)?;
                if value.is_empty() || (rest.is_empty() && part.contains(':')) {
                    return None;
                }
                found.push(((*name).to_owned(), value.to_owned()));
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(method: &str, path: &str) -> String {
        match find(method, path) {
            Found::Route(route, _) => route.endpoint.id.clone(),
            Found::OtherMethods(methods) => methods.join(" "),
            Found::Nothing => String::new(),
        }
    }

    #[test]
    fn every_operation_of_the_document_is_answered() {
        let missing: Vec<&str> = CATALOGUE
            .operations
            .iter()
            .filter(|endpoint| !ROUTES.iter().any(|one| one.endpoint.id == endpoint.id))
            .map(|endpoint| endpoint.id.as_str())
            .collect();
        assert_eq!(missing, [""; 0]);
        assert_eq!((ROUTES.len(), handlers::all().count()), (76, 76));
    }

    #[test]
    fn paths_lead_to_their_operation() {
        for (method, path, id) in [
            ("GET", "/v1/introspect", "introspect"),
            ("POST", "/v1/vendors/x:archive", "archiveVendorById"),
            ("POST", "/v1/vendors/x%3Aarchive", "archiveVendorById"),
            ("POST", "/v1/vendors/x:paint", ""),
            ("GET", "/v1/vendors/x", "getVendorById"),
            ("POST", "/v1/vendors:search", "searchVendors"),
            ("GET", "/v1/vendors:search", "POST"),
            (
                "POST",
                "/v1/accounting-entries/receipts:search",
                "searchReceipts",
            ),
            ("GET", "/v1/accounting-entries/receipts:search", "POST"),
            ("PATCH", "/v0/tags/x", "GET PUT DELETE"),
            ("GET", "/v1/vendors/", ""),
            ("GET", "/v1/introspect/", ""),
            ("GET", "/", ""),
        ] {
            assert_eq!(id_of(method, path), id, "{method} {path}");
        }
    }
}
