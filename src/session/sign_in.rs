//! Starting and finishing a sign-in, in this tab or in a popup.

use futures::future::{Either, select};
use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_vault::client::VaultClient;
use outlay_vault::message::{
    Authorization, CallbackData, Connection, Failure, SignedIn, StartSignIn,
};

use super::Session;
use super::app_error::AppError;
use super::document_replacement::OTHER_COMPANY;
use super::scopes::scopes_to_ask;
use super::sign_in_throttle::SignInThrottle;
use super::view::OwnSignIn;
use crate::address::safe_return;
use crate::platform::arrival::CallbackArrival;
use crate::platform::popup::Popup;
use crate::platform::{clock, location, pending};

/// How long the page waits for the popup, in milliseconds.
const POPUP_TIMEOUT: i32 = 180_000;

/// The parameters of a sign-in.
#[derive(Debug, Clone)]
pub struct SignInRequest {
    /// The profile's id.
    pub profile: String,
    /// The client ID that the user entered, if the profile has none.
    pub client_id: Option<String>,
    /// The route that is shown after the sign-in.
    pub return_to: String,
    /// The connection that the sign-in renews, if any.
    pub renews: Option<Connection>,
    /// The subject in the link that opened the app: a company or organisation.
    pub subject: Option<String>,
}

impl Session {
    /// Checks whether this tab may start a sign-in. `meant` states that the user confirmed it; it
    /// resets the count of failures.
    ///
    /// # Errors
    ///
    /// `sign_in_loop` if sign-ins failed recently and the user has to confirm this one.
    pub fn allow_sign_in(self, meant: bool) -> Result<(), AppError> {
        let failures = pending::failures::<SignInThrottle>();
        if meant {
            pending::forget_failures();
        } else if failures.is_some_and(|failures| failures.holds(clock::wall_millis())) {
            return Err(AppError::of(ErrorCode::SignInLoop));
        }
        Ok(())
    }

    /// Counts the end of a sign-in of this tab: a failure, or a success, which resets the count. A
    /// callback without a sign-in and a popup that the user left are neither.
    fn count_end(self, failure: Option<&Failure>) {
        match failure.map(|failure| failure.code) {
            None => pending::forget_failures(),
            Some(ErrorCode::StateUnknown | ErrorCode::SignInTimeout) => {}
            Some(_) => {
                let failures = pending::failures();
                let failures = SignInThrottle::with_another(failures, clock::wall_millis());
                pending::store_failures(&failures);
            }
        }
    }

    /// Sends the browser to the authorization server, in this tab.
    ///
    /// # Errors
    ///
    /// `vault_unavailable` without a vault; the vault's failure if it does not start the sign-in.
    pub async fn go_to_authorization_server(
        self,
        sign_in_request: SignInRequest,
    ) -> Result<(), AppError> {
        let (_, authorization) = self.begin(sign_in_request, false).await?;
        self.own.set(OwnSignIn::Leaving(authorization.sign_in));
        if let Some(stored) = &authorization.stored {
            pending::store(stored);
        }
        location::go_to_authorization_server(&authorization.url);
        Ok(())
    }

    /// Sends the browser to the authorization server to renew `live` with the scopes that were asked for
    /// before and `more`; of all only those that are registered.
    ///
    /// # Errors
    ///
    /// `vault_unavailable` without a vault; the vault's failure if it does not start the sign-in.
    pub async fn ask_for_scopes(
        self,
        live: Connection,
        more: &[&str],
        return_to: &str,
    ) -> Result<(), AppError> {
        let mut renews = live;
        let new = more.iter().map(|scope| (*scope).to_owned());
        renews.scopes_asked.extend(new);
        let sign_in_request = SignInRequest {
            profile: renews.profile.clone(),
            client_id: None,
            return_to: safe_return(return_to).to_owned(),
            renews: Some(renews),
            subject: None,
        };
        self.go_to_authorization_server(sign_in_request).await
    }

