//! The objects that are measured, in each library's types, and how they are read and written: every call is what a user would write.

use k8s_pb::api::core::v1 as prost_types;
use kubernetes_types::core::v1::{Pod, PodList};
use kubewright::codec::{json, protobuf};
use kubewright::object::{ApiType, Dyn, Message};

/// A Pod of k8s-openapi.
pub type SerdePod = k8s_openapi::api::core::v1::Pod;
/// A list of Pods of k8s-openapi.
pub type SerdePodList = k8s_openapi::List<SerdePod>;
/// A Pod of k8s-pb.
pub type ProstPod = prost_types::Pod;
/// A list of Pods of k8s-pb.
pub type ProstPodList = prost_types::PodList;

/// A Pod with every field set.
pub const GOLDEN: &[u8] = include_bytes!("../../fixtures/golden/core.v1.Pod.json");
/// A Pod as clusters have them.
pub const REAL: &[u8] = include_bytes!("../pod.json");
/// Items of the list.
pub const ITEMS: usize = 1000;

/// An object on the wire: as compact JSON and as protobuf, without envelope.
pub struct Wire {
    /// As JSON.
    pub json: Vec<u8>,
    /// As protobuf.
    pub protobuf: Vec<u8>,
}

/// A Pod on the wire.
pub fn pod(text: &[u8]) -> Wire {
    let pod: Pod = from_json(text);
    Wire { json: to_json(&pod, "Pod"), protobuf: protobuf::encode(&pod) }
}

/// A list of realistic Pods on the wire, no two of them the same.
pub fn list() -> Wire {
    let pod: Pod = from_json(REAL);
    let numbered = |number: usize| {
        let mut pod = pod.clone();
        pod.kind.clear();
        pod.api_version.clear();
        pod.metadata.name = format!("{}{number:05}", pod.metadata.generate_name);
        pod.metadata.resource_version = format!("{}", 918_273 + 7 * number);
        pod.status.pod_ip = format!("10.244.{}.{}", number / 250, number % 250);
        pod
    };
    let list = PodList { items: (0..ITEMS).map(numbered).collect(), ..PodList::default() };
    Wire { json: to_json(&list, "PodList"), protobuf: protobuf::encode(&list) }
}

/// An object from JSON, as this project reads it.
pub fn from_json<T: ApiType>(bytes: &[u8]) -> T {
    let mut message = T::default();
    read_json(bytes, &mut message);
    message
}

/// An object from protobuf, as this project reads it.
pub fn from_protobuf<T: ApiType>(bytes: &[u8]) -> T {
    let mut message = T::default();
    read_protobuf(bytes, &mut message);
    message
}

/// An object whose type is only a descriptor, from JSON.
pub fn dynamic_from_json<T: ApiType>(bytes: &[u8]) -> Dyn {
    let mut message = Dyn::of(T::desc());
    read_json(bytes, &mut message);
    message
}

/// An object whose type is only a descriptor, from protobuf.
pub fn dynamic_from_protobuf<T: ApiType>(bytes: &[u8]) -> Dyn {
    let mut message = Dyn::of(T::desc());
    read_protobuf(bytes, &mut message);
    message
}

fn read_json(bytes: &[u8], message: &mut dyn Message) {
    if let Err(error) = json::decode(bytes, message, None) {
        unreachable!("the fixture is an object: {error}");
    }
}

fn read_protobuf(bytes: &[u8], message: &mut dyn Message) {
    if let Err(error) = protobuf::decode(bytes, message) {
        unreachable!("the fixture is an object: {error}");
    }
}

/// An object as JSON, with its kind.
pub fn to_json(message: &dyn Message, kind: &str) -> Vec<u8> {
    let mut out = Vec::new();
    json::encode_object(message, "v1", kind, &mut out);
    out
}
