//! Compiles generated IDL with protox and prost-build, and lists every message of it.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Where the generator puts the IDL.
const IDL: &str = "../../generated/kubernetes/proto";

/// Packages with every form of field; those they import come with them.
const PACKAGES: [&str; 5] =
    ["k8s/io/api/core/v1", "k8s/io/api/apps/v1", "k8s/io/api/rbac/v1", "k8s/io/api/authentication/v1", "apiextensions/v1"];

fn main() {
    println!("cargo::rerun-if-changed={IDL}");
    let files = PACKAGES.map(|package| match package {
        "apiextensions/v1" => "k8s/io/apiextensions_apiserver/pkg/apis/apiextensions/v1/generated.proto".to_owned(),
        package => format!("{package}/generated.proto"),
    });
    let set = protox::compile(files, [IDL]).unwrap_or_else(|error| panic!("{error:?}"));
    let mut table = String::from("&[\n");
    for file in &set.file {
        for message in &file.message_type {
            let path = file.package().replace('.', "::");
            let _ =
                writeln!(table, "    (\"{}.{}\", round::<idl::{path}::{}>),", file.package(), message.name(), rust_name(message.name()));
        }
    }
    table.push_str("]\n");
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("table.rs"), table).expect("a file");
    // Entries in the order of Kubernetes; comments of schemas are no Rust documentation.
    let mut config = prost_build::Config::new();
    config.btree_map(["."]).disable_comments(["."]).include_file("idl.rs");
    config.compile_fds(set).expect("prost-build");
}

/// As prost-build spells it: words are told by capitals, and `APIGroup` is `ApiGroup`.
fn rust_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after_capital = before.is_some_and(char::is_ascii_uppercase);
        let begins_word = letters.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if letter.is_ascii_uppercase() && after_capital && !begins_word {
            out.push(letter.to_ascii_lowercase());
        } else {
            out.push(*letter);
        }
    }
    out
}
