//! The page's texts about results, in addition to those of `outlay_probe`.

use outlay_probe::export::ExportFormat;
use outlay_probe::report::{CheckPhase, CheckReport, Verdict};

use super::messages::report as messages;

/// Returns the icon of a verdict. The text next to it states the verdict too.
#[must_use]
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Waiting => "·",
        Verdict::Asking => "▸",
        Verdict::Pass => "✓",
        Verdict::Fail => "✕",
        Verdict::Unknown => "?",
    }
}

/// Returns the number of rows with each verdict, as a sentence.
#[must_use]
pub fn counts(card: &CheckReport) -> String {
    let count = |verdicts: &[Verdict]| {
        let rows = card.rows.iter();
        rows.filter(|row| verdicts.contains(&row.verdict)).count()
    };
    let (pass, fail) = (count(&[Verdict::Pass]), count(&[Verdict::Fail]));
    let unknown = count(&[Verdict::Unknown]);
    let left = count(&[Verdict::Waiting, Verdict::Asking]);
    messages::counts(pass, fail, unknown, left)
}

/// Returns whether `fix` is a line to copy. If not, it is a sentence.
#[must_use]
pub fn is_line(fix: &str) -> bool {
    !fix.ends_with(['.', ':'])
}

/// Returns the results of a test that was stopped: no row is in progress any more.
#[must_use]
pub fn stopped(card: CheckReport) -> CheckReport {
    let phase = match card.phase {
        CheckPhase::Running => CheckPhase::Cancelled,
        phase => phase,
    };
    let mut card = CheckReport {
        want: None,
        phase,
        ..card
    };
    for row in &mut card.rows {
        if row.verdict == Verdict::Asking {
            row.verdict = Verdict::Waiting;
        }
    }
    card
}

/// Returns the name and the media type of the file for the results.
#[must_use]
pub fn file(card: &CheckReport, form: ExportFormat) -> (String, &'static str) {
    let (end, kind) = match form {
        ExportFormat::Markdown => (".md", "text/markdown"),
        ExportFormat::Json => (".json", "application/json"),
    };
    (["outlay-check-", &*card.profile, end].concat(), kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_config::EnvironmentKind;
    use outlay_probe::row::{RULES, fresh};

    fn card(verdicts: &[Verdict]) -> CheckReport {
        let mut rows = fresh(EnvironmentKind::Sandbox, true);
        rows.truncate(verdicts.len());
        for (row, verdict) in rows.iter_mut().zip(verdicts) {
            row.verdict = *verdict;
        }
        CheckReport {
            profile: "staging".to_owned(),
            name: "Staging".to_owned(),
            kind: EnvironmentKind::Sandbox,
            needs_client_id: false,
            phase: CheckPhase::Running,
            client_id: String::new(),
            authorization_endpoint: String::new(),
            token_endpoint: String::new(),
            api_base: String::new(),
            started: String::new(),
            ended: String::new(),
            outlay: String::new(),
            rows,
            want: None,
        }
    }

    #[test]
    fn every_row_is_counted_once() {
        use Verdict::{Asking, Fail, Pass, Unknown, Waiting};
        let running = card(&[Pass, Pass, Fail, Asking, Waiting, Unknown]);
        assert_eq!(
            counts(&running),
            "2 passed, 1 failed, 1 without a result, 2 not tested yet."
        );
        assert_eq!(
            counts(&card(&[Pass])),
            "1 passed, 0 failed, 0 without a result."
        );
        assert!(RULES.len() > 6);
    }

    #[test]
    fn every_verdict_has_its_own_icon() {
        use Verdict::{Asking, Fail, Pass, Unknown, Waiting};
        let mut marks = [Asking, Fail, Pass, Unknown, Waiting].map(mark).to_vec();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), 5);
    }

    #[test]
    fn evidence_line_is_distinguished_from_a_sentence() {
        assert!(is_line("Vary: Origin"));
        assert!(is_line("location /pleo-api/ { proxy_pass https://x/; }"));
        assert!(!is_line("And in config.json:"));
        assert!(!is_line("Start again later."));
    }

    #[test]
    fn no_question_is_shown_after_a_stop() {
        let card = stopped(card(&[Verdict::Pass, Verdict::Asking]));
        let verdicts: Vec<_> = card.rows.iter().map(|row| row.verdict).collect();
        assert_eq!(verdicts, [Verdict::Pass, Verdict::Waiting]);
    }

    #[test]
    fn export_file_name_contains_the_environment() {
        let card = card(&[]);
        let (name, kind) = file(&card, ExportFormat::Json);
        assert_eq!(
            (name.as_str(), kind),
            ("outlay-check-staging.json", "application/json")
        );
        assert_eq!(
            file(&card, ExportFormat::Markdown).0,
            "outlay-check-staging.md"
        );
    }
}
