//! What is said about names that a file will not have.

use crate::session::app_error::AppError;

/// A kind of names, and the scope that its requests need.
pub type NameKind = (&'static str, Option<&'static str>);

/// Why something could not be loaded.
#[must_use]
pub fn reason(app_error: &AppError) -> String {
    match app_error.scope {
        Some(scope) => [
            "Outlay is not allowed to see them; the scope ",
            scope,
            " is missing",
        ]
        .concat(),
        None => {
            let happened = outlay_vault::code::explain(&app_error.code).happened;
            happened.trim_end_matches('.').to_owned()
        }
    }
}

/// Said before a file is saved without names.
#[must_use]
pub fn missing(what: &str, reason: &str) -> String {
    [
        "Names of ",
        what,
        " are missing: ",
        reason,
        ". The file will have their ids.",
    ]
    .concat()
}

/// The note next to the button about names that this connection may not load; empty if there are
/// none.
#[must_use]
pub fn unauthorised(kinds: &[NameKind]) -> String {
    if kinds.is_empty() {
        return String::new();
    }
    let join = |words: Vec<&str>| words.join(", ");
    let what = join(kinds.iter().map(|(what, _)| *what).collect());
    let scopes = join(kinds.iter().filter_map(|(_, scope)| *scope).collect());
    [
        "The file will have ids for ",
        &what,
        ": this connection lacks ",
        &scopes,
        ".",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_names_are_stated_with_their_reason() {
        let mut app_error = AppError::of("scope_missing");
        app_error.scope = Some("users:read");
        assert_eq!(
            missing("employees", &reason(&app_error)),
            "Names of employees are missing: Outlay is not allowed to see them; the scope users:read is missing. \
             The file will have their ids."
        );
        let words = missing("tags", &reason(&AppError::of("api_server_error")));
        assert!(
            words.starts_with("Names of tags are missing: ") && !words.contains(".."),
            "{words}"
        );
    }

    #[test]
    fn scopes_that_were_not_granted_are_named_beside_the_button() {
        assert_eq!(unauthorised(&[]), "");
        assert_eq!(
            unauthorised(&[
                ("accounts", Some("accounts:read")),
                ("tags", Some("tag-groups:read"))
            ]),
            "The file will have ids for accounts, tags: this connection lacks accounts:read, tag-groups:read."
        );
    }
}
