//! The style sheet, minified.

use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};

use crate::outcome::Outcome;

/// The rules of `css` in as few bytes as possible; `name` is for the error.
///
/// Without targets: the syntax stays that of the sources, which current browsers know.
pub fn minified(name: &str, css: &str) -> Outcome<String> {
    let fail = |error: &dyn std::fmt::Display| format!("{name}: {error}");
    let mut sheet =
        StyleSheet::parse(css, ParserOptions::default()).map_err(|error| fail(&error))?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| fail(&error))?;
    let printer = PrinterOptions {
        minify: true,
        ..PrinterOptions::default()
    };
    let printed = sheet.to_css(printer).map_err(|error| fail(&error))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::program_paths;

    #[test]
    fn minified_rules_keep_their_order_without_comments() {
        let css = "/* why */\n.a { color: red; }\n.a { color: blue; }\n.c {\n  margin: 0px;\n}\n";
        assert_eq!(
            minified("a", css),
            Ok(".a{color:#00f}.c{margin:0}".to_owned())
        );
    }

    #[test]
    fn every_style_sheet_is_minifiable() {
        for entry in fs::read_dir(program_paths::root().join("style")).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let css = minified(&path.display().to_string(), &text).unwrap();
            assert!(css.len() < text.len(), "{}", path.display());
        }
    }
}
