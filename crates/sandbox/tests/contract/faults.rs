//! Server errors and missing scopes: documented for some operations,
//! possible for all.

use outlay_sandbox::api::catalogue::CATALOGUE;
use serde_json::{Value, json};

use crate::run::{ContractRun, UNKNOWN_UUID};

pub async fn play(run: &mut ContractRun) {
    let narrow = run.sandbox_server.token_for(0, &["test:test"]).await;
    for endpoint in &CATALOGUE.operations {
        let names = endpoint.path.split('{').skip(1);
        let names = names.filter_map(|rest| rest.split_once('}'));
        let given: Vec<(&str, &str)> = names.map(|(name, _)| (name, UNKNOWN_UUID)).collect();
        for status in endpoint.answers.iter().filter_map(|answer| answer.status) {
            let (order, token) = match status {
                500 | 502 => (json!({"fault": "status", "status": status}), &run.token),
                503 => (json!({"fault": "busy", "status": 503}), &run.token),
                403 => (Value::Null, &narrow),
                _ => continue,
            };
            let token = token.clone();
            if !order.is_null() {
                let mut order = order;
                let introspects = endpoint.id == "introspect";
                order["at"] = json!(if introspects { "introspection" } else { "api" });
                // Whatever the server would say, it has not been asked.
                if order["fault"] == "status" {
                    order["when"] = json!("before");
                }
                run.sandbox_server.once(order).await;
            }
            run.call_with(&token, status, &endpoint.id, &given, Value::Null)
                .await;
        }
    }
}
