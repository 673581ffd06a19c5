//! Leaving for Pleo and coming back, in this tab or in a window of its own.

use futures::future::{Either, select};
use leptos::prelude::*;
use outlay_vault::client::{Authorization, Client, SignedIn};
use outlay_vault::message::{Callback, Connection, Failure, StartSignIn};

use super::Session;
use super::renewal::OTHER_COMPANY;
use super::scopes::scopes_to_ask;
use super::starts::Starts;
use super::trouble::Trouble;
use super::view::OwnSignIn;
use crate::platform::arrival::Arrival;
use crate::platform::popup::Popup;
use crate::platform::{clock, location, pending};

/// How long the page waits for the other window, in milliseconds.
const PATIENCE: i32 = 180_000;

/// What a sign-in is wanted for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The profile's id.
    pub profile: String,
    /// The client id, where the profile has none of its own.
    pub client_id: Option<String>,
    /// The route to come back to.
    pub return_to: String,
    /// The connection that is to be renewed.
    pub renews: Option<Connection>,
    /// The company or organisation that a link was opened for.
    pub subject: Option<String>,
}

impl Session {
    /// Counts one more start in this tab; `sign_in_loop` where it needs the user's word that it is
    /// meant. That word, `meant`, begins the count anew.
    pub fn may_leave(self, meant: bool) -> Result<(), Trouble> {
        let before = if meant { None } else { pending::starts() };
        let starts = Starts::with_another(before, clock::wall_millis());
        if starts.is_held() {
            return Err(Trouble::of("sign_in_loop"));
        }
        pending::keep_starts(&starts);
        Ok(())
    }

    /// Sends the browser to the authorization server, in this tab.
    pub async fn leave(self, wish: Wish) -> Result<(), Trouble> {
        let (_, authorization) = self.begin(wish, false).await?;
        self.own.set(OwnSignIn::Leaving(authorization.sign_in));
        if let Some(stored) = &authorization.stored {
            pending::keep(stored);
        }
        location::leave(&authorization.url);
        Ok(())
    }

    /// Sends `popup` to the authorization server and waits for the sign-in's end. None where the
    /// user has given it up here.
    pub async fn sign_in_beside(
        self,
        wish: Wish,
        popup: Popup,
    ) -> Result<Option<SignedIn>, Trouble> {
        // A window of this tab begins with a copy of what the tab has stored.
        pending::take();
        let (client, authorization) = match self.begin(wish, true).await {
            Ok(begun) => begun,
            Err(trouble) => {
                popup.close();
                return Err(trouble);
            }
        };
        let id = authorization.sign_in;
        self.own.set(OwnSignIn::Beside(id));
        popup.go(&authorization.url);
        let ended = self.wait_beside(&client, id).await;
        // Whoever gives up here says so by taking the sign-in back.
        let given_up = self.own.get_untracked() != OwnSignIn::Beside(id);
        if given_up {
            return Ok(None);
        }
        if let Ok(signed_in) = &ended {
            self.note_other_company(signed_in);
        }
        self.own.set(OwnSignIn::None);
        ended.map(Some).map_err(Trouble::from)
    }

    /// Says so if a sign-in that was meant to renew one company brought another one.
    fn note_other_company(self, signed_in: &SignedIn) {
        if signed_in.other {
            self.farewell.set(Some(OTHER_COMPANY));
        }
    }

    async fn wait_beside(self, client: &Client, id: u32) -> Result<SignedIn, Failure> {
        let end = Box::pin(client.watch_sign_in(id));
        match select(end, Box::pin(clock::sleep(PATIENCE))).await {
            Either::Left((ended, _)) => ended,
            // The user is back already: the exchange has a time-out of its own.
            Either::Right((_, end)) if self.is_exchanging(id) => end.await,
            Either::Right(_) => {
                client.cancel_sign_in(id).await;
                Err(Failure::of("sign_in_timeout"))
            }
        }
    }

    /// The sign-in in a window of its own that this page waits for.
    pub fn beside(self) -> Option<u32> {
        match self.own.get() {
            OwnSignIn::Beside(id) => Some(id),
            _ => None,
        }
    }

    /// Gives up waiting for the other window, and the sign-in with it.
    pub async fn give_up(self) {
        if let (Some(id), Some(client)) = (untrack(|| self.beside()), self.client()) {
            self.own.set(OwnSignIn::None);
            client.cancel_sign_in(id).await;
        }
    }

    async fn begin(self, wish: Wish, popup: bool) -> Result<(Client, Authorization), Trouble> {
        let client = self
            .client()
            .ok_or_else(|| Trouble::of("vault_unavailable"))?;
        let Wish {
            profile,
            client_id,
            return_to,
            renews,
            subject,
        } = wish;
        let registered = self.profile(&profile).map(|p| p.scopes).unwrap_or_default();
        let asked = renews
            .as_ref()
            .map(|connection| connection.scopes_asked.clone());
        let start = StartSignIn {
            scopes: scopes_to_ask(&registered, asked.as_deref()),
            profile,
            client_id,
            return_to,
            target: renews.map(|connection| connection.id),
            subject,
            popup,
        };
        let authorization = client.start_sign_in(start).await?;
        Ok((client, authorization))
    }

    /// Finishes the sign-in that the callback page brought.
    pub async fn finish(self, arrival: Arrival) -> Result<SignedIn, Failure> {
        let lost = || Failure::of("vault_unavailable");
        let client = self.client().ok_or_else(lost)?;
        self.own.set(OwnSignIn::Returning);
        let Arrival {
            profile,
            query,
            stored,
        } = arrival;
        let result = client
            .callback(Callback {
                profile,
                query,
                stored,
            })
            .await;
        // The page that opened a popup says it itself.
        if let Some(signed_in) = result.as_ref().ok().filter(|it| !it.popup) {
            self.note_other_company(signed_in);
        }
        self.own.set(OwnSignIn::None);
        result
    }

    /// Gives up leaving for the authorization server, while this page still stands.
    pub fn stay(self) {
        pending::take();
        self.own.set(OwnSignIn::None);
    }
}
