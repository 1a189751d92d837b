//! A hand-written kind, for tests of the whole server.

use std::borrow::Cow;
use std::sync::Arc;

use kubewright_model::{Desc, Field, Kind, Lifecycle, Ref, Shared};

use crate::meta::v1::{ObjectMeta, PartialObjectMetadataList};
use crate::object::ApiType;
use crate::registry::{Registry, Resource, Version};
use crate::sample;

/// A thing with a color.
#[derive(Clone, Default)]
pub(crate) struct Thing {
    kind: String,
    api_version: String,
    metadata: ObjectMeta,
    color: String,
}

impl ApiType for Thing {
    fn desc() -> &'static Desc {
        static FIELDS: [Field; 4] = [
            Field::string("kind", 0).omit_empty(),
            Field::string("apiVersion", 0).omit_empty(),
            Field::message("metadata", 1, ObjectMeta::desc).omit_empty(),
            Field::string("color", 2).omit_empty(),
        ];
        static DESC: Desc = Desc::new("Thing", "com.example.things.v1", "com.example.things.v1", &FIELDS);
        &DESC
    }
}

kubewright::message!(Thing { kind, api_version, metadata, color });

/// Adds Thing, deprecated in favour of nothing.
pub(crate) fn install(registry: &mut Registry) {
    let kind = Kind {
        ty: Ref::Static(Thing::desc),
        list_ty: Ref::Static(PartialObjectMetadataList::desc),
        subresources: Cow::Borrowed(&[]),
        lifecycle: Lifecycle { deprecated: "1.2".into(), ..Lifecycle::default() },
        ..sample::kind("things.example.com", "v1", "Thing", "things")
    };
    let version = Version { kind: Shared::Made(Arc::new(kind)), new: Box::new(Thing::boxed), conversion: None };
    registry.add(Resource { key: "things.example.com/things".into(), hub: 0, storage: 0, versions: vec![version] });
}
