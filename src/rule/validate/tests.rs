//! Rules with conditions, targets and unions, and what an update may leave as it was.

use std::sync::Arc;

use kubewright_model::{Desc, Field, Ref, Type};
use serde_json::{Value, json};

use super::super::gates::{FeatureGates, Gates};
use super::check;
use crate::codec::json;
use crate::object::{Dyn, Message};

fn object(desc: &Arc<Desc>, document: &Value) -> Dyn {
    let mut object = Dyn::made(Arc::clone(desc));
    json::from_value(document, &mut object, None).expect("decodes");
    object
}

fn gates(text: &str) -> Gates {
    let mut gates = Gates::default();
    let switches = FeatureGates::parse(text).expect(text);
    let named = ["G", "DeclarativeValidationAlpha"].map(str::to_owned).into();
    gates.switch(&switches, &named).expect(text);
    gates
}

fn found(desc: &Arc<Desc>, old: Option<&Value>, new: &Value, switches: &str) -> Vec<String> {
    let old = old.map(|old| object(desc, old));
    let errors = check(&object(desc, new), old.as_ref().map(|old| old as &dyn Message), &gates(switches));
    errors.iter().map(|error| format!("{}: {error}", error.path)).collect()
}

fn part() -> Arc<Desc> {
    let fields = vec![
        Field::string("name", 1).omit_empty(),
        Field::int32("size", 2).omit_empty().rules(r#"{"minimum":1}"#),
        Field::string("type", 3).omit_empty(),
    ];
    Arc::new(Desc::owned("Part", "p", "", fields))
}

fn whole() -> Arc<Desc> {
    let of = |name, number| Field::new(name, number, Type::Message(Ref::Shared(part())));
    let fields = vec![
        Field::int32("replicas", 1)
            .optional()
            .omit_empty()
            .rules(r#"{"x-rules":[{"x-gate":"G","minimum":0},{"x-unless":"G","minimum":1},{"x-alpha":"1.36","maximum":5}]}"#),
        Field::string("gated", 2).omit_empty().rules(r#"{"x-gate":["G"],"x-rules":[{"x-unless":"G","x-presence":"forbidden"}]}"#),
        of("about", 3).omit_empty().rules(r#"{"x-rules":[{"x-at":".name","x-presence":"optional","x-check":"k8s-short-name"}]}"#),
        Field::string("labels", 4)
            .map()
            .omit_empty()
            .rules(r#"{"x-rules":[{"x-at":"[keys]","x-check":"k8s-short-name"},{"x-at":"[*]","x-max-bytes":3}]}"#),
        of("parts", 5).list().omit_empty().map_list("name").rules(
            r#"{"x-unique":["name"],"x-rules":[{"x-at":"[type=A]","x-at-most-one-of":""},{"x-at":"[type=B]","x-at-most-one-of":""}]}"#,
        ),
        Field::string("mode", 6).omit_empty().rules(r#"{"x-discriminator":"","x-not":"None"}"#),
        Field::string("left", 7)
            .omit_empty()
            .rules(r#"{"x-rules":[{"x-arm":"Left","x-presence":"required"},{"x-arm":"Right","x-presence":"forbidden"}]}"#),
        Field::string("fixed", 8).omit_empty().rules(r#"{"x-update":["NoUnset","NoModify"]}"#),
        Field::string("tags", 9)
            .list()
            .omit_empty()
            .set_list()
            .rules(r#"{"x-unique":"items","x-rules":[{"x-at":"[*]","x-check":"k8s-short-name"}]}"#),
        of("bare", 10).list().omit_empty(),
    ];
    Arc::new(Desc::owned("Whole", "p", "", fields))
}

#[test]
fn rules_count_under_their_conditions_and_at_their_targets() {
    let name = "a lowercase RFC 1123 label must consist of";
    let table: [(Value, &str, &[&str]); 14] = [
        (json!({"replicas": 0}), "", &["replicas: Invalid value: 0: must be greater than or equal to 1"]),
        (json!({"replicas": 0}), "G=true", &[]),
        (json!({"replicas": 9}), "", &[]),
        (json!({"replicas": 9}), "DeclarativeValidationAlpha=true", &["replicas: Invalid value: 9: must be less than or equal to 5"]),
        (json!({"gated": "x"}), "", &["gated: Forbidden"]),
        (json!({"gated": "x"}), "G=true", &[]),
        (json!({"about": {"type": "x"}}), "", &[]),
        (json!({"about": {"name": "X"}}), "", &["about.name: Invalid value: \"X\": "]),
        (
            json!({"labels": {"a": "xxxx", "B": ""}}),
            "",
            &["labels: Invalid value: \"B\": ", "labels[a]: Too long: may not be more than 3 bytes"],
        ),
        (
            json!({"parts": [{"name": "a", "size": 1, "type": "A"}, {"name": "a", "size": 1, "type": "B"}]}),
            "",
            &[
                "parts[1]: Duplicate value: {\"name\":\"a\"}",
                "parts: Invalid value: \"{`parts[{\\\"type\\\":\\\"A\\\"}]`, `parts[{\\\"type\\\":\\\"B\\\"}]`}\": must specify at most one of: ",
            ],
        ),
        (json!({"mode": "None"}), "", &["mode: Invalid value: \"None\": must not be equal to \"None\""]),
        (json!({"mode": "Left"}), "", &["left: Required value"]),
        (json!({"mode": "Right", "left": "x"}), "", &["left: Forbidden"]),
        (json!({"tags": ["a", "B", "a"]}), "", &["tags[2]: Duplicate value: \"a\"", "tags[1]: Invalid value: \"B\": "]),
    ];
    let desc = whole();
    for (document, switches, expected) in table {
        let found = found(&desc, None, &document, switches);
        assert_eq!(found.len(), expected.len(), "{document}: {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            let more = if expected.ends_with(": ") && !found.contains("at most") { name } else { "" };
            assert!(found.starts_with(expected) && found.contains(more), "{document}: {found}");
        }
    }
}

#[test]
fn an_update_may_leave_what_is_wrong_as_it_was() {
    let bad = json!({"replicas": 0, "labels": {"B": "xxxx"}, "parts": [{"name": "a", "size": -1}, {"name": "a", "size": -1}], "bare": [{"size": -1}]});
    let with = |change: &dyn Fn(&mut Value)| {
        let mut new = bad.clone();
        change(&mut new);
        new
    };
    let table: [(Value, &[&str]); 8] = [
        (bad.clone(), &[]),
        (with(&|new| new["fixed"] = json!("x")), &[]),
        (with(&|new| new["labels"]["c"] = json!("ok")), &["labels: Invalid value: \"B\""]),
        (with(&|new| new["labels"] = json!({"B": "yyyy"})), &["labels: Invalid value: \"B\"", "labels[B]: Too long"]),
        (with(&|new| new["parts"] = json!([{"name": "a", "size": -1}])), &[]),
        (with(&|new| new["parts"] = json!([{"name": "a", "size": -2}])), &["parts[0].size: Invalid value: -2"]),
        (with(&|new| new["bare"] = json!([{"size": -1}, {"size": 1}])), &["bare[0].size: Invalid value: -1"]),
        (with(&|new| new["replicas"] = json!(-1)), &["replicas: Invalid value: -1"]),
    ];
    let desc = whole();
    for (new, expected) in table {
        let found = found(&desc, Some(&bad), &new, "");
        assert_eq!(found.len(), expected.len(), "{new}: {found:?}");
        assert!(found.iter().zip(expected).all(|(found, expected)| found.starts_with(expected)), "{new}: {found:?}");
    }
}

#[test]
fn some_updates_are_refused_for_what_they_do() {
    let desc = whole();
    for (old, new, expected) in [
        ("a", "b", Some("fixed: Invalid value: null: field cannot be modified once set")),
        ("a", "", Some("fixed: Invalid value: null: field cannot be cleared once set")),
        ("", "b", None),
        ("a", "a", None),
    ] {
        let found = found(&desc, Some(&json!({"fixed": old})), &json!({"fixed": new}), "");
        assert_eq!(found.first().map(String::as_str), expected);
    }
}

#[test]
fn unions_have_the_members_they_should() {
    let member = |name, number, rules| Field::string(name, number).omit_empty().rules(rules);
    let bare = vec![member("a", 1, r#"{"x-one-of":""}"#), member("b", 2, r#"{"x-one-of":""}"#), Field::string("c", 3).omit_empty()];
    let bare = Arc::new(Desc::owned("Bare", "p", "", bare));
    let tagged = vec![
        member("type", 1, r#"{"x-discriminator":"u"}"#),
        member("a", 2, r#"{"x-one-of":"u"}"#),
        member("b", 3, r#"{"x-one-of":"u","x-as":"Bee"}"#),
    ];
    let tagged = Arc::new(Desc::owned("Tagged", "p", "", tagged));
    let none = json!({});
    let both = json!({"a": "1", "b": "1"});
    for (desc, old, new, expected) in [
        (&bare, None, json!({"a": "1"}), vec![]),
        (&bare, None, none.clone(), vec![": Invalid value: \"\": must specify one of: `a`, `b`"]),
        (&bare, None, both.clone(), vec![": Invalid value: \"{`a`, `b`}\": must specify exactly one of: `a`, `b`"]),
        (&bare, Some(&both), json!({"a": "1", "b": "2", "c": "3"}), vec![]),
        (&bare, Some(&both), none.clone(), vec![": Invalid value: \"\": must specify one of: `a`, `b`"]),
        (&tagged, None, json!({"type": "A", "a": "1"}), vec![]),
        (
            &tagged,
            None,
            json!({"type": "Bee", "a": "1"}),
            vec![
                "a: Invalid value: \"1\": may only be specified when `type` is \"A\"",
                "b: Invalid value: \"\": must be specified when `type` is \"Bee\"",
            ],
        ),
    ] {
        assert_eq!(found(desc, old, &new, ""), expected, "{new}");
    }
}
