//! The documentation of the operation in view: fields with type, limits and meaning, examples and
//! statuses.

use leptos::prelude::*;
use outlay_pleo::catalogue::{Endpoint, ParameterLocation};

use super::messages::reference as messages;
use crate::pages::api::state::Explorer;
use outlay_explorer::example::example;
use outlay_explorer::pretty::pretty;
use outlay_explorer::reference::{ReferenceRow, fields, parameters, success};
use outlay_pleo::catalogue::Catalogue;

/// The documentation; nothing without an operation.
#[component]
pub fn Reference() -> impl IntoView {
    let explorer = Explorer::of_tab();
    let shown = move || {
        let catalogue = explorer.known()?;
        let operation = explorer.operation.get()?;
        Some(documentation(&catalogue, &operation))
    };
    view! { {move || shown()} }
}

fn documentation(catalogue: &Catalogue, operation: &Endpoint) -> AnyView {
    let path = parameters(catalogue, operation, ParameterLocation::Path);
    let query = parameters(catalogue, operation, ParameterLocation::Query);
    let body = operation.body.as_ref().map(|body| {
        let rows = fields(catalogue, &body.schema);
        let sample = pretty(&example(catalogue, &body.schema, ""));
        view! {
            {table(messages::BODY, rows)}
            {sample_of(messages::EXAMPLE_BODY, sample)}
        }
    });
    let none = path.is_empty() && query.is_empty() && body.is_none();
    let schema = success(operation).and_then(|answer| answer.schema.as_ref());
    let answer = match schema {
        Some(schema) => {
            let rows = fields(catalogue, schema);
            let sample = pretty(&example(catalogue, schema, ""));
            view! {
                {sample_of(messages::EXAMPLE_ANSWER, sample)}
                {table(messages::RESPONSE, rows)}
            }
            .into_any()
        }
        None => view! { <p class="fine">{messages::NO_ANSWER}</p> }.into_any(),
    };
    let statuses = operation.answers.iter().map(|one| {
        let status = one.status.map(|status| status.to_string());
        let status = status.unwrap_or_else(|| messages::SUCCESS.to_owned());
        view! { <tr><th scope="row"><code>{status}</code></th><td>{one.note.clone()}</td></tr> }
    });
    view! {
        <div class="x-reference">
            {none.then(|| view! { <p class="fine">{messages::NO_PARAMETERS}</p> })}
            {table(messages::PATH, path)}
            {table(messages::QUERY, query)}
            {body}
            {answer}
            <div class="table-wrap" tabindex="0" role="region" aria-label=messages::STATUSES>
                <table class="x-headers">
                    <caption>{messages::STATUSES}</caption>
                    <thead><tr><th scope="col">{messages::STATUS}</th><th scope="col">{messages::DESCRIPTION}</th></tr></thead>
                    <tbody>{statuses.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn sample_of(title: &'static str, text: String) -> impl IntoView {
    view! {
        <details class="x-more" open>
            <summary>{title}</summary>
            <pre class="x-sample" translate="no" tabindex="0" role="region" aria-label=title>{text}</pre>
        </details>
    }
}

fn table(caption: &'static str, rows: Vec<ReferenceRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
            <table class="x-headers">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{messages::NAME}</th>
                        <th scope="col">{messages::TYPE}</th>
                        <th scope="col">{messages::MEANING}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: ReferenceRow) -> impl IntoView {
    let mut kind = vec![row.kind];
    kind.extend(row.nullable.then(|| messages::NULLABLE.to_owned()));
    kind.extend((!row.default.is_empty()).then(|| messages::default(&row.default)));
    let required = row
        .required
        .then(|| view! { " " <em class="x-required">{messages::REQUIRED}</em> });
    let values = (!row.values.is_empty()).then(|| {
        let values = row
            .values
            .into_iter()
            .map(|value| view! { <code>{value}</code> " " });
        view! { <span class="x-values">{messages::VALUES} {values.collect_view()}</span> }
    });
    view! {
        <tr>
            <th scope="row"><code>{row.name}</code> {required}</th>
            <td>{kind.join(" · ")}</td>
            <td>{row.note} {values}</td>
        </tr>
    }
}
