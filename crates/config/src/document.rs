//! The file as a whole, checked as far as it can be without knowing where it is served.

use crate::fields::Fields;
use crate::problem::Problem;
use crate::profile::{Draft, Target};
use outlay_wire::Value;

/// The largest file that is read, in bytes.
const LARGEST: usize = 64 * 1024;
/// The most profiles that a file may hold.
const MOST_PROFILES: usize = 20;

/// A `config.json` whose every rule holds that does not depend on the page's own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(crate) profiles: Vec<Draft>,
    pub(crate) idle_sign_out_minutes: u32,
    pub(crate) absolute_sign_out_hours: u32,
}

impl Document {
    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// Every [`Problem`] that the file has, not only the first.
    pub fn parse(json: &str) -> Result<Self, Vec<Problem>> {
        if json.len() > LARGEST {
            return Err(of_file(
                "is larger than 64 kB",
                "Remove what does not belong in it.",
            ));
        }
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let map = &outlay_wire::parse(json).map_err(|at| {
            let before = json.get(..at).unwrap_or(json);
            let line = (before.matches('\n').count() + 1).to_string();
            let last = before.rsplit('\n').next().unwrap_or_default();
            let column = (last.chars().count() + 1).to_string();
            of_file(
                &["is not valid JSON at line ", &line, ", column ", &column].concat(),
                "Look there for a missing comma, quote or bracket.",
            )
        })?;
        if map.as_object().is_none() {
            return Err(of_file(
                "is not a JSON object",
                "Write { \"profiles\": [ … ] }.",
            ));
        }
        let mut problems = Vec::new();
        let mut fields = Fields::new(String::new(), map, &mut problems);
        fields.refuse_unknown(&["profiles", "idleSignOutMinutes", "absoluteSignOutHours"]);
        let idle_sign_out_minutes = fields.number("idleSignOutMinutes", 30, 1, 1440);
        let absolute_sign_out_hours = fields.number("absoluteSignOutHours", 12, 1, 168);
        let profiles = read_profiles(map.get("profiles"), &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            profiles,
            idle_sign_out_minutes,
            absolute_sign_out_hours,
        })
    }

    /// The origins that the vault talks to besides the page's own: those of each profile's token
    /// endpoint, revocation endpoint and API, without repetition.
    #[must_use]
    pub fn connect_origins(&self) -> Vec<String> {
        let mut origins = Vec::new();
        let targets = self.profiles.iter().flat_map(|profile| {
            let Draft {
                token_endpoint,
                revocation_endpoint,
                api_base,
                ..
            } = profile;
            [
                Some(token_endpoint),
                revocation_endpoint.as_ref(),
                Some(api_base),
            ]
        });
        for target in targets.flatten() {
            if let Target::Absolute(location) = target {
                let origin = location.origin();
                if !origins.contains(&origin) {
                    origins.push(origin);
                }
            }
        }
        origins
    }
}

fn of_file(message: &str, fix: &str) -> Vec<Problem> {
    vec![Problem::new("config.json", message, fix)]
}

fn read_profiles(value: Option<&Value>, problems: &mut Vec<Problem>) -> Vec<Draft> {
    let list = value.and_then(Value::as_list);
    let Some(list) = list.filter(|list| (1..=MOST_PROFILES).contains(&list.len())) else {
        let (message, fix) = match (value, list) {
            (None, _) => ("is missing", "Add a list with at least one profile."),
            (_, None) => ("is not a list", "Write the profiles between [ and ]."),
            (_, Some([])) => ("is empty", "Add at least one profile."),
            (_, Some(_)) => ("has more than 20 entries", "Remove profiles."),
        };
        problems.push(Problem::new("profiles", message, fix));
        return Vec::new();
    };
    let mut profiles: Vec<Draft> = Vec::new();
    for (at, value) in list.iter().enumerate() {
        let place = ["profiles[", &at.to_string(), "]"].concat();
        if value.as_object().is_none() {
            let fix = "Write the profile between { and }.";
            problems.push(Problem::new(place, "is not a JSON object", fix));
            continue;
        }
        // A repeated id is told even if one of the two profiles has other faults.
        let id = value.get("id").and_then(Value::as_str);
        if id.is_some()
            && list
                .iter()
                .take(at)
                .any(|other| other.get("id").and_then(Value::as_str) == id)
        {
            problems.push(Problem::new(
                [&place, ".id"].concat(),
                "is the id of an earlier profile too",
                "Give every profile an id of its own.",
            ));
        }
        profiles.extend(Draft::read(Fields::new(
            [&place, "."].concat(),
            value,
            problems,
        )));
    }
    profiles
}
