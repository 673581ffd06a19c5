//! Every operation of Pleo's document, driven against a sandbox: covered is one that gave every
//! documented answer, its success and each of its errors, and whose every answer is of the documented
//! shape, by a validator that knows nothing of this workspace, and survives its model.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed step should stop the test

#[path = "../common/mod.rs"]
mod common;

mod entries;
mod exports;
mod faults;
mod identity;
mod ledger;
mod models;
mod oracle;
mod run;
mod subscriptions;
mod tags;

use run::ContractRun;

#[tokio::test]
async fn every_operation_responds_as_documented() {
    let mut run = ContractRun::start().await;
    identity::play(&mut run).await;
    subscriptions::play(&mut run).await;
    entries::play(&mut run).await;
    tags::play(&mut run).await;
    ledger::play(&mut run).await;
    exports::play(&mut run).await;
    faults::play(&mut run).await;
    identity::leave(&mut run).await;
    let missing = run.missing();
    let all = run.operations();
    println!("operations covered {} / {all}", all - missing.len());
    assert!(missing.is_empty(), "not covered: {missing:#?}");
    assert_eq!(all, 76);
}
