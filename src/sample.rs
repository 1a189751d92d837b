//! A small registry for the tests of what looks at kinds only.

use std::borrow::Cow;
use std::sync::Arc;

use kubewright_model::{Action, Desc, Enabled, Kind, Lifecycle, Ref, Shared, Speaks, Strategy, Subresource, Verbs};

use crate::object::{Described, Message, Object, Slot, Touch, Value};
use crate::registry::{Registry, Resource, Version};

static DESC: Desc = Desc::new("Nothing", "example", "", &[]);

/// An object without fields.
pub(crate) struct Nothing;

impl Described for Nothing {
    fn descriptor(&self) -> &Desc {
        &DESC
    }
    fn shared(&self) -> Shared<Desc> {
        Shared::Static(&DESC)
    }
    fn boxed_clone(&self) -> Object {
        Box::new(Self)
    }
}

impl Message for Nothing {
    fn values<'a>(&'a self, _: &mut [Value<'a>]) {}
    fn place(&mut self, _: Touch, _: usize) -> Slot<'_> {
        Slot::None
    }
}

/// A namespaced kind with a status.
pub(crate) fn kind(group: &'static str, version: &'static str, name: &'static str, plural: &'static str) -> Kind {
    Kind {
        group: group.into(),
        version: version.into(),
        kind: name.into(),
        list_kind: format!("{name}List").into(),
        plural: plural.into(),
        singular: name.to_lowercase().into(),
        namespaced: true,
        short_names: Cow::Borrowed(&[]),
        categories: Cow::Borrowed(&[]),
        verbs: Verbs::ALL,
        subresources: vec![status()].into(),
        columns: Cow::Borrowed(&[]),
        selectable: Cow::Borrowed(&[]),
        ty: Ref::Static(|| &DESC),
        list_ty: Ref::Static(|| &DESC),
        lifecycle: Lifecycle::default(),
        enabled: Enabled::On,
        strategy: Strategy::CUSTOM,
    }
}

fn status() -> Subresource {
    Subresource { name: "status".into(), verbs: Verbs::STATUS, speaks: None, options: None, action: Action::Part("status".into()) }
}

fn scale() -> Subresource {
    let speaks = Speaks { group: "autoscaling".into(), version: "v1".into(), kind: "Scale".into(), ty: Ref::Static(|| &DESC) };
    let action = Action::Scale {
        spec_replicas: ".spec.replicas".into(),
        status_replicas: ".status.replicas".into(),
        selector: ".status.selector".into(),
    };
    Subresource { name: "scale".into(), verbs: Verbs::STATUS, speaks: Some(speaks), options: None, action }
}

/// One stored form in several versions; the first is the hub and stored.
pub(crate) fn resource(kinds: Vec<Kind>) -> Resource {
    let version = |kind| Version { kind: Shared::Made(Arc::new(kind)), new: Box::new(|| Box::new(Nothing)), conversion: None };
    let key = kinds.first().map(|kind| kind.plural.clone()).unwrap_or_default();
    Resource { key, hub: 0, storage: 0, versions: kinds.into_iter().map(version).collect() }
}

/// ConfigMap, Namespace, Deployment in three versions, HorizontalPodAutoscaler in two, and Event in two groups.
pub(crate) fn registry() -> Registry {
    let mut registry = Registry::default();
    let config_map =
        Kind { short_names: vec!["cm".into()].into(), subresources: Cow::Borrowed(&[]), ..kind("", "v1", "ConfigMap", "configmaps") };
    registry.add(resource(vec![config_map]));
    registry.add(resource(vec![Kind { namespaced: false, ..kind("", "v1", "Namespace", "namespaces") }]));
    let deployment = |version, enabled| Kind {
        categories: vec!["all".into()].into(),
        short_names: vec!["deploy".into()].into(),
        subresources: vec![scale(), status()].into(),
        enabled,
        ..kind("apps", version, "Deployment", "deployments")
    };
    registry.add(resource(vec![
        deployment("v1", Enabled::On),
        deployment("v1beta2", Enabled::Off),
        deployment("v1beta1", Enabled::Removed),
    ]));
    let scaler = |version| kind("autoscaling", version, "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    registry.add(resource(vec![scaler("v1"), scaler("v2")]));
    let event = |group| Kind { subresources: Cow::Borrowed(&[]), ..kind(group, "v1", "Event", "events") };
    registry.add(resource(vec![event(""), event("events.k8s.io")]));
    registry
}
