//! The console's page, made from the table. Its script sends JSON, since a form cannot.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::pages::{escape, page};
use crate::fault::kinds::GROUPS;
use crate::fault::place::Place;
use crate::fault::row::{Effect, Fault, Group, Kind, Parameter, Setting};
use crate::state::Shared;

const STYLE: &str = include_str!("console.css");
const SCRIPT: &str = include_str!("console.js");
const HEAD: &str = "<link rel=\"stylesheet\" href=\"/__sandbox/console.css\">
<script src=\"/__sandbox/console.js\" defer></script>
";
const TOP: &str = include_str!("top.html");

/// `GET /__sandbox/`.
pub async fn show(State(sandbox): State<Shared>) -> Response {
    let site = format!(
        "{}{}",
        sandbox.addresses.site.origin(),
        sandbox.addresses.site.base()
    );
    let links: Vec<String> = GROUPS.iter().map(link).collect();
    let top = TOP.replace("{site}", &escape(&site));
    let top = top.replace("{links}", &links.join(", "));
    let groups: String = GROUPS.iter().map(group).collect();
    let body = format!("{top}<div class=\"faults\">\n{groups}</div>");
    let policy = "script-src 'self'; connect-src 'self'; form-action 'none'";
    page(StatusCode::OK, "Fault console", HEAD, &body, policy)
}

/// `GET /__sandbox/console.css`.
pub async fn style() -> Response {
    file("text/css; charset=utf-8", STYLE)
}

/// `GET /__sandbox/console.js`.
pub async fn script() -> Response {
    file("text/javascript; charset=utf-8", SCRIPT)
}

fn file(kind: &'static str, text: &'static str) -> Response {
    let cache = (header::CACHE_CONTROL, "no-cache");
    let sniff = (header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    ([(header::CONTENT_TYPE, kind), cache, sniff], text).into_response()
}

fn anchor(group: &Group) -> String {
    group.title.to_lowercase().replace(' ', "-")
}

fn link(group: &Group) -> String {
    format!("<a href=\"#{}\">{}</a>", anchor(group), group.title)
}

fn group(group: &Group) -> String {
    let faults: String = group.faults.iter().map(form).collect();
    let (id, title) = (anchor(group), group.title);
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{faults}</section>\n"
    )
}

fn form(fault: &Fault) -> String {
    let (name, does) = (fault.name, escape(fault.does));
    let places = places(fault);
    let fields: String = fault
        .parameters
        .iter()
        .map(|own| field(name, own))
        .collect();
    let only = match fault.at {
        [only] => format!(" <span class=\"quiet\">At {}.</span>", only.name()),
        _ => String::new(),
    };
    let path = if fault.at.contains(&Place::Api) {
        path(name)
    } else {
        String::new()
    };
    let buttons: String = buttons(fault)
        .iter()
        .map(|(times, label)| {
            format!("<button value=\"{times}\" aria-label=\"{label}: {name}\">{label}</button>\n")
        })
        .collect();
    format!(
        "<form class=\"fault\" data-fault=\"{name}\" aria-labelledby=\"fault-{name}\">
<div class=\"what\"><h3 id=\"fault-{name}\">{name}</h3><p>{does}{only}</p>
<p class=\"state\"></p></div>
<div class=\"fields\">{places}{fields}{path}</div>
<div class=\"actions\">{buttons}</div>
</form>
"
    )
}

fn buttons(fault: &Fault) -> &'static [(&'static str, &'static str)] {
    match fault.effect {
        Effect::Now(_) => &[("once", "Now")],
        _ => &[("once", "Once"), ("always", "Always"), ("off", "Off")],
    }
}

/// A box for each place, the first one ticked; a fault with one place has no choice.
fn places(fault: &Fault) -> String {
    let box_of = |(index, place): (usize, &Place)| {
        let checked = if index == 0 { " checked" } else { "" };
        let name = place.name();
        format!(
            "<label><input type=\"checkbox\" name=\"at\" value=\"{name}\"{checked}> {name}</label>\n"
        )
    };
    if fault.at.len() < 2 {
        return String::new();
    }
    let boxes: String = fault.at.iter().enumerate().map(box_of).collect();
    format!("<fieldset><legend>At</legend>{boxes}</fieldset>\n")
}

fn path(fault: &str) -> String {
    format!(
        "<div class=\"field\"><label for=\"{fault}-path\">path</label>\
         <input id=\"{fault}-path\" name=\"path\" aria-describedby=\"{fault}-path-does\">\
         <small id=\"{fault}-path-does\">one path of the API, such as /v1/companies</small></div>\n"
    )
}

fn field(fault: &str, parameter: &Parameter) -> String {
    let (name, does) = (parameter.name, escape(parameter.does));
    let id = format!("{fault}-{name}");
    let mut tied = format!("id=\"{id}\" name=\"{name}\"");
    let mut help = String::new();
    if !does.is_empty() {
        tied.push_str(&format!(" aria-describedby=\"{id}-does\""));
        help = format!("<small id=\"{id}-does\">{does}</small>");
    }
    let default = match parameter.kind.default() {
        Some(Setting::Text(text)) => escape(&text),
        Some(Setting::Whole(number)) => number.to_string(),
        None => String::new(),
    };
    let options = |values: Vec<String>, kind: &str| {
        let options: String = values
            .iter()
            .map(|value| format!("<option>{}</option>", escape(value)))
            .collect();
        format!("<select {tied} data-kind=\"{kind}\">{options}</select>")
    };
    let control = match parameter.kind {
        Kind::Choice(of) => options(of.iter().map(|one| (*one).to_owned()).collect(), "text"),
        Kind::Code(of) => options(of.iter().map(u64::to_string).collect(), "number"),
        Kind::Whole { least, most, .. } => format!(
            "<input {tied} data-kind=\"number\" type=\"number\" min=\"{least}\" max=\"{most}\" \
             value=\"{default}\">"
        ),
        Kind::Text(_) | Kind::LongText => {
            format!("<input {tied} data-kind=\"text\" value=\"{default}\">")
        }
    };
    format!("<div class=\"field\"><label for=\"{id}\">{name}</label>{control}{help}</div>\n")
}
