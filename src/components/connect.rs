//! The form that sends the user to Pleo; its chunk is loaded with its first use.

use leptos::prelude::*;
use outlay_vault::message::Connection;

use super::chunk_view;
use crate::chunks::CONNECT_FORM;

/// What a form is for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The connection that it renews; `None` to connect anew.
    pub renews: Option<Connection>,
    /// The route to come back to; by default the present one.
    pub return_to: Option<String>,
    /// The company or organisation that a link was opened for.
    pub subject: Option<String>,
    /// The id of the profile to begin with; by default the first.
    pub profile: Option<String>,
    /// Whether the button is a choice of the user's own, which no count of starts holds back.
    pub meant: bool,
    /// Whether the button is one among others.
    pub quiet: bool,
    /// Whether this form takes the place of the static one, and carries out a click on that.
    pub takes_over: bool,
}

/// The form.
#[component]
pub fn ConnectForm(
    /// What it is for; by default to connect anew.
    #[prop(optional)]
    options: Options,
) -> impl IntoView {
    chunk_view::loaded(CONNECT_FORM.name, move || {
        let options = options.clone();
        Box::pin(async move {
            let make_form = (CONNECT_FORM.load)().await?;
            Ok(ViewFn::from(move || make_form(options.clone())))
        })
    })
}
