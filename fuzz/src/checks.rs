//! What holds for any bytes: nothing panics, and what is taken can be written and read again without a difference.
//!
//! The fuzz targets call this with what the fuzzer makes up; the tests of the workspace call it with mutated fixtures.

use std::sync::LazyLock;

use kubewright::registry::Registry;
use kubewright::transcode::{Form, GroupVersion, transcode};
use kubewright_codegen::source::Sources;
use kubewright_codegen::{emit, read, report};

/// Every kind of Kubernetes.
static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut registry = Registry::default();
    kubernetes_types::install(&mut registry);
    registry
});

/// A version with conversions.
static OLD: LazyLock<GroupVersion> =
    LazyLock::new(|| GroupVersion { group: "rbac.authorization.k8s.io".to_owned(), version: "v1beta1".to_owned() });

/// A file of objects in any form.
///
/// # Panics
/// When something does not hold.
pub fn objects(bytes: &[u8]) {
    let Ok(first) = transcode(&REGISTRY, bytes, Form::Json, None) else { return };
    // A part that is there but holds nothing JSON could say is written as `null`, which unsets it.
    let json = transcode(&REGISTRY, &first.bytes, Form::Json, None).unwrap_or_else(|problem| panic!("JSON can be read: {problem}"));
    let again = transcode(&REGISTRY, &json.bytes, Form::Json, None).map(|again| again.bytes);
    assert_eq!(text(again.as_deref()), String::from_utf8_lossy(&json.bytes), "JSON is read as it was written");
    let framed = transcode(&REGISTRY, &json.bytes, Form::Protobuf, None).map(|framed| framed.bytes).unwrap_or_default();
    let again = transcode(&REGISTRY, &framed, Form::Protobuf, None).map(|again| again.bytes);
    assert_eq!(again.as_deref(), Ok(&*framed), "protobuf is read as it was written");
    let opened = transcode(&REGISTRY, &framed, Form::Json, None).map(|opened| opened.bytes);
    assert!(opened.is_ok(), "protobuf is read as JSON: {opened:?}");
    let yaml = transcode(&REGISTRY, &json.bytes, Form::Yaml, None).map(|yaml| yaml.bytes).unwrap_or_default();
    let again = transcode(&REGISTRY, &yaml, Form::Yaml, None).map(|again| again.bytes);
    assert_eq!(text(again.as_deref()), String::from_utf8_lossy(&yaml), "YAML is read as it was written");
    let _ = transcode(&REGISTRY, bytes, Form::Json, Some(&OLD));
}

fn text<E: std::fmt::Display>(bytes: Result<&[u8], E>) -> String {
    bytes.map_or_else(|error| error.to_string(), |bytes| String::from_utf8_lossy(bytes).into_owned())
}

/// A file of a schema: a set, a group, types or a kind, told by its content.
///
/// # Panics
/// When something does not hold.
pub fn schema(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    let place = [("set:", "fuzz/set.yaml"), ("group:", "fuzz/group.yaml"), ("kind:", "fuzz/v1/kind.yaml")];
    let place = place.into_iter().find(|(key, _)| has(key)).map_or("fuzz/v1/types.yaml", |(_, place)| place);
    let mut sources = Sources::new();
    let rest = [
        ("fuzz/set.yaml", "set: fuzz\n"),
        ("fuzz/group.yaml", "group: fuzz.example.com\nversions: {v1: {hub: true, storage: true}, v1beta1: {}}\n"),
        ("fuzz/v1beta1/old.yaml", "kind: Old\nfields: {a: {tag: 2, type: string}}\n"),
        ("meta/set.yaml", include_str!("../../schemas/meta/set.yaml")),
        (
            "meta/meta/group.yaml",
            "group: meta.k8s.io\nversions: {v1: {hub: true, storage: true, proto: k8s.io.apimachinery.pkg.apis.meta.v1}}\n",
        ),
        ("meta/meta/v1/types.yaml", include_str!("../../schemas/meta/meta/v1/types.yaml")),
    ];
    for (path, rest) in rest.into_iter().filter(|(path, _)| *path != place).chain([(place, text)]) {
        sources.insert(path, rest);
    }
    match read(&sources) {
        Ok(sets) => drop(emit::emit(&sets)),
        Err(problems) => drop(report::text(&problems, &sources)),
    }
}
