//! A connection that is over: why, and the way back.

use leptos::prelude::*;
use outlay_vault::message::Connection;

use crate::components::alert::ErrorAlert;
use crate::components::connect::{ConnectForm, Options};
use crate::components::heading::Heading;
use crate::session::end_reason;

/// The page in place of one whose things were dropped with the end.
#[component]
pub fn EndedNotice(
    /// The connection.
    connection: Connection,
) -> impl IntoView {
    let app_error = end_reason::of(&connection).map(end_reason::app_error);
    let options = Options {
        renews: Some(connection),
        ..Options::default()
    };
    view! {
        <Heading text="The connection has ended" />
        {app_error.map(|app_error| view! { <ErrorAlert app_error /> })}
        <p>"What this page had read is no longer on it. You come back to this place, and it is read again."</p>
        <ConnectForm options />
    }
}
