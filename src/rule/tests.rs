//! Defaults and constraints over small types.

use std::sync::Arc;

use kubewright_model::{Desc, Field, Ref, Type};
use serde_json::{Value, json};

use super::gates::Gates;
use super::{default, validate};
use crate::codec::json;
use crate::object::{Dyn, Message};

fn object(desc: &Arc<Desc>, document: &Value) -> Dyn {
    let mut object = Dyn::made(Arc::clone(desc));
    json::from_value(document, &mut object, None).expect("decodes");
    object
}

fn port() -> Arc<Desc> {
    let fields = vec![
        Field::int32("port", 1).omit_empty().rules(r#"{"minimum":1,"maximum":65535}"#),
        Field::int32("target", 2).omit_empty().default(r#"[{"from":".port"}]"#),
        Field::string("protocol", 3).omit_empty().default(r#"[{"value":"TCP"}]"#).rules(r#"{"enum":["TCP","UDP"]}"#),
    ];
    Arc::new(Desc::owned("Port", "p", "", fields))
}

fn whole() -> Arc<Desc> {
    let part = |name, number| Field::new(name, number, Type::Message(Ref::Shared(port())));
    let fields = vec![
        Field::string("image", 1).omit_empty().rules(r#"{"x-required":true,"maxLength":12,"pattern":"^[a-z:]+$","immutable":true}"#),
        Field::string("pull", 2)
            .omit_empty()
            .default(r#"[{"value":"Always","when":".image ~ ':latest$' && !.ports"},{"value":"IfNotPresent"}]"#),
        part("ports", 3).list().omit_empty().rules(r#"{"maxItems":1}"#),
        part("probe", 4).optional().omit_empty().default(r#"[{"value":{"port":80},"when":".pull == \"Always\""}]"#),
        part("absent", 5).optional().omit_empty(),
        Field::string("tags", 6).list().omit_empty().rules(r#"{"minItems":1,"format":"uuid"}"#),
    ];
    Arc::new(Desc::owned("Whole", "p", "", fields))
}

#[test]
fn defaults_fill_what_is_unset_from_the_outside_in() {
    let table = [
        (
            json!({"image": "a:latest"}),
            json!({"image": "a:latest", "pull": "Always", "probe": {"port": 80, "target": 80, "protocol": "TCP"}}),
        ),
        (
            json!({"image": "a:latest", "ports": [{"port": 1}, {"target": 2, "protocol": "UDP"}]}),
            json!({"image": "a:latest", "pull": "IfNotPresent", "ports": [{"port": 1, "target": 1, "protocol": "TCP"}, {"target": 2, "protocol": "UDP"}]}),
        ),
        (json!({"pull": "Never", "absent": {}}), json!({"pull": "Never", "absent": {"protocol": "TCP"}})),
    ];
    let desc = whole();
    for (before, after) in table {
        let mut object = object(&desc, &before);
        default::apply(&mut object);
        assert_eq!(json::to_value(&object), after);
    }
}

#[test]
fn members_are_filled_in_where_they_are_unset() {
    let part = Arc::new(Desc::owned(
        "Part",
        "p",
        "",
        vec![
            Field::string("a", 1).omit_empty(),
            Field::int32("b", 2).optional().omit_empty(),
            Field::string("labels", 3).map().omit_empty(),
            Field::string("c", 4).omit_empty().default(r#"[{"value":"own"}]"#),
            Field::string("more", 5).map().omit_empty(),
        ],
    ));
    let of = |name, number| Field::new(name, number, Type::Message(Ref::Shared(Arc::clone(&part))));
    let fields = vec![
        of("about", 1).omit_empty().default(r#"[{"fill":{"labels":{"from":".made.labels"}}}]"#),
        of("made", 2).optional().omit_empty().default(r#"[{"fill":{"a":"x","b":0,"c":"stated"},"when":".on"}]"#),
        of("items", 3).list().omit_empty().default(r#"[{"fill":{"a":"on"},"when":".on"},{"fill":{"b":7,"labels":{"beside":".more"}}}]"#),
        Field::bool("on", 4).omit_empty(),
    ];
    let desc = Arc::new(Desc::owned("Whole", "p", "", fields));
    let table = [
        (json!({}), json!({"about": {"c": "own"}})),
        (json!({"on": true}), json!({"about": {"c": "own"}, "made": {"a": "x", "b": 0, "c": "stated"}, "on": true})),
        (
            json!({"on": true, "made": {"a": "y", "labels": {"k": "v"}}, "items": [{"b": 1}, {"labels": {"k": "v"}, "more": {"k": "w", "l": "w"}}]}),
            json!({
                "about": {"labels": {"k": "v"}, "c": "own"},
                "made": {"a": "y", "b": 0, "labels": {"k": "v"}, "c": "stated"},
                "items": [
                    {"a": "on", "b": 1, "c": "own"},
                    {"a": "on", "b": 7, "labels": {"k": "v", "l": "w"}, "c": "own", "more": {"k": "w", "l": "w"}},
                ],
                "on": true,
            }),
        ),
    ];
    for (before, after) in table {
        let mut object = object(&desc, &before);
        default::apply(&mut object);
        assert_eq!(json::to_value(&object), after, "{before}");
    }
}

#[test]
fn entries_move_before_defaults_look_at_them() {
    let fields = vec![
        Field::new("data", 1, Type::Bytes).map().omit_empty(),
        Field::string("text", 2).map().omit_empty().rules(r#"{"into":"data"}"#),
        Field::string("state", 3).omit_empty().default(r#"[{"value":"Full","when":".data && !.text"}]"#),
        Field::string("lost", 4).map().omit_empty().rules(r#"{"into":"nowhere"}"#),
    ];
    let desc = Arc::new(Desc::owned("Box", "p", "", fields));
    let table = [
        (json!({"text": {"a": "hi"}}), json!({"data": {"a": "aGk="}, "state": "Full"})),
        (
            json!({"data": {"a": "AAEC", "b": "aGk="}, "text": {"a": "hi", "c": ""}}),
            json!({"data": {"a": "aGk=", "b": "aGk=", "c": ""}, "state": "Full"}),
        ),
        (json!({"text": {}}), json!({})),
        (json!({"lost": {"a": "hi"}}), json!({"lost": {"a": "hi"}})),
    ];
    for (before, after) in table {
        let mut object = object(&desc, &before);
        default::apply(&mut object);
        assert_eq!(json::to_value(&object), after);
    }
}

#[test]
fn constraints_are_checked_everywhere_and_against_the_old_object() {
    let table = [
        (json!({"image": "a"}), None, vec![]),
        (json!({}), None, vec!["image: Required value"]),
        (
            json!({"image": "aaaaaaaaaaaaA"}),
            None,
            vec![
                "image: Too long: may not be more than 12 bytes",
                "image: Invalid value: \"aaaaaaaaaaaaA\": must match the regular expression '^[a-z:]+$'",
            ],
        ),
        (json!({"image": "a"}), Some(json!({"image": "b"})), vec!["image: Invalid value: \"a\": field is immutable"]),
        (json!({"image": "a"}), Some(json!({"image": "a"})), vec![]),
        (
            json!({"image": "a", "ports": [{"port": -1}, {"protocol": "X"}], "tags": ["x"]}),
            None,
            vec![
                "ports: Too many: 2: must have at most 1 item",
                "ports[0].port: Invalid value: -1: must be greater than or equal to 1",
                "ports[1].protocol: Unsupported value: \"X\": supported values: \"TCP\", \"UDP\"",
                "tags[0]: Invalid value: \"x\": must be a valid uuid",
            ],
        ),
    ];
    let desc = whole();
    for (document, old, expected) in table {
        let old = old.map(|old| object(&desc, &old));
        let errors = validate::check(&object(&desc, &document), old.as_ref().map(|old| old as &dyn Message), &Gates::default());
        let texts: Vec<String> = errors.iter().map(|error| format!("{}: {error}", error.path)).collect();
        assert_eq!(texts, expected, "{document}");
    }
}

#[test]
fn items_and_entries_are_compared_with_their_counterparts_however_many_there_are() {
    let part = Arc::new(Desc::owned(
        "Part",
        "p",
        "",
        vec![
            Field::int32("port", 1).omit_empty(),
            Field::string("name", 2).optional().omit_empty(),
            Field::string("value", 3).omit_empty().rules(r#"{"immutable":true}"#),
        ],
    ));
    let of = |name, number| Field::new(name, number, Type::Message(Ref::Shared(Arc::clone(&part))));
    let fields = vec![of("items", 1).list().omit_empty().map_list("port,name"), of("entries", 2).map().omit_empty(), of("bare", 3).list()];
    let desc = Arc::new(Desc::owned("Whole", "p", "", fields));

    let many = 20_000;
    let key = |at: usize| match at % 2 {
        0 => json!({"port": at}),
        _ => json!({"port": 1, "name": at.to_string()}),
    };
    let document = |order: &mut dyn Iterator<Item = usize>, changed: &[usize]| {
        let (mut items, mut entries) = (Vec::new(), serde_json::Map::new());
        for at in order {
            let mut item = key(at);
            item["value"] = if changed.contains(&at) { json!("new") } else { json!(at.to_string()) };
            entries.insert(at.to_string(), item.clone());
            items.push(item);
        }
        json!({"items": items, "entries": entries})
    };
    let mut old = document(&mut (0..many), &[]);
    // Of items with the same keys the first counts.
    old["items"].as_array_mut().expect("items").push(json!({"port": 0, "value": "later"}));
    old["bare"] = json!([{"port": 1, "value": "old"}]);
    let mut new = document(&mut (0..=many).rev(), &[7, 8, many]);
    new["bare"] = json!([{"port": 1, "value": "new"}]);

    let errors = validate::check(&object(&desc, &new), Some(&object(&desc, &old)), &Gates::default());
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    let (eight, seven) = (format!("items[{}].value", many - 8), format!("items[{}].value", many - 7));
    assert_eq!(paths, [eight.as_str(), &seven, "entries[7].value", "entries[8].value"]);
}
