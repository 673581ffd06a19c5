//! `404.html`, and `.br` and `.gz` beside each file that gains by it: the same bytes from the same
//! bytes.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder, read::GzDecoder};

use super::deployment::files;
use crate::Outcome;

/// What compresses. `config.json` is not among them: it may be edited where it lies, and a server
/// would go on sending the older one.
const KINDS: [&str; 6] = [".html", ".css", ".js", ".wasm", ".svg", "catalogue.json"];

/// Hosts that know no fallback show this file for a path that they do not know: the page, which
/// finds its way by the address.
pub fn fallback(site: &Path) -> Outcome {
    let copied = fs::copy(site.join("index.html"), site.join("404.html"));
    copied
        .map(drop)
        .map_err(|error| format!("{}/index.html: {error}", site.display()))
}

/// Compresses what has not been compressed yet, or not from these bytes.
pub fn pack(site: &Path) -> Outcome {
    for file in files(site)? {
        if KINDS.iter().any(|kind| file.ends_with(kind)) {
            let path = site.join(&file);
            pack_one(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

fn pack_one(path: &Path) -> std::io::Result<()> {
    let bytes = fs::read(path)?;
    let with = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        std::path::PathBuf::from(name)
    };
    let packed = with(".br");
    if !fs::read(&packed).is_ok_and(|old| unbrotli(&old).is_ok_and(|old| old == bytes)) {
        fs::write(&packed, brotli(&bytes)?)?;
    }
    let packed = with(".gz");
    if !fs::read(&packed).is_ok_and(|old| ungzip(&old).is_ok_and(|old| old == bytes)) {
        fs::write(&packed, gzip(&bytes)?)?;
    }
    Ok(())
}

/// At the slowest setting, since it is done once for every download.
pub fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut packed = Vec::new();
    ::brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed)
}

/// What it was before.
pub fn unbrotli(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    ::brotli::BrotliDecompress(&mut &*packed, &mut bytes)?;
    Ok(bytes)
}

/// Without a time, and without the name of a system.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    packed.finish()
}

/// What it was before.
pub fn ungzip(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_loses_nothing_and_depends_on_nothing_else() {
        let bytes: Vec<u8> = (0..20_000_u32)
            .flat_map(|n| (n % 251).to_le_bytes())
            .collect();
        assert_eq!(unbrotli(&brotli(&bytes).unwrap()).unwrap(), bytes);
        assert_eq!(ungzip(&gzip(&bytes).unwrap()).unwrap(), bytes);
        assert_eq!(brotli(&bytes).unwrap(), brotli(&bytes).unwrap());
        let packed = gzip(&bytes).unwrap();
        assert_eq!(packed, gzip(&bytes).unwrap());
        // RFC 1952: the time, and the system.
        assert_eq!((&packed[4..8], packed[9]), (&[0; 4][..], 255));
        assert!(packed.len() * 10 < bytes.len());
    }

    #[test]
    fn a_file_that_changed_is_packed_anew_and_the_configuration_never() {
        let site = std::env::temp_dir().join(format!("outlay-pack-{}", std::process::id()));
        fs::create_dir_all(&site).unwrap();
        for (name, text) in [
            ("vault.js", "first"),
            ("config.json", "{}"),
            ("catalogue.json", "{}"),
        ] {
            fs::write(site.join(name), text).unwrap();
        }
        pack(&site).unwrap();
        fs::write(site.join("vault.js"), "second").unwrap();
        pack(&site).unwrap();
        let packed = fs::read(site.join("vault.js.br")).unwrap();
        assert_eq!(unbrotli(&packed).unwrap(), b"second");
        let packed = fs::read(site.join("vault.js.gz")).unwrap();
        assert_eq!(ungzip(&packed).unwrap(), b"second");
        assert!(site.join("catalogue.json.br").exists() && site.join("catalogue.json.gz").exists());
        assert!(!site.join("config.json.br").exists() && !site.join("config.json.gz").exists());
        fs::remove_dir_all(&site).unwrap();
    }
}
