//! What schemas mean once they are read: implied fields and lists, presence, aliases, enums, resources, conversions.

use kubewright_codegen::read;
use kubewright_codegen::set::{Set, Step, TypeDef};
use kubewright_codegen::source::Sources;
use kubewright_model::openapi::Profile;
use kubewright_model::{Action, Enabled, Field, Omit, Speaks, Verb};

const GROUP: &str = "group: demo.example.com\nversions:\n  v1: {}\n";

fn sets(files: &[(&str, &str)]) -> Vec<Set> {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources.insert(*path, *text);
    }
    match read(&sources) {
        Ok(sets) => sets,
        Err(problems) => panic!("{}", kubewright_codegen::report::text(&problems, &sources)),
    }
}

/// A set with one group, one version and one file.
fn one(kind: &str) -> Set {
    sets(&[("demo/set.yaml", "set: demo\n"), ("demo/group.yaml", GROUP), ("demo/v1/foo.yaml", kind)]).remove(0)
}

fn ty<'a>(set: &'a Set, name: &str) -> &'a TypeDef {
    let types = set.groups.iter().flat_map(|group| &group.versions).flat_map(|version| &version.types);
    types.into_iter().find(|ty| ty.desc.name == name).unwrap_or_else(|| panic!("there is no {name}"))
}

/// A field in a line: name, number, type with shape and `?`, and what is not usual about it.
fn line(field: &Field) -> String {
    let element = field.element().map_or_else(|| format!("{:?}", field.ty), kubewright_model::Ref::proto_name);
    let optional = if field.optional { "?" } else { "" };
    let mut line = format!("{} {} {:?} {element}{optional} {:?}", field.name, field.number, field.shape, field.omit);
    for (is, word) in [(field.required, "required"), (field.inline, "inline"), (field.no_json, "wire-only"), (field.wrapped, "wrapped")] {
        if is {
            line = format!("{line} {word}");
        }
    }
    for text in
        [&field.wrapper, &field.proto_name, &field.format, &field.default, &field.rules, &field.list_keys, &field.patch, &field.merge_key]
    {
        if !text.is_empty() {
            line = format!("{line} {text}");
        }
    }
    line
}

