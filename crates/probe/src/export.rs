//! The exported report. It contains everything in the report, which has no secrets, except the
//! popup that the test waits for: its authorization request is only for this user.

use outlay_wire::to_text;

use crate::report::{CheckPhase, CheckReport, ReportRow};

/// File format of an exported report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown, for readers.
    Markdown,
    /// JSON, for programs.
    Json,
}

/// Returns the report as text in this format, without the popup that the test waits for.
#[must_use]
pub fn write(card: &CheckReport, form: ExportFormat) -> String {
    match form {
        ExportFormat::Markdown => markdown(card),
        ExportFormat::Json => json(card),
    }
}

/// Writes the report as JSON; the fields are those of [`CheckReport`].
#[must_use]
pub fn json(card: &CheckReport) -> String {
    let mut text = to_text(&CheckReport {
        want: None,
        ..card.clone()
    });
    text.push('\n');
    text
}

/// Returns label and value of the facts about the run, for the page and for Markdown.
#[must_use]
pub fn facts(card: &CheckReport) -> Vec<(&'static str, &str)> {
    let facts = [
        ("Environment", &*card.name),
        ("Client ID", &card.client_id),
        ("Authorization endpoint", &card.authorization_endpoint),
        ("Token endpoint", &card.token_endpoint),
        ("API", &card.api_base),
        ("Started", &card.started),
        ("Ended", &card.ended),
        ("Outlay", &card.outlay),
    ];
    let explain_cause = facts.into_iter().filter(|(_, value)| !value.is_empty());
    explain_cause.collect()
}

/// Writes the report as Markdown: a table of verdicts, then each row with its evidence.
#[must_use]
pub fn markdown(card: &CheckReport) -> String {
    let mut text = ["# Connection test: ", &*escaped(&card.name), "\n\n"].concat();
    for (name, value) in facts(card) {
        text.push_str(&["- ", name, ": ", &escaped(value), "\n"].concat());
    }
    text.push('\n');
    if card.phase == CheckPhase::Cancelled {
        text.push_str(
            "The test was stopped before its end. The rows below state what was not \
            tested.\n\n",
        );
    }
    text.push_str("| rule | result |\n| --- | --- |\n");
    for row in &card.rows {
        let title = escaped(&row.title);
        text.push_str(&["| ", &*title, " | ", row.verdict.words(), " |\n"].concat());
    }
    for row in &card.rows {
        section(&mut text, row);
    }
    text
}

fn section(text: &mut String, row: &ReportRow) {
    let verdict = row.verdict.words();
    let title = escaped(&row.title);
    text.push_str(
        &[
            "\n## ",
            &*title,
            ": ",
            verdict,
            "\n\n",
            &escaped(&row.about),
            "\n",
        ]
        .concat(),
    );
    let reason = row.reason.iter();
    let lines: Vec<&String> = reason.chain(&row.evidence).collect();
    if !lines.is_empty() {
        text.push('\n');
    }
    for line in lines {
        text.push_str(&["- ", &*escaped(line), "\n"].concat());
    }
    if !row.fix.is_empty() {
        text.push_str("\nWhat to do:\n\n```\n");
        for line in &row.fix {
            // Three backticks would end the code block. No line for a configuration contains one.
            text.push_str(&[&*line.replace(['`', '\n', '\r'], " "), "\n"].concat());
        }
        text.push_str("```\n");
    }
}

/// Escapes characters that have a meaning in Markdown.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => {
                plain.extend(['\\', letter])
            }
            '\n' | '\r' => plain.push(' '),
            _ => plain.push(letter),
        }
    }
    plain
}
