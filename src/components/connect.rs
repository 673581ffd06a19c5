//! The form that sends the user to Pleo; its chunk is loaded with its first use.

use leptos::prelude::*;
use outlay_vault::message::Connection;

use super::chunk_view;
use crate::chunks::CONNECT_FORM;

/// What the form does.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The connection that it renews; `None` for a new connection.
    pub renews: Option<Connection>,
    /// The route after the sign-in; by default the current one.
    pub return_to: Option<String>,
    /// The company or organisation in the link that was opened.
    pub subject: Option<String>,
    /// The id of the preselected profile; by default the first.
    pub profile: Option<String>,
    /// Whether a click confirms the sign-in, so that the limit of starts does not apply.
    pub meant: bool,
    /// Whether the button is a secondary one.
    pub quiet: bool,
    /// Whether this form replaces the static one and carries out a click on it.
    pub takes_over: bool,
}

/// Loads and shows the form.
#[component]
pub fn ConnectForm(
    /// By default the form makes a new connection.
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
