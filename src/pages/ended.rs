//! The view of an ended connection: the reason, and the button to reconnect.

use leptos::prelude::*;
use outlay_vault::message::Connection;

use crate::components::alert::ErrorAlert;
use crate::components::connect::{ConnectForm, Options};
use crate::components::heading::Heading;
use crate::pages::ended_messages as messages;
use crate::session::end_reason;

/// Replaces a page of an ended connection whose data is not kept.
#[component]
pub fn EndedNotice(
    /// The ended connection.
    connection: Connection,
) -> impl IntoView {
    let app_error = end_reason::of(&connection).map(end_reason::app_error);
    let options = Options {
        renews: Some(connection),
        ..Options::default()
    };
    view! {
        <Heading text=messages::TITLE />
        {app_error.map(|app_error| view! { <ErrorAlert app_error /> })}
        <p>{messages::AGAIN}</p>
        <ConnectForm options />
    }
}
