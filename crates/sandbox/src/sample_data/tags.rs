//! Tag groups with their dimensions, tags and the values of the tags.

use serde_json::{Value, json};

use crate::sample_data::ids::Ids;
use crate::sample_data::rng::SeededRng;

/// The tag data of a company, as API JSON.
#[derive(Debug, Default)]
pub struct Tags {
    /// Tag groups, in the order of the API's list.
    pub groups: Vec<Value>,
    /// Dimensions other than name and code.
    pub dimensions: Vec<Value>,
    /// Tags of all groups.
    pub tags: Vec<Value>,
    /// Values of the tags in [`Tags::dimensions`].
    pub values: Vec<Value>,
}

struct SampleTagGroup {
    code: &'static str,
    name: &'static str,
    /// The dimension beyond name and code.
    dimension: [&'static str; 2],
    archived: bool,
    /// Name and value of each tag.
    tags: &'static [[&'static str; 2]],
}

/// The first two are those that entries have, six tags each; then one that is archived.
const GROUPS: [SampleTagGroup; 3] = [
    SampleTagGroup {
        code: "PROJECT",
        name: "Project",
        dimension: ["client", "Client"],
        archived: false,
        tags: &[
            ["Harbour pavilion", "Havnekontoret"],
            ["Lamp series four", "Lysværket"],
            ["Winter catalogue", "Own account"],
            ["Trade fair stand", "Own account"],
            ["Reading chair", "Biblioteket Øst"],
            ["Packaging study", "Kornmøllen"],
            ["Bicycle shed", "Havnekontoret"],
        ],
    },
    SampleTagGroup {
        code: "COST_CENTRE",
        name: "Cost centre",
        dimension: ["manager", "Manager"],
        archived: false,
        tags: &[
            ["Administration", "Office"],
            ["Design", "Studio"],
            ["Production", "Workshop"],
            ["Sales", "Office"],
            ["Marketing", "Office"],
            ["Logistics", "Workshop"],
        ],
    },
    SampleTagGroup {
        code: "SEASON",
        name: "Season",
        dimension: ["year", "Year"],
        archived: true,
        tags: &[["Spring", "2024"], ["Autumn", "2024"]],
    },
];

/// Makes the tag data of a company. Tags that no entry uses are archived.
pub fn make(company: &str, stamp: &str, ids: &Ids, rng: &mut SeededRng) -> Tags {
    let mut all = Tags::default();
    for (at, group) in GROUPS.iter().enumerate() {
        let (id, tag_ids) = match ids.tags.get(at) {
            Some((id, tags)) => (id.clone(), tags.as_slice()),
            None => (rng.uuid(), &[][..]),
        };
        let dimension = rng.uuid();
        all.groups.push(json!({
            "id": id, "companyId": company, "code": group.code, "name": group.name,
            "archived": group.archived, "metadata": { "origin": "ledger" },
            "createdAt": stamp, "updatedAt": stamp,
        }));
        let [code, name] = group.dimension;
        all.dimensions.push(json!({
            "id": dimension, "groupId": id, "code": code, "name": name, "displayOrder": 3,
            "visible": true, "createdAt": stamp, "updatedAt": stamp,
        }));
        for (at, [name, value]) in group.tags.iter().enumerate() {
            let known = tag_ids.get(at);
            let tag = known.cloned().unwrap_or_else(|| rng.uuid());
            let archived = known.is_none() && !tag_ids.is_empty();
            all.tags.push(json!({
                "id": tag, "groupId": id, "code": format!("{}-{:02}", group.code, at + 1),
                "name": name, "archived": archived, "createdAt": stamp, "updatedAt": stamp,
            }));
            all.values.push(json!({
                "tagId": tag, "dimensionId": dimension, "value": value,
                "createdAt": stamp, "updatedAt": stamp,
            }));
        }
    }
    all
}
