//! The texts about names that a file will not contain.

use super::messages;
use crate::messages::errors::explain;
use crate::messages::name_kinds::NameKind;
use crate::session::app_error::AppError;

/// Returns why names could not be loaded.
#[must_use]
pub fn reason(app_error: &AppError) -> String {
    match app_error.scope {
        Some(scope) => messages::export::scope_missing(scope),
        None => {
            let happened = explain(app_error.code).happened;
            happened.trim_end_matches('.').to_owned()
        }
    }
}

/// Returns the note below the button about kinds of names whose scope is not granted; empty if
/// there are none.
#[must_use]
pub fn unauthorised(kinds: &[NameKind]) -> String {
    if kinds.is_empty() {
        return String::new();
    }
    let join = |words: Vec<&str>| words.join(", ");
    let what = join(kinds.iter().map(|(what, _)| *what).collect());
    let scopes = join(kinds.iter().filter_map(|(_, scope)| *scope).collect());
    messages::export::not_granted(&what, &scopes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_codes::ErrorCode;

    #[test]
    fn missing_names_are_stated_with_their_reason() {
        let mut app_error = AppError::of(ErrorCode::ScopeMissing);
        app_error.scope = Some("users:read");
        assert_eq!(
            messages::export::missing("employees", &reason(&app_error)),
            "Names of employees are missing: Outlay isn't allowed to see them; the permission users:read is \
             missing. The file will contain their IDs."
        );
        let words =
            messages::export::missing("tags", &reason(&AppError::of(ErrorCode::ApiServerError)));
        assert!(
            words.starts_with("Names of tags are missing: ") && !words.contains(".."),
            "{words}"
        );
    }

    #[test]
    fn scopes_that_were_not_granted_are_named_below_the_button() {
        assert_eq!(unauthorised(&[]), "");
        assert_eq!(
            unauthorised(&[
                ("accounts", Some("accounts:read")),
                ("tags", Some("tag-groups:read"))
            ]),
            "The file will contain IDs instead of names for accounts, tags. Permissions not granted: accounts:read, \
             tag-groups:read."
        );
    }
}
