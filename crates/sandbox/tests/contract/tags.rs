//! Tag groups, dimensions, tags and their values.

use outlay_sandbox::api::tags::MOST_TAGS;
use serde_json::{Value, json};

use crate::run::{ContractRun, UNKNOWN_UUID, id};

pub async fn play(run: &mut ContractRun) {
    let group = groups(run).await;
    let dimension = dimensions(run, &group).await;
    let tag = single(run, &group).await;
    values(run, &tag, &dimension).await;
    many(run, &group).await;
    aggregations(run, &group).await;
    full(run, &group).await;
    run.ask(204, "deleteTag", &[("tagId", &tag)]).await;
    run.ask(404, "getTag", &[("tagId", &tag)]).await;
    let own = [
        ("groupId", group.as_str()),
        ("dimensionId", dimension.as_str()),
    ];
    run.ask(204, "deleteTagGroupDimension", &own).await;
    run.ask(204, "deleteTagGroup", &own[..1]).await;
    for id in [
        "getTagGroup",
        "getTagGroupDimensions",
        "getTags",
        "deleteTagGroup",
    ] {
        run.ask(404, id, &own[..1]).await;
    }
}

async fn groups(run: &mut ContractRun) -> String {
    let company = run.company();
    let own = ("company_id", company.as_str());
    let live = run
        .ask(200, "getTagGroups", &[own, ("include_tags_count", "true")])
        .await;
    let rows = live["data"].as_array().unwrap().clone();
    assert_eq!((rows.len(), &rows[0]["totalTagsCount"]), (2, &json!(7)));
    let all = run
        .ask(200, "getTagGroups", &[own, ("include_archived", "true")])
        .await;
    assert_eq!(all["data"].as_array().unwrap().len(), 3);
    run.ask(400, "getTagGroups", &[]).await;
    let other = run.sandbox_server.company(1).to_owned();
    // The company wins where both are given.
    let both = [own, ("organization_id", UNKNOWN_UUID)];
    run.ask(200, "getTagGroups", &both).await;
    run.ask(403, "getTagGroups", &[("company_id", &other)])
        .await;

    let wanted = json!({ "archived": false, "code": "CLIENT", "name": "Client" });
    let group = id(&run
        .call(201, "createTagGroup", &[own], wanted.clone())
        .await);
    run.call(409, "createTagGroup", &[own], wanted).await;
    let given = [("groupId", group.as_str())];
    run.ask(200, "getTagGroup", &given).await;
    let changed =
        json!({ "archived": false, "code": "CLIENT", "name": "Client", "metadata": { "a": "b" } });
    let changed = run.call(200, "updateTagGroup", &given, changed).await;
    assert_eq!(changed["data"]["metadata"]["a"], "b");
    group
}

async fn dimensions(run: &mut ContractRun, group: &str) -> String {
    let given = ("groupId", group);
    let empty = run.ask(200, "getTagGroupDimensions", &[given]).await;
    assert_eq!(empty["data"], json!([]));
    let wanted = json!({ "code": "city", "name": "City", "visible": true, "displayOrder": 1 });
    let create = "createTagGroupDimension";
    let made = run.call(201, create, &[given], wanted.clone()).await;
    // The place that was asked for is ignored: code and name come first.
    assert_eq!(made["data"]["displayOrder"], 3);
    run.call(409, create, &[given], wanted.clone()).await;
    for standard in ["name", "code"] {
        let mut wrong = wanted.clone();
        wrong["code"] = json!(standard);
        run.call(409, create, &[given], wrong).await;
    }
    let dimension = id(&made);
    let both = [given, ("dimensionId", dimension.as_str())];
    run.ask(200, "getTagGroupDimension", &both).await;
    let hidden = json!({ "code": "town", "name": "Town", "visible": false });
    run.call(200, "updateTagGroupDimension", &both, hidden.clone())
        .await;
    // The standard ones are found in an aggregation, read by id, and cannot be changed.
    let ids = [("tag_group_ids", group)];
    let shown = run.ask(200, "getAggregatedTagGroups", &ids).await;
    let all = shown["data"][0]["dimensions"].as_array().unwrap().clone();
    let codes: Vec<&Value> = all.iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, ["code", "name", "town"]);
    let standard = [given, ("dimensionId", all[0]["id"].as_str().unwrap())];
    run.ask(200, "getTagGroupDimension", &standard).await;
    run.call(400, "updateTagGroupDimension", &standard, hidden)
        .await;
    run.ask(400, "deleteTagGroupDimension", &standard).await;
    run.ask(
        404,
        "getTagGroupDimension",
        &[given, ("dimensionId", UNKNOWN_UUID)],
    )
    .await;
    dimension
}

async fn single(run: &mut ContractRun, group: &str) -> String {
    let given = [("groupId", group)];
    let wanted = json!({ "archived": false, "code": "C1", "name": "Havnen", "otherDimensionValues": ["Aarhus"] });
    let tag = id(&run.call(201, "createTag", &given, wanted.clone()).await);
    run.call(409, "createTag", &given, wanted).await;
    let much = json!({ "archived": false, "code": "C2", "otherDimensionValues": ["a", "b"] });
    run.call(400, "createTag", &given, much).await;
    let second = json!({ "archived": true, "code": "C2" });
    let second = id(&run.call(201, "createTag", &given, second).await);
    let live = run.ask(200, "getTags", &given).await;
    assert_eq!(live["pagination"]["total"], 1);
    let all = run
        .ask(200, "getTags", &[given[0], ("include_archived", "true")])
        .await;
    assert_eq!(all["pagination"]["total"], 2);
    run.ask(200, "getTag", &[("tagId", &tag)]).await;
    let renamed = json!({ "archived": false, "code": "C1", "name": "Havnen Nord" });
    run.call(200, "updateTag", &[("tagId", &tag)], renamed.clone())
        .await;
    run.call(409, "updateTag", &[("tagId", &second)], renamed.clone())
        .await;
    run.call(404, "updateTag", &[("tagId", UNKNOWN_UUID)], renamed)
        .await;
    tag
}

