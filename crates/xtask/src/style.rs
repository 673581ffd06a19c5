//! One minified style sheet in place of one file per component, which `trunk serve` goes on using.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use sha2::{Digest, Sha256, Sha384};

use crate::Outcome;

/// How Trunk begins the element of a style sheet.
const LINK: &str = "<link rel=\"stylesheet\" href=\"";

/// Joins the style sheets that the page names, in their order, under a name with the hash of the
/// result, and minifies every other one in place.
pub fn site(folder: &Path) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(fail)?;
    let links = links(&html);
    let first = links.first().ok_or("index.html names no style sheet")?;
    let base = first.href.trim_end_matches(first.file());
    let mut whole = String::new();
    for link in &links {
        let file = folder.join(link.file());
        whole.push_str(&fs::read_to_string(&file).map_err(fail)?);
        fs::remove_file(&file).map_err(fail)?;
    }
    let css = minified("the page's style sheets", &whole)?;
    let hash = Sha256::digest(&css);
    let hash: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
    let name = format!("style-{hash}.css");
    let integrity = STANDARD.encode(Sha384::digest(&css));
    let one = format!("{LINK}{base}{name}\" integrity=\"sha384-{integrity}\">");
    let mut html = html.replacen(first.element, &one, 1);
    for link in &links[1..] {
        html = html.replacen(link.element, "", 1);
    }
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension().is_some_and(|end| end == "css") {
            let text = fs::read_to_string(&path).map_err(fail)?;
            let css = minified(&path.display().to_string(), &text)?;
            fs::write(&path, css).map_err(fail)?;
        }
    }
    fs::write(folder.join(name), css).map_err(fail)?;
    fs::write(page, html).map_err(fail)
}

/// An element that names a style sheet.
struct Link<'a> {
    element: &'a str,
    href: &'a str,
}

impl Link<'_> {
    fn file(&self) -> &str {
        self.href.rsplit('/').next().unwrap_or(self.href)
    }
}

fn links(html: &str) -> Vec<Link<'_>> {
    let found = html.match_indices(LINK).filter_map(|(at, _)| {
        let rest = &html[at..];
        let element = &rest[..=rest.find('>')?];
        let href = element.strip_prefix(LINK)?.split('"').next()?;
        Some(Link { element, href })
    });
    found.collect()
}

/// Without targets: the syntax stays that of the sources, which current browsers know.
fn minified(name: &str, css: &str) -> Outcome<String> {
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
    use super::*;
    use crate::place;

    #[test]
    fn the_page_names_one_sheet_with_all_rules_in_their_order() {
        let folder = std::env::temp_dir().join(format!("outlay-style-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("a-1f.css", "/* why */\n.a { color: red; }\n");
        write("b-2f.css", ".a { color: blue; }\n");
        write("part.css", ".c {\n  margin: 0px;\n}\n");
        write(
            "index.html",
            "<link rel=\"icon\" href=\"/team/x.svg\"/>\n\
             <link rel=\"stylesheet\" href=\"/team/a-1f.css\" integrity=\"sha384-x\"/>\n\
             <link rel=\"stylesheet\" href=\"/team/b-2f.css\"/>\n",
        );
        site(&folder).unwrap();
        let html = fs::read_to_string(folder.join("index.html")).unwrap();
        let found = links(&html);
        assert_eq!(found.len(), 1, "{html}");
        assert!(found[0].href.starts_with("/team/style-"), "{html}");
        assert!(html.contains("/team/x.svg"));
        let css = fs::read_to_string(folder.join(found[0].file())).unwrap();
        assert_eq!(css, ".a{color:#00f}");
        let integrity = STANDARD.encode(Sha384::digest(&css));
        assert!(html.contains(&format!("integrity=\"sha384-{integrity}\"")));
        assert!(!folder.join("a-1f.css").exists() && !folder.join("b-2f.css").exists());
        let part = fs::read_to_string(folder.join("part.css")).unwrap();
        assert_eq!(part, ".c{margin:0}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn every_style_sheet_of_the_sources_can_be_minified() {
        for entry in fs::read_dir(place::root().join("style")).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let css = minified(&path.display().to_string(), &text).unwrap();
            assert!(css.len() < text.len(), "{}", path.display());
        }
    }
}
