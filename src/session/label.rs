//! The names of connections on screen.

use outlay_pleo::{Company, Subject};
use outlay_vault::message::Connection;

use super::messages;

/// Returns the name of the subject's company among `companies`, the response of `/v1/companies`. If
/// the subject is no company in the list, returns the first company's name with the number of the
/// others; `None` for an empty list.
pub fn of_companies(subject: Option<&str>, companies: &[Company]) -> Option<String> {
    let subject = subject.and_then(Subject::parse);
    let own = subject.as_ref().and_then(Subject::company_id);
    if let Some(company) = companies
        .iter()
        .find(|company| own.is_some_and(|own| company.id == *own))
    {
        return Some(company.name.clone());
    }
    match companies {
        [] => None,
        [only] => Some(only.name.clone()),
        [first, others @ ..] => Some(messages::and_more(&first.name, others.len())),
    }
}

/// Returns a name for a connection whose company is not known: the application and the beginning of
/// an id.
pub fn without_companies(connection: &Connection) -> String {
    let application = connection
        .application
        .as_deref()
        .unwrap_or(messages::CONNECTION);
    let subject = connection.subject.as_deref().and_then(Subject::parse);
    let (kind, id) = match &subject {
        Some(Subject::Company(id)) => (messages::COMPANY, id),
        Some(Subject::Organisation(id)) => (messages::ORGANISATION, id),
        None => ("", &connection.id),
    };
    // The first block of a UUID is enough to distinguish connections.
    let short = id.split('-').next().unwrap_or_default();
    [application, ", ", kind, short].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::view::tests::connection;
    use outlay_vault::message::ConnectionPhase;

    const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

    fn company(id: &str, name: &str) -> Company {
        let json = format!(r#"{{"id":"{id}","name":"{name}","address":{{}}}}"#);
        outlay_wire::from_text(&json).unwrap()
    }

    #[test]
    fn label_uses_the_subject_else_the_first_numbered_company() {
        let all = [company("x", "Brinkholt"), company(ID, "Quillmark")];
        let urn = ["urn:pleo:company:", ID].concat();
        assert_eq!(of_companies(Some(&urn), &all).as_deref(), Some("Quillmark"));
        assert_eq!(
            of_companies(None, &all).as_deref(),
            Some("Brinkholt and 1 more")
        );
        assert_eq!(of_companies(None, &all[..1]).as_deref(), Some("Brinkholt"));
        assert_eq!(of_companies(Some(&urn), &[]), None);
    }

    #[test]
    fn label_without_a_name_uses_application_and_subject() {
        let mut unnamed = connection("c-1", ConnectionPhase::Active);
        assert_eq!(without_companies(&unnamed), "Connection, c");
        unnamed.application = Some("Outlay".to_owned());
        unnamed.subject = Some(["urn:pleo:company:", ID].concat());
        assert_eq!(without_companies(&unnamed), "Outlay, company 0f8fad5b");
    }
}
