//! Operations that change something at Pleo.

use outlay_e2e::fault::{Fault, Place, Times, When};
use outlay_e2e::sandbox::Options;
use outlay_e2e::stage::{Setup, play};
use outlay_e2e::wait::{PATIENCE, until};
use serde_json::json;

use super::{ask_for_scope, facts, lines, open, run};

#[test]
fn a_write_asks_first_and_a_lost_one_leads_to_what_settles_it() {
    let setup = Setup {
        // Firefox says that an answer was lost.
        console: &["Cross-Origin Request Blocked"],
        ..Setup::default()
    };
    play("api_write", setup, |stage| async move {
        stage.connect().await?;
        open(&stage, "op=activateMyInstallation").await?;
        let page = stage.page();
        let watched = Fault::Slow {
            ms: 1,
            when: When::Before,
        };
        let watched = watched
            .at(&[Place::Api])
            .path("/v1/installations/me:activate");
        stage.sandbox.arm(watched, Times::Always).await?;
        page.click("Send").await?;
        page.wait_words("This will activate the installation at Pleo")
            .await?;
        page.click("Do not send").await?;
        assert_eq!(stage.sandbox.struck().await?.get("slow"), Some(&0));
        stage.sandbox.reset_faults().await?;
        let lost = Fault::Lost { when: When::After };
        let lost = lost.at(&[Place::Api]).path("/v1/installations/me:activate");
        // A browser may send it again by itself.
        stage.sandbox.arm(lost, Times::Always).await?;
        page.click("Send").await?;
        page.wait_words("Change something at Pleo?").await?;
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
fn what_cannot_be_undone_in_production_is_confirmed_by_the_company_s_name() {
    let setup = Setup {
        sandbox: Options {
            config: Some(Box::new(|at| {
                let mut config = at.config();
                config["profiles"][0]["kind"] = json!("production");
                config
            })),
            ..Options::default()
        },
        ..Setup::default()
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
        assert_eq!(run(&stage, locked).await?, true);
        page.fill("to confirm", &name).await?;
        until("the button", PATIENCE, async || {
            Ok((run(&stage, locked).await? == false).then_some(()))
        })
        .await
    });
}

#[test]
fn secrets_are_masked_until_asked_for_and_never_kept() {
    play("api_secrets", Setup::default(), |stage| async move {
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
        page.wait_words("Change something at Pleo?").await?;
        run(
            &stage,
            "document.querySelector('dialog[open] button[type=submit]').click()",
        )
        .await?;
        facts(&stage, "200 OK").await?;
        let masked = until("the answer", PATIENCE, async || {
            let lines = lines(&stage).await?;
            Ok(lines.contains("X-Key").then_some(lines))
        })
        .await?;
        assert!(
            !masked.contains("telltale") && masked.contains("••••"),
            "{masked}"
        );
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
        let kept = until("the body", PATIENCE, async || {
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
        assert!(!kept.contains("telltale"), "{kept}");
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        until("nothing left", PATIENCE, async || {
            let words = page.words().await?;
            Ok((!words.contains("telltale") && !words.contains("History")).then_some(()))
        })
        .await
    });
}
