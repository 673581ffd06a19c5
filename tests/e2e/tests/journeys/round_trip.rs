//! What it costs to ask the vault instead of the network.

use outlay_e2e::stage::{StageSetup, play};

/// 201 times in milliseconds, the shortest first, from a question to the answer that the vault gives
/// without asking anybody else. Each is the tenth part of ten in a row: Firefox tells whole
/// milliseconds only.
const ROUND_TRIPS: &str = r#"
    const [done] = arguments;
    const port = window.__audit.ports[0];
    const id = 3_000_000_000;
    const question = [JSON.stringify({ request: { id, request: { retry_now: { connection: "none" } } } })];
    const times = [];
    let asked;
    let round = 0;
    const ask = () => {
        if (round === 0) asked = performance.now();
        port.postMessage(question);
    };
    port.addEventListener("message", ({ data }) => {
        const now = performance.now();
        if (JSON.parse(data[0]).reply?.id !== id) return;
        round = (round + 1) % 10;
        if (round === 0) times.push((now - asked) / 10);
        if (times.length < 201) ask();
        else done(times.sort((one, other) => one - other));
    });
    ask();
"#;

/// A tenth of a millisecond where nothing else runs. On a busy machine many take longer: what the way
/// itself costs shows in the quick ones.
#[test]
fn vault_round_trip_is_fast() {
    play("round_trips", StageSetup::default(), |stage| async move {
        stage.connect().await?;
        stage.page().wait_for_text("entries loaded").await?;
        let times = stage.browser.run_async(ROUND_TRIPS, vec![]).await?;
        let times: Vec<f64> = serde_json::from_value(times)?;
        assert!(times[20] < 1.0, "{times:?}");
        Ok(())
    });
}
