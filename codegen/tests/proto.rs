//! The protobuf IDL of the repository's schemas compiles, and equals Kubernetes' own where facts about that are at hand.

#[path = "golden/sets.rs"]
#[allow(dead_code, reason = "this test needs one of the sets")]
mod sets;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use kubewright_codegen::{api, load, set::Set};
use kubewright_model::{Api, proto};
use prost_reflect::{DescriptorPool, FieldDescriptor, Kind, MessageDescriptor};
use serde_json::Value;

/// Everything of these sets in one pool, by way of the printed files.
fn pool(api: &Api) -> DescriptorPool {
    let directory = tempfile::tempdir().expect("a directory");
    let packages = proto::closure(api, api.versions.iter().map(|version| version.package.to_string()));
    let paths: Vec<String> = packages.iter().map(|package| proto::path(package)).collect();
    for (package, path) in packages.iter().zip(&paths) {
        let target = directory.path().join(path);
        fs::create_dir_all(target.parent().expect("below the directory")).expect("directories");
        fs::write(target, proto::file(api, package)).expect("a file");
    }
    let files = protox::compile(&paths, [directory.path()]).unwrap_or_else(|error| panic!("{error:?}"));
    DescriptorPool::from_file_descriptor_set(files).expect("a consistent set of files")
}

fn repository() -> Vec<Set> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join("schemas");
    load(&schemas).expect("schemas can be read").1.unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn schemas_give_idl_that_compiles() {
    let sets = repository();
    for set in &sets {
        let pool = pool(&api::of_set(set, &sets));
        for def in set.groups.iter().flat_map(|group| &group.versions).flat_map(|version| &version.types) {
            let name = def.desc.proto_name();
            let message = pool.get_message_by_name(&name).unwrap_or_else(|| panic!("{name} is missing"));
            let numbered = def.desc.fields.iter().filter(|field| field.number != 0).count();
            assert_eq!(message.fields().len(), numbered, "{name}");
        }
    }
}

#[test]
fn printed_form() {
    let sets = [sets::fields(), sets::meta()];
    let api = api::of_set(&sets[0], &sets);
    pool(&api);
    let text = proto::file(&api, "com.example.v1");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/proto/fields.proto");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(golden.parent().expect("a directory")).expect("directories");
        fs::write(&golden, &text).expect("a file");
    }
    assert_eq!(text, fs::read_to_string(&golden).unwrap_or_default(), "accept with UPDATE_GOLDEN=1");
}

/// Packages of versions that no release since 1.22 serves, and of Kubernetes' own tests; `schema` has no message.
const LEFT_OUT: [&str; 4] = [
    "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1beta1",
    "k8s.io.apimachinery.pkg.apis.testapigroup.v1",
    "k8s.io.apimachinery.pkg.runtime.schema",
    "k8s.io.kube_aggregator.pkg.apis.apiregistration.v1beta1",
];

/// Facts: `$KUBEWRIGHT_CORPORA/kubernetes-1.36/proto.json`, package to message to fields in the order of Kubernetes' files.
#[test]
fn kubernetes_equals_its_own_idl() {
    let Some(facts) = env::var_os("KUBEWRIGHT_CORPORA") else {
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: no comparison with Kubernetes' own IDL, because KUBEWRIGHT_CORPORA is not set\n",
        );
        return;
    };
    let text = fs::read_to_string(Path::new(&facts).join("kubernetes-1.36/proto.json")).expect("facts can be read");
    let facts: Value = serde_json::from_str(&text).expect("facts are JSON");
    let sets = repository();
    let mut differences = Vec::new();
    let mut ours = BTreeMap::new();
    for set in sets.iter().filter(|set| matches!(set.name.as_str(), "meta" | "kubernetes")) {
        let messages = pool(&api::of_set(set, &sets)).all_messages().filter(|message| !message.is_map_entry()).collect::<Vec<_>>();
        ours.extend(messages.iter().map(|message| ((message.package_name().to_owned(), message.name().to_owned()), lines(message))));
    }
    let packages = facts.as_object().expect("packages").iter().filter(|(package, _)| !LEFT_OUT.contains(&package.as_str()));
    let theirs = packages.flat_map(|(package, facts)| {
        let messages = facts["messages"].as_object().into_iter().flatten();
        messages.map(move |(name, facts)| ((package.clone(), name.clone()), facts["fields"].as_array().expect("fields")))
    });
    let theirs: BTreeMap<_, Vec<Line>> = theirs.map(|(name, fields)| (name, fields.iter().map(theirs_line).collect())).collect();
    for name in theirs.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
        let (ours, theirs) = (ours.get(name), theirs.get(name));
        if ours != theirs {
            differences.push(format!("{name:?}:\n  ours   {ours:?}\n  theirs {theirs:?}"));
        }
    }
    assert!(theirs.len() > 1190, "only {} messages compared", theirs.len());
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

/// Name, number, label and type.
type Line = (String, u64, String, String);

fn theirs_line(field: &Value) -> Line {
    let text = |key: &str| field[key].as_str().unwrap_or_default().to_owned();
    (text("name"), field["number"].as_u64().unwrap_or_default(), text("label"), text("type"))
}

/// The fields in the order of the file.
fn lines(message: &MessageDescriptor) -> Vec<Line> {
    let by_name: BTreeMap<String, FieldDescriptor> = message.fields().map(|field| (field.name().to_owned(), field)).collect();
    let order = message.descriptor_proto().field.iter().filter_map(|field| by_name.get(field.name()));
    order.map(|field| line(field, message.package_name())).collect()
}

fn line(field: &FieldDescriptor, package: &str) -> Line {
    let (label, ty) = match field.kind() {
        Kind::Message(entry) if field.is_map() => {
            ("map", format!("map<string,{}>", type_name(&entry.map_entry_value_field().kind(), package)))
        }
        kind => (if field.is_list() { "repeated" } else { "optional" }, type_name(&kind, package)),
    };
    (field.name().to_owned(), u64::from(field.number()), label.to_owned(), ty)
}

fn type_name(kind: &Kind, package: &str) -> String {
    match kind {
        Kind::Message(message) if message.package_name() == package => message.name().to_owned(),
        Kind::Message(message) => format!(".{}", message.full_name()),
        other => format!("{other:?}"),
    }
}
