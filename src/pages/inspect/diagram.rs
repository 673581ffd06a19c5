//! The state diagram of a session, with the current state marked.

use leptos::prelude::*;

use super::machine::MachineState;
use super::messages::state as messages;

/// Returns left edge, upper edge and width of a state's box. Each box is 36 units high.
fn place(state: MachineState) -> (u32, u32, u32) {
    match state {
        MachineState::SignedOut => (6, 6, 124),
        MachineState::Pending => (6, 76, 124),
        MachineState::Exchanging => (6, 146, 124),
        MachineState::Active => (6, 216, 124),
        MachineState::Refreshing => (196, 216, 152),
        MachineState::Unsure => (196, 146, 152),
        MachineState::Ended => (196, 76, 152),
    }
}

/// The arrows between the states as an SVG path, in the order of the boxes.
const WAYS: &str = "M68 42v32 M68 112v32 M68 182v32 M130 228h64 M196 242h-64 M272 216v-32 M272 146v-32 \
    M130 220L210 114 M348 234h10V94h-8 M272 76V24H132";

/// The states and transitions as SVG, the current state marked, with its meaning below.
#[component]
pub fn SessionDiagram(
    /// The current state.
    state: Memo<MachineState>,
) -> impl IntoView {
    let boxes = MachineState::ALL.map(|each| {
        let (x, y, width) = place(each);
        let holds = move || (state.get() == each).then_some("true");
        view! {
            <g data-holds=move || holds()>
                <rect x=x y=y width=width height="36" rx="6"></rect>
                <text x=x + width / 2 y=y + 23 text-anchor="middle">{each.name()}</text>
            </g>
        }
    });
    let label = move || messages::label(state.get().name());
    view! {
        <figure class="machine">
            <svg viewBox="0 0 364 258" role="img" aria-label=move || label()>
                <defs>
                    <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                        <path d="M0 0L8 4L0 8z"></path>
                    </marker>
                </defs>
                {WAYS.split(" M").map(|way| {
                    let way = ["M", way.trim_start_matches('M')].concat();
                    view! { <path class="way" d=way marker-end="url(#tip)"></path> }
                }).collect_view()}
                {boxes.into_iter().collect_view()}
            </svg>
            <figcaption>
                <strong>{move || state.get().name()}</strong> " "
                {move || state.get().meaning()}
            </figcaption>
        </figure>
    }
}