async fn values(run: &mut ContractRun, tag: &str, dimension: &str) {
    let own = ("tagId", tag);
    let both = [own, ("dimensionId", dimension)];
    let listed = run.ask(200, "getTagDimensionValues", &[own]).await;
    assert_eq!(listed["data"][0]["value"], "Aarhus");
    run.ask(200, "getDimensionValue", &both).await;
    let value = json!({ "value": "Odense" });
    run.call(409, "createDimensionValue", &both, value.clone())
        .await;
    let changed = run
        .call(200, "updateDimensionValue", &both, value.clone())
        .await;
    assert_eq!(changed["data"]["value"], "Odense");
    let gone = run.ask(200, "deleteDimensionValue", &both).await;
    assert_eq!(gone["data"]["value"], "Odense");
    for id in ["getDimensionValue", "deleteDimensionValue"] {
        run.ask(404, id, &both).await;
    }
    run.call(404, "updateDimensionValue", &both, value.clone())
        .await;
    run.call(201, "createDimensionValue", &both, value.clone())
        .await;
    run.call(
        404,
        "createDimensionValue",
        &[own, ("dimensionId", UNKNOWN_UUID)],
        value,
    )
    .await;
}

async fn many(run: &mut ContractRun, group: &str) {
    let company = run.company();
    let found = [("text_search", "NORD"), ("tag_group_id", group)];
    let found = run.ask(200, "searchTagsGet", &found).await;
    let tag = found["data"][0]["id"].clone();
    assert_eq!(found["pagination"]["total"], 1);
    for (body, count) in [
        (json!({ "tagGroupIds": [group] }), 1),
        (
            json!({ "tagGroupIds": [group], "includeArchived": true }),
            2,
        ),
        (json!({ "tagGroupIds": [group], "archived": true }), 1),
        (
            json!({ "tagIds": [tag], "archived": true, "includeArchived": true }),
            0,
        ),
        (json!({ "textSearch": "havnen" }), 1),
    ] {
        let page = run.call(200, "searchTagsPost", &[], body.clone()).await;
        assert_eq!(page["pagination"]["total"], count, "{body}");
        let page = run
            .call(200, "searchAggregatedTags", &[], body.clone())
            .await;
        assert_eq!(page["pagination"]["total"], count, "{body}");
    }
    let archive = |ids: &Value| json!({ "companyId": company, "tagIds": ids, "archived": true });
    let done = run
        .call(200, "bulkArchiveTags", &[], archive(&json!([tag])))
        .await;
    assert_eq!(done["data"][0]["archived"], true);
    let partly = json!([tag, UNKNOWN_UUID]);
    run.call(404, "bulkArchiveTags", &[], archive(&partly))
        .await;
    run.call(400, "bulkArchiveTags", &[], archive(&json!([])))
        .await;
    let many = vec![UNKNOWN_UUID; 101];
    run.call(400, "bulkArchiveTags", &[], archive(&json!(many)))
        .await;

    let new = json!({ "archived": false, "code": "GONE" });
    let new = id(&run.call(201, "createTag", &[("groupId", group)], new).await);
    let delete = |ids: Value| json!({ "companyId": company, "tagIds": ids });
    run.call(
        404,
        "bulkDeleteTags",
        &[],
        delete(json!([new, UNKNOWN_UUID])),
    )
    .await;
    run.ask(200, "getTag", &[("tagId", &new)]).await;
    run.call(204, "bulkDeleteTags", &[], delete(json!([new])))
        .await;
    run.ask(404, "getTag", &[("tagId", &new)]).await;
}

async fn aggregations(run: &mut ContractRun, group: &str) {
    let company = run.company();
    let given = [("company_id", company.as_str())];
    let wanted = json!({ "tagGroupIds": [group], "includeArchived": true });
    let page = run.call(200, "searchAggregatedTags", &given, wanted).await;
    let row = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["code"] == "C1");
    let row = row.unwrap();
    assert_eq!(row["group"]["code"], "CLIENT");
    let values = row["dimensions"].as_array().unwrap().iter();
    let values: Vec<&Value> = values.map(|one| &one["value"]).collect();
    assert_eq!(values, ["C1", "Havnen Nord", "Odense"]);
}

async fn full(run: &mut ContractRun, group: &str) {
    let given = [("groupId", group), ("include_archived", "true")];
    let now = run.ask(200, "getTags", &given).await;
    let now = now["pagination"]["total"].as_u64().unwrap() as usize;
    for at in now..MOST_TAGS {
        let tag = json!({ "archived": false, "code": format!("N{at}") });
        run.call(201, "createTag", &given[..1], tag).await;
    }
    let refused = json!({ "archived": false, "code": "one too many" });
    let refused = run.call(400, "createTag", &given[..1], refused).await;
    assert_eq!(refused["type"], "TAG_GROUP_FULL");
}
