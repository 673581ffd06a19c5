//! Operations that change something at Pleo.

use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

use super::{ask_for_scope, facts, lines, open, run};

#[test]
fn write_requires_confirmation_and_an_unanswered_one_links_its_verifying_read() {
    let setup = StageSetup {
        // Firefox says that an answer was lost.
        console: &["Cross-Origin Request Blocked"],
        ..StageSetup::default()
    };
    play("api_write", setup, |stage| async move {
        stage.connect().await?;
        open(&stage, "op=activateMyInstallation").await?;
        let page = stage.page();
        let watched = SandboxFault::Slow {
            ms: 1,
            when: FaultWhen::Before,
        };
        let watched = watched
            .at(&[FaultPath::Api])
            .path("/v1/installations/me:activate");
        stage.sandbox.arm(watched, FaultTimes::Always).await?;
        page.click("Send").await?;
        page.wait_for_text("This will activate the installation at Pleo")
            .await?;
        page.click("Do not send").await?;
        assert_eq!(stage.sandbox.struck().await?.get("slow"), Some(&0));
        stage.sandbox.reset_faults().await?;
        let lost = SandboxFault::Lost {
            when: FaultWhen::After,
        };
        let lost = lost
            .at(&[FaultPath::Api])
            .path("/v1/installations/me:activate");
        // A browser may send it again by itself.
        stage.sandbox.arm(lost, FaultTimes::Always).await?;
        page.click("Send").await?;
        page.wait_for_text("Change data at Pleo?").await?;
        let script = "document.querySelector('dialog[open] button[type=submit]').click()";
        run(&stage, script).await?;
        page.alert("outcome_unknown").await?;
        let script = "document.querySelector('[data-code=outcome_unknown] a').click()";
        run(&stage, script).await?;
        page.wait_route("/api?op=getClientInstallation").await?;
        page.click("Send").await?;
        facts(&stage, "200 OK").await.map(drop)
    });
}

#[test]
fn irreversible_production_write_requires_the_company_name() {
    let setup = StageSetup {
        sandbox: SandboxSetup {
            config: Some(Box::new(|at| {
                let mut config = at.config();
                config["profiles"][0]["kind"] = json!("production");
                config
            })),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("api_production", setup, |stage| async move {
        stage.connect().await?;
        open(&stage, "op=deleteClientInstallation").await?;
        let page = stage.page();
        let script = "return document.querySelector('dialog[open] strong')?.innerText";
        // The name comes from Pleo, a moment after the operation is opened.
        let name = until("the company's name", PATIENCE, async || {
            run(
                &stage,
                "document.querySelector('dialog[open] button.quiet')?.click()",
            )
            .await?;
            page.click("Send").await?;
            let name = run(&stage, script).await?;
            Ok(name
                .as_str()
                .map(str::to_owned)
                .filter(|name| !name.contains("company ")))
        })
        .await?;
        let locked = "return document.querySelector('dialog[open] button[type=submit]').disabled";
        stage
            .browser
            .wait_for("the locked button", locked, vec![], true)
            .await?;
        page.fill("to confirm", &name).await?;
        until("the button", PATIENCE, async || {
            Ok((run(&stage, locked).await? == false).then_some(()))
        })
        .await
    });
}

#[test]
fn secrets_are_masked_until_revealed_and_not_stored() {
    play("api_secrets", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        // A subscription takes the scope of what its events are about.
        open(&stage, "op=getExportJobsListV3").await?;
        ask_for_scope(&stage).await?;
        open(&stage, "op=createSubscription").await?;
        page.click("JSON").await?;
        let body = json!({
            "endpointUrl": "https://hook.example/", "eventTypes": ["v1.export-job.created"],
            "customHeaders": {"X-Key": "telltale"},
        });
        let typed = "const it = document.querySelector('textarea.x-json'); it.value = arguments[0];
            it.dispatchEvent(new Event('input', { bubbles: true }))";
        stage
            .browser
            .run(typed, vec![json!(body.to_string())])
            .await?;
        page.click("Send").await?;
        page.wait_for_text("Change data at Pleo?").await?;
        run(
            &stage,
            "document.querySelector('dialog[open] button[type=submit]').click()",
        )
        .await?;
        facts(&stage, "200 OK").await?;
        let masked = until("the answer", PATIENCE, async || {
            let lines = lines(&stage).await?;
            let is_masked = lines.contains("X-Key") && lines.contains("••••");
            Ok(is_masked.then_some(lines))
        })
        .await?;
        assert!(!masked.contains("telltale"), "{masked}");
        page.click("Show secrets").await?;
        until("the secret", PATIENCE, async || {
            Ok(lines(&stage).await?.contains("telltale").then_some(()))
        })
        .await?;
        // The history fills the form in again, without it.
        let again = "document.querySelector('.x-history').open = true;
            document.querySelector('.x-history a').click()";
        run(&stage, again).await?;
        page.click("JSON").await?;
        let retained = until("the body", PATIENCE, async || {
            let text = run(
                &stage,
                "return document.querySelector('textarea.x-json')?.value",
            )
            .await?;
            Ok(text
                .as_str()
                .map(str::to_owned)
                .filter(|text| text.contains("hook.example")))
        })
        .await?;
        assert!(!retained.contains("telltale"), "{retained}");
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        until("nothing left", PATIENCE, async || {
            let visible_text = page.visible_text().await?;
            Ok(
                (!visible_text.contains("telltale") && !visible_text.contains("History"))
                    .then_some(()),
            )
        })
        .await
    });
}
