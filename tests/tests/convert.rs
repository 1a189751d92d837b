//! Converting files: forms, versions, lists, and what is said of files that cannot be converted.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use kubewright::batch::{self, Convert, To};
use kubewright::registry::Registry;
use kubewright::transcode::{Form, Transcoded, transcode};

fn registry() -> Registry {
    let mut registry = Registry::default();
    kubernetes_types::install(&mut registry);
    registry
}

/// The text that comes out, or the problem.
fn text(bytes: &[u8], form: Form, version: Option<&str>) -> Result<String, String> {
    let version = version.map(|version| version.parse().expect("a version"));
    let done = transcode(&registry(), bytes, form, version.as_ref()).map_err(|problem| problem.to_string())?;
    Ok(String::from_utf8_lossy(&done.bytes).into_owned())
}

#[test]
fn files_that_cannot_be_converted_are_told_in_a_line() {
    let table: [(&[u8], &str); 15] = [
        (b"", "there is no object in it"),
        (b"---\n# nothing\n---\n", "there is no object in it"),
        (b"{", "1:2: unexpected end of JSON input"),
        (b"{}", "the object does not say its `kind`"),
        (b"{\n \"kind\": \"Pod\"}", "the object does not say its `apiVersion`"),
        (
            b"- a\n",
            "1:1: json: cannot unmarshal array into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }",
        ),
        (b"a: [", "2:1: while parsing a node, did not find expected node content"),
        (b"\xff\xfe", "invalid UTF-8"),
        (b"k8s\0\x0a\xff", "unexpected EOF"),
        (b"k8s\0\x12\x06\x0a\x04type", "the object does not say its `kind`"),
        (b"k8s\0\x0a\x0b\x0a\x02v1\x12\x05Thing", "no kind `Thing` is known, in `v1` or elsewhere"),
        (b"kind: Pod\napiVersion: v2\n", "1:1: there is no `Pod` in `v2`; it is known in v1"),
        (
            b"{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\n  \"spec\":{\"hostNetwork\":\"yes\"}}",
            "2:25: spec.hostNetwork: json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool",
        ),
        (
            b"kind: ConfigMap\napiVersion: v1\n---\nkind: Pod\napiVersion: v1\nspec:\n  containers:\n  - name: [a]\n",
            "8:5: spec.containers[0].name: json: cannot unmarshal array into Go struct field Container.spec.containers.name of type string",
        ),
        (b"k8s\0\x0a\x09\x0a\x02v1\x12\x03Pod\x12\x02\x08\x01", "metadata: proto: wrong wireType = 0 for field metadata"),
    ];
    for (bytes, problem) in table {
        assert_eq!(text(bytes, Form::Json, None), Err(problem.to_owned()), "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn several_documents_stay_several_in_yaml_and_are_a_list_otherwise() {
    let file = b"kind: ConfigMap\napiVersion: v1\ndata: {b: '1', a: \"<\"}\n---\napiVersion: v1\nkind: Secret\n";
    let one = "apiVersion: v1\ndata:\n  a: <\n  b: \"1\"\nkind: ConfigMap\nmetadata: {}\n";
    let other = "apiVersion: v1\nkind: Secret\nmetadata: {}\n";
    assert_eq!(text(file, Form::Yaml, None), Ok(format!("{one}---\n{other}")));
    let list = text(file, Form::Json, None).expect("a list");
    assert!(list.starts_with("{\n  \"kind\": \"List\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {},\n  \"items\": [\n    {\n      \"kind\": \"ConfigMap\","), "{list}");
    let framed = transcode(&registry(), file, Form::Protobuf, None).expect("a list");
    assert_eq!(text(&framed.bytes, Form::Json, None), Ok(list));
}

#[test]
fn versions_go_through_the_hub_also_in_lists() {
    let role = |version: &str| {
        format!("apiVersion: rbac.authorization.k8s.io/{version}\nkind: Role\nmetadata:\n  name: a\nrules:\n- verbs:\n  - get\n")
    };
    let to = |file: &str, version: &str| text(file.as_bytes(), Form::Yaml, Some(&format!("rbac.authorization.k8s.io/{version}")));
    for (from, target) in [("v1", "v1beta1"), ("v1beta1", "v1"), ("v1alpha1", "v1beta1"), ("v1", "v1")] {
        assert_eq!(to(&role(from), target), Ok(role(target)), "{from} to {target}");
    }
    let items = |version: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/{version}\nitems:\n- apiVersion: rbac.authorization.k8s.io/{version}\n  kind: Role\n  metadata:\n    name: a\n  rules: null\n- metadata:\n    name: b\n  rules: null\nkind: RoleList\nmetadata:\n  resourceVersion: \"7\"\n"
        )
    };
    assert_eq!(to(&items("v1"), "v1beta1"), Ok(items("v1beta1")));
    let any = |version: &str| {
        format!(
            "apiVersion: v1\nitems:\n- apiVersion: rbac.authorization.k8s.io/{version}\n  kind: Role\n  metadata:\n    name: a\n  rules: null\nkind: List\nmetadata: {{}}\n"
        )
    };
    assert_eq!(to(&any("v1beta1"), "v1"), Ok(any("v1")));
    let pod = "apiVersion: v1\nkind: Pod\n";
    assert_eq!(to(pod, "v1"), Err("Pod of v1 has no form in rbac.authorization.k8s.io/v1; it is known in v1".to_owned()));
    assert_eq!(
        to("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n", "v1"),
        Err("items[0]: Pod of v1 has no form in rbac.authorization.k8s.io/v1; it is known in v1".to_owned())
    );
}

