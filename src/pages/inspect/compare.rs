//! Two flow steps side by side: which parameter is the first to differ, and the section of the
//! standard that defines it. Also the ids that join the steps of one flow.

use outlay_vault::message::FlowStep;

use super::messages::tools as messages;
use super::parameters::explained;
use super::timeline::{ShownValue, parameters};

/// Parameters with a new value in every flow: only whether they are present is compared.
const NEW_EACH_TIME: [&str; 7] = [
    "state",
    "code",
    "code_challenge",
    "code_verifier",
    "access_token",
    "refresh_token",
    "token",
];

/// A parameter of one of two steps, or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedParameter {
    /// The name, with `sent` or `received` before it.
    pub name: String,
    /// The value in the first step; `None` if it is absent.
    pub first: Option<String>,
    /// The value in the second step; `None` if it is absent.
    pub second: Option<String>,
    /// Whether the steps differ in it.
    pub differs: bool,
    /// The section of the standard; empty for an unknown parameter.
    pub source: &'static str,
}

/// Returns the parameters of two steps: those of the request, the status, those of the response,
/// each in the order of the first step, then those that only the second has.
pub fn compared(first: &FlowStep, second: &FlowStep) -> Vec<ComparedParameter> {
    let mut out = side("sent ", &first.sent, &second.sent);
    let status = |step: &FlowStep| step.status.map(|status| status.to_string());
    out.push(ComparedParameter {
        name: "status".to_owned(),
        first: status(first),
        second: status(second),
        differs: first.status != second.status,
        source: "RFC 6749 §5.1, §5.2",
    });
    out.extend(side("received ", &first.came, &second.came));
    out
}

/// Returns the first parameter in which two steps differ.
pub fn first_difference(all: &[ComparedParameter]) -> Option<&ComparedParameter> {
    all.iter().find(|one| one.differs)
}

fn side(prefix: &str, first: &str, second: &str) -> Vec<ComparedParameter> {
    let (first, second) = (parameters(first), parameters(second));
    let value = |all: &[(String, ShownValue)], name: &str| {
        let found = all.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| text(value))
    };
    let mut names: Vec<&String> = first.iter().map(|(name, _)| name).collect();
    for (name, _) in &second {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.dedup();
    let rows = names.into_iter().map(|name| {
        let (one, two) = (value(&first, name), value(&second, name));
        let differs = match NEW_EACH_TIME.contains(&&**name) {
            true => one.is_some() != two.is_some(),
            false => one != two,
        };
        ComparedParameter {
            name: [prefix, name].concat(),
            first: one,
            second: two,
            differs,
            source: explained(name).map_or("", |it| it.source),
        }
    });
    rows.collect()
}

/// The value as it is shown: of a secret its length and fingerprint.
pub fn text(value: &ShownValue) -> String {
    match value {
        ShownValue::Plain(text) => text.clone(),
        ShownValue::Secret {
            length,
            fingerprint,
        } => messages::secret(length, fingerprint),
    }
}

/// Returns for each step the number of its flow, from 1: steps that share a `state`, a code or a
/// refresh token, by fingerprint, are one flow, and so are the steps of one connection. `None` for a
/// step that shares nothing with another.
pub fn flows(steps: &[FlowStep]) -> Vec<Option<usize>> {
    let mut groups: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let keys = keys(step);
        let mut own = (keys.clone(), vec![at]);
        let mut rest = Vec::new();
        for group in groups {
            if group.0.iter().any(|key| keys.contains(key)) {
                own.0.extend(group.0);
                own.1.extend(group.1);
            } else {
                rest.push(group);
            }
        }
        rest.push(own);
        groups = rest;
    }
    groups
        .iter_mut()
        .for_each(|(_, members)| members.sort_unstable());
    groups.retain(|(_, members)| members.len() > 1);
    groups.sort_by_key(|(_, members)| members.first().copied());
    let mut out = vec![None; steps.len()];
    for (number, (_, members)) in groups.into_iter().enumerate() {
        for member in members {
            if let Some(place) = out.get_mut(member) {
                *place = Some(number + 1);
            }
        }
    }
    out
}

/// What joins a step with others: fingerprints of one-time values, and the connection.
fn keys(step: &FlowStep) -> Vec<String> {
    let joins = ["state", "code", "refresh_token", "token"];
    let all = parameters(&step.sent)
        .into_iter()
        .chain(parameters(&step.came));
    let keys = all.filter_map(|(name, value)| match value {
        // A refresh token is called `token` in a revocation.
        ShownValue::Secret { fingerprint, .. } if joins.contains(&&*name) => Some(fingerprint),
        _ => None,
    });
    keys.chain(step.connection.iter().map(|id| ["c ", id].concat()))
        .collect()
}

#[cfg(test)]
mod tests {
    use outlay_oauth::outline::of_form;
    use outlay_vault::message::FlowStepKind;

    use super::*;

    fn step(kind: FlowStepKind, sent: &str, came: &str) -> FlowStep {
        FlowStep {
            sent: of_form(sent),
            came: of_form(came),
            ..FlowStep::of(kind)
        }
    }

    #[test]
    fn first_divergent_parameter_is_named_with_its_clause() {
        let one = "response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&state=s1&code_challenge_method=S256";
        let cases: [(&str, Option<(&str, &str)>); 4] = [
            (one, None),
            (
                "response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb%2F&state=s2&code_challenge_method=plain",
                Some(("sent redirect_uri", "§3.1.2")),
            ),
            (
                "response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&code_challenge_method=S256",
                Some(("sent state", "§10.12")),
            ),
            (
                "response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&state=s1&code_challenge_method=S256&scope=x",
                Some(("sent scope", "§3.3")),
            ),
        ];
        let first = step(FlowStepKind::Authorize, one, "");
        for (sent, expected) in cases {
            let all = compared(&first, &step(FlowStepKind::Authorize, sent, ""));
            let found = first_difference(&all).map(|it| (&*it.name, it.source));
            match expected {
                None => assert_eq!(found, None),
                Some((name, clause)) => {
                    let (known, source) = found.expect("a difference");
                    assert_eq!(known, name);
                    assert!(source.contains(clause), "{source}");
                }
            }
        }
    }

    #[test]
    fn comparison_shows_no_secret() {
        let one = step(
            FlowStepKind::Exchange,
            "grant_type=authorization_code&code=Hidden1",
            "access_token=Hidden2&expires_in=900",
        );
        let two = step(
            FlowStepKind::Exchange,
            "grant_type=authorization_code&code=Hidden3",
            "access_token=Hidden4&expires_in=60",
        );
        let all = compared(&one, &two);
        let shown = format!("{all:?}");
        assert!(!shown.contains("Hidden"), "{shown}");
        let first = first_difference(&all).map(|it| &*it.name);
        assert_eq!(first, Some("received expires_in"));
    }

    #[test]
    fn steps_of_one_flow_have_one_number() {
        let steps = [
            step(FlowStepKind::Authorize, "state=s1&client_id=a", ""),
            step(FlowStepKind::Authorize, "state=s2&client_id=a", ""),
            step(FlowStepKind::Callback, "", "state=s1&code=k1"),
            step(FlowStepKind::Exchange, "code=k1", "refresh_token=r1"),
            step(
                FlowStepKind::Refresh,
                "refresh_token=r1",
                "refresh_token=r2",
            ),
            step(FlowStepKind::Revoke, "token=r2", ""),
        ];
        assert_eq!(
            flows(&steps),
            [Some(1), None, Some(1), Some(1), Some(1), Some(1)]
        );
    }
}
