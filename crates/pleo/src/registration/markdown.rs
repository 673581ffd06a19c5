//! The form as Markdown, to be sent to people.
//!
//! All input is in code spans (CommonMark 0.31, section 6.1): nothing in them is
//! Markdown or HTML, and no line break gets into one, so that no heading, link or tag can be typed.

use super::check::push_visible;
use super::field::{FieldGroup, FormField};
use super::package::{Logo, RegistrationPackage};

/// The text for an empty value.
const EMPTY: &str = "*not given*";

impl RegistrationPackage {
    /// Writes the filled-in form as Markdown: a heading for each group, a line for each field.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("# Registration of an OAuth client at Pleo\n");
        for group in FieldGroup::ALL {
            out.push_str("\n## ");
            out.push_str(group.label());
            out.push_str("\n\n");
            for field in group.fields() {
                out.push_str("- **");
                out.push_str(field.label());
                out.push_str(":**");
                push_values(&self.value_lines(field), field, &mut out);
                out.push('\n');
            }
        }
        out
    }

    /// The values of a field, as Markdown.
    fn value_lines(&self, field: FormField) -> Vec<String> {
        let one = |label: &str| vec![label.to_owned()];
        match field {
            FormField::Environment => one(self.environment.label()),
            FormField::ClientKind => one(self.client_kind.label()),
            FormField::Pkce => one(self.pkce.label()),
            FormField::SubjectType => one(self.subject_type.label()),
            FormField::Purposes => self
                .purposes
                .iter()
                .map(|it| it.label().to_owned())
                .collect(),
            FormField::Logo => self.logo.iter().map(logo).collect(),
            _ => match self.list(field) {
                Some(items) => items.iter().map(|it| code(it)).collect(),
                None => self.text(field).map(code).into_iter().collect(),
            },
        }
    }
}

/// One value on the line of its label; several, or one of a list, each on a separate line.
fn push_values(values: &[String], field: FormField, out: &mut String) {
    let listed = matches!(
        field,
        FormField::Contacts | FormField::RedirectUris | FormField::Scopes | FormField::Purposes
    );
    if values.is_empty() {
        out.extend([" ", EMPTY]);
    }
    for value in values {
        out.extend([if listed { "\n  - " } else { " " }, value]);
    }
}

fn logo(logo: &Logo) -> String {
    let transparency = if logo.has_transparency {
        "with transparency"
    } else {
        "without transparency"
    };
    let size = [
        &*logo.width.to_string(),
        " × ",
        &logo.height.to_string(),
        " pixels",
    ]
    .concat();
    let weight = [&*logo.bytes.to_string(), " bytes"].concat();
    [
        &*code(&logo.file_name),
        &code(&logo.media_type),
        &size,
        &weight,
        transparency,
    ]
    .join(", ")
}

/// A text as a code span, with a name for every character that is not seen.
fn code(text: &str) -> String {
    let mut inner = String::new();
    text.chars().for_each(|it| push_visible(it, &mut inner));
    if inner.is_empty() {
        return EMPTY.to_owned();
    }
    let longest = inner.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A space on each side is taken off again; it keeps a backtick or a space of the text apart.
    let padded = inner.starts_with(['`', ' ']) || inner.ends_with(['`', ' ']);
    let blank = inner.bytes().all(|b| b == b' ');
    let space = if padded && !blank { " " } else { "" };
    [&fence, space, &inner, space, &fence].concat()
}
