//! The operations that match a search, by group.

use outlay_pleo::catalogue::{Catalogue, Endpoint, OperationGroup};

/// The groups that still have an operation, each with those that contain every word of `search`:
/// in the name, the method, the path, the summary, a scope or the group's title.
pub fn grouped<'a>(
    catalogue: &'a Catalogue,
    search: &str,
) -> Vec<(&'a OperationGroup, Vec<&'a Endpoint>)> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let groups = catalogue.groups.iter().map(|group| {
        let own = catalogue
            .operations
            .iter()
            .filter(|one| one.group == group.id);
        let found = own.filter(|one| {
            let text = search_text(one, group);
            words.iter().all(|word| text.contains(word.as_str()))
        });
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
        &scopes,
        &group.title,
    ];
    parts.join(" ").to_lowercase()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
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
}
