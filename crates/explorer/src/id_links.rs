//! The operation that takes an id of a response: `employeeId` opens the operation that reads an
//! employee.

use outlay_pleo::Method;
use outlay_pleo::catalogue::{Catalogue, Endpoint};
use outlay_wire::{Value, parse};

use crate::answer::fold::ancestors;
use crate::answer::text::ResponseText;
use crate::request::query;

/// An operation that reads one record by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdTarget {
    /// Names of the field, in lower case without underscores: `employeeid`.
    names: Vec<String>,
    /// The path of the list, for example `/v2/employees`, to which the id is appended.
    list: String,
    /// `operationId` of the operation.
    pub operation: String,
    /// Name of its path parameter.
    pub parameter: String,
}

/// A link from an id to the operation that takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdLink {
    /// `operationId` of the operation.
    pub operation: String,
    /// Query of the address that opens it with the id filled in.
    pub query: String,
}

/// Returns the operations that read one record by one id in their path.
pub fn targets(catalogue: &Catalogue) -> Vec<IdTarget> {
    let all = catalogue.operations.iter().filter_map(|one| {
        let rest = one.path.strip_suffix('}')?;
        let (list, parameter) = rest.rsplit_once("/{")?;
        let single = !list.contains('{') && one.method == Method::Get;
        single.then(|| {
            let mut names = vec![plain(parameter), [&singular(list), "id"].concat()];
            names.retain(|name| name != "id");
            names.dedup();
            IdTarget {
                names,
                list: list.to_owned(),
                operation: one.id.clone(),
                parameter: parameter.to_owned(),
            }
        })
    });
    all.collect()
}

/// Returns the link of a line of a response; `None` if its value is no id that an operation takes.
/// `called` is the operation that returned the response.
pub fn of_line(
    targets: &[IdTarget],
    called: &Endpoint,
    text: &ResponseText,
    number: usize,
) -> Option<IdLink> {
    let shown = text.line(number, false)?;
    if shown.secret || shown.cut {
        return None;
    }
    let id = match parse(&shown.value).ok()? {
        Value::Text(id) => id,
        _ => return None,
    };
    let name = shown.name.trim_matches('"');
    let around = || {
        let all = ancestors(&text.scan.lines, number);
        let mut names = all.filter_map(|number| text.line(number, false));
        // A list's items have no names: the name of the list counts.
        let parent = names.find(|it| !it.name.is_empty());
        parent.map_or(String::new(), |it| it.name.trim_matches('"').to_owned())
    };
    link(targets, called, name, around, &id)
}

/// Returns the link of a column of a table: `column` is the path of the field in an item.
pub fn of_column(
    targets: &[IdTarget],
    called: &Endpoint,
    column: &str,
    id: &str,
) -> Option<IdLink> {
    let (around, name) = column.rsplit_once('.').unwrap_or(("data", column));
    let around = around.rsplit('.').next().unwrap_or_default();
    link(targets, called, name, || around.to_owned(), id)
}

fn link(
    targets: &[IdTarget],
    called: &Endpoint,
    name: &str,
    around: impl FnOnce() -> String,
    id: &str,
) -> Option<IdLink> {
    let is_id = plain(name).ends_with("id") && !id.is_empty() && id.len() <= 64;
    let plain_id = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !is_id || !plain_id {
        return None;
    }
    let target = if name == "id" {
        match &*around() {
            // The record itself: the operation below the path that was called.
            "data" | "" => {
                let path = called.path.split(':').next().unwrap_or_default();
                let path = path.split("/{").next().unwrap_or_default();
                targets.iter().find(|it| it.list == path)
            }
            parent => of_name(targets, &[&singular(parent), "id"].concat()),
        }
    } else {
        of_name(targets, &plain(name))
    }?;
    let pairs = [
        ("op".to_owned(), target.operation.clone()),
        (target.parameter.clone(), id.to_owned()),
    ];
    Some(IdLink {
        operation: target.operation.clone(),
        query: query(&pairs),
    })
}

fn of_name<'a>(targets: &'a [IdTarget], name: &str) -> Option<&'a IdTarget> {
    targets
        .iter()
        .find(|target| target.names.iter().any(|known| known == name))
}

/// `employee_id` and `employeeId` as `employeeid`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|one| one.to_ascii_lowercase()).collect()
}

/// The noun of a path's last segment or of a list's name in the singular: `companies` as `company`.
fn singular(path: &str) -> String {
    let last = plain(path.rsplit('/').next().unwrap_or_default());
    match last.strip_suffix("ies") {
        Some(stem) => [stem, "y"].concat(),
        None => last.strip_suffix('s').unwrap_or(&last).to_owned(),
    }
}
