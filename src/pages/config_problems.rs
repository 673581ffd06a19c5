//! What is wrong with the deployment's configuration, key by key.

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_config::Problem;

use crate::components::heading::Heading;
use crate::messages::errors::explain;
use crate::platform::location;
use crate::session::Session;

/// The page in place of every other.
#[component]
pub fn ConfigProblemsPage() -> impl IntoView {
    let problems = expect_context::<Session>().problems.get_untracked();
    view! { <ConfigProblems problems /> }
}

/// The table of problems.
#[component]
pub fn ConfigProblems(
    /// At least one.
    problems: Vec<Problem>,
) -> impl IntoView {
    let message = explain(ErrorCode::ConfigInvalid);
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
        <Heading text="Configuration" />
        <section class="alert" role="alert" data-code=ErrorCode::ConfigInvalid.word()>
            <h2>{message.happened}</h2>
            <p>{message.means} " " {message.next}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Faults of the configuration">
                <table class="problems">
                    <thead>
                        <tr>
                            <th scope="col">"Key"</th>
                            <th scope="col">"Fault"</th>
                            <th scope="col">"What to do"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <div class="actions">
                <button type="button" on:click=|_| location::reload()>"Load again"</button>
            </div>
            <p class="fine">"Code " <code>{ErrorCode::ConfigInvalid.word()}</code></p>
        </section>
    }
}
