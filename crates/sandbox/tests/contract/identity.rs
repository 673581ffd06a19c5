//! Who calls, the installation, the company and its people.

use serde_json::json;

use crate::run::{ContractRun, UNKNOWN_UUID};

pub async fn play(run: &mut ContractRun) {
    run.ask(200, "introspect", &[]).await;
    run.ask(400, "introspect", &[("colour", "red")]).await;
    installation(run).await;

    let (own, other) = (run.company(), run.sandbox_server.company(1).to_owned());
    run.ask(200, "searchCompanies", &[("limit", "5")]).await;
    run.ask(200, "getCompany", &[("companyId", &own)]).await;
    run.ask(403, "getCompany", &[("companyId", &other)]).await;
    run.ask(404, "getCompany", &[("companyId", UNKNOWN_UUID)])
        .await;
    let people = [("companyId", own.as_str()), ("sorting_keys", "lastName")];
    let staff = run.ask(200, "searchEmployees", &people).await;
    run.ask(403, "searchEmployees", &[("companyId", &other)])
        .await;
    let one = staff["data"][0]["id"].as_str().unwrap();
    run.ask(200, "getEmployee", &[("employeeId", one)]).await;
    run.ask(404, "getEmployee", &[("employeeId", UNKNOWN_UUID)])
        .await;
    let all = run.sandbox_server.sandbox.sample_data.employees();
    let foreign = all.iter().find(|one| one.company_id.as_str() == other);
    let foreign = foreign.unwrap().id.as_str().to_owned();
    run.ask(403, "getEmployee", &[("employeeId", &foreign)])
        .await;
}

async fn installation(run: &mut ContractRun) {
    let company = run.company();
    let own = [("company_id", company.as_str())];
    let found = run.ask(200, "getClientInstallation", &own).await;
    assert_eq!(found["status"], "ACTIVATED");
    let create = "createClientInstallation";
    run.call(400, create, &[], json!({})).await;
    let broken = json!({ "status": "ERROR", "errorCode": "AUTH_ERROR", "metadata": { "a": [1] } });
    let update = "updateClientInstallation";
    let updated = run.call(200, update, &[], broken).await;
    assert_eq!(
        (&updated["errorCode"], &updated["metadata"]["a"][0]),
        (&json!("AUTH_ERROR"), &json!(1))
    );
    let fine = json!({ "status": "ACTIVATED", "errorCode": "AUTH_ERROR" });
    run.call(400, update, &[], fine).await;
    run.call(400, update, &[], json!({ "status": "BROKEN" }))
        .await;
    let active = run.ask(200, "activateMyInstallation", &[]).await;
    assert_eq!(active["status"], "ACTIVATED");
    assert_eq!(active.get("errorCode"), None);
    run.ask(200, "completeInstallation", &[]).await;

    run.sandbox_server
        .once(json!({"fault": "no-installation"}))
        .await;
    for id in [
        "getClientInstallation",
        "activateMyInstallation",
        "completeInstallation",
    ] {
        run.ask(400, id, &[]).await;
    }
    run.ask(404, "deleteClientInstallation", &[]).await;
    let waiting = run.call(200, create, &[], json!({})).await;
    assert_eq!(waiting["status"], "AUTHORIZED");
}

/// At the end: every token of the company ends with it, and a new consent installs anew.
pub async fn leave(run: &mut ContractRun) {
    run.ask(204, "deleteClientInstallation", &[]).await;
    run.ask(401, "introspect", &[]).await;
    run.token = run.sandbox_server.token_for_all(0).await;
    let anew = run.ask(200, "getClientInstallation", &[]).await;
    assert_eq!(anew["status"], "ACTIVATED");
}
