//! What generating costs, next to the generators whose work ours does: k8s-openapi's, and prost-build behind protox, on documents of ours that
//! say the same.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use k8s_openapi_codegen_common::swagger20::Spec;
use k8s_openapi_codegen_common::{GenerateSchema, MapNamespace, RunState, run};

/// Prints the row.
pub fn compare(root: &Path) {
    let (ours, peer) = (median(|| ours(&root.join("schemas"))), median(|| peer(&root.join("generated/kubernetes"))));
    let (Some((files, ours)), Some((types, peer))) = (ours, peer) else {
        println!("gen: schemas/ or generated/kubernetes is not in order");
        return;
    };
    println!(
        "gen, all sets in memory: {files} files in {ours:.1?}; k8s-openapi's generator, and prost-build behind protox, on kubernetes alone: {types} types in {peer:.1?}; ratio {:.2}",
        ours.as_secs_f64() / peer.as_secs_f64()
    );
}

/// The middle of five runs.
fn median(work: impl Fn() -> Option<usize>) -> Option<(usize, Duration)> {
    let mut runs = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let made = work()?;
        runs.push((start.elapsed(), made));
    }
    runs.sort_unstable();
    runs.get(2).map(|(took, made)| (*made, *took))
}

fn ours(schemas: &Path) -> Option<usize> {
    let (_, sets) = kubewright_codegen::load(schemas).ok()?;
    Some(kubewright_codegen::emit::emit(&sets.ok()?).iter().count())
}

fn peer(generated: &Path) -> Option<usize> {
    let spec: Spec = serde_json::from_slice(&std::fs::read(generated.join("openapi/v2.json")).ok()?).ok()?;
    let mut operations = spec.operations;
    let structs = spec.definitions.keys().filter(|path| {
        run(&spec.definitions, &mut operations, path, &Namespace, "pub", GenerateSchema::No, Memory)
            .is_ok_and(|made| made.num_generated_structs > 0)
    });
    let structs = structs.count();
    let proto = generated.join("proto");
    let mut files = Vec::new();
    collect(&proto, &mut files);
    let set = protox::compile(&files, [&proto]).ok()?;
    let messages = set.file.iter().map(|file| file.message_type.len()).sum::<usize>();
    let modules = set.file.into_iter().map(|file| (prost_build::Module::from_protobuf_package_name(file.package()), file)).collect();
    prost_build::Config::new().generate(modules).ok()?;
    Some(structs + messages)
}

fn collect(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "proto") {
            found.push(path);
        }
    }
}

/// Definition names to modules, as k8s-openapi has them.
struct Namespace;

impl MapNamespace for Namespace {
    fn map_namespace<'a>(&self, parts: &[&'a str]) -> Option<Vec<&'a str>> {
        match parts {
            ["io", "k8s", rest @ ..] => Some(std::iter::once("crate").chain(rest.iter().copied()).collect()),
            _ => None,
        }
    }
}

/// Texts that are made and forgotten.
struct Memory;

impl RunState for Memory {
    type Writer = Vec<u8>;

    fn make_writer(&mut self, _parts: &[&str]) -> std::io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn finish(&mut self, _writer: Vec<u8>) {}
}
