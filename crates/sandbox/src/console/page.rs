//! The console's page, made from the table of faults. Its script sends JSON, which a form cannot.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::fault::endpoint::FaultEndpoint;
use crate::fault::kinds::GROUPS;
use crate::fault::row::{
    FaultEffect, FaultGroup, FaultParameter, FaultRow, FaultSetting, ParameterKind,
};
use crate::html::page;
use crate::state::SharedSandbox;

const STYLE: &str = include_str!("console.css");
const SCRIPT: &str = include_str!("console.js");

/// The counters that the page shows: the name in JSON and the label.
const COUNTERS: [(&str, &str); 5] = [
    ("authorize", "authorize"),
    ("exchange", "exchange"),
    ("refresh", "refresh"),
    ("api", "API"),
    ("refreshPresentedAgain", "refresh token presented again"),
];

/// `GET /__sandbox/`: the console as an HTML page.
pub async fn show(State(sandbox): State<SharedSandbox>) -> Response {
    let site = &sandbox.addresses.site;
    let site = format!("{}{}", site.origin(), site.base());
    let head = html! {
        link rel="stylesheet" href="/__sandbox/console.css";
        script src="/__sandbox/console.js" defer {}
    };
    let body = html! {
        (about(&site))
        (armed())
        div class="faults" { @for one in GROUPS { (group(one)) } }
    };
    let policy = "script-src 'self'; connect-src 'self'; form-action 'none'";
    page(StatusCode::OK, "Fault console", &head, &body, policy)
}

/// `GET /__sandbox/console.css`: the style of the console.
pub async fn style() -> Response {
    file("text/css; charset=utf-8", STYLE)
}

/// `GET /__sandbox/console.js`: the script of the console.
pub async fn script() -> Response {
    file("text/javascript; charset=utf-8", SCRIPT)
}

fn file(kind: &'static str, text: &'static str) -> Response {
    let cache = (header::CACHE_CONTROL, "no-cache");
    let sniff = (header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    ([(header::CONTENT_TYPE, kind), cache, sniff], text).into_response()
}

fn about(site: &str) -> Markup {
    html! {
        div class="about" {
            h1 { "Fault console" }
            p {
                "A fault that is armed here makes this sandbox misbehave towards "
                a href=(site) { "the app" } ": " em { "once" } ", at the next request that it fits, or "
                em { "always" } ", until it is switched off."
            }
            p {
                "Go to: "
                @for (at, group) in GROUPS.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href={ "#" (anchor(group)) } { (group.title) }
                }
                ". The same as JSON: " a href="/__sandbox/faults" { "faults" } ", "
                a href="/__sandbox/counters" { "counters" } "."
            }
            noscript {
                p {
                    strong { "This page needs JavaScript:" }
                    " faults are armed with JSON, which a form cannot send."
                }
            }
        }
    }
}

fn armed() -> Markup {
    html! {
        section class="now" aria-labelledby="armed-title" {
            h2 id="armed-title" { "Armed" }
            ul id="armed" {}
            p id="none" class="quiet" { "Nothing is armed." }
            div class="actions" { button type="button" id="reset" { "Reset all" } }
            p id="said" role="status" {}
            p id="gone" hidden {
                "The sandbox does not answer. This page shows the last state that it received."
            }
            dl id="counters" {
                @for (name, label) in COUNTERS {
                    div { dt { (label) } dd data-counter=(name) { "–" } }
                }
            }
        }
    }
}

fn anchor(group: &FaultGroup) -> String {
    group.title.to_lowercase().replace(' ', "-")
}

fn group(group: &FaultGroup) -> Markup {
    let id = anchor(group);
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (group.title) }
            @for fault in group.faults { (form(fault)) }
        }
    }
}

fn form(fault: &FaultRow) -> Markup {
    let name = fault.name;
    let title = format!("fault-{name}");
    html! {
        form class="fault" data-fault=(name) aria-labelledby=(title) {
            div class="what" {
                h3 id=(title) { (name) }
                p {
                    (fault.does)
                    @if let [only] = fault.at {
                        " " span class="quiet" { "At " (only.name()) "." }
                    }
                }
                p class="state" {}
            }
            div class="fields" {
                @if fault.at.len() > 1 { (places(fault.at)) }
                @for parameter in fault.parameters { (field(name, parameter)) }
                @if fault.at.contains(&FaultEndpoint::Api) { (path(name)) }
            }
            div class="actions" {
                @for (times, label) in buttons(fault) {
                    button value=(times) aria-label={ (label) ": " (name) } { (label) }
                }
            }
        }
    }
}

fn buttons(fault: &FaultRow) -> &'static [(&'static str, &'static str)] {
    match fault.effect {
        FaultEffect::Now(_) => &[("once", "Now")],
        _ => &[("once", "Once"), ("always", "Always"), ("off", "Off")],
    }
}

/// A checkbox for each place; the first is ticked.
fn places(places: &[FaultEndpoint]) -> Markup {
    html! {
        fieldset {
            legend { "At" }
            @for (index, place) in places.iter().enumerate() {
                label {
                    input type="checkbox" name="at" value=(place.name()) checked[index == 0];
                    " " (place.name())
                }
            }
        }
    }
}

fn path(fault: &str) -> Markup {
    let id = format!("{fault}-path");
    let help = format!("{id}-does");
    html! {
        div class="field" {
            label for=(id) { "path" }
            input id=(id) name="path" aria-describedby=(help);
            small id=(help) { "one path of the API, such as /v1/companies" }
        }
    }
}

fn field(fault: &str, parameter: &FaultParameter) -> Markup {
    let name = parameter.name;
    let id = format!("{fault}-{name}");
    let help = (!parameter.does.is_empty()).then(|| format!("{id}-does"));
    let help_id = help.as_deref();
    let default = match parameter.kind.default() {
        Some(FaultSetting::Text(text)) => text,
        Some(FaultSetting::Whole(number)) => number.to_string(),
        None => String::new(),
    };
    html! {
        div class="field" {
            label for=(id) { (name) }
            @match parameter.kind {
                ParameterKind::Choice(values) => {
                    select id=(id) name=(name) aria-describedby=[help_id] data-kind="text" {
                        @for value in values { option { (value) } }
                    }
                }
                ParameterKind::Code(values) => {
                    select id=(id) name=(name) aria-describedby=[help_id] data-kind="number" {
                        @for value in values { option { (value) } }
                    }
                }
                ParameterKind::Whole { least, most, .. } => {
                    input id=(id) name=(name) aria-describedby=[help_id] data-kind="number"
                        type="number" min=(least) max=(most) value=(default);
                }
                ParameterKind::Text(_) | ParameterKind::LongText => {
                    input id=(id) name=(name) aria-describedby=[help_id] data-kind="text"
                        value=(default);
                }
            }
            @if let Some(help) = help_id { small id=(help) { (parameter.does) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_values_is_escaped() {
        let parameter = FaultParameter {
            name: "text",
            does: "a <b> & \"c\"",
            kind: ParameterKind::Text("\"><script>"),
        };
        let text = field("fault", &parameter).into_string();
        assert!(
            text.contains("value=\"&quot;&gt;&lt;script&gt;\""),
            "{text}"
        );
        assert!(
            text.contains(">a &lt;b&gt; &amp; &quot;c&quot;</small>"),
            "{text}"
        );
        let text = about("http://localhost/\"<x>").into_string();
        assert!(
            text.contains("href=\"http://localhost/&quot;&lt;x&gt;\""),
            "{text}"
        );
    }
}
