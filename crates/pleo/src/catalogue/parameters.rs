//! A whole request against its operation.

use outlay_wire::Value;

use super::Catalogue;
use super::endpoint::{Endpoint, ListStyle, Parameter, Place, Rule, RuleKind, given};
use super::fault::{Code, Fault};
use super::schema::Shape;

impl Catalogue {
    /// Everything that is wrong with the parameters of one place: names and values in the clear, in
    /// the order of the request. A fault's place is the parameter's name.
    #[must_use]
    pub fn check_parameters(
        &self,
        operation: &Endpoint,
        place: Place,
        given: &[(String, String)],
    ) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (name, _) in given {
            if operation.parameter(place, name).is_none() {
                faults.push(fault(name, Code::Unknown, []));
            }
        }
        for parameter in operation.parameters.iter().filter(|one| one.place == place) {
            let texts = given.iter().filter(|(name, _)| *name == parameter.name);
            let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
            self.check_one(parameter, &texts, &mut faults);
        }
        let there = |name: &str| given.iter().any(|(known, _)| known == name);
        check_rules(operation, place, there, &mut faults);
        faults
    }

    /// Everything that is wrong with the body; none is one that is absent.
    #[must_use]
    pub fn check_body(&self, operation: &Endpoint, body: Option<&Value>) -> Vec<Fault> {
        let (Some(wanted), Some(body)) = (&operation.body, body) else {
            return match (&operation.body, body) {
                (Some(wanted), None) if wanted.required => vec![fault("", Code::Missing, [])],
                (None, Some(_)) => vec![fault("", Code::Unknown, [])],
                _ => Vec::new(),
            };
        };
        let mut faults = self.validate_strictly(&wanted.schema, body);
        let there = |name: &str| given(body, name).is_some();
        check_rules(operation, Place::Body, there, &mut faults);
        faults
    }

    fn check_one(&self, parameter: &Parameter, texts: &[&str], faults: &mut Vec<Fault>) {
        if texts.is_empty() && parameter.required {
            faults.push(fault(&parameter.name, Code::Missing, []));
        }
        let listed = matches!(self.resolve(&parameter.schema).0.shape, Shape::List(_));
        if texts.len() > 1 && (!listed || parameter.style == ListStyle::Commas) {
            faults.push(fault(&parameter.name, Code::Repeated, []));
        }
        for text in texts {
            let commas = listed && parameter.style == ListStyle::Commas;
            for item in text.split(|one| commas && one == ',') {
                if let Err(found) = self.of_text(&parameter.schema, item) {
                    faults.extend(found.into_iter().map(|one| Fault {
                        at: parameter.name.clone(),
                        ..one
                    }));
                }
            }
        }
    }
}

fn check_rules(
    operation: &Endpoint,
    place: Place,
    there: impl Fn(&str) -> bool,
    faults: &mut Vec<Fault>,
) {
    for rule in operation.rules.iter().filter(|rule| rule.place == place) {
        let chosen = |names: &&Vec<String>| names.iter().any(|name| there(name));
        let count = rule.of.iter().filter(chosen).count();
        let code = match rule.kind {
            RuleKind::OneNeeded if count == 0 => Code::OneNeeded,
            RuleKind::OneAllowed if count > 1 => Code::OneAllowed,
            _ => continue,
        };
        faults.push(fault("", code, names(rule)));
    }
}

fn names(rule: &Rule) -> Vec<String> {
    rule.of.iter().map(|names| names.join("+")).collect()
}

fn fault(at: &str, code: Code, values: impl IntoIterator<Item = String>) -> Fault {
    Fault {
        at: at.to_owned(),
        code,
        values: values.into_iter().collect(),
    }
}
