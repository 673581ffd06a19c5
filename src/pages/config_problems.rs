//! The errors in the deployment's configuration, by key.

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_config::Problem;

use crate::components::heading::Heading;
use crate::components::messages::{RELOAD, alert};
use crate::messages::errors::explain;
use crate::pages::config_problems_messages as messages;
use crate::platform::location;
use crate::session::Session;

/// The page that replaces every other page.
#[component]
pub fn ConfigProblemsPage() -> impl IntoView {
    let problems = expect_context::<Session>().problems.get_untracked();
    view! { <ConfigProblems problems /> }
}

/// The table of problems.
#[component]
pub fn ConfigProblems(
    /// The errors, at least one.
    problems: Vec<Problem>,
) -> impl IntoView {
    let explanation = explain(ErrorCode::ConfigInvalid);
    let rows = problems.into_iter().map(|problem| {
        let message = problem.message();
        view! {
            <tr>
                <th scope="row"><code>{problem.key}</code></th>
                <td>{message.what}</td>
                <td>{message.fix}</td>
            </tr>
        }
    });
    view! {
        <Heading text=messages::TITLE />
        <section class="alert" role="alert" data-code=ErrorCode::ConfigInvalid.word()>
            <h2>{explanation.happened}</h2>
            <p>{explanation.means} " " {explanation.next}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label=messages::PROBLEMS>
                <table class="problems">
                    <thead>
                        <tr>
                            <th scope="col">{messages::KEY}</th>
                            <th scope="col">{messages::PROBLEM}</th>
                            <th scope="col">{messages::FIX}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <div class="actions">
                <button type="button" on:click=|_| location::reload()>{RELOAD}</button>
            </div>
            <p class="fine">{alert::CODE} <code>{ErrorCode::ConfigInvalid.word()}</code></p>
        </section>
    }
}
