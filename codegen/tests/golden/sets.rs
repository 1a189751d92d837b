//! Sets put together by hand: what reading schemas would give.

use std::path::Path;

use kubewright_codegen::set::{EnumDef, Group, Resource, Set, Step, TypeDef, TypeLens, Version};
use kubewright_codegen::source::Sources;
use kubewright_codegen::{read, report};
use kubewright_model::crd::Manifest;
use kubewright_model::{
    Action, Column, Desc, Enabled, Facts, Field, Kind, Lifecycle, Methods, NameRule, Ref, Speaks, Strategy, Subresource, Text, Type, Verb,
    Verbs,
};

const META: &str = "k8s.io.apimachinery.pkg.apis.meta.v1";

/// The names of the meta set, without fields.
pub(crate) fn meta() -> Set {
    let types = ["ObjectMeta", "ListMeta", "Status"].map(|name| {
        let desc = Desc::owned(name, META, "io.k8s.apimachinery.pkg.apis.meta.v1", Vec::new());
        TypeDef { desc, rust_names: Vec::new(), object: false, list: false }
    });
    let version = Version { version: "v1".into(), package: META.into(), openapi: String::new(), types: types.into(), enums: Vec::new() };
    set("meta", vec![Group { module: "meta".into(), group: "meta".into(), versions: vec![version], functions: None }], Vec::new())
}

/// A set that is written in YAML, below `tests/conversions`, and then the meta set.
pub(crate) fn written(name: &str) -> Vec<Set> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::new();
    for (set, directory) in [(name, root.join("tests/conversions").join(name)), ("meta", root.join("../schemas/meta"))] {
        let found = Sources::load(&directory).expect("the schemas can be read");
        found.iter().for_each(|(path, source)| sources.insert(format!("{set}/{path}"), source.text.clone()));
    }
    let mut sets = read(&sources).unwrap_or_else(|problems| panic!("{}", report::text(&problems, &sources)));
    sets.sort_by_key(|set| set.name != name);
    sets
}

fn set(name: &str, groups: Vec<Group>, resources: Vec<Resource>) -> Set {
    Set {
        name: name.into(),
        release: "1.0".into(),
        title: name.into(),
        gates: Vec::new(),
        groups,
        resources,
        uses: Vec::new(),
        facts: Facts::NONE,
        crds: false,
    }
}

/// A version of the group `example.com`.
fn version(version: &str, types: Vec<TypeDef>) -> Version {
    let package = package(version);
    let types = types.into_iter().map(|mut def| {
        def.desc.package = package.clone().into();
        def.desc.openapi = package.clone().into();
        def
    });
    Version { version: version.into(), package: package.clone(), openapi: package.clone(), types: types.collect(), enums: Vec::new() }
}

fn package(version: &str) -> String {
    format!("com.example.{version}")
}

fn group(versions: Vec<Version>) -> Vec<Group> {
    vec![Group { module: "example".into(), group: "example.com".into(), versions, functions: None }]
}

fn message(name: &'static str, fields: Vec<Field>) -> TypeDef {
    TypeDef { desc: Desc::owned(name, "", "", fields), rust_names: Vec::new(), object: false, list: false }
}

fn named(name: impl Into<Text>) -> Type {
    Type::Message(Ref::Named(name.into()))
}

fn of(version: &str, name: &str) -> Type {
    named(format!("{}.{name}", package(version)))
}

fn meta_type(name: &str) -> Type {
    named(format!("{META}.{name}"))
}

fn type_meta() -> [Field; 2] {
    [Field::string("kind", 0).omit_empty(), Field::string("apiVersion", 0).omit_empty()]
}

/// A kind and its list: the kind has `metadata` and these fields.
fn object(version: &str, name: &'static str, fields: Vec<Field>) -> [TypeDef; 2] {
    let mut all = Vec::from(type_meta());
    all.push(Field::new("metadata", 1, meta_type("ObjectMeta")).omit_empty());
    all.extend(fields);
    let mut list = Vec::from(type_meta());
    list.push(Field::new("metadata", 1, meta_type("ListMeta")).omit_empty());
    list.push(Field::new("items", 2, of(version, name)).list().required());
    let list_name = format!("{name}List");
    let list = TypeDef { desc: Desc::owned(list_name, "", "", list), rust_names: Vec::new(), object: false, list: true };
    [TypeDef { object: true, ..message(name, all) }, list]
}

