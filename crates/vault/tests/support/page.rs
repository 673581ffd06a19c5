//! A page's end of a port.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::ArrayBuffer;
use outlay_vault::message::{
    Failure, FromVault, Hello, MESSAGE_VERSION, Phase, Record, Reply, Request, Snapshot, ToVault,
    Welcome,
};
use outlay_vault::port::{Listening, Port};

use super::{settle, start};

/// What has arrived and was not looked at yet, with its bytes.
type Inbox = Rc<RefCell<Vec<(FromVault, Option<ArrayBuffer>)>>>;

type Settled = Result<(Reply, Option<ArrayBuffer>), Failure>;

/// A page's end of a port.
pub struct Page {
    pub port: Port,
    inbox: Inbox,
    /// Everything that ever arrived, as text, to be searched for secrets.
    seen: RefCell<Vec<String>>,
    next: Cell<u32>,
    pub lock: String,
    _listening: Listening,
}

impl Page {
    pub fn at(port: Port, lock: String) -> Page {
        let inbox = Inbox::default();
        let received = inbox.clone();
        let listening = port.listen(move |message: Option<FromVault>, body| {
            received.borrow_mut().push((message.unwrap(), body));
        });
        Page {
            port,
            inbox,
            seen: RefCell::new(Vec::new()),
            next: Cell::new(0),
            lock,
            _listening: listening,
        }
    }

    pub async fn hello(&self) -> Welcome {
        self.say_hello();
        self.welcome().await.expect("a welcome")
    }

    /// Says hello and does not wait for the welcome.
    pub fn say_hello(&self) {
        let hello = Hello {
            version: MESSAGE_VERSION,
            lock: self.lock.clone(),
        };
        self.port.send(&ToVault::Hello(hello), None);
    }

    /// The welcome, if it has arrived.
    pub async fn welcome(&self) -> Option<Welcome> {
        settle().await;
        match self.take(|message| matches!(message, FromVault::Welcome(_)))? {
            (FromVault::Welcome(welcome), _) => Some(welcome),
            _ => None,
        }
    }

    /// Sends a request and gives its id.
    pub fn send(&self, request: Request) -> u32 {
        let id = self.next.get();
        self.next.set(id + 1);
        self.port.send(&ToVault::Request { id, request }, None);
        id
    }

    pub async fn reply(&self, id: u32) -> Settled {
        self.try_reply(id).await.expect("a reply")
    }

    pub async fn try_reply(&self, id: u32) -> Option<Settled> {
        settle().await;
        let mine =
            |message: &FromVault| matches!(message, FromVault::Reply { id: it, .. } if *it == id);
        match self.take(mine)? {
            (FromVault::Reply { result, .. }, body) => Some(result.map(|reply| (reply, body))),
            _ => None,
        }
    }

    /// Gives a request up.
    pub fn cancel(&self, id: u32) {
        self.port.send(&ToVault::Cancel { id }, None);
    }

    /// Takes the lines of the record that have arrived.
    pub fn record(&self) -> Vec<Record> {
        let mut lines = Vec::new();
        while let Some((FromVault::Event(line), _)) =
            self.take(|message| matches!(message, FromVault::Event(_)))
        {
            lines.push(line);
        }
        lines
    }

    /// Asks and waits for what is answered without the network.
    pub async fn ask(&self, request: Request) -> Settled {
        let id = self.send(request);
        self.reply(id).await
    }

    pub async fn code(&self, request: Request) -> String {
        match self.ask(request).await {
            Err(failure) => failure.code,
            Ok((reply, _)) => panic!("{reply:?}"),
        }
    }

    /// Begins a sign-in and gives its `state`.
    pub async fn start(&self) -> String {
        let reply = self
            .ask(start("sandbox", None, &["companies:read", "users:read"]))
            .await;
        match reply.unwrap().0 {
            Reply::Authorize { stored, .. } => stored.expect("a copy").state,
            other => panic!("{other:?}"),
        }
    }

    /// The newest state that the vault has told.
    pub async fn snapshot(&self) -> Snapshot {
        settle().await;
        let mut newest = None;
        while let Some((FromVault::State(snapshot), _)) =
            self.take(|message| matches!(message, FromVault::State(_)))
        {
            newest = Some(snapshot);
        }
        newest.expect("a state")
    }

    pub async fn phase(&self) -> Phase {
        self.snapshot()
            .await
            .connections
            .last()
            .expect("a connection")
            .phase
            .clone()
    }

    /// What has arrived and was not taken: `state`, `reply` or `other`, in order.
    pub async fn order(&self) -> Vec<String> {
        settle().await;
        let kind = |message: &FromVault| match message {
            FromVault::State(_) => "state",
            FromVault::Reply { .. } => "reply",
            _ => "other",
        };
        let inbox = self.inbox.borrow();
        inbox
            .iter()
            .map(|(message, _)| kind(message).to_owned())
            .collect()
    }

    /// Whether the vault said that this page is of another build.
    pub async fn mismatched(&self) -> bool {
        settle().await;
        self.take(|message| matches!(message, FromVault::Mismatch { .. }))
            .is_some()
    }

    pub async fn silent(&self) -> bool {
        settle().await;
        self.inbox.borrow().is_empty()
    }

    /// Everything that arrived, bodies and their bytes included.
    pub fn everything(&self) -> String {
        let inbox = self.inbox.borrow();
        let waiting = inbox
            .iter()
            .map(|(message, body)| as_text(message, body.as_ref()));
        self.seen.borrow().iter().cloned().chain(waiting).collect()
    }

    fn take(
        &self,
        wanted: impl Fn(&FromVault) -> bool,
    ) -> Option<(FromVault, Option<ArrayBuffer>)> {
        let mut inbox = self.inbox.borrow_mut();
        let at = inbox.iter().position(|(message, _)| wanted(message))?;
        let (message, body) = inbox.remove(at);
        self.seen
            .borrow_mut()
            .push(as_text(&message, body.as_ref()));
        Some((message, body))
    }
}

fn as_text(message: &FromVault, body: Option<&ArrayBuffer>) -> String {
    let bytes = body.map(outlay_vault::port::bytes).unwrap_or_default();
    format!("{message:?} {}", String::from_utf8_lossy(&bytes))
}
