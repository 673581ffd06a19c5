//! `404.html`, and a `.br` and `.gz` copy of each compressible file. The same input gives the same
//! bytes.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder, read::GzDecoder};

use super::site_folder::files;
use crate::Outcome;

/// The kinds that compress. `config.json` is not among them: it may be edited on the server, which
/// would continue to send the compressed copy of the old one.
const KINDS: [&str; 6] = [".html", ".css", ".js", ".wasm", ".svg", "catalogue.json"];

/// Hosts without a fallback rule show this file for an unknown path: a copy of the page, which reads
/// the route from the address.
pub fn fallback(site: &Path) -> Outcome {
    let copied = fs::copy(site.join("index.html"), site.join("404.html"));
    copied
        .map(drop)
        .map_err(|error| format!("{}/index.html: {error}", site.display()))
}

/// Compresses each file whose copy is missing or of other bytes.
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

/// Compresses with Brotli at quality 11, the slowest: it runs once per build, and saves bytes on each
/// download.
///
/// # Errors
///
/// The encoder's I/O error; reading from and writing to memory raise none.
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

/// Decompresses Brotli.
///
/// # Errors
///
/// `InvalidData` if `packed` is not one complete Brotli stream.
pub fn unbrotli(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    ::brotli::BrotliDecompress(&mut &*packed, &mut bytes)?;
    Ok(bytes)
}

/// The header contains no time and no operating system, so that the output depends on the input alone.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    packed.finish()
}

/// Decompresses gzip.
///
/// # Errors
///
/// `InvalidInput` or `InvalidData` if the header or the checksum is wrong, `UnexpectedEof` if
/// `packed` is cut off.
pub fn ungzip(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compression_is_lossless_and_reproducible() {
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
    fn changed_file_is_recompressed_and_configuration_is_not_compressed() {
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
