//! The scopes that a sign-in requests.

/// The scopes that the existing pages need; a sign-in requests no others. The last four are for the names
/// of the accounts, tax codes, tags and suppliers in entries.
const WANTED_SCOPES: &[&str] = &[
    "companies:read",
    "users:read",
    "accounting-entries:read",
    "accounts:read",
    "tax-codes:read",
    "tag-groups:read",
    "vendors:read",
];

/// Returns whether a connection with these scopes shows a company's entries. No scopes means that the
/// server does not say what it has granted.
pub fn reads_entries(granted: &[String]) -> bool {
    granted.is_empty()
        || granted
            .iter()
            .any(|scope| scope == "accounting-entries:read")
}

/// Returns the scopes to request: those of the connection if the sign-in renews one
/// (`asked_before`), else those that the pages need; of both only those in `registered`. If none of
/// them is registered, returns all registered scopes.
pub fn scopes_to_ask(registered: &[String], asked_before: Option<&[String]>) -> Vec<String> {
    let wanted: Vec<String> = match asked_before {
        Some(before) => before.to_vec(),
        None => WANTED_SCOPES
            .iter()
            .map(|&scope| scope.to_owned())
            .collect(),
    };
    let both: Vec<String> = registered
        .iter()
        .filter(|s| wanted.contains(s))
        .cloned()
        .collect();
    if both.is_empty() {
        registered.to_vec()
    } else {
        both
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_connection_that_may_read_entries_shows_them() {
        let scopes = |all: &[&str]| all.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
        for (granted, reads) in [
            (&[][..], true),
            (&["accounting-entries:read", "users:read"], true),
            (&["companies:read", "users:read"], false),
        ] {
            assert_eq!(reads_entries(&scopes(granted)), reads, "{granted:?}");
        }
    }
}
