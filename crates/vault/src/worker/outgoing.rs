//! The only module that sends messages to pages. It removes the vault's secrets from everything
//! that a server sent.

use std::rc::Rc;

use outlay_oauth::redact::Redactor;
use zeroize::Zeroizing;

use crate::message::{FromVault, VaultReply};

use super::VaultWorker;
use super::pages::{ConnectedPage, PageId};

/// The secrets of one token request in progress.
pub(super) type SecretLists = Vec<Zeroizing<String>>;

impl VaultWorker {
    /// Sends a message to one page, if it is open.
    pub(super) fn send_message(&self, page: PageId, message: &FromVault) {
        self.send_with_body(page, message, None, &[]);
    }

    /// Sends a message to one page, with a body. `also`: a secret that the vault no longer holds.
    pub(super) fn send_with_body(
        &self,
        page: PageId,
        message: &FromVault,
        body: Option<Vec<u8>>,
        also: &[&str],
    ) {
        let (text, body) = self.pass(message, body, also);
        if let Some(page) = self.0.pages.borrow().get(page) {
            page.port.send(&text, body.as_deref());
        }
    }

    /// Sends a message to every page that has sent its first message.
    pub(super) fn send_to_all(&self, message: &FromVault) {
        let (text, _) = self.pass(message, None, &[]);
        let pages = self.0.pages.borrow();
        for page in pages.values().filter(|page| ConnectedPage::listens(page)) {
            page.port.send(&text, None);
        }
    }

    fn pass(
        &self,
        message: &FromVault,
        body: Option<Vec<u8>>,
        also: &[&str],
    ) -> (String, Option<Vec<u8>>) {
        let text = outlay_wire::to_text(message);
        // This reply contains only the vault's own text, and what the tab must keep until the callback:
        // `state` and PKCE verifier.
        if let FromVault::Reply {
            result: Ok(VaultReply::Authorize(_)),
            ..
        } = message
        {
            return (text, None);
        }
        let redactor = self.redactor(also);
        (redactor.text(text), body.map(|body| redactor.bytes(body)))
    }

    /// Returns the redactor for every secret that the vault holds or is sending. Creates it anew
    /// after a change of these.
    fn redactor(&self, also: &[&str]) -> Rc<Redactor> {
        let mut secrets: SecretLists = Vec::new();
        let mut add = |secret: &str| {
            if !secrets.iter().any(|known| **known == *secret) {
                secrets.push(Zeroizing::new(secret.to_owned()));
            }
        };
        self.0.sessions.borrow().for_each_secret(&mut add);
        for (_, open) in self.0.calls.borrow().iter() {
            // A call may have been sent with a token that was replaced meanwhile.
            open.bearer.iter().for_each(|token| add(token.reveal()));
        }
        let on_their_way = self.0.forms.borrow();
        on_their_way.values().flatten().for_each(|it| add(it));
        also.iter().for_each(|it| add(it));
        let mut prepared = self.0.redactor.borrow_mut();
        if prepared.0 != secrets {
            let redactor = Redactor::new(secrets.iter().map(|secret| secret.as_str()));
            *prepared = (secrets, Rc::new(redactor));
        }
        prepared.1.clone()
    }
}

/// Returns the text of a token response. If it has no token, removes the secrets that were sent,
/// because a server's error text is shown, and kept as long as the connection.
pub(super) fn token_answer(text: String, sent: &SecretLists) -> String {
    let name = b"\"access_token\"";
    if text
        .as_bytes()
        .windows(name.len())
        .any(|window| window == name)
    {
        return text;
    }
    Redactor::new(sent.iter().map(|secret| secret.as_str())).text(text)
}