#[test]
fn fields_mean_what_their_line_says() {
    let types = "types:\n  Name: {alias: string}\n  Sizes: {alias: map(Quantity)}\n  Mode: {enum: [On, Off]}\n  Free: {enum: [A], open: true}\n  Item: {fields: {name: {tag: 1, type: string}}}\n";
    for (written, expected) in [
        ("a: {tag: 1, type: string}", "a 1 One String Never required"),
        ("a: {tag: 1, type: string, omit: empty}", "a 1 One String Empty"),
        ("a: {tag: 1, type: string, required: false}", "a 1 One String Never"),
        ("a: {tag: 1, type: int32?}", "a 1 One I32? Empty"),
        ("a: {tag: 1, type: int}", "a 1 One I64 Never required int32"),
        ("a: {tag: 1, type: list(int64)}", "a 1 List I64 Empty"),
        ("a: {tag: 1, type: map(list(string)), wrapped: true}", "a 1 MapOfLists String Empty wrapped"),
        ("a: {tag: 1, type: map(list(string)), wrapped: Extra}", "a 1 MapOfLists String Empty wrapped Extra"),
        ("a: {tag: 1, type: Name}", "a 1 One String Never required"),
        ("a: {tag: 1, type: Sizes}", "a 1 Map k8s.io.apimachinery.pkg.api.resource.Quantity Empty"),
        ("a: {tag: 1, type: list(Name)}", "a 1 List String Empty"),
        ("a: {tag: 1, type: Time?, omit: never}", "a 1 One k8s.io.apimachinery.pkg.apis.meta.v1.Time? Never required"),
        ("a: {tag: 1, type: Mode, default: On}", r#"a 1 One String Never required [{"value":"On"}] {"enum":["On","Off"]}"#),
        ("a: {tag: 1, type: Free}", r#"a 1 One String Never required {"knownValues":["A"]}"#),
        ("a: {tag: 1, type: Item, inline: true}", " 1 One com.example.demo.v1.Item Never inline a"),
        ("a: {tag: 1, type: string, json: false, proto: A}", "a 1 One String Never wire-only A"),
        ("a: {tag: 1, type: list(Item), keys: [name], patch: merge}", "a 1 List com.example.demo.v1.Item Empty name merge name"),
        (
            "a: {tag: 1, type: int32, min: 1, max: 2, immutable: true}",
            r#"a 1 One I32 Never required {"minimum":1,"maximum":2,"immutable":true}"#,
        ),
        (
            "a: {tag: 1, type: int32, default: [{value: 1, when: .b}, 2]}\n  b: {tag: 2, type: bool}",
            r#"a 1 One I32 Never required [{"value":1,"when":".b"},{"value":2}]"#,
        ),
        ("a: {tag: 1, type: string, default: {from: .b}}\n  b: {tag: 2, type: string}", r#"a 1 One String Never required [{"from":".b"}]"#),
        ("a: {tag: 1, type: map(string), into: b}\n  b: {tag: 2, type: map(bytes)}", r#"a 1 Map String Empty {"into":"b"}"#),
        ("a: {tag: 1, type: list(string), default: [x]}", r#"a 1 List String Empty [{"value":["x"]}]"#),
        ("a: {tag: 1, type: integer}", "a 1 One I64 Never required none"),
        ("a: {tag: 1, type: number?, exclusiveMin: true, min: 0}", r#"a 1 One F64? Empty none {"minimum":0,"exclusiveMinimum":true}"#),
        ("a: {tag: 1, type: string?, nullable: true, default: null}", r#"a 1 One String? Empty [{"value":null}] {"nullable":true}"#),
        (
            "a: {tag: 1, type: RawExtension?, embedded: true}",
            r#"a 1 One k8s.io.apimachinery.pkg.runtime.RawExtension? Empty {"x-kubernetes-embedded-resource":true}"#,
        ),
        (
            "a: {tag: 1, type: string, cel: [{rule: 'self != 1'}]}",
            r#"a 1 One String Never required {"x-kubernetes-validations":[{"rule":"self != 1"}]}"#,
        ),
        (
            "a.b: {tag: 1, type: string, proto: a_b, rust: ab, schema: {title: x}}",
            r#"a.b 1 One String Never required a_b {"schema":{"title":"x"}}"#,
        ),
    ] {
        let set = one(&format!("kind: Foo\nmetadata: false\nresource: false\nfields:\n  {written}\n{types}"));
        assert_eq!(ty(&set, "Foo").desc.fields.get(2).map(line).as_deref(), Some(expected), "{written}");
    }
}

#[test]
fn objects_and_lists_have_their_implied_fields() {
    let set = one("kind: Foo\nfields:\n  spec: {tag: 2, type: string}\n");
    let lines = |name| ty(&set, name).desc.fields.iter().map(line).collect::<Vec<_>>();
    let head = ["kind 0 One String Empty", "apiVersion 0 One String Empty"];
    assert_eq!(lines("Foo")[..2], head);
    assert_eq!(lines("Foo")[2], "metadata 1 One k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta Empty");
    assert_eq!(lines("FooList")[..2], head);
    let list =
        ["metadata 1 One k8s.io.apimachinery.pkg.apis.meta.v1.ListMeta Empty", "items 2 List com.example.demo.v1.Foo Never required"];
    assert_eq!(lines("FooList")[2..], list);
    assert!(ty(&set, "Foo").object && ty(&set, "FooList").list);
}

#[test]
fn kinds_have_what_is_not_written() {
    let resource = &one("kind: Foo\nfields: {spec: {tag: 2, type: string}}\nsubresources: {status: {part: .spec}}\n").resources[0];
    let kind = &resource.versions[0];
    assert_eq!((resource.key.as_str(), resource.hub, resource.storage), ("demo.example.com/foos", 0, 0));
    assert_eq!((&*kind.plural, &*kind.singular, &*kind.list_kind, kind.namespaced), ("foos", "foo", "FooList", true));
    assert_eq!((kind.verbs.iter().count(), kind.strategy.generation, kind.enabled), (8, true, Enabled::On));
    assert_eq!(kind.subresources[0].action, Action::Part("spec".into()));
    let kind = one("kind: Foo\nscope: Cluster\nverbs: [create, get]\nkey: foo\n").resources.remove(0);
    assert_eq!((kind.key.as_str(), kind.versions[0].verbs.has(Verb::List), &*kind.versions[0].list_kind), ("foo", false, ""));
}

#[test]
fn subresources_do_what_their_line_says() {
    let options = "kind: Bar\nresource: false\nmetadata: false\nfields: {tty: {tag: 1, type: bool}}\n";
    let connect = |tail| Action::Connect { methods: ["GET", "POST"].into_iter().collect(), tail };
    for (written, action, verbs, speaks, options_kind) in [
        ("status: {}", Action::Part("status".into()), "get patch update", "", ""),
        ("limits: {part: .spec.limits}", Action::Part("spec.limits".into()), "get patch update", "", ""),
        ("exec: {connect: [POST, GET], speaks: demo/v1 Bar}", connect(false), "create get", "Bar", "Bar"),
        ("proxy: {connect: [GET, POST], tail: true}", connect(true), "create get", "", ""),
        ("log: {options: demo/v1 Bar, text: true}", Action::Read { text: true }, "get", "", "Bar"),
        ("eviction: {speaks: demo/v1 Bar, action: evict}", Action::Evict, "create", "Bar", ""),
        ("binding: {speaks: demo/v1 Bar, action: bind}", Action::Bind, "create", "Bar", ""),
        ("token: {speaks: demo/v1 Bar, action: token, verbs: [create, get]}", Action::Ask, "create get", "Bar", ""),
    ] {
        let kind = format!(
            "kind: Foo\nfields: {{spec: {{tag: 2, type: Spec}}, status: {{tag: 3, type: string}}}}\nsubresources:\n  {written}\n\
             types: {{Spec: {{fields: {{limits: {{tag: 1, type: string}}}}}}}}\n"
        );
        let files =
            [("demo/set.yaml", "set: demo\n"), ("demo/group.yaml", GROUP), ("demo/v1/bar.yaml", options), ("demo/v1/foo.yaml", &*kind)];
        let set = sets(&files).remove(0);
        let sub = &set.resources[0].versions[0].subresources[0];
        let found: Vec<&str> = sub.verbs.iter().map(Verb::as_str).collect();
        let name = |speaks: &Option<Speaks>| speaks.as_ref().map(|speaks| speaks.kind.to_string()).unwrap_or_default();
        assert_eq!((&sub.action, found.join(" ").as_str()), (&action, verbs), "{written}");
        assert_eq!((name(&sub.speaks).as_str(), name(&sub.options).as_str()), (speaks, options_kind), "{written}");
    }
}

#[test]
fn a_kind_may_be_stored_as_one_of_another_group() {
    let files = [
        ("demo/set.yaml", "set: demo\ngroups: [new, old]\n"),
        ("demo/old/group.yaml", "group: old.example.com\nversions: {v1: {}}\n"),
        ("demo/old/v1/foo.yaml", "kind: Foo\nfields: {note: {tag: 2, type: string}}\n"),
        ("demo/new/group.yaml", "group: new.example.com\nversions: {v1: {}}\nconvert: {Foo: {v1: [{move: {hub: note, spoke: text}}]}}\n"),
        ("demo/new/v1/foo.yaml", "kind: Foo\nstoredAs: old/v1 Foo\nfields: {text: {tag: 2, type: string}}\n"),
    ];
    let set = sets(&files).remove(0);
    let [resource] = set.resources.as_slice() else { panic!("one stored form: {:?}", set.resources) };
    let groups: Vec<&str> = resource.versions.iter().map(|kind| &*kind.group).collect();
    assert_eq!((groups.as_slice(), resource.hub, resource.storage), (&["old.example.com", "new.example.com"][..], 0, 0));
    assert_eq!(resource.key, "old.example.com/foos");
    assert_eq!(resource.conversions[1][0].steps, [Step::Move { hub: vec!["note".into()], spoke: vec!["text".into()] }]);
    assert_eq!(set.facts.groups.as_ref(), ["new.example.com", "old.example.com"]);
}

#[test]
fn documents_may_say_more_than_types() {
    let documents = "documents: {live: {bounds: false}, published: {cbor: true, enums: false}}\nregistered: [old.example.com/v1]\n\
                     parameters: {ListOptions: {watch: XNNPZGbK}}\npaths: {\"/logs/{file}\": {operation: logFile, live: false}}\n\
                     storage: {foos.demo.example.com: v1alpha1}\n\
                     warts: [{definition: a.B, property: c, members: {x-d: e}, reason: Because.}]\n";
    let files = [
        ("demo/set.yaml", "set: demo\n"),
        ("demo/documents.yaml", documents),
        ("demo/group.yaml", GROUP),
        ("demo/v1/foo.yaml", "kind: Foo\n"),
    ];
    let facts = sets(&files).remove(0).facts;
    assert_eq!(facts.live, Profile { bounds: false, ..Profile::LIVE });
    assert_eq!(facts.published, Profile { cbor: true, enums: false, published: true, ..Profile::LIVE });
    assert_eq!(facts.registered.as_ref(), [("old.example.com".into(), "v1".into())]);
    assert_eq!((facts.hash("ListOptions", "watch"), facts.hash("ListOptions", "limit")), (Some("XNNPZGbK"), None));
    assert_eq!((&*facts.paths[0].path, facts.paths[0].published_only), ("/logs/{file}", true));
    assert_eq!(facts.told_storage("foos.demo.example.com"), Some("v1alpha1"));
    assert_eq!((&*facts.warts[0].property, &*facts.warts[0].members), ("c", r#"{"x-d":"e"}"#));
}

#[test]
fn whether_a_version_is_served_follows_from_release_and_level() {
    for (set, version, expected) in [
        ("set: demo", "v1", Enabled::On),
        ("set: demo\nlevels: [ga]", "v1beta1", Enabled::Off),
        ("set: demo\nlevels: [ga]", "v1", Enabled::On),
        ("set: demo\nrelease: '1.9'", "v1", Enabled::On),
        ("set: demo\nrelease: '1.10'", "v1", Enabled::Removed),
        ("set: demo\nrelease: 2.0\nlevels: [beta]", "v1", Enabled::Removed),
    ] {
        let group = format!("group: demo.example.com\nversions:\n  {version}: {{removed: '1.10'}}\n");
        let path = format!("demo/{version}/foo.yaml");
        let sets = sets(&[("demo/set.yaml", set), ("demo/group.yaml", &group), (&path, "kind: Foo\n")]);
        assert_eq!(sets[0].resources[0].versions[0].enabled, expected, "{set} {version}");
    }
}

fn versions(hub: &str, spoke: &str, convert: &str) -> Set {
    let group = format!("group: demo.example.com\nversions:\n  v1: {{hub: true, storage: true}}\n  v1beta1: {{}}\n{convert}");
    let kind = |fields: &str| {
        format!(
            "kind: Foo\nfields: {{spec: {{tag: 2, type: FooSpec, omit: empty}}}}\ntypes:\n  FooSpec: {{fields: {{{fields}}}}}\n  Item: {{fields: {{a: {{tag: 1, type: string}}}}}}\n"
        )
    };
    sets(&[
        ("demo/set.yaml", "set: demo"),
        ("demo/group.yaml", &group),
        ("demo/v1/foo.yaml", &kind(hub)),
        ("demo/v1beta1/foo.yaml", &kind(spoke)),
    ])
    .remove(0)
}

#[test]
fn rules_come_to_the_types_they_are_about() {
    let path = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let text = "tag: 1, type: string";
    let set = versions(
        &format!("x: {{{text}}}"),
        &format!("y: {{{text}}}"),
        "convert: {Foo: {v1beta1: [{move: {hub: spec.x, spoke: spec.y}}]}}\n",
    );
    let [hub, spoke] = set.resources[0].conversions.as_slice() else { panic!("two versions") };
    assert!(hub.is_empty());
    assert_eq!((spoke[0].hub.as_str(), spoke[0].spoke.as_str()), ("com.example.demo.v1.FooSpec", "com.example.demo.v1beta1.FooSpec"));
    assert_eq!(spoke[0].steps, [Step::Move { hub: path(&["x"]), spoke: path(&["y"]) }]);

    let set =
        versions("i: {tag: 1, type: Item}", &format!("b: {{{text}}}"), "convert: {FooSpec: {v1beta1: [{move: {hub: i.a, spoke: b}}]}}\n");
    assert_eq!(set.resources[0].conversions[1][0].steps, [Step::Move { hub: path(&["i", "a"]), spoke: path(&["b"]) }]);

    let set = versions("x: {tag: 1, type: list(Item)}", "x: {tag: 1, type: list(Item)}", "");
    assert!(set.resources[0].conversions[1].is_empty(), "the same shape needs no rule");

    let set = versions("", &format!("x: {{{text}}}"), "convert: {Foo: {v1beta1: [{only: {spoke: [spec.x]}}]}}\n");
    assert!(set.resources[0].conversions[1].is_empty(), "what one side has alone is not copied");

    let set = versions(&format!("x: {{{text}}}"), "", "");
    assert!(set.resources[0].conversions[1].is_empty(), "what the hub has more is kept from the stored object");

    let set = versions(
        "x: {tag: 1, type: int32?}",
        "x: {tag: 1, type: int64}",
        "convert: {FooSpec: {v1beta1: [{move: {hub: x, spoke: x, loses: Nobody has so many.}}]}}\n",
    );
    assert_eq!(set.resources[0].conversions[1][0].steps, [Step::Move { hub: path(&["x"]), spoke: path(&["x"]) }]);
}

#[test]
fn every_value_has_a_verdict() {
    let set = versions(
        "same: {tag: 1, type: string}, list: {tag: 2, type: list(string)}, hidden: {tag: 3, type: int32}, items: {tag: 4, type: list(Item)}, i: {tag: 5, type: Item}",
        "same: {tag: 1, type: string}, first: {tag: 2, type: string?}, old: {tag: 3, type: bool}, items: {tag: 4, type: list(Item)}, a: {tag: 5, type: string}",
        "convert: {FooSpec: {v1beta1: [{head: {hub: list, spoke: first}}, {move: {hub: i.a, spoke: a}}, {only: {hub: [hidden], spoke: [old]}}]}}\n",
    );
    let leaves = &set.resources[0].leaves[1];
    let told = leaves.iter().map(|leaf| (leaf.hub.join("."), leaf.spoke.join("."), leaf.rule, leaf.view.word(), leaf.put.word()));
    let expected = [
        ("spec.list", "spec.first", "head", "remembered", "exact"),
        ("spec.i.a", "spec.a", "move", "exact", "exact"),
        ("spec.same", "spec.same", "", "exact", "exact"),
        ("spec.hidden", "", "only", "remembered", "exact"),
        ("spec.items.[]", "spec.items.[]", "", "exact", "exact"),
        ("", "spec.old", "only", "exact", "lost"),
    ];
    let expected = expected.map(|(hub, spoke, rule, view, put)| (hub.to_owned(), spoke.to_owned(), rule, view, put));
    assert_eq!(told.filter(|leaf| leaf.0 != "metadata").collect::<Vec<_>>(), expected);
    assert!(set.resources[0].leaves[0].is_empty(), "the hub is itself");
}

#[test]
fn tags_of_unions_may_have_different_names() {
    let set = versions(
        "t: {tag: 1, type: string}, a: {tag: 2, type: string}, b: {tag: 3, type: string}",
        "kind: {tag: 1, type: string}, v: {tag: 2, type: string}",
        "convert: {FooSpec: {v1beta1: [{union: {hub: {tag: t, arms: {A: a, B: b}}, spoke: {tag: kind, value: v}}}]}}\n",
    );
    assert!(
        matches!(set.resources[0].conversions[1][0].steps.as_slice(), [Step::Union { hub_tag, spoke_tag, .. }] if hub_tag != spoke_tag)
    );
}

#[test]
fn sets_use_kinds_of_other_sets() {
    let files = [
        ("base/set.yaml", "set: base"),
        ("base/core/group.yaml", "group: ''\nversions: {v1: {proto: base.core.v1}}\n"),
        ("base/core/v1/a.yaml", "kind: Aaa\ntypes: {Part: {}}\n"),
        ("base/core/v1/b.yaml", "kind: Bbb\n"),
        ("demo/set.yaml", "set: demo\nuse: {base: [core/v1 Bbb]}"),
        ("demo/group.yaml", GROUP),
        ("demo/v1/foo.yaml", "kind: Foo\nfields: {part: {tag: 2, type: core/v1.Part}}\n"),
    ];
    let sets = sets(&files);
    assert_eq!((sets[1].uses[0].set.as_str(), sets[1].uses[0].resources.as_slice()), ("base", [1].as_slice()));
    assert_eq!(sets[0].resources[1].key, "bbbs");
    let field = &ty(&sets[1], "Foo").desc.fields[3];
    assert_eq!((field.element().map(kubewright_model::Ref::proto_name).as_deref(), field.omit), (Some("base.core.v1.Part"), Omit::Never));
}
