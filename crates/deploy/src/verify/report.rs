//! The results, by the rows of the host part of docs/checklist.md.

use std::fmt::Write;

/// A row's number and meaning.
type CheckRow = (&'static str, &'static str);

/// Row H1: the policy on every response.
pub const POLICY: CheckRow = ("H1", "the content security policy, on every answer");
/// Row of the policy's `connect-src`.
pub const CONNECT: CheckRow = (
    "H2",
    "connect-src names the configured origins for the workers, none for the page",
);
/// Row H4: the other security headers.
pub const HEADERS: CheckRow = ("H4", "referrer, content type, resource policy, HSTS");
/// Row H5: `Cross-Origin-Opener-Policy`.
pub const OPENER: CheckRow = ("H5", "Cross-Origin-Opener-Policy");
/// Row H6: the callback page loads nothing from another origin.
pub const CALLBACK_PAGE: CheckRow = ("H6", "the callback's page names nothing of another origin");
/// Row of the files: each equals the build's.
pub const FILES: CheckRow = (
    "H7",
    "every file is the build's own, and names of scripts are hashed",
);
/// Row H8: caches do not store the callback.
pub const CALLBACK: CheckRow = ("H8", "caches do not store the callback");
/// Row of `Cache-Control`.
pub const KEPT: CheckRow = ("keeping", "how long each answer may be kept");
/// Row of routes and missing files.
pub const FALLBACK: CheckRow = ("fallback", "routes lead to the page, missing files to 404");
/// Row of rejected methods.
pub const METHODS: CheckRow = ("methods", "GET and HEAD, and nothing else");
/// Row of files that are not in the build.
pub const UNASKED: CheckRow = (
    "unasked",
    "no header that keeps, leads, reports or opens anything",
);
/// Row of proxy paths.
pub const PROXY: CheckRow = ("proxy", "its paths take their own requests only");

/// Row of service workers.
pub const SERVICE_WORKER: CheckRow = ("workers", "no answer becomes a service worker");

const JUDGED: [CheckRow; 13] = [
    POLICY,
    CONNECT,
    HEADERS,
    OPENER,
    CALLBACK_PAGE,
    FILES,
    CALLBACK,
    KEPT,
    FALLBACK,
    METHODS,
    UNASKED,
    SERVICE_WORKER,
    PROXY,
];

/// The rows that cannot be judged from outside.
const ELSEWHERE: [(&str, &str); 9] = [
    (
        "H3",
        "not set: the page's framework writes its own markup; tests see that no text becomes markup",
    ),
    ("H9", "the operator knows what else runs on the origin"),
    ("H10", "tests open the page in browsers that lack something"),
    ("H11", "tests serve the site with the generated files"),
    ("H12", "tests see where links lead, and that they say so"),
    ("H13", "tests read it off the sources"),
    ("H14", "tests of the writers"),
    ("H15", "tests of the calls"),
    (
        "earlier",
        "a service worker that an earlier app left is in the browsers: the page stops for it, and \
         docs/hosting.md (An earlier app on the origin) has what to serve against it",
    ),
];

/// At most so many failures of a row are listed.
const LISTED: usize = 5;

/// The results of `verify`.
#[derive(Default)]
pub struct VerifyReport {
    seen: Vec<(CheckRow, Result<(), String>)>,
    notes: Vec<String>,
}

impl VerifyReport {
    /// Records a result; `wrong` describes a failure and is called only then.
    pub fn see(&mut self, row: CheckRow, right: bool, wrong: impl FnOnce() -> String) {
        let result = if right { Ok(()) } else { Err(wrong()) };
        self.seen.push((row, result));
    }

    /// Records a limitation of the host that is not a fault.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Returns whether no check failed.
    pub fn passes(&self) -> bool {
        self.seen.iter().all(|(_, result)| result.is_ok())
    }

    /// Returns every row with its results as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for row in JUDGED {
            let of_row = self.seen.iter().filter(|(of, _)| *of == row);
            let results: Vec<_> = of_row.map(|(_, result)| result).collect();
            let wrong: Vec<_> = results.iter().filter_map(|it| it.as_ref().err()).collect();
            let (name, says) = row;
            let verdict = match (results.len(), wrong.len()) {
                (0, _) => "  --",
                (_, 0) => "pass",
                _ => "FAIL",
            };
            let seen = results.len();
            let _ = writeln!(
                text,
                "{verdict}  {name:8}  {says}: {seen} seen, {} wrong",
                wrong.len()
            );
            for failure in wrong.iter().take(LISTED) {
                let _ = writeln!(text, "                {failure}");
            }
            if wrong.len() > LISTED {
                let _ = writeln!(text, "                and {} more", wrong.len() - LISTED);
            }
        }
        for (name, why) in ELSEWHERE {
            let _ = writeln!(text, "  --  {name:8}  {why}");
        }
        for note in &self.notes {
            let _ = writeln!(text, "note            {note}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn report_lists_every_check_and_the_reason_of_a_failure() {
        let mut report = VerifyReport::default();
        report.see(POLICY, true, String::new);
        assert!(report.passes());
        for number in 0..7 {
            report.see(HEADERS, false, || format!("/{number} lacks it"));
        }
        assert!(!report.passes());
        let text = report.text();
        for row in 1..=15 {
            let named = text.lines().filter(|line| {
                line.get(6..)
                    .is_some_and(|it| it.starts_with(&format!("H{row} ")))
            });
            assert_eq!(named.count(), 1, "H{row}");
        }
        assert!(text.contains("pass  H1 ") && text.contains("FAIL  H4 "));
        assert!(text.contains("/4 lacks it") && !text.contains("/5 lacks it"));
        assert!(text.contains("and 2 more"));
    }
}
