//! Tags by table, and those of the whole Kubernetes API.

use std::path::PathBuf;

use serde_json::Value;

use super::{field_rules, type_rules};
use crate::import::write::{Map, Node};

fn flow(node: &Node) -> String {
    match node {
        Node::Text(text) | Node::Raw(text) | Node::Kept(text) => text.clone(),
        Node::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Node::Map(map) => format!("{{{}}}", line(map)),
    }
}

fn line(map: &Map) -> String {
    map.entries.iter().map(|entry| format!("{}: {}", entry.key, flow(&entry.value))).collect::<Vec<_>>().join(", ")
}

#[test]
fn tags_become_keys() {
    let table: [(&[&str], &str); 15] = [
        (&["+k8s:required", "+k8s:format=k8s-short-name"], "presence: required, check: k8s-short-name"),
        (&["+k8s:optional", "+k8s:minimum=1", "+k8s:maximum=10 # most"], "presence: optional, rules: [{min: 1, max: 10}]"),
        (&["+k8s:maxBytes=256", "+k8s:neq=\"x y\""], "maxBytes: 256, not: x y"),
        (
            &["+k8s:alpha(since: \"1.36\")=+k8s:immutable", "+k8s:alpha(since: \"1.36\")=+k8s:required"],
            "rules: [{alpha: 1.36, presence: required, immutable: true}]",
        ),
        (
            &["+k8s:ifDisabled(\"G\")=+k8s:forbidden", "+k8s:ifEnabled(G)=+k8s:optional", "+k8s:ifEnabled(\"G\")=+k8s:minimum=-5"],
            "rules: [{unless: G, presence: forbidden}, {gate: G, presence: optional, min: -5}]",
        ),
        (
            &["+k8s:beta(since: \"1.37\")=+k8s:subfield(name)=+k8s:format=k8s-long-name"],
            "rules: [{beta: 1.37, at: .name, check: k8s-long-name}]",
        ),
        (&["+k8s:eachVal=+k8s:subfield(a)=+k8s:eachKey=+k8s:maxLength=3"], "rules: [{at: [*].a[keys], maxLength: 3}]"),
        (&["+k8s:item(type: \"Approved\")=+k8s:zeroOrOneOfMember"], "rules: [{at: [type=Approved], atMostOneOf: true}]"),
        (&["+k8s:discriminator", "+k8s:unionMember(union: \"u\", memberName: \"M\")"], "oneOf: u, discriminator: true, as: M"),
        (&["+k8s:member(\"Exempt\")=+k8s:forbidden"], "rules: [{arm: Exempt, presence: forbidden}]"),
        (&["+k8s:listType=map", "+k8s:listMapKey=a", "+k8s:listMapKey=b"], "unique: [a, b]"),
        (&["+k8s:listType=atomic", "+k8s:unique=map", "+k8s:listMapKey=a"], "unique: [a]"),
        (&["+k8s:listType=set"], "unique: items"),
        (&["+k8s:listType=map", "+k8s:listMapKey=a", "+k8s:customUnique"], "unique: custom"),
        (&["+k8s:update=NoSet", "+k8s:update=NoModify", "+k8s:conversion-gen=false"], "update: [NoSet, NoModify]"),
    ];
    for (tags, expected) in table {
        let found = field_rules(tags).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!(line(&found.keys), expected, "{tags:?}");
    }
}

#[test]
fn what_the_language_cannot_say_is_refused() {
    for (tag, why) in [
        ("+k8s:unheard", "nothing is known about `unheard`"),
        ("+k8s:ifEnabled(A)=+k8s:ifEnabled(B)=+k8s:required", "`ifEnabled` stands in itself"),
        ("+k8s:wrap(x)=+k8s:required", "nothing is known about `wrap` around other tags"),
        ("+k8s:minimum=much", "`much` is no number"),
        ("+k8s:format", "`format` has no value"),
        ("+k8s:item(a: 1", "a parenthesis is not closed"),
        ("+optional", "a tag starts with `+k8s:`"),
    ] {
        assert_eq!(field_rules(&[tag]).expect_err(tag).why, why);
    }
}

#[test]
fn markers_of_types_become_rules() {
    let rules = |markers: &[&str]| {
        let found = type_rules(markers).unwrap_or_else(|wrong| panic!("{wrong}"));
        (found.closed, found.rules.iter().map(line).collect::<Vec<_>>().join("; "))
    };
    assert_eq!(rules(&["+genclient", "+k8s:enum", "+k8s:deepcopy-gen=true"]), (true, String::new()));
    assert_eq!(rules(&["+k8s:alpha(since: \"1.36\")=+k8s:enum"]), (false, "alpha: 1.36, closed: true".to_owned()));
    let both = ["+k8s:supportsSubresource=\"/status\"", "+k8s:isSubresource=\"/scale\""];
    assert_eq!(rules(&both), (false, "supports: status; is: scale".to_owned()));
}

/// Every tag of the Kubernetes API has a place in the language, and list types agree with what the field states otherwise.
#[test]
fn every_tag_of_kubernetes_is_understood() {
    let Some(corpora) = std::env::var_os("KUBEWRIGHT_CORPORA").map(PathBuf::from) else {
        println!("SKIPPED: KUBEWRIGHT_CORPORA is not set");
        return;
    };
    let text = std::fs::read_to_string(corpora.join("kubernetes-1.36/api.json")).expect("the facts can be read");
    let document: Value = serde_json::from_str(&text).expect("the facts are JSON");
    let texts =
        |value: &Value| value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect::<Vec<_>>();
    let (mut tags, mut markers) = (0, 0);
    for ty in document["groups"].as_array().into_iter().flatten().flat_map(|group| group["types"].as_array().into_iter().flatten()) {
        let found = type_rules(&texts(&ty["markers"])).unwrap_or_else(|wrong| panic!("{}: {wrong}", ty["name"]));
        markers += found.rules.len() + usize::from(found.closed);
        for field in ty["fields"].as_array().into_iter().flatten() {
            let written = texts(&field["validation"]);
            let found = field_rules(&written).unwrap_or_else(|wrong| panic!("{}.{}: {wrong}", ty["name"], field["json"]));
            tags += written.len();
            if let Some(list) = &found.list {
                assert_eq!(
                    (list.as_str(), &found.list_keys),
                    (field["listType"].as_str().unwrap_or_default(), &texts(&field["listMapKeys"]))
                );
            }
        }
    }
    println!("{tags} tags of fields and {markers} of types");
    assert_eq!((tags, markers), (746, 33));
}
