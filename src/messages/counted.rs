//! Numbers with a unit in the singular or plural.

/// Returns `1 minute` or, for any other number, `2 minutes`. `unit` is a noun whose plural ends in `s`.
#[must_use]
pub fn counted(number: u64, unit: &str) -> String {
    match number {
        1 => ["1 ", unit].concat(),
        _ => format!("{number} {unit}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn unit_is_singular_for_one_only() {
        let texts = [0, 1, 2, 11].map(|number| counted(number, "minute"));
        assert_eq!(texts, ["0 minutes", "1 minute", "2 minutes", "11 minutes"]);
    }
}
