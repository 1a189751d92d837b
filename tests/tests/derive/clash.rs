//! Types of the user with the names that emitted code uses inside.

use std::collections::BTreeMap;

use kubewright::meta::v1::ObjectMeta;
use kubewright::registry::ApiResource as _;
use kubewright::special::Quantity;
use serde_json::json;

macro_rules! part {
    ($($name:ident)*) => {$(
        #[derive(Clone, Default, kubewright::ApiType)]
        #[api_resource(group = "clash.example.com", version = "v1")]
        struct $name {
            #[api_resource(tag = 1)]
            value: i32,
        }
    )*};
}
part!(Field Desc Column Subresource MapType At S Type);

/// A kind named as the model's own.
#[derive(Clone, Default, kubewright::ApiResource)]
#[api_resource(
    group = "clash.example.com",
    version = "v1",
    scope = "Cluster",
    status,
    scale(replicas = ".spec.value", observed = ".status.value")
)]
struct Kind {
    metadata: ObjectMeta,
    #[api_resource(tag = 2)]
    spec: Field,
    #[api_resource(tag = 3)]
    status: Desc,
    #[api_resource(tag = 4)]
    columns: Vec<Column>,
    #[api_resource(tag = 5)]
    by_name: BTreeMap<String, MapType>,
    #[api_resource(tag = 6)]
    subresource: Option<Box<self::Subresource>>,
    #[api_resource(tag = 7)]
    r#type: Type,
    #[api_resource(tag = 8)]
    at: At,
    #[api_resource(tag = 9)]
    s: S,
    #[api_resource(tag = 10)]
    limits: BTreeMap<String, Quantity>,
}

#[test]
fn names_do_not_meet() {
    let text = json!({
        "metadata": {"name": "a"}, "spec": {"value": 1}, "status": {"value": 2}, "columns": [{"value": 3}], "byName": {"k": {"value": 4}},
        "subresource": {"value": 5}, "type": {"value": 6}, "at": {"value": 7}, "s": {"value": 8}, "limits": {"cpu": "1500m"},
    });
    let kind: Kind = serde_json::from_value(text.clone()).expect("an object");
    assert_eq!((kind.spec.value, kind.r#type.value), (1, 6));
    let mut seen = serde_json::to_value(&kind).expect("a document");
    assert_eq!(seen["metadata"]["name"], "a");
    seen["metadata"] = text["metadata"].clone();
    assert_eq!(seen, text);
    assert_eq!(KindList { items: vec![kind.clone()], ..KindList::default() }.items[0], kind);
    assert!(!Kind::kind().namespaced);
    let scale = Kind::kind().subresource("scale").and_then(|scale| scale.speaks.as_ref()).expect("a scale");
    assert_eq!((&*scale.group, &*scale.kind), ("autoscaling", "Scale"));
}

/// A derive works in a function too, where no path leads to the type.
#[test]
fn inside_a_function() {
    #[derive(Clone, Default, kubewright::ApiType)]
    #[api_resource(group = "clash.example.com", version = "v1")]
    struct Field {
        #[api_resource(tag = 1)]
        inner: Option<Box<Field>>,
    }
    let field: Field = serde_json::from_value(json!({"inner": {"inner": {}}})).expect("an object");
    assert!(field.inner.is_some_and(|inner| inner.inner.is_some()));
}
