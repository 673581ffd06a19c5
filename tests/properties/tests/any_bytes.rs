//! The properties with the seeds of the fuzz targets and with random bytes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

type Property = fn(&[u8]);

/// Each function with the name of its fuzz target.
const ALL: [(&str, Property); 8] = [
    ("callback", outlay_properties::callback),
    ("config", outlay_properties::config),
    ("csv", outlay_properties::csv),
    ("entries", outlay_properties::entries),
    ("json", outlay_properties::json),
    ("snapshot", outlay_properties::snapshot),
    ("time", outlay_properties::time),
    ("token", outlay_properties::token),
];

fn fuzz() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

#[test]
fn properties_hold_for_the_seed_files() {
    for (name, property) in ALL {
        let seeds = fs::read_dir(fuzz().join("seeds").join(name)).unwrap();
        let mut count = 0;
        for seed in seeds {
            let path = seed.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            std::panic::catch_unwind(|| property(&bytes))
                .unwrap_or_else(|_| panic!("{}", path.display()));
            count += 1;
        }
        assert!(count > 0, "{name} has no seed");
    }
}

#[test]
fn each_property_has_a_fuzz_target() {
    let targets = fs::read_dir(fuzz().join("fuzz_targets")).unwrap();
    let mut names: Vec<_> = targets
        .map(|target| target.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ALL.map(|(name, _)| name));
}

/// Bytes that text from outside is made of, more often than any others.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => any::<u8>().prop_map(|byte| vec![byte]),
        3 => prop::sample::select(b"\0{}[]:,\"\\=+-@;&%#?\t\r\n 0123456789TZ.eEu".to_vec())
            .prop_map(|byte| vec![byte]),
        1 => prop::sample::select(vec![
            "\\ud83d", "%u20ac", "\u{feff}", "\u{202e}", "é", "access_token", "state=", "code=",
            "error", "2026-11-22T09:00:00", "null", "https://",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn properties_hold_for_random_bytes(bytes in bytes()) {
        for (_, property) in ALL {
            property(&bytes);
        }
    }
}