    /// Sends `popup` to the authorization server and waits for the end of the sign-in. Returns `None`
    /// if the user cancelled it on this page.
    ///
    /// # Errors
    ///
    /// `vault_unavailable` without a vault; `sign_in_timeout` after `POPUP_TIMEOUT`; the vault's
    /// failure if the sign-in does not start or does not succeed.
    pub async fn sign_in_with_popup(
        self,
        sign_in_request: SignInRequest,
        popup: Popup,
    ) -> Result<Option<SignedIn>, AppError> {
        // The popup's session storage starts as a copy of this tab's.
        pending::take();
        let (client, authorization) = match self.begin(sign_in_request, true).await {
            Ok(begun) => begun,
            Err(app_error) => {
                popup.close();
                return Err(app_error);
            }
        };
        let id = authorization.sign_in;
        self.own.set(OwnSignIn::Popup(id));
        popup.go(&authorization.url);
        let ended = self.wait_for_popup(&client, id).await;
        // `give_up` has reset `own`.
        let given_up = self.own.get_untracked() != OwnSignIn::Popup(id);
        if given_up {
            return Ok(None);
        }
        self.count_end(ended.as_ref().err());
        if let Ok(signed_in) = &ended {
            self.show_other_company_notice(signed_in);
        }
        self.own.set(OwnSignIn::None);
        ended.map(Some).map_err(AppError::from)
    }

    /// Shows a notice if a sign-in that was meant to renew one company connected another one.
    fn show_other_company_notice(self, signed_in: &SignedIn) {
        if signed_in.other {
            self.signed_out_notice.set(Some(OTHER_COMPANY));
        }
    }

    async fn wait_for_popup(self, client: &VaultClient, id: u32) -> Result<SignedIn, Failure> {
        let end = Box::pin(client.watch_sign_in(id));
        match select(end, Box::pin(clock::sleep(POPUP_TIMEOUT))).await {
            Either::Left((ended, _)) => ended,
            // The user has returned. The exchange has a time-out of its own.
            Either::Right((_, end)) if self.is_exchanging(id) => end.await,
            Either::Right(_) => {
                client.cancel_sign_in(id).await;
                Err(Failure::of(ErrorCode::SignInTimeout))
            }
        }
    }

    /// The id of the sign-in in a popup that this page waits for, if any.
    pub fn popup_sign_in(self) -> Option<u32> {
        match self.own.get() {
            OwnSignIn::Popup(id) => Some(id),
            _ => None,
        }
    }

    /// Stops waiting for the popup and cancels its sign-in.
    pub async fn give_up(self) {
        if let (Some(id), Some(client)) = (untrack(|| self.popup_sign_in()), self.client()) {
            self.own.set(OwnSignIn::None);
            client.cancel_sign_in(id).await;
        }
    }

    async fn begin(
        self,
        sign_in_request: SignInRequest,
        popup: bool,
    ) -> Result<(VaultClient, Authorization), AppError> {
        let client = self
            .client()
            .ok_or_else(|| AppError::of(ErrorCode::VaultUnavailable))?;
        let SignInRequest {
            profile,
            client_id,
            return_to,
            renews,
            subject,
        } = sign_in_request;
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

    /// Finishes the sign-in with the callback's query.
    ///
    /// # Errors
    ///
    /// `vault_unavailable` without a vault; the vault's failure if it rejects the callback or the
    /// code exchange fails.
    pub async fn finish(self, arrival: CallbackArrival) -> Result<SignedIn, Failure> {
        let lost = || Failure::of(ErrorCode::VaultUnavailable);
        let client = self.client().ok_or_else(lost)?;
        self.own.set(OwnSignIn::Returning);
        let CallbackArrival {
            profile,
            query,
            stored,
        } = arrival;
        let result = client
            .callback(CallbackData {
                profile,
                query,
                stored,
            })
            .await;
        // The page that opened a popup counts its end and shows the notice itself.
        if result.as_ref().map_or_else(|it| !it.popup, |it| !it.popup) {
            self.count_end(result.as_ref().err());
        }
        if let Some(signed_in) = result.as_ref().ok().filter(|it| !it.popup) {
            self.show_other_company_notice(signed_in);
        }
        self.own.set(OwnSignIn::None);
        result
    }

    /// Cancels a redirect to the authorization server while this page is still loaded.
    pub fn stay(self) {
        pending::take();
        self.own.set(OwnSignIn::None);
    }
}
