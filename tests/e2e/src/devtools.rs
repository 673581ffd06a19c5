//! Chromium's DevTools protocol without the driver: the vault's weight, and what a measurement needs.

use std::collections::VecDeque;
use std::fmt;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::Outcome;
use crate::browser::TestBrowser;

/// The objects in one of a program's tables. Another kind of table holds functions, as many always.
const HELD: &str = "Array.from({ length: one.length }, (_, at) => one.get(at)).filter((held) => held != null).length";

/// What the vault holds, with all rubbish collected. In bytes, but for the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Its name among the browser's targets: another one is another vault.
    pub vault: String,
    /// Its program's memory, which never shrinks.
    pub wasm: u64,
    /// What its JavaScript objects take.
    pub heap: u64,
    /// How many JavaScript objects its program holds: ports, promises, answers.
    pub held_request: u64,
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            wasm,
            heap,
            held_request,
            ..
        } = self;
        write!(
            f,
            "wasm {wasm} bytes, heap {heap} bytes, {held_request} objects held"
        )
    }
}

/// Weighs the one shared vault. Chromium only.
///
/// # Errors
///
/// If there is not exactly one, or if it cannot be asked.
pub async fn weigh(browser: &TestBrowser) -> Outcome<Weight> {
    let list = format!("http://{}/json/list", browser.debugger()?);
    let targets: Vec<Value> = reqwest::get(list).await?.json().await?;
    let mut vaults = targets
        .iter()
        .filter(|target| target["type"] == "shared_worker");
    let (Some(vault), None) = (vaults.next(), vaults.next()) else {
        return Err(format!("there is not one vault: {targets:#?}").into());
    };
    let text = |name: &str| vault[name].as_str().ok_or("a target without a name");
    let mut tools = Tools::open(text("webSocketDebuggerUrl")?).await?;
    tools.ask("HeapProfiler.collectGarbage", json!({})).await?;
    let usage = tools.ask("Runtime.getHeapUsage", json!({})).await?;
    Ok(Weight {
        vault: text("id")?.to_owned(),
        wasm: tools
            .sum("WebAssembly.Memory", "one.buffer.byteLength")
            .await?,
        heap: whole(&usage["usedSize"])?,
        held_request: tools.sum("WebAssembly.Table", HELD).await?,
    })
}

/// A connection to one target of the DevTools protocol: the browser, a page, a worker.
pub(crate) struct Tools {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    asked: u64,
    /// Events that came while an answer was waited for, the oldest first.
    events: VecDeque<Value>,
}

impl Tools {
    /// Connects to the target at this WebSocket address.
    pub(crate) async fn open(url: &str) -> Outcome<Self> {
        let (socket, _) = connect_async(url).await?;
        Ok(Self {
            socket,
            asked: 0,
            events: VecDeque::new(),
        })
    }

    /// Sends a command and returns its result.
    pub(crate) async fn ask(&mut self, what: &str, given: Value) -> Outcome<Value> {
        self.asked += 1;
        let question = json!({ "id": self.asked, "method": what, "params": given });
        self.socket
            .send(Message::text(question.to_string()))
            .await?;
        loop {
            let mut message = self.receive().await?;
            if message["id"] == self.asked {
                return match &message["error"] {
                    Value::Null => Ok(message["result"].take()),
                    error => Err(format!("{what}: {error}").into()),
                };
            }
            self.events.push_back(message);
        }
    }

    /// Waits for an event of this name for which `wanted` holds, and returns its parameters. Every
    /// event before it is dropped.
    pub(crate) async fn event(
        &mut self,
        name: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> Outcome<Value> {
        loop {
            let mut event = match self.events.pop_front() {
                Some(event) => event,
                None => self.receive().await?,
            };
            if event["method"] == name && wanted(&event["params"]) {
                return Ok(event["params"].take());
            }
        }
    }

    async fn receive(&mut self) -> Outcome<Value> {
        while let Some(message) = self.socket.next().await {
            if let Message::Text(text) = message? {
                return Ok(serde_json::from_str(&text)?);
            }
        }
        Err("the browser has closed the connection".into())
    }

    /// The sum of a number that each living object of a kind has.
    async fn sum(&mut self, kind: &str, number: &str) -> Outcome<u64> {
        let kind = json!({ "expression": format!("{kind}.prototype") });
        let prototype = self.ask("Runtime.evaluate", kind).await?;
        let these = json!({ "prototypeObjectId": prototype["result"]["objectId"] });
        let all = self.ask("Runtime.queryObjects", these).await?;
        let sum = json!({
            "objectId": all["objects"]["objectId"],
            "functionDeclaration":
                format!("function() {{ return this.reduce((sum, one) => sum + {number}, 0) }}"),
            "returnByValue": true,
        });
        let sum = self.ask("Runtime.callFunctionOn", sum).await?;
        whole(&sum["result"]["value"])
    }
}

fn whole(number: &Value) -> Outcome<u64> {
    number
        .as_u64()
        .ok_or_else(|| format!("no whole number: {number}").into())
}
