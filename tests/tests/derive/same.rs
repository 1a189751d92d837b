//! A derived kind is described as the generated one is.

use kubewright::model::openapi::{Profile, v2};
use kubewright::model::{Api, Desc, Kind, Ref, proto};
use kubewright::registry::{ApiResource, Registry, Resource};
use kubewright::{ApiType, describe};
use serde_json::Value;
use wardle_types::wardle::v1beta1 as generated;

use crate::flunder::{Flunder, FlunderSpec, FlunderStatus, bare::Bare};

const PACKAGE: &str = "com.example.wardle.v1beta1";

/// Everything that a type says, with what its fields refer to by name.
fn facts(desc: &Desc) -> String {
    format!("{desc:#?} {} {} {} {}", desc.openapi, desc.doc, desc.atomic, desc.unions)
}

#[test]
fn descriptors() {
    for (derived, generated) in [
        (Flunder::desc(), generated::Flunder::desc()),
        (FlunderSpec::desc(), generated::FlunderSpec::desc()),
        (FlunderStatus::desc(), generated::FlunderStatus::desc()),
        (list_of(Flunder::kind()), list_of(&generated::FLUNDER)),
    ] {
        assert_eq!(facts(derived), facts(generated));
    }
    assert_eq!(format!("{:#?}", Flunder::kind()), format!("{:#?}", generated::FLUNDER));
    assert_eq!(Flunder::KEY, "wardle.example.com/flunders");
}

/// The one thing that differs in a struct without fields for kind and apiVersion: these two fields.
#[test]
fn descriptors_without_a_type() {
    let whole = Bare::desc().with_type_meta().expect("no field for kind and apiVersion");
    assert_eq!(facts(&whole), facts(generated::Flunder::desc()));
}

#[test]
fn documents() {
    let generated = api(Resource { hub: 0, ..wardle_types::wardle::flunders() });
    for derived in [api(Resource::of::<Flunder>()), api(Resource::of::<Bare>())] {
        assert_eq!(proto::file(&derived, PACKAGE), proto::file(&generated, PACKAGE));
        let (derived, generated) = (definitions(&derived), definitions(&generated));
        for name in ["Flunder", "FlunderList", "FlunderSpec", "FlunderStatus"] {
            let name = format!("{PACKAGE}.{name}");
            assert!(generated[&name].is_object(), "{name}");
            assert_eq!(derived[&name].to_string(), generated[&name].to_string(), "{name}");
        }
    }
}

fn list_of(kind: &'static Kind) -> &'static Desc {
    match kind.list_ty {
        Ref::Static(desc) => desc(),
        _ => panic!("the list of a kind of the program is one too"),
    }
}

/// The API of v1beta1 alone.
fn api(resource: Resource) -> Api {
    let mut registry = Registry::default();
    registry.add(resource);
    describe::api(&registry, |kind| kind.version == "v1beta1")
}

fn definitions(api: &Api) -> Value {
    v2::document(api, &Profile::default())["definitions"].take()
}
