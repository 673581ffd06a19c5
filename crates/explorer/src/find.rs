//! The operations that match a search, by group.

use outlay_pleo::catalogue::{Catalogue, Endpoint, OperationGroup};

use crate::reference::names;

/// The groups that still have an operation, each with those that contain every word of `search`:
/// in the name, the method, the path, the summary, the note, a scope or the group's title. If there
/// is none, those with a field for each word that these do not contain.
pub fn grouped<'a>(
    catalogue: &'a Catalogue,
    search: &str,
) -> Vec<(&'a OperationGroup, Vec<&'a Endpoint>)> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let found = matching(catalogue, |text, _| {
        words.iter().all(|word| text.contains(&**word))
    });
    if !found.is_empty() || words.is_empty() {
        return found;
    }
    matching(catalogue, |text, one| {
        let fields = names(catalogue, one);
        let in_field = |word: &String| {
            let mut fields = fields.iter();
            fields.any(|field| field.to_lowercase().contains(&**word))
        };
        words
            .iter()
            .all(|word| text.contains(&**word) || in_field(word))
    })
}

/// Returns the first field of an operation that a word of `search` is in, if its own names do not
/// contain the word.
pub fn matching_field<'a>(
    catalogue: &'a Catalogue,
    operation: &'a Endpoint,
    search: &str,
) -> Option<&'a str> {
    let group = catalogue
        .groups
        .iter()
        .find(|it| it.id == operation.group)?;
    let text = search_text(operation, group);
    let mut words = search.split_whitespace().map(str::to_lowercase);
    let word = words.find(|word| !text.contains(&**word))?;
    let fields = names(catalogue, operation).into_iter();
    fields
        .into_iter()
        .find(|field| field.to_lowercase().contains(&*word))
}

fn matching(
    catalogue: &Catalogue,
    is_match: impl Fn(&str, &Endpoint) -> bool,
) -> Vec<(&OperationGroup, Vec<&Endpoint>)> {
    let groups = catalogue.groups.iter().map(|group| {
        let own = catalogue
            .operations
            .iter()
            .filter(|one| one.group == group.id);
        let found = own.filter(|one| is_match(&search_text(one, group), one));
        (group, found.collect::<Vec<_>>())
    });
    groups.filter(|(_, found)| !found.is_empty()).collect()
}

fn search_text(operation: &Endpoint, group: &OperationGroup) -> String {
    let scopes = operation.scopes.join(" ");
    let parts = [
        &*operation.id,
        operation.method.as_str(),
        &operation.path,
        &operation.summary,
        &operation.note,
        &scopes,
        &group.title,
    ];
    parts.join(" ").to_lowercase()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tests::catalogue;

    fn ids(search: &str) -> Vec<&'static str> {
        let found = grouped(catalogue(), search).into_iter();
        found
            .flat_map(|(_, all)| all.into_iter().map(|one| &*one.id))
            .collect()
    }

    #[test]
    fn empty_search_lists_all_operations_by_group() {
        assert_eq!(ids("").len(), catalogue().operations.len());
        assert_eq!(grouped(catalogue(), " ").len(), catalogue().groups.len());
    }

    #[test]
    fn search_matches_names_paths_methods_and_descriptions() {
        assert_eq!(ids("getCompany"), ["getCompany"]);
        assert_eq!(ids("/v2/employees/{"), ["getEmployee"]);
        assert_eq!(
            ids("DELETE tag-groups/{groupid}"),
            ["deleteTagGroup", "deleteTagGroupDimension"]
        );
        assert!(ids("vendors:read").contains(&"searchVendors"));
        assert!(ids("no such thing").is_empty());
    }

    #[test]
    fn search_matches_fields_if_no_name_matches() {
        let found = ids("vendorBasedBookkeeping");
        assert!(found.contains(&"createExportJobV3"), "{found:?}");
        let one = catalogue().operation("createExportJobV3").unwrap();
        let field = matching_field(catalogue(), one, "vendorbased");
        assert_eq!(field, Some("vendorBasedBookkeeping"));
        assert_eq!(matching_field(catalogue(), one, "createExportJobV3"), None);
    }
}
