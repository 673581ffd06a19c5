//! A page's end of a port.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use outlay_vault::message::Authorization;
use outlay_vault::message::{
    ConnectionPhase, Failure, FromVault, MESSAGE_VERSION, RecordLine, Snapshot, ToVault,
    VaultHello, VaultReply, VaultRequest, Welcome,
};
use outlay_vault::worker::io::PagePort;

use super::{Pool, start};

/// A message, with its bytes.
type ReceivedMessages = (FromVault, Option<Vec<u8>>);

type SettledReply = Result<(VaultReply, Option<Vec<u8>>), Failure>;

type Receive = Box<dyn Fn(Option<ToVault>)>;

/// A port in memory; messages cross it as JSON text.
#[derive(Default)]
pub struct TestPort {
    receive: RefCell<Option<Receive>>,
    /// What has arrived and was not taken yet.
    inbox: RefCell<Vec<ReceivedMessages>>,
}

impl PagePort for TestPort {
    fn listen(&self, receive: Box<dyn Fn(Option<ToVault>)>) {
        *self.receive.borrow_mut() = Some(receive);
    }

    fn send(&self, message: &str, body: Option<&[u8]>) {
        let message = outlay_wire::from_text(message).expect("a message");
        self.inbox
            .borrow_mut()
            .push((message, body.map(<[u8]>::to_vec)));
    }
}

/// A page's end of a port.
pub struct TestPage {
    pub port: Rc<TestPort>,
    pool: Pool,
    /// Everything that was taken, as text, to be searched for secrets.
    seen: RefCell<Vec<String>>,
    next: Cell<u32>,
    pub lock: String,
}

impl TestPage {
    pub fn new(pool: Pool, lock: String) -> TestPage {
        TestPage {
            port: Rc::default(),
            pool,
            seen: RefCell::new(Vec::new()),
            next: Cell::new(0),
            lock,
        }
    }

    pub fn post(&self, message: &ToVault) {
        self.post_text(&outlay_wire::to_text(message));
    }

    /// As a browser does, runs what is due before a message is delivered.
    pub fn post_text(&self, json: &str) {
        self.settle();
        let receive = self.port.receive.borrow();
        receive.as_ref().expect("a listener")(outlay_wire::from_text(json));
    }

    fn settle(&self) {
        self.pool.borrow_mut().run_until_stalled();
    }

    pub fn hello(&self) -> Welcome {
        self.say_hello();
        self.welcome().expect("a welcome")
    }

    /// Says hello and does not wait for the welcome.
    pub fn say_hello(&self) {
        let hello = VaultHello {
            version: MESSAGE_VERSION,
            lock: self.lock.clone(),
        };
        self.post(&ToVault::Hello(hello));
    }

    /// The welcome, if it has arrived.
    pub fn welcome(&self) -> Option<Welcome> {
        self.settle();
        match self.take(|message| matches!(message, FromVault::Welcome(_)))? {
            (FromVault::Welcome(welcome), _) => Some(welcome),
            _ => None,
        }
    }

    /// Sends a request and gives its id.
    pub fn send(&self, request: VaultRequest) -> u32 {
        let id = self.next.get();
        self.next.set(id + 1);
        self.post(&ToVault::Request { id, request });
        id
    }

    pub fn reply(&self, id: u32) -> SettledReply {
        self.try_reply(id).expect("a reply")
    }

    pub fn try_reply(&self, id: u32) -> Option<SettledReply> {
        self.settle();
        let mine =
            |message: &FromVault| matches!(message, FromVault::Reply { id: it, .. } if *it == id);
        match self.take(mine)? {
            (FromVault::Reply { result, .. }, body) => Some(result.map(|reply| (reply, body))),
            _ => None,
        }
    }

    /// Gives a request up.
    pub fn cancel(&self, id: u32) {
        self.post(&ToVault::Cancel { id });
    }

    /// Takes the lines of the record that have arrived.
    pub fn record(&self) -> Vec<RecordLine> {
        let mut lines = Vec::new();
        while let Some((FromVault::Event(line), _)) =
            self.take(|message| matches!(message, FromVault::Event(_)))
        {
            lines.push(line);
        }
        lines
    }

    /// Asks and waits for what is answered without the network.
    pub fn ask(&self, request: VaultRequest) -> SettledReply {
        let id = self.send(request);
        self.reply(id)
    }

    pub fn code(&self, request: VaultRequest) -> &'static str {
        match self.ask(request) {
            Err(failure) => failure.code.word(),
            Ok((reply, _)) => panic!("{reply:?}"),
        }
    }

    /// Begins a sign-in and gives its `state`.
    pub fn start(&self) -> String {
        let reply = self.ask(start("sandbox", None, &["companies:read", "users:read"]));
        match reply.unwrap().0 {
            VaultReply::Authorize(Authorization { stored, .. }) => stored.expect("a copy").state,
            other => panic!("{other:?}"),
        }
    }

    /// The newest state that the vault sent.
    pub fn snapshot(&self) -> Snapshot {
        self.settle();
        let mut newest = None;
        while let Some((FromVault::State(snapshot), _)) =
            self.take(|message| matches!(message, FromVault::State(_)))
        {
            newest = Some(snapshot);
        }
        newest.expect("a state")
    }

    pub fn phase(&self) -> ConnectionPhase {
        self.snapshot()
            .connections
            .last()
            .expect("a connection")
            .phase
            .clone()
    }

    /// What has arrived and was not taken: `state`, `reply` or `other`, in order.
    pub fn order(&self) -> Vec<String> {
        self.settle();
        let kind = |message: &FromVault| match message {
            FromVault::State(_) => "state",
            FromVault::Reply { .. } => "reply",
            _ => "other",
        };
        let inbox = self.port.inbox.borrow();
        inbox
            .iter()
            .map(|(message, _)| kind(message).to_owned())
            .collect()
    }

    /// Whether the vault said that this page is of another build.
    pub fn mismatched(&self) -> bool {
        self.settle();
        self.take(|message| matches!(message, FromVault::Mismatch { .. }))
            .is_some()
    }

    pub fn silent(&self) -> bool {
        self.settle();
        self.port.inbox.borrow().is_empty()
    }

    /// Everything that arrived, bodies and their bytes included.
    pub fn everything(&self) -> String {
        let inbox = self.port.inbox.borrow();
        let waiting = inbox
            .iter()
            .map(|(message, body)| as_text(message, body.as_deref()));
        self.seen.borrow().iter().cloned().chain(waiting).collect()
    }

    fn take(&self, wanted: impl Fn(&FromVault) -> bool) -> Option<ReceivedMessages> {
        let mut inbox = self.port.inbox.borrow_mut();
        let at = inbox.iter().position(|(message, _)| wanted(message))?;
        let (message, body) = inbox.remove(at);
        self.seen
            .borrow_mut()
            .push(as_text(&message, body.as_deref()));
        Some((message, body))
    }
}

fn as_text(message: &FromVault, body: Option<&[u8]>) -> String {
    let bytes = body.unwrap_or_default();
    format!("{message:?} {}", String::from_utf8_lossy(bytes))
}
