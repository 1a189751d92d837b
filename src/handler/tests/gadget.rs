//! Hand-written kinds for tests of the handlers: one in two versions of which the older says less, and Namespace.

use std::sync::Arc;

use kubewright_model::{Action, Desc, Field, Kind, Methods, Ref, Shared, Speaks, Strategy, Subresource, Verbs};

use crate::meta::v1::{ObjectMeta, PartialObjectMetadataList};
use crate::object::{ApiType, Object};
use crate::registry::{Conversion, Registry, Resource, Typed, Version};
use crate::sample;

macro_rules! described {
    ($type:ident $name:literal { $($field:ident: $make:expr),+ }) => {
        impl ApiType for $type {
            fn desc() -> &'static Desc {
                static FIELDS: &[Field] = &[$($make),+];
                static DESC: Desc = Desc::new($name, "com.example.gadgets", "com.example.gadgets", FIELDS);
                &DESC
            }
        }
        kubewright::message!($type { $($field),+ });
    };
}

/// The hub: a gadget has a size, a color and a status.
#[derive(Clone, Default)]
pub(super) struct Gadget {
    metadata: ObjectMeta,
    spec: Spec,
    status: Status,
}

#[derive(Clone, Default)]
struct Spec {
    size: i32,
    color: String,
}

#[derive(Clone, Default)]
struct Status {
    ready: i32,
}

/// The older version: it knows no colors.
#[derive(Clone, Default)]
pub(super) struct OldGadget {
    metadata: ObjectMeta,
    spec: OldSpec,
    status: Status,
}

#[derive(Clone, Default)]
struct OldSpec {
    size: i32,
}

/// A namespace.
#[derive(Clone, Default)]
struct Namespace {
    metadata: ObjectMeta,
    spec: NamespaceSpec,
    status: NamespaceStatus,
}

#[derive(Clone, Default)]
struct NamespaceSpec {
    finalizers: Vec<String>,
}

#[derive(Clone, Default)]
struct NamespaceStatus {
    phase: String,
}

described!(Gadget "Gadget" {
    metadata: Field::message("metadata", 1, ObjectMeta::desc).omit_empty(),
    spec: Field::message("spec", 2, Spec::desc).omit_empty(),
    status: Field::message("status", 3, Status::desc).omit_empty()
});
described!(Spec "Spec" {
    size: Field::int32("size", 1).omit_empty().default("[{\"value\":1}]").rules("{\"maximum\":100}"),
    color: Field::string("color", 2).omit_empty()
});
described!(Status "Status" { ready: Field::int32("ready", 1).omit_empty() });
described!(OldGadget "Gadget" {
    metadata: Field::message("metadata", 1, ObjectMeta::desc).omit_empty(),
    spec: Field::message("spec", 2, OldSpec::desc).omit_empty(),
    status: Field::message("status", 3, Status::desc).omit_empty()
});
described!(OldSpec "OldSpec" { size: Field::int32("size", 1).omit_empty() });
described!(Namespace "Namespace" {
    metadata: Field::message("metadata", 1, ObjectMeta::desc).omit_empty(),
    spec: Field::message("spec", 2, NamespaceSpec::desc).omit_empty(),
    status: Field::message("status", 3, NamespaceStatus::desc).omit_empty()
});
described!(NamespaceSpec "NamespaceSpec" { finalizers: Field::string("finalizers", 1).list().omit_empty() });
described!(NamespaceStatus "NamespaceStatus" { phase: Field::string("phase", 1).omit_empty() });

fn older(hub: Gadget) -> OldGadget {
    OldGadget { metadata: hub.metadata, spec: OldSpec { size: hub.spec.size }, status: hub.status }
}

fn newer(old: OldGadget, stored: Option<Gadget>) -> Gadget {
    let color = stored.map(|stored| stored.spec.color).unwrap_or_default();
    Gadget { metadata: old.metadata, spec: Spec { size: old.spec.size, color }, status: old.status }
}

fn version(kind: Kind, new: fn() -> Object, conversion: Option<Box<dyn Conversion>>) -> Version {
    Version { kind: Shared::Made(Arc::new(kind)), new: Box::new(new), conversion }
}

fn gadget(version: &'static str, desc: fn() -> &'static Desc) -> Kind {
    let scale = Action::Scale { spec_replicas: ".spec.size".into(), status_replicas: ".status.ready".into(), selector: "".into() };
    let speaks = Speaks { group: "autoscaling".into(), version: "v1".into(), kind: "Scale".into(), ty: Ref::Static(desc) };
    let subresources = vec![
        Subresource { name: "status".into(), verbs: Verbs::STATUS, speaks: None, options: None, action: Action::Part("status".into()) },
        Subresource { name: "scale".into(), verbs: Verbs::STATUS, speaks: Some(speaks), options: None, action: scale },
        Subresource::connect("drive", Methods::GET.and(Methods::PUT), true),
        Subresource::ask("ticket").speaks("gadgets.example.com", "v1", "Gadget", Gadget::desc),
    ];
    Kind {
        ty: Ref::Static(desc),
        list_ty: Ref::Static(PartialObjectMetadataList::desc),
        subresources: subresources.into(),
        selectable: vec![".spec.color".into()].into(),
        ..sample::kind("gadgets.example.com", version, "Gadget", "gadgets")
    }
}

/// Adds the kinds.
pub(super) fn install(registry: &mut Registry) {
    let old: Box<dyn Conversion> = Box::new(Typed { view: older, put: newer });
    let versions = vec![
        version(gadget("v1", Gadget::desc), Gadget::boxed, None),
        version(Kind { selectable: Vec::new().into(), ..gadget("v1beta1", OldGadget::desc) }, OldGadget::boxed, Some(old)),
    ];
    registry.add(Resource { key: "gadgets.example.com/gadgets".into(), hub: 0, storage: 0, versions });
    let namespace = Kind {
        namespaced: false,
        ty: Ref::Static(Namespace::desc),
        list_ty: Ref::Static(PartialObjectMetadataList::desc),
        strategy: Strategy { generation: false, unconditional_update: true, ..Strategy::CUSTOM },
        ..sample::kind("", "v1", "Namespace", "namespaces")
    };
    registry.add(Resource { key: "namespaces".into(), hub: 0, storage: 0, versions: vec![version(namespace, Namespace::boxed, None)] });
}
