//! `index.html` and the files that it names, from the sources that Trunk serves in development.

use std::fs;
use std::path::Path;

use crate::bundle::{Program, hash};
use crate::outcome::Outcome;
use crate::{program_paths, script, style};

/// Writes the document of a site under `base`, its style sheet and its other files to `out`.
pub fn write(out: &Path, base: &str, program: &Program) -> Outcome {
    let source = program_paths::root().join("public");
    let file = source.join("index.html");
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let save = |name: &str, bytes: &[u8]| {
        fs::write(out.join(name), bytes).map_err(|error| format!("{name}: {error}"))
    };
    let mut html = Vec::new();
    let mut style = String::new();
    let mut boot = String::new();
    for line in read(&file)?.lines() {
        let Some(asset) = Asset::of(line) else {
            html.push(line.to_owned());
            continue;
        };
        let path = source.join(asset.path);
        match asset.kind {
            AssetKind::Style => style.push_str(&read(&path)?),
            AssetKind::Icon => {
                let bytes = read(&path)?;
                let name = format!("outlay-{}.svg", hash(&[bytes.as_bytes()]));
                save(&name, bytes.as_bytes())?;
                html.push(
                    line.replace("data-trunk ", "")
                        .replace(asset.path, &[base, &name].concat()),
                );
            }
            AssetKind::Copy => {
                let name = asset.path.rsplit('/').next().unwrap_or_default();
                let text = read(&path)?;
                let text = match name.ends_with(".js") {
                    true => script::minified(name, script::Kind::Module, &text)?,
                    false => text,
                };
                save(name, text.as_bytes())?;
            }
            AssetKind::Script => {
                boot = script::minified(asset.path, script::Kind::Classic, &read(&path)?)?;
            }
            AssetKind::Rust => {}
        }
    }
    let style = style::minified("the style sheets", &style)?;
    let style_name = format!("outlay-{}.css", hash(&[style.as_bytes()]));
    save(&style_name, style.as_bytes())?;
    let boot_name = format!("boot-{}.js", hash(&[boot.as_bytes()]));
    save(&boot_name, boot.as_bytes())?;
    let head = head(base, program, &style_name, &boot_name);
    let html = html.join("\n");
    let (before, after) = html
        .split_once("</head>")
        .ok_or_else(|| format!("{} has no head", file.display()))?;
    save(
        "index.html",
        [before, &head, "</head>", after, "\n"].concat().as_bytes(),
    )
}

/// What the head names: the style sheet, the scripts, what is fetched in parallel, and the files by
/// which `boot.js` finds its way.
fn head(base: &str, program: &Program, style: &str, boot: &str) -> String {
    let chunks: Vec<String> = program
        .chunks
        .iter()
        .map(|(chunk, files)| format!("{chunk}:{}", files.join(",")))
        .collect();
    let Program {
        script,
        wasm,
        loader,
        ..
    } = program;
    let build = hash(&[
        script.as_bytes(),
        wasm.as_bytes(),
        chunks.join(" ").as_bytes(),
    ]);
    format!(
        r#"  <link rel="stylesheet" href="{base}{style}">
    <meta name="outlay-page" content="{base}" data-module="{base}{script}" data-wasm="{base}{wasm}" data-loader="{base}{loader}" data-build="{build}" data-chunks="{}">
    <link rel="modulepreload" href="{base}{script}">
    <link rel="modulepreload" href="{base}{loader}">
    <link rel="preload" href="{base}{wasm}" as="fetch" type="application/wasm" crossorigin="anonymous">
    <script src="{base}{boot}"></script>
  "#,
        chunks.join(" ")
    )
}

enum AssetKind {
    Style,
    Icon,
    Copy,
    Script,
    Rust,
}

/// An element for Trunk, which is on a separate line.
struct Asset<'a> {
    kind: AssetKind,
    /// Relative to the document.
    path: &'a str,
}

impl Asset<'_> {
    fn of(line: &str) -> Option<Asset<'_>> {
        let line = line.trim();
        line.contains("data-trunk").then_some(())?;
        let attribute = |name: &str| {
            let (_, rest) = line.split_once(&format!(" {name}=\""))?;
            rest.split('"').next()
        };
        let kind = match attribute("rel") {
            Some("css") => AssetKind::Style,
            Some("icon") => AssetKind::Icon,
            Some("copy-file") => AssetKind::Copy,
            Some("rust") => AssetKind::Rust,
            _ => AssetKind::Script,
        };
        let path = attribute("href").or_else(|| attribute("src"))?;
        Some(Asset { kind, path })
    }
}
