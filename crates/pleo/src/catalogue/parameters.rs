//! A whole request against its operation.

use outlay_wire::Value;

use super::Catalogue;
use super::endpoint::{
    Endpoint, ListStyle, Parameter, ParameterLocation, ParameterRule, RuleKind, given,
};
use super::fault::{FaultCode, ValueFault};
use super::schema::SchemaShape;

impl Catalogue {
    /// Everything that is wrong with the parameters of one place: names and values in the clear, in
    /// the order of the request. A fault's place is the parameter's name.
    #[must_use]
    pub fn check_parameters(
        &self,
        operation: &Endpoint,
        place: ParameterLocation,
        given: &[(String, String)],
    ) -> Vec<ValueFault> {
        let mut faults = Vec::new();
        for (name, _) in given {
            if operation.parameter(place, name).is_none() {
                faults.push(fault(name, FaultCode::Unknown, []));
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

    /// Returns every fault of the body; an empty list for a valid body, and for an absent one that
    /// is optional.
    #[must_use]
    pub fn check_body(&self, operation: &Endpoint, body: Option<&Value>) -> Vec<ValueFault> {
        let (Some(wanted), Some(body)) = (&operation.body, body) else {
            return match (&operation.body, body) {
                (Some(wanted), None) if wanted.required => vec![fault("", FaultCode::Missing, [])],
                (None, Some(_)) => vec![fault("", FaultCode::Unknown, [])],
                _ => Vec::new(),
            };
        };
        let mut faults = self.validate_strictly(&wanted.schema, body);
        let there = |name: &str| given(body, name).is_some();
        check_rules(operation, ParameterLocation::Body, there, &mut faults);
        faults
    }

    fn check_one(&self, parameter: &Parameter, texts: &[&str], faults: &mut Vec<ValueFault>) {
        if texts.is_empty() && parameter.required {
            faults.push(fault(&parameter.name, FaultCode::Missing, []));
        }
        let listed = matches!(
            self.resolve(&parameter.schema).0.shape,
            SchemaShape::List(_)
        );
        if texts.len() > 1 && (!listed || parameter.style == ListStyle::Commas) {
            faults.push(fault(&parameter.name, FaultCode::Repeated, []));
        }
        for text in texts {
            let commas = listed && parameter.style == ListStyle::Commas;
            for item in text.split(|one| commas && one == ',') {
                if let Err(found) = self.of_text(&parameter.schema, item) {
                    faults.extend(found.into_iter().map(|one| ValueFault {
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
    place: ParameterLocation,
    there: impl Fn(&str) -> bool,
    faults: &mut Vec<ValueFault>,
) {
    for rule in operation.rules.iter().filter(|rule| rule.place == place) {
        let chosen = |names: &&Vec<String>| names.iter().any(|name| there(name));
        let count = rule.of.iter().filter(chosen).count();
        let code = match rule.kind {
            RuleKind::OneNeeded if count == 0 => FaultCode::OneNeeded,
            RuleKind::OneAllowed if count > 1 => FaultCode::OneAllowed,
            _ => continue,
        };
        faults.push(fault("", code, names(rule)));
    }
}

fn names(rule: &ParameterRule) -> Vec<String> {
    rule.of.iter().map(|names| names.join("+")).collect()
}

fn fault(at: &str, code: FaultCode, values: impl IntoIterator<Item = String>) -> ValueFault {
    ValueFault {
        at: at.to_owned(),
        code,
        values: values.into_iter().collect(),
    }
}
