//! What must come of a soak once the faults are over.

use std::time::Duration;

use super::Soak;
use super::act::is_live;
use super::plan::SoakChannel;
use crate::Outcome;
use crate::devtools::Weight;
use crate::wait::until;

/// Everything that was under way has come to something by then.
const SETTLES: Duration = Duration::from_secs(75);

/// So often all tabs call at once with a token that has just expired.
const EXPIRIES: usize = 3;

/// So many bytes more than when it was warm are no leak: connections, pages and what waits differ.
const MORE_WASM: u64 = 256 * 1024;
const MORE_HEAP: u64 = 1024 * 1024;
const MORE_HELD: u64 = 100;

impl Soak<'_> {
    /// Everything settles, and every tab lives or is one click away from it.
    pub(super) async fn settle(&mut self) -> Outcome {
        self.quiet().await?;
        for tab in self.tabs.opened() {
            self.tabs.go_to(tab).await?;
            self.wait_until_live().await?;
        }
        let before = self.tabs.outcomes();
        self.tabs.call(&["/v1/introspect"]).await?;
        self.quiet().await?;
        let after = &self.tabs.tally.outcomes;
        let answered = |outcome: &str| {
            let now = after.get(outcome).copied().unwrap_or_default();
            now - before[outcome].as_u64().unwrap_or_default()
        };
        let many = self.tabs.opened().len() as u64;
        if answered("200") < many {
            return Err(format!("{many} tabs live, and got from {before} to {after:?}").into());
        }
        // Now that no end comes to the help of a call that nobody answers.
        for _ in 0..EXPIRIES {
            self.stage.sandbox.expire().await?;
            let paths = ["/v1/introspect", "/v1/companies", "/v2/employees"];
            self.tabs.call(&paths).await?;
            self.quiet().await?;
        }
        Ok(())
    }

    /// Waits until no request of any tab is under way.
    pub(super) async fn quiet(&mut self) -> Outcome {
        let tabs = &mut self.tabs;
        until("every request to settle", SETTLES, async || {
            Ok((tabs.check_all().await? == 0).then_some(()))
        })
        .await
    }

    async fn wait_until_live(&self) -> Outcome {
        let page = self.stage.page();
        let session = until("active or over", SETTLES, async || {
            let session = page.session().await?;
            Ok(session.filter(|now| ["active", "ended", "signed-out"].contains(&&**now)))
        })
        .await?;
        if is_live(&session) {
            return Ok(());
        }
        let channel = SoakChannel {
            popup: true,
            company: 0,
            deny: false,
        };
        match self.sign_in(channel, false).await? {
            "live" => Ok(()),
            other => Err(format!("after one Reconnect of {session}: {other}").into()),
        }
    }
}

/// Whether the vault is still the same, and no bigger than it may be.
pub(super) fn grown(before: &Weight, after: &Weight) -> Outcome {
    if before.vault != after.vault {
        return Err("the vault is another one".into());
    }
    let rows = [
        ("wasm", before.wasm, after.wasm, MORE_WASM),
        ("heap", before.heap, after.heap, MORE_HEAP),
        (
            "hold on objects",
            before.held_request,
            after.held_request,
            MORE_HELD,
        ),
    ];
    for (what, before, after, more) in rows {
        if after > before + more {
            return Err(format!("the vault's {what} grew from {before} to {after}").into());
        }
    }
    Ok(())
}
