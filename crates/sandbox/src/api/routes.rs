//! The operations of Pleo's document, each with method, path and handler.

use std::sync::LazyLock;

use outlay_pleo::catalogue::Endpoint;

use crate::api::call::Handler;
use crate::api::catalogue::CATALOGUE;
use crate::api::handlers;

/// An operation of the OpenAPI document with its handler.
#[derive(Debug)]
pub struct ApiRoute {
    /// The operation in the OpenAPI document.
    pub endpoint: &'static Endpoint,
    /// The function that answers it.
    pub handler: Handler,
    steps: Vec<PathSegment>,
}

/// A part of a path, between two slashes.
#[derive(Debug, PartialEq, Eq)]
enum PathSegment {
    /// A fixed segment.
    Word(&'static str),
    /// A parameter and the text after it: `{id}:archive`.
    Parameter(&'static str, &'static str),
}

/// The result of routing a request by method and path.
#[derive(Debug)]
pub enum FoundRoute<'a> {
    /// The operation and its path parameters by name.
    Route(&'static ApiRoute, Vec<(String, String)>),
    /// The path exists with these methods only: the response is a 405.
    OtherMethods(Vec<&'a str>),
    /// No operation has the path: the response is a 404.
    Nothing,
}

/// Every operation that has a handler, built on first use.
pub static ROUTES: LazyLock<Vec<ApiRoute>> = LazyLock::new(|| {
    let answered = CATALOGUE.operations.iter().filter_map(|endpoint| {
        let mut all = handlers::all();
        let (_, handler) = all.find(|(id, _)| *id == endpoint.id)?;
        Some(ApiRoute {
            handler: *handler,
            steps: endpoint.path.split('/').map(step).collect(),
            endpoint,
        })
    });
    answered.collect()
});

fn step(text: &'static str) -> PathSegment {
    let parameter = text.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    parameter.map_or(PathSegment::Word(text), |(name, rest)| {
        PathSegment::Parameter(name, rest)
    })
}

/// Finds the operation of a request. A path without parameters takes precedence over one with them.
pub fn find(method: &str, path: &str) -> FoundRoute<'static> {
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
        Some((_, route, parameters)) => FoundRoute::Route(route, parameters),
        None if methods.is_empty() => FoundRoute::Nothing,
        None => FoundRoute::OtherMethods(methods),
    }
}

fn parameters(route: &ApiRoute, path: &str) -> Option<Vec<(String, String)>> {
    let parts: Vec<&str> = path.split('/').collect();
    if parts.len() != route.steps.len() {
        return None;
    }
    let mut found = Vec::new();
    for (step, part) in route.steps.iter().zip(parts) {
        match step {
            PathSegment::Word(word) if *word == part => {}
            PathSegment::Word(_) => return None,
            PathSegment::Parameter(name, rest) => {
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
            FoundRoute::Route(route, _) => route.endpoint.id.clone(),
            FoundRoute::OtherMethods(methods) => methods.join(" "),
            FoundRoute::Nothing => String::new(),
        }
    }

    #[test]
    fn every_documented_operation_has_a_handler() {
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
    fn paths_resolve_to_their_operation() {
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