fn kind(version: &str, name: &'static str) -> Kind {
    let Type::Message(ty) = of(version, name) else { unreachable!() };
    let Type::Message(list_ty) = of(version, &format!("{name}List")) else { unreachable!() };
    let lower = name.to_lowercase();
    Kind {
        group: "example.com".into(),
        version: version.to_owned().into(),
        kind: name.into(),
        list_kind: format!("{name}List").into(),
        plural: format!("{lower}s").into(),
        singular: lower.into(),
        namespaced: true,
        short_names: Vec::new().into(),
        categories: Vec::new().into(),
        verbs: Verbs::ALL,
        subresources: Vec::new().into(),
        columns: Vec::new().into(),
        selectable: Vec::new().into(),
        ty,
        list_ty,
        lifecycle: Lifecycle::default(),
        enabled: Enabled::On,
        strategy: Strategy::CUSTOM,
    }
}

fn resource(versions: Vec<Kind>, conversions: Vec<Vec<TypeLens>>) -> Resource {
    Resource {
        key: "example.com/things".into(),
        hub: 0,
        storage: 0,
        versions,
        conversions,
        manifest: Manifest::default(),
        leaves: Vec::new(),
    }
}

/// Two versions of the kind Thing, `v1` the hub, whose `spec` has these fields, and the rules for the given type.
fn two_versions(name: &str, hub: Vec<TypeDef>, spoke: Vec<TypeDef>, on: &str, steps: Vec<Step>) -> Set {
    let spec = |version: &str| vec![Field::new("spec", 2, of(version, "ThingSpec")).omit_empty()];
    let types = |at: &str, own: Vec<TypeDef>| object(at, "Thing", spec(at)).into_iter().chain(own).collect();
    let versions = vec![version("v1", types("v1", hub)), version("v1beta1", types("v1beta1", spoke))];
    let lens = TypeLens { hub: format!("{}.{on}", package("v1")), spoke: format!("{}.{on}", package("v1beta1")), steps };
    let conversions = vec![Vec::new(), vec![lens]];
    set(name, group(versions), vec![resource(vec![kind("v1", "Thing"), kind("v1beta1", "Thing")], conversions)])
}

fn path(text: &str) -> Vec<String> {
    text.split('.').map(str::to_owned).collect()
}

