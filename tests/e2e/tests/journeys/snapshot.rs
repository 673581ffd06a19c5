//! Snapshots: saved from the entries, opened without a sign-in, damaged, encrypted, and compared.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use outlay_e2e::fault::{FaultPath, FaultTimes, SandboxFault};
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use outlay_e2e::{Outcome, files};
use serde_json::json;

use super::entries::{sums, thousandths, totals};

const SEARCH: &str = "/v1/accounting-entries:search";

/// Where the first part begins: after the prologue and the list of parts.
fn first_part(file: &[u8]) -> usize {
    let parts = u32::from_le_bytes([file[12], file[13], file[14], file[15]]);
    64 + 40 * parts as usize
}

fn setup() -> StageSetup {
    StageSetup {
        deadline: Some(Duration::from_secs(120)),
        before_load: Some(files::KEEP),
        sandbox: SandboxSetup {
            entries: Some(90),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    }
}

/// Opens the entries whole, filters them, and saves a snapshot of what matches.
async fn save(stage: &Stage, filter: &str, passphrase: &str) -> Outcome<Vec<u8>> {
    let page = stage.page();
    page.open("/entries").await?;
    page.rows().await?;
    page.wait_for_text("entries, all loaded").await?;
    page.fill("Search", filter).await?;
    page.click("Snapshot").await?;
    page.wait_for_button("Save snapshot").await?;
    if !passphrase.is_empty() {
        page.fill("Passphrase (optional)", passphrase).await?;
    }
    page.click("Save snapshot").await?;
    page.wait_for_text("Note it elsewhere").await?;
    files::saved_workbook(&stage.browser).await
}

/// Gives a file to the field of this label: drops it there, or chooses it.
async fn give(stage: &Stage, label: &str, file: &[u8], drops: bool) -> Outcome {
    let script = "const [label, base64, drops] = arguments;
        const field = [...document.querySelectorAll('label')].find((it) => it.innerText.includes(label));
        if (!field) return false;
        const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'a.outlay'));
        if (drops) field.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        else { const input = field.querySelector('input'); input.files = data.files; input.dispatchEvent(new Event('change', { bubbles: true })); }
        return true";
    let base64 = STANDARD.encode(file);
    until("the field for a file", PATIENCE, async || {
        let arguments = vec![json!(label), json!(base64), json!(drops)];
        Ok((stage.browser.run(script, arguments).await? == true).then_some(()))
    })
    .await
}

const FIELD: &str = "Snapshot file";

#[test]
fn snapshot_opens_without_sign_in_or_request_and_names_what_was_changed() {
    play("snapshot_opens", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let plain = save(&stage, "amount>10 spend", "").await?;
        let shown = (page.row_count().await?, totals(&stage).await?);
        let locked = save(&stage, "amount>10 spend", "correct horse").await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        page.open("/snapshot").await?;
        page.wait_session("signed-out").await?;
        let before = stage.sandbox.counters().await?.api;

        for (file, drops) in [(&plain, true), (&locked, false)] {
            give(&stage, FIELD, file, drops).await?;
            if !drops {
                page.wait_for_text("is encrypted").await?;
                page.fill("Passphrase", "wrong").await?;
                page.click("Open").await?;
                page.wait_for_text("does not open this snapshot").await?;
                page.fill("Passphrase", "correct horse").await?;
                page.click("Open").await?;
            }
            page.wait_for_text("verified, read only").await?;
            page.rows().await?;
            assert_eq!((page.row_count().await?, totals(&stage).await?), shown);
            files::save_entries(&stage.browser).await?;
            let csv = files::saved(&stage.browser).await?;
            let exact: Vec<_> = shown
                .1
                .iter()
                .map(|(code, sum)| (code.clone(), thousandths(sum)))
                .collect();
            assert_eq!(sums(&csv)?.into_iter().collect::<Vec<_>>(), exact);
            page.fill("Search", "account:nothing-has-this-name").await?;
            until("no row", PATIENCE, async || {
                Ok((page.row_count().await? == 0).then_some(()))
            })
            .await?;
            page.fill("Search", "").await?;
            until("the address without the search", PATIENCE, async || {
                Ok((!page.route().await?.contains("q=")).then_some(()))
            })
            .await?;
            page.click("Close snapshot").await?;
            page.wait_for_text(FIELD).await?;
            assert!(!page.visible_text().await?.contains("verified, read only"));
        }

        let parts = first_part(&plain);
        let flipped = |at: usize| {
            let mut file = plain.clone();
            file[at] ^= 4;
            file
        };
        let last = plain.len() - 1;
        for (file, code) in [
            (flipped(30), "prologue_changed"),
            (flipped(70), "part_list_changed"),
            (flipped(parts), "part_changed"),
            (flipped(last), "part_changed"),
            (plain[..last].to_vec(), "truncated"),
            (b"date,amount".to_vec(), "not_a_snapshot"),
        ] {
            give(&stage, FIELD, &file, true).await?;
            page.alert(code).await?;
        }
        assert_eq!(stage.sandbox.counters().await?.api, before);
        let stored = "return localStorage.length + sessionStorage.length";
        assert_eq!(stage.browser.run(stored, vec![]).await?, json!(0));
        Ok(())
    });
}

#[test]
fn comparison_lists_the_changes_and_leaves_with_the_connection_but_the_file_stays() {
    play("snapshot_compares", setup(), |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let earlier = save(&stage, "", "").await?;
        let changed = SandboxFault::patch(&[
            ("/data/0/note", r#""another note""#),
            ("/data/1/receiptIds", "[]"),
            ("/data/1/status", r#""ERROR""#),
        ]);
        let changed = changed.at(&[FaultPath::Api]).path(SEARCH);
        stage.sandbox.arm(changed, FaultTimes::Always).await?;
        let later = save(&stage, "", "").await?;

        page.open("/snapshot").await?;
        give(&stage, FIELD, &earlier, false).await?;
        page.wait_for_text("verified, read only").await?;
        page.click("What changed since").await?;
        for with_pleo in [false, true] {
            match with_pleo {
                true => page.click("Compare with Pleo now").await?,
                false => give(&stage, "Later snapshot", &later, false).await?,
            }
            let visible = page.wait_for_text("2 entries changed").await?;
            for kind in ["Status", "Other details"] {
                assert!(visible.contains(kind), "{visible}");
            }
            page.click("Save changes as CSV").await?;
            let csv = files::saved(&stage.browser).await?;
            assert!(csv.contains("another note"), "{csv}");
        }
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        let visible = page.wait_for_text("The comparison was dropped").await?;
        assert!(visible.contains("verified, read only"), "{visible}");
        Ok(())
    });
}
