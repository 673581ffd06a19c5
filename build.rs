//! Keeps the relocations of a program that is to be split into chunks: the splitter reads them.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bin=outlay=--emit-relocs");
    }
}
