//! A small API: a namespaced kind with `status` and `scale`, a cluster-wide kind with few verbs, and its types.

use std::sync::Arc;

use crate::api::{Api, GroupVersion, Resource};
use crate::desc::{Desc, Field, MapType, Ref, Special};
use crate::kind::{Action, Enabled, Kind, Lifecycle, NameRule, Shared, Speaks, Strategy, Subresource, Verb, Verbs};

const META: &str = "k8s.io.apimachinery.pkg.apis.meta.v1";
const META_OPENAPI: &str = "io.k8s.apimachinery.pkg.apis.meta.v1";

fn object_meta() -> &'static Desc {
    static FIELDS: [Field; 2] =
        [Field::string("name", 1).omit_empty().doc("Name."), Field::message("creationTimestamp", 8, time).omit_zero()];
    static DESC: Desc = Desc::new("ObjectMeta", META, META_OPENAPI, &FIELDS);
    &DESC
}

fn list_meta() -> &'static Desc {
    static FIELDS: [Field; 1] = [Field::string("resourceVersion", 2).omit_empty()];
    static DESC: Desc = Desc::new("ListMeta", META, META_OPENAPI, &FIELDS);
    &DESC
}

fn time() -> &'static Desc {
    static DESC: Desc = Desc::special("Time", META, META_OPENAPI, Special::Time);
    &DESC
}

fn port() -> &'static Desc {
    static DESC: Desc =
        Desc::special("IntOrString", "k8s.io.apimachinery.pkg.util.intstr", "io.k8s.apimachinery.pkg.util.intstr", Special::IntOrString);
    &DESC
}

fn part() -> &'static Desc {
    static FIELDS: [Field; 2] = [
        Field::string("size", 1).rules(r#"{"enum":["Small","Big"],"maxLength":5}"#).default(r#"[{"value":"Big"}]"#).doc("How big."),
        Field::message("port", 2, port).optional().omit_empty(),
    ];
    static DESC: Desc = Desc::new("Part", "com.example.v1", "com.example.v1", &FIELDS).atomic();
    &DESC
}

fn toy_spec() -> &'static Desc {
    static FIELDS: [Field; 6] = [
        Field::message("parts", 1, part).list().omit_empty().map_list("size").patch("merge", "size").doc("What it is made of."),
        Field::string("labels", 2).map().omit_empty().map_type(MapType::Granular),
        Field::int32("replicas", 3).required().rules(r#"{"minimum":1}"#),
        Field::message("main", 4, part).doc("The main part."),
        Field::string("users", 5).map_of_lists().omit_empty(),
        Field::bytes("seal", 6).list().omit_empty().atomic_list(),
    ];
    static DESC: Desc = Desc::new("ToySpec", "com.example.v1", "com.example.v1", &FIELDS);
    &DESC
}

fn toy() -> &'static Desc {
    static FIELDS: [Field; 4] = [
        Field::string("kind", 0).omit_empty(),
        Field::string("apiVersion", 0).omit_empty(),
        Field::message("metadata", 1, object_meta).omit_empty(),
        Field::message("spec", 2, toy_spec).omit_empty(),
    ];
    static DESC: Desc = Desc::new("Toy", "com.example.v1", "com.example.v1", &FIELDS).doc("Something to play with.");
    &DESC
}

fn toy_list() -> &'static Desc {
    static FIELDS: [Field; 2] = [Field::message("metadata", 1, list_meta).omit_empty(), Field::message("items", 2, toy).list().required()];
    static DESC: Desc = Desc::new("ToyList", "com.example.v1", "com.example.v1", &FIELDS);
    &DESC
}

fn scale() -> &'static Desc {
    static DESC: Desc = Desc::new("Scale", "k8s.io.api.autoscaling.v1", "io.k8s.api.autoscaling.v1", &[]);
    &DESC
}

/// A kind with no subresources.
pub(super) fn kind(group: &'static str, name: &'static str, plural: &'static str, namespaced: bool, verbs: Verbs) -> Kind {
    Kind {
        group: group.into(),
        version: "v1".into(),
        kind: name.into(),
        list_kind: format!("{name}List").into(),
        plural: plural.into(),
        singular: name.to_lowercase().into(),
        namespaced,
        short_names: [].as_slice().into(),
        categories: [].as_slice().into(),
        verbs,
        subresources: [].as_slice().into(),
        columns: [].as_slice().into(),
        selectable: [].as_slice().into(),
        ty: Ref::Static(toy),
        list_ty: Ref::Static(toy_list),
        lifecycle: Lifecycle::default(),
        enabled: Enabled::On,
        strategy: Strategy { names: NameRule::Subdomain, ..Strategy::CUSTOM },
    }
}

fn subresources() -> Vec<Subresource> {
    let speaks = Speaks { group: "autoscaling".into(), version: "v1".into(), kind: "Scale".into(), ty: Ref::Static(scale) };
    let action = Action::Scale { spec_replicas: ".spec.replicas".into(), status_replicas: "".into(), selector: "".into() };
    vec![
        Subresource { name: "status".into(), verbs: Verbs::STATUS, speaks: None, options: None, action: Action::Part("status".into()) },
        Subresource { name: "scale".into(), verbs: Verbs::STATUS, speaks: Some(speaks), options: None, action },
        Subresource {
            name: "finalize".into(),
            verbs: Verbs::NONE.with(Verb::Update),
            speaks: None,
            options: None,
            action: Action::Finalize,
        },
    ]
}

/// The API.
pub(super) fn api() -> Api {
    let toys = Kind { subresources: subresources().into(), ..kind("example.com", "Toy", "toys", true, Verbs::ALL) };
    let boxes = kind("", "Box", "boxes", false, Verbs::ALL.without(Verb::DeleteCollection).without(Verb::Watch));
    let resource = |kind: Kind| Resource { key: kind.plural.clone(), hub: 0, storage: 0, versions: vec![Shared::Made(Arc::new(kind))] };
    let mut api = Api { title: "Toys".into(), version: "1.0".into(), ..Api::default() };
    api.resources = vec![resource(toys), resource(boxes)];
    api.versions = vec![GroupVersion {
        group: "old.example.com".into(),
        version: "v1".into(),
        package: "".into(),
        openapi: "".into(),
        resources: true,
    }];
    api
}
