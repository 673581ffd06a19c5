//! The same call as a command for a shell: the token and every secret as a variable.

use crate::answer::lines::Scan;
use crate::marks::Marks;
use crate::request::{Prepared, query};

/// The command. `base` is the API's address; none where it is not known which one is meant, so that a
/// variable stands in its place. `marks` are those of the body's schema.
pub fn curl(base: Option<&str>, request: &Prepared, marks: Marks) -> String {
    let mut path = request.path.clone();
    if !request.query.is_empty() {
        path = [&path, "?", &query(&request.query)].concat();
    }
    let address = match base {
        Some(base) => quoted(&[base.trim_end_matches('/'), &path].concat()),
        None => ["\"$API\"", &quoted(&path)].concat(),
    };
    let mut words = vec![
        ["curl --request ", request.method.as_str()].concat(),
        ["--url ", &address].concat(),
        "--header \"Authorization: Bearer $TOKEN\"".to_owned(),
    ];
    if let Some(body) = &request.body {
        words.push("--header 'Content-Type: application/json'".to_owned());
        words.push(["--data-raw ", &without_secrets(body, marks)].concat());
    }
    words.join(" \\\n  ")
}

/// A word that a POSIX shell takes exactly as it is.
pub fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}

/// The body as one word, a variable in the place of each secret: `$SECRET_1`, `$SECRET_2`.
fn without_secrets(body: &str, marks: Marks) -> String {
    let mut scan = Scan::new(marks);
    while scan.advance(body, usize::MAX) {}
    let mut out = String::new();
    let mut at = 0;
    for (number, (from, to)) in scan.secrets.into_iter().enumerate() {
        out.push_str(&quoted(body.get(at..from).unwrap_or_default()));
        out.push_str(&format!("\"$SECRET_{}\"", number + 1));
        at = to;
    }
    out.push_str(&quoted(body.get(at..).unwrap_or_default()));
    out
}
