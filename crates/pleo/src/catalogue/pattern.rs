//! The regular expressions of the document: sets of characters, each with how often, between `^`
//! and `$`.

/// One set and how many characters of it.
struct PatternItem<'a> {
    set: &'a str,
    fewest: usize,
    most: usize,
}

/// Returns whether a text matches; `None` for an unsupported pattern.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    let mut rest = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let mut text = text;
    let mut fits = true;
    while !rest.is_empty() {
        let (step, after) = step(rest)?;
        rest = after;
        let run = text.chars().take_while(|one| holds(step.set, *one));
        let run: String = run.take(step.most).collect();
        fits &= run.chars().count() >= step.fewest;
        text = text.get(run.len()..).unwrap_or_default();
    }
    Some(fits && text.is_empty())
}

/// `[A-Z2-7]` and what follows it: `+`, `*`, `{4}` or nothing. Sets that follow each other are taken
/// greedily, so that neighbours may not share characters unless the first has a fixed number.
fn step(pattern: &str) -> Option<(PatternItem<'_>, &str)> {
    let (set, rest) = pattern.strip_prefix('[')?.split_once(']')?;
    if set.is_empty() || set.contains(['^', '\\', '[']) {
        return None;
    }
    let (fewest, most, rest) = if let Some(rest) = rest.strip_prefix('+') {
        (1, usize::MAX, rest)
    } else if let Some(rest) = rest.strip_prefix('*') {
        (0, usize::MAX, rest)
    } else if let Some(rest) = rest.strip_prefix('{') {
        let (count, rest) = rest.split_once('}')?;
        let count = count.parse().ok()?;
        (count, count, rest)
    } else {
        (1, 1, rest)
    };
    Some((PatternItem { set, fewest, most }, rest))
}

fn holds(set: &str, one: char) -> bool {
    let set: Vec<char> = set.chars().collect();
    let mut at = set.as_slice();
    loop {
        at = match at {
            [low, '-', high, rest @ ..] => {
                if (*low..=*high).contains(&one) {
                    return true;
                }
                rest
            }
            [only, rest @ ..] => {
                if *only == one {
                    return true;
                }
                rest
            }
            [] => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn pattern_matches_sets_and_repetitions() {
        for (pattern, text, fits) in [
            ("^[A-Z2-7=~]+$", "AB27=~", true),
            ("^[A-Z2-7=~]+$", "", false),
            ("^[A-Z2-7=~]+$", "AB1", false),
            ("^[A-Z2-7=~]+$", "aB", false),
            ("^[a-z]*$", "", true),
            ("^[A-Z]{3}$", "EUR", true),
            ("^[A-Z]{3}$", "EU", false),
            ("^[A-Z]{3}$", "EURO", false),
            ("^[A-Z]{2}[0-9]+$", "DK12", true),
            ("^[a-]$", "-", true),
        ] {
            assert_eq!(matches(pattern, text), Some(fits), "{pattern} {text:?}");
        }
        for strange in ["[A-Z]+", "^[A-Z]+", "^a$", "^[^a]$", "^[a]{x}$", r"^[\d]$"] {
            assert_eq!(matches(strange, "a"), None, "{strange}");
        }
    }
}
