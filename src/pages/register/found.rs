//! The findings below a field: severity, problem, remedy, source.

use leptos::prelude::*;
use outlay_pleo::registration::{Finding, FindingLevel, FormField, RuleSource};

use super::form::RegistrationForm;
use super::messages;
use crate::components::external_text::external;

/// The findings of a field as a whole, or of one entry, in an element with this id.
pub fn found(form: RegistrationForm, field: FormField, at: Option<usize>, id: String) -> AnyView {
    let own = Memo::new(move |_| form.assessment.with(|assessment| assessment.of(field, at)));
    let all = move || own.get().into_iter().map(one).collect_view().into_any();
    view! { <div class="found" id=id>{move || all()}</div> }.into_any()
}

fn one(finding: Finding) -> AnyView {
    let (class, level) = match finding.level() {
        FindingLevel::Error => ("found-error", messages::ERROR),
        FindingLevel::Warning => ("found-warning", messages::WARNING),
    };
    let rule = finding.rule;
    let sources = finding.sources().into_iter();
    let sources = sources.map(|it| view! { " " {cited(it)} }).collect_view();
    let detail = (!finding.detail.is_empty())
        .then(|| view! { <code>{external(&finding.detail)}</code> " " }.into_any());
    view! {
        <p class=class data-rule=rule.code()>
            <strong>{level}</strong> {rule.what()} " " {detail} {rule.fix()} {sources}
        </p>
    }
    .into_any()
}

/// A source; a link if it has a page.
pub fn cited(source: &'static RuleSource) -> AnyView {
    match source.url {
        Some(url) => view! {
            <a class="cited" href=url target="_blank" rel="noopener noreferrer">{source.name}</a>
        }
        .into_any(),
        None => view! { <span class="cited">{source.name}</span> }.into_any(),
    }
}
