//! A connection that is over: why, and the way back.

use leptos::prelude::*;
use outlay_vault::code::explain;
use outlay_vault::message::{Connection, Phase};

use crate::components::connect::ConnectForm;
use crate::components::heading::Heading;

/// The notice.
#[component]
pub fn EndedNotice(
    /// The connection.
    connection: Connection,
) -> impl IntoView {
    let (reason, server) = match &connection.phase {
        Phase::Ended {
            reason,
            server_code,
        } => (reason.clone(), server_code.clone()),
        _ => ("session_ended".to_owned(), None),
    };
    let words = explain(&reason);
    view! {
        <Heading text="The connection has ended" />
        <section class="alert ended" role="alert" data-code=reason.clone()>
            <h2>{words.happened}</h2>
            <p>{words.means}</p>
            <p class="alert-next">{words.next}</p>
            <p>"What this page had read is no longer on it. You come back to this place, and it is read again."</p>
            <p class="fine">
                "Code " <code>{reason.clone()}</code>
                {server.map(|code| view! { " · Pleo's answer " <code>{code}</code> })}
            </p>
        </section>
        <ConnectForm renews=connection />
    }
}
