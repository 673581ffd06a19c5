//! The contacts: e-mail addresses of a plain shape.

use super::check::{Finding, LONGEST_LIST};
use super::field::FormField;
use super::rule::RegistrationRule;

pub(super) fn check(contacts: &[String], out: &mut Vec<Finding>) {
    for (at, contact) in contacts.iter().take(LONGEST_LIST).enumerate() {
        let mut note = |rule, detail: &str| {
            out.push(Finding::new(FormField::Contacts, Some(at), rule, detail))
        };
        if contact.is_empty() {
            note(RegistrationRule::Missing, "");
            continue;
        }
        if contact.trim() != contact {
            note(RegistrationRule::OuterSpace, "");
            continue;
        }
        let Some(local) = local_part(contact) else {
            note(RegistrationRule::ContactForm, contact);
            continue;
        };
        let earlier = contacts.get(..at).unwrap_or_default();
        if earlier.iter().any(|it| it.eq_ignore_ascii_case(contact)) {
            note(RegistrationRule::ContactTwice, contact);
        }
        let name: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if name.starts_with("noreply") || name.starts_with("donotreply") {
            note(RegistrationRule::ContactNoReply, contact);
        }
    }
}

/// What stands before the `@` of a plain address: a dot-string at a host name of two labels or more,
/// within the limits of RFC 5321, section 4.5.3.1.
fn local_part(text: &str) -> Option<&str> {
    let (local, host) = text.split_once('@')?;
    let lengths = text.len() <= 254 && (1..=64).contains(&local.len());
    let atoms = local.split('.').all(|atom| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    });
    let labels = host.contains('.')
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        });
    // A last label of digits is an address in numbers.
    let named = host
        .rsplit('.')
        .next()
        .is_some_and(|it| it.bytes().any(|b| b.is_ascii_alphabetic()));
    (lengths && atoms && labels && named).then_some(local)
}