/// Every shape of a field.
pub(crate) fn fields() -> Set {
    let inner = message("Inner", vec![Field::string("type", 1).doc("A keyword.")]);
    let all = vec![
        Field::string("name", 1).required().doc("Text.\n\nWith a second paragraph."),
        Field::bool("ready", 2).optional().omit_empty(),
        Field::int32("replicas", 3).default(r#"[{"value":1}]"#).rules(r#"{"minimum":0}"#),
        Field::int64("generation", 4).format("int32"),
        Field::float64("ratio", 5).optional().omit_empty(),
        Field::bytes("data", 6).omit_empty(),
        Field::new("inner", 7, of("v1", "Inner")),
        Field::new("maybe", 8, of("v1", "Inner")).optional().omit_empty(),
        Field::new("podIPs", 9, of("v1", "Inner")).list().omit_empty().map_list("type").patch("merge", "type"),
        Field::new("byName", 10, of("v1", "Inner")).map().omit_empty(),
        Field::string("finalizers", 11).list().omit_empty().set_list(),
        Field::string("labels", 12).map().omit_empty().map_type(kubewright_model::MapType::Atomic),
        Field::string("extra", 13).map_of_lists().wrapper("Extras").omit_empty(),
        Field::new("time", 14, meta_type("Time")).omit_zero(),
        Field::new("deletionTimestamp", 15, meta_type("Time")).optional().omit_empty(),
        Field::new("capacity", 16, named("k8s.io.apimachinery.pkg.api.resource.Quantity")).map().omit_empty(),
        Field::new("", 17, of("v1", "Inner")).inline().proto_name("embedded"),
        Field::string("verbs", 18).list().wrapped(),
        Field::new("parent", 19, of("v1", "All")).optional().omit_empty(),
        Field::string("$ref", 20).proto_name("ref").omit_empty(),
        Field::bytes("certificates", 21).map().omit_empty(),
    ];
    let mut either = message("FlagOrAll", vec![Field::bool("on", 1), Field::new("all", 2, of("v1", "All")).optional().omit_empty()]);
    either.desc.either = true;
    let mut all = message("All", all);
    all.desc.doc = "Has every shape.".into();
    all.desc.atomic = true;
    set(
        "fields",
        group(vec![version("v1", vec![all, either, inner, message("Empty", Vec::new()), message("Column", Vec::new())])]),
        Vec::new(),
    )
}

/// Everything that can be said of a kind.
pub(crate) fn kinds() -> Set {
    let mut thing = kind("v1", "Thing");
    thing.short_names = vec!["th".into(), "tg".into()].into();
    thing.categories = vec!["all".into()].into();
    thing.verbs = Verbs::ALL.without(Verb::DeleteCollection);
    let Type::Message(status) = meta_type("Status") else { unreachable!() };
    thing.subresources = vec![
        Subresource { name: "status".into(), verbs: Verbs::STATUS, speaks: None, options: None, action: Action::Part("status".into()) },
        Subresource {
            name: "scale".into(),
            verbs: Verbs::NONE.with(Verb::Get),
            speaks: Some(Speaks { group: "".into(), version: "v1".into(), kind: "Status".into(), ty: status.clone() }),
            options: None,
            action: Action::Scale {
                spec_replicas: ".spec.replicas".into(),
                status_replicas: ".status.replicas".into(),
                selector: "".into(),
            },
        },
        below("limits", Action::Part("spec.limits".into()), Verbs::STATUS),
        below(
            "exec",
            Action::Connect { methods: Methods::GET.and(Methods::POST), tail: true },
            Verbs::NONE.with(Verb::Create).with(Verb::Get),
        ),
        Subresource {
            options: Some(Speaks { group: "".into(), version: "v1".into(), kind: "Status".into(), ty: status }),
            ..below("log", Action::Read { text: true }, Verbs::NONE.with(Verb::Get))
        },
        below("eviction", Action::Evict, Verbs::NONE.with(Verb::Create)),
        below("binding", Action::Bind, Verbs::NONE.with(Verb::Create)),
        below("token", Action::Ask, Verbs::NONE.with(Verb::Create)),
    ]
    .into();
    let column = Column {
        name: "Age".into(),
        ty: "date".into(),
        format: "".into(),
        priority: 1,
        cell: "age(.metadata.creationTimestamp)".into(),
        doc: "How old.".into(),
    };
    thing.columns = vec![column].into();
    thing.selectable = vec![".spec.nodeName".into()].into();
    thing.lifecycle = Lifecycle {
        introduced: "1.0".into(),
        deprecated: "1.5".into(),
        removed: "1.8".into(),
        replacement: "example.com/v2 Thing".into(),
        warning: "".into(),
    };
    thing.enabled = Enabled::Removed;
    thing.strategy = Strategy {
        generation: false,
        unconditional_update: true,
        create_on_update: true,
        delete_returns_object: true,
        names: NameRule::Label,
    };
    thing.namespaced = false;
    set("kinds", group(vec![version("v1", object("v1", "Thing", Vec::new()).into())]), vec![resource(vec![thing], vec![Vec::new()])])
}

fn below(name: &'static str, action: Action, verbs: Verbs) -> Subresource {
    Subresource { name: name.into(), verbs, speaks: None, options: None, action }
}

/// Named texts.
pub(crate) fn enums() -> Set {
    let values = [("ClusterIP", "Inside."), ("*", ""), ("", "None."), ("ClusterIp", ""), ("kubernetes.io/tls", "")];
    let values = values.map(|(value, doc)| (value.to_owned(), doc.into())).into();
    let mut version = version("v1", Vec::new());
    version.enums = vec![EnumDef { name: "ServiceType".into(), doc: "How it is reached.".into(), values }];
    set("enums", group(vec![version]), Vec::new())
}

/// The hub has a field per arm, the version one for all.
pub(crate) fn union() -> Set {
    let tag = || Field::string("referenceType", 9).optional().omit_empty();
    let hub = vec![Field::string("flunder", 1).omit_empty(), Field::string("fischer", 2).omit_empty(), tag()];
    let spoke = vec![Field::string("reference", 1).omit_empty(), tag()];
    let step = Step::Union {
        hub_tag: path("spec.referenceType"),
        arms: vec![("Flunder".into(), path("spec.flunder")), ("Fischer".into(), path("spec.fischer"))],
        spoke_tag: path("spec.referenceType"),
        spoke_value: path("spec.reference"),
    };
    two_versions("union", vec![message("ThingSpec", hub)], vec![message("ThingSpec", spoke)], "Thing", vec![step])
}

/// Values under other names and in other places, in both directions of depth, with a difference in presence and in width.
pub(crate) fn moves() -> Set {
    let network = |at: &str| Field::new("network", 3, of(at, "Network")).optional().omit_empty();
    let hub =
        vec![Field::int32("replicas", 1), Field::string("zone", 2), network("v1"), Field::string("hidden", 4), Field::int64("wide", 5)];
    let hub_network = message("Network", vec![Field::int32("port", 1), Field::string("host", 2)]);
    let spoke = vec![Field::int32("size", 1).optional(), Field::int32("port", 2), network("v1beta1"), Field::int32("wide", 5).optional()];
    let spoke_network = message("Network", vec![Field::string("host", 2), Field::string("zone", 3)]);
    let moved = |hub: &str, spoke: &str| Step::Move { hub: path(hub), spoke: path(spoke) };
    let steps = vec![moved("replicas", "size"), moved("network.port", "port"), moved("zone", "network.zone")];
    two_versions(
        "moves",
        vec![message("ThingSpec", hub), hub_network],
        vec![message("ThingSpec", spoke), spoke_network],
        "ThingSpec",
        steps,
    )
}

/// Items that lose something: found by key, by position, by name; and items that lose nothing.
pub(crate) fn lists() -> Set {
    let spec = |at: &str| {
        vec![
            Field::new("ports", 1, of(at, "Port")).list().map_list("name,number"),
            Field::new("rules", 2, of(at, "Port")).list(),
            Field::new("byName", 3, of(at, "Port")).map(),
            Field::new("plain", 4, of(at, "Plain")).list(),
            Field::new("plainByName", 5, of(at, "Plain")).map(),
            Field::new("main", 6, of(at, "Port")).optional(),
            Field::new("first", 7, of(at, "Port")),
        ]
    };
    let port = |mut more: Vec<Field>| {
        more.extend([Field::string("name", 1), Field::int32("number", 2)]);
        message("Port", more)
    };
    let plain = || message("Plain", vec![Field::string("text", 1)]);
    let hub = vec![message("ThingSpec", spec("v1")), port(vec![Field::string("protocol", 3)]), plain()];
    let spoke = vec![message("ThingSpec", spec("v1beta1")), port(Vec::new()), plain()];
    two_versions("lists", hub, spoke, "Thing", Vec::new())
}

/// Two texts that correspond depending on a third.
pub(crate) fn lookup() -> Set {
    let hub = vec![Field::string("kind", 1), Field::string("apiGroup", 2).omit_empty()];
    let spoke = vec![Field::string("kind", 1), Field::string("apiVersion", 2).omit_empty()];
    let rows = vec![
        ("ServiceAccount".to_owned(), String::new(), "v1".to_owned()),
        ("User".to_owned(), "rbac.authorization.k8s.io".to_owned(), "rbac.authorization.k8s.io/v1alpha1".to_owned()),
    ];
    let step = Step::Lookup { by: path("spec.kind"), hub: path("spec.apiGroup"), spoke: path("spec.apiVersion"), rows };
    two_versions("lookup", vec![message("ThingSpec", hub)], vec![message("ThingSpec", spoke)], "Thing", vec![step])
}
