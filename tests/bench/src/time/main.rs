//! What decoding and encoding cost, next to their peers: serde_json on k8s-openapi's types, prost on k8s-pb's.

mod report;

use std::hint::black_box;

use k8s_openapi::serde::{Serialize, de::DeserializeOwned};
use kubernetes_types::core::v1::{Pod, PodList};
use kubewright::codec::protobuf;
use kubewright::object::ApiType;
use kubewright_bench::{GOLDEN, ProstPod, ProstPodList, REAL, SerdePod, SerdePodList, Wire};
use kubewright_bench::{dynamic_from_json, dynamic_from_protobuf, from_json, from_protobuf, list, pod, to_json};
use report::row;

/// `time [ROWS]`: only rows whose name contains `ROWS`, if given.
fn main() {
    let only = std::env::args().nth(1);
    let only = only.as_ref();
    let wanted = |name: &str| only.is_none_or(|only| name.contains(only.as_str()));
    let (golden, real, list) = (pod(GOLDEN), pod(REAL), list());
    report::titles();
    // Every figure of a row differs from a true one by about as much as this ratio does from 1.
    if wanted("A/A") {
        let work = || drop(black_box(from_json::<Pod>(black_box(&real.json))));
        row("A/A: real Pod, JSON decode, twice ours", 1.0, work, work);
    }
    peers::<Pod, SerdePod, ProstPod>("golden Pod", "Pod", &golden, [0.5, 0.5], &wanted);
    peers::<Pod, SerdePod, ProstPod>("real Pod", "Pod", &real, [0.5, 0.5], &wanted);
    peers::<PodList, SerdePodList, ProstPodList>("1,000-Pod list", "PodList", &list, [0.4, 0.7], &wanted);
    dynamic::<Pod>("dynamic golden Pod", "Pod", &golden, &wanted);
    dynamic::<Pod>("dynamic real Pod", "Pod", &real, &wanted);
    dynamic::<PodList>("dynamic 1,000-Pod list", "PodList", &list, &wanted);
}

/// An object in the types generated here, against its peers. The aims are those of decoding JSON and protobuf.
fn peers<T: ApiType, S: Serialize + DeserializeOwned, P: prost::Message + Default>(
    name: &str,
    kind: &str,
    wire: &Wire,
    [json_aim, protobuf_aim]: [f64; 2],
    wanted: &impl Fn(&str) -> bool,
) {
    if !wanted(name) {
        return;
    }
    let (json, protobuf) = (wire.json.as_slice(), wire.protobuf.as_slice());
    let ours: T = from_json(json);
    let serde: S = serde_json::from_slice(json).expect("k8s-openapi decodes it");
    let prost = P::decode(protobuf).expect("prost decodes it");
    row(
        &format!("{name}, JSON decode"),
        json_aim,
        || drop(black_box(from_json::<T>(black_box(json)))),
        || drop(black_box(serde_json::from_slice::<S>(black_box(json)))),
    );
    row(&format!("{name}, JSON encode"), 0.5, || drop(black_box(to_json(&ours, kind))), || drop(black_box(serde_json::to_vec(&serde))));
    row(
        &format!("{name}, protobuf decode"),
        protobuf_aim,
        || drop(black_box(from_protobuf::<T>(black_box(protobuf)))),
        || drop(black_box(P::decode(black_box(protobuf)))),
    );
    row(&format!("{name}, protobuf encode"), 0.5, || drop(black_box(protobuf::encode(&ours))), || drop(black_box(prost.encode_to_vec())));
}

/// An object whose type is only a descriptor, against the generated type.
fn dynamic<T: ApiType>(name: &str, kind: &str, wire: &Wire, wanted: &impl Fn(&str) -> bool) {
    if !wanted(name) {
        return;
    }
    let (json, protobuf) = (wire.json.as_slice(), wire.protobuf.as_slice());
    let (ours, peer) = (dynamic_from_json::<T>(json), from_json::<T>(json));
    row(
        &format!("{name} / generated, JSON decode"),
        2.0,
        || drop(black_box(dynamic_from_json::<T>(black_box(json)))),
        || drop(black_box(from_json::<T>(black_box(json)))),
    );
    row(
        &format!("{name} / generated, JSON encode"),
        2.0,
        || drop(black_box(to_json(&ours, kind))),
        || drop(black_box(to_json(&peer, kind))),
    );
    row(
        &format!("{name} / generated, protobuf decode"),
        2.0,
        || drop(black_box(dynamic_from_protobuf::<T>(black_box(protobuf)))),
        || drop(black_box(from_protobuf::<T>(black_box(protobuf)))),
    );
    row(
        &format!("{name} / generated, protobuf encode"),
        2.0,
        || drop(black_box(protobuf::encode(&ours))),
        || drop(black_box(protobuf::encode(&peer))),
    );
}
