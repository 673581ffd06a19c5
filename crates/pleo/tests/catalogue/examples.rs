//! The example answers and bodies of `tests/examples`, each named after its schema.

use std::fs;
use std::path::Path;

use outlay_wire::parse;

use crate::CATALOGUE;
use crate::models::again;
use crate::same::settled;

#[test]
fn every_example_is_valid_and_round_trips_through_its_model() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples");
    let (mut count, mut with_model) = (0, 0);
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let schema = name.split('.').next().unwrap();
        let example = parse(&fs::read_to_string(&path).unwrap()).unwrap();
        let shape = CATALOGUE.schema(schema).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(CATALOGUE.validate_strictly(shape, &example), [], "{name}");
        count += 1;
        if let Some(again) = again(schema) {
            let written = again(&example);
            assert_eq!(
                written.as_ref().map(settled),
                Some(settled(&example)),
                "{name}"
            );
            with_model += 1;
        }
    }
    assert!(count > 20 && with_model > 13, "{count} {with_model}");
}
