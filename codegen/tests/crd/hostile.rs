//! Texts that mean harm, or were cut: an error, and little memory.

use kubewright_codegen::import::crd::definitions;
use kubewright_codegen::import::report::Report;

use super::round::round;

fn read(text: &str) -> Result<usize, String> {
    definitions(text, "text", &mut Report::default()).map(|found| found.len())
}

/// A definition whose schema is this.
fn with_schema(schema: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: xs.x.example.com}}\nspec:\n  group: x.example.com\n  \
         scope: Cluster\n  names: {{plural: xs, kind: X}}\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    schema:\n      \
         openAPIV3Schema: {schema}\n"
    )
}

#[test]
fn what_is_no_definition_ends_in_an_error() {
    let bomb = (1..12).fold("x0: &x0 [y, y, y, y, y, y, y, y, y, y]\n".to_owned(), |text, at| {
        let before = vec![format!("*x{}", at - 1); 10].join(", ");
        format!("{text}x{at}: &x{at} [{before}]\n")
    });
    let long = format!("[{}]", "1,".repeat(2_000_000));
    let deep = "{a: ".repeat(50_000);
    let whole = with_schema("{type: object}");
    for (text, expected) in [
        (bomb, "stands for more"),
        (long, "stands for more"),
        (deep, "line 1: "),
        (String::new(), "no CustomResourceDefinition"),
        ("kind: Pod\n".to_owned(), "no CustomResourceDefinition"),
        (whole.replace("/v1\nkind", "/v1beta1\nkind"), "only apiextensions.k8s.io/v1"),
        (whole.replace("  scope: Cluster\n", ""), "spec.scope"),
        (whole.replace("plural: xs, ", ""), "spec.names.plural is missing"),
        (whole.replace("storage: true", "storage: false"), "exactly one version is stored"),
        (whole.replace("    served: true\n", ""), "served is missing"),
        (whole.replace("openAPIV3Schema: {type: object}", "x: 1"), "openAPIV3Schema is missing"),
        (whole.replace("- name: v1", "- nome: v1"), "name is missing"),
        ("\u{0}".to_owned(), ""),
        (whole.replace("type: object", "type: [object"), "not YAML"),
    ] {
        let found = read(&text);
        assert!(found.as_ref().is_err_and(|error| error.contains(expected)), "{expected}: {found:?} of {text:.200}");
    }
}

#[test]
fn definitions_cut_anywhere_are_reported_or_read() {
    let text = include_str!("corpus/plain.yaml");
    for end in (0..text.len()).step_by(41).filter(|end| text.is_char_boundary(*end)) {
        drop(read(&text[..end]));
    }
    for end in (0..text.len()).step_by(701).filter(|end| text.is_char_boundary(*end)) {
        drop(round(&[&text[..end]]));
    }
}

#[test]
fn schemas_of_every_wrong_form_are_read() {
    let deep = (0..100).fold("{type: string}".to_owned(), |inner, _| format!("{{type: object, properties: {{a: {inner}}}}}"));
    for schema in [
        "{}",
        "{type: 7}",
        "{type: array}",
        "{properties: {spec: 1, status: [], a: null}}",
        "{type: object, properties: [1]}",
        "{type: object, required: x, properties: {spec: {type: object, required: {a: 1}, properties: {a: {}}}}}",
        "{type: object, properties: {spec: {type: array, items: [1], x-kubernetes-list-map-keys: 3, x-kubernetes-list-type: 4}}}",
        "{type: object, properties: {spec: {type: string, enum: [], pattern: 3, minLength: -1, format: [], default: {}}}}",
        "{type: object, properties: {\"\": {type: string}, metadata: 7, kind: [], \"a b\": {type: object, properties: {\"\": {}}}}}",
        "{type: object, x-kubernetes-validations: {rule: 1}, properties: {a: {type: integer, minimum: x, x-kubernetes-validations: [1]}}}",
        &deep,
    ] {
        match round(&[&with_schema(schema)]) {
            Ok(outcome) => assert!(outcome.differences.is_empty(), "{schema}: {:?}", outcome.differences),
            Err(problem) => assert!(problem.contains("openAPIV3Schema"), "{schema}: {problem}"),
        }
    }
}