#[test]
fn what_is_lost_is_found() {
    let file = b"kind: Pod\napiVersion: v1\nspec: {foo: 1}\n---\nkind: Pod\napiVersion: v1\nmetadata: {name: a, name: b}\n";
    let Transcoded { findings, .. } = transcode(&registry(), file, Form::Json, None).expect("two pods");
    let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["unknown field \"spec.foo\"", "duplicate field \"metadata.name\""]);
}

fn convert(input: &Path, output: &Path, to: To, strict: bool) -> ExitCode {
    let options = Convert { to, version: None, strict, input: input.to_owned(), output: Some(output.to_owned()) };
    batch::run(&registry(), &options)
}

/// Files below a directory with their content.
fn tree(directory: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(tree(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)));
        } else {
            found.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
    found.sort();
    found
}

#[test]
fn folders_keep_their_shape_and_one_bad_file_spoils_no_other() {
    let place = tempfile::tempdir().expect("a directory");
    let (input, output) = (place.path().join("in"), place.path().join("in/out"));
    fs::create_dir_all(input.join("sub")).expect("a directory");
    let config = "kind: ConfigMap\napiVersion: v1\n";
    let json = "{\n  \"kind\": \"ConfigMap\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {}\n}";
    for (name, content) in [
        ("a.yaml", config),
        ("a.yml", config),
        ("sub/b.c.json", json),
        ("bare", config),
        ("bad.yaml", "kind: ["),
        ("notes.md", "# Notes"),
        (".hidden.yaml", "kind: ["),
        ("twice.yaml", config),
        ("twice.json", "{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}"),
    ] {
        fs::write(input.join(name), content).expect("a file");
    }
    assert_eq!(convert(&input, &output, To::Json, false), ExitCode::FAILURE);
    let secret = json.replace("ConfigMap", "Secret");
    let expected = [("a.json", json), ("bare.json", json), ("sub/b.c.json", json), ("twice.json", &secret)];
    assert_eq!(tree(&output), expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    for name in ["bad.yaml", "twice.json"] {
        fs::remove_file(input.join(name)).expect("it was there");
    }
    assert_eq!(convert(&input, &place.path().join("other"), To::Pb, true), ExitCode::SUCCESS);
    assert_eq!(convert(&input.join("bare"), &place.path().join("x.yaml"), To::Yaml, true), ExitCode::SUCCESS);
    assert_eq!(fs::read_to_string(place.path().join("x.yaml")).expect("a file"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n");
    assert_eq!(convert(&input.join("absent"), &output, To::Yaml, true), ExitCode::FAILURE);
}

#[test]
fn schemas_within_schemas_keep_every_form() {
    let json = include_bytes!("../../fuzz/seeds/json/schemas-in-schemas.json");
    let through = |form| transcode(&registry(), json, form, None).expect("converts").bytes;
    for bytes in [json.to_vec(), through(Form::Yaml), through(Form::Protobuf)] {
        assert_eq!(text(&bytes, Form::Json, None), Ok(String::from_utf8_lossy(json).into_owned()));
    }
}
