//! The fields with a choice of values, by the stable words of the values.

use outlay_pleo::registration::{
    ClientKind, Environment, FormField, Pkce, RegistrationPackage, SubjectType,
};

/// Returns the choices: word and label of each. Empty for a field of another kind.
pub fn options(field: FormField) -> Vec<(&'static str, &'static str)> {
    match field {
        FormField::Environment => all(Environment::ALL, Environment::word, Environment::label),
        FormField::ClientKind => all(ClientKind::ALL, ClientKind::word, ClientKind::label),
        FormField::Pkce => all(Pkce::ALL, Pkce::word, Pkce::label),
        FormField::SubjectType => all(SubjectType::ALL, SubjectType::word, SubjectType::label),
        _ => Vec::new(),
    }
}

fn all<T: Copy>(
    all: &[T],
    word: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> Vec<(&'static str, &'static str)> {
    all.iter().map(|&it| (word(it), label(it))).collect()
}

/// Returns the word of the chosen value.
pub fn chosen(package: &RegistrationPackage, field: FormField) -> &'static str {
    match field {
        FormField::Environment => package.environment.word(),
        FormField::ClientKind => package.client_kind.word(),
        FormField::Pkce => package.pkce.word(),
        FormField::SubjectType => package.subject_type.word(),
        _ => "",
    }
}

/// Chooses the value of `word`; the default for an unknown word.
pub fn choose(package: &mut RegistrationPackage, field: FormField, word: &str) {
    match field {
        FormField::Environment => package.environment = Environment::read(word).unwrap_or_default(),
        FormField::ClientKind => package.client_kind = ClientKind::read(word).unwrap_or_default(),
        FormField::Pkce => package.pkce = Pkce::read(word).unwrap_or_default(),
        FormField::SubjectType => {
            package.subject_type = SubjectType::read(word).unwrap_or_default()
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offered_choice_can_be_selected() {
        let mut offered = 0;
        for &field in FormField::ALL {
            for (word, label) in options(field) {
                let mut package = RegistrationPackage::default();
                choose(&mut package, field, word);
                assert_eq!(chosen(&package, field), word);
                assert!(!label.is_empty());
                offered += 1;
            }
        }
        assert_eq!(offered, 11);
    }
}
