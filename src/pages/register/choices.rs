//! The fields that are chosen from, by the stable words of their values.

use outlay_pleo::registration::{ClientKind, Environment, Field, Package, Pkce, SubjectType};

/// What can be chosen: the word and what people read. Empty for a field of another kind.
pub fn options(field: Field) -> Vec<(&'static str, &'static str)> {
    match field {
        Field::Environment => all(Environment::ALL, Environment::word, Environment::label),
        Field::ClientKind => all(ClientKind::ALL, ClientKind::word, ClientKind::label),
        Field::Pkce => all(Pkce::ALL, Pkce::word, Pkce::label),
        Field::SubjectType => all(SubjectType::ALL, SubjectType::word, SubjectType::label),
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

/// The word of what is chosen.
pub fn chosen(package: &Package, field: Field) -> &'static str {
    match field {
        Field::Environment => package.environment.word(),
        Field::ClientKind => package.client_kind.word(),
        Field::Pkce => package.pkce.word(),
        Field::SubjectType => package.subject_type.word(),
        _ => "",
    }
}

/// Chooses; a word of no value chooses the default.
pub fn choose(package: &mut Package, field: Field, word: &str) {
    match field {
        Field::Environment => package.environment = Environment::read(word).unwrap_or_default(),
        Field::ClientKind => package.client_kind = ClientKind::read(word).unwrap_or_default(),
        Field::Pkce => package.pkce = Pkce::read(word).unwrap_or_default(),
        Field::SubjectType => package.subject_type = SubjectType::read(word).unwrap_or_default(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_offered_can_be_chosen() {
        let mut offered = 0;
        for &field in Field::ALL {
            for (word, label) in options(field) {
                let mut package = Package::default();
                choose(&mut package, field, word);
                assert_eq!(chosen(&package, field), word);
                assert!(!label.is_empty());
                offered += 1;
            }
        }
        assert_eq!(offered, 11);
    }
}
