//! The company or organisation that a token acts for.

/// A parsed subject URN: `urn:pleo:company:<uuid>` or `urn:pleo:organisation:<uuid>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// `urn:pleo:company:<uuid>`, with the UUID.
    Company(String),
    /// `urn:pleo:organisation:<uuid>`, with the UUID.
    Organisation(String),
}

impl Subject {
    /// Reads a URN. `organization` counts as well: Pleo's query parameters spell it so.
    pub fn parse(urn: &str) -> Option<Subject> {
        let rest = strip_prefix_ignoring_case(urn, "urn:pleo:")?;
        let (kind, id) = rest.split_once(':')?;
        if !is_uuid(id) {
            return None;
        }
        let id = id.to_ascii_lowercase();
        match kind {
            "company" => Some(Subject::Company(id)),
            "organisation" | "organization" => Some(Subject::Organisation(id)),
            _ => None,
        }
    }

    /// Returns the URN in Pleo's spelling, with lower-case `organisation`.
    pub fn urn(&self) -> String {
        match self {
            Subject::Company(id) => format!("urn:pleo:company:{id}"),
            Subject::Organisation(id) => format!("urn:pleo:organisation:{id}"),
        }
    }

    /// The company's UUID; none for an organisation.
    pub fn company_id(&self) -> Option<&str> {
        match self {
            Subject::Company(id) => Some(id),
            Subject::Organisation(_) => None,
        }
    }
}

/// Whether the text has the shape of a UUID: 8-4-4-4-12 hexadecimal digits.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// RFC 8141: the first two parts of a URN do not distinguish case.
fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..))
        .flatten()
}
