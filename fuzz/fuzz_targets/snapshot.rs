#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| outlay_properties::snapshot(input));
