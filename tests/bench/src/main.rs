//! What generating, building, decoding and encoding cost, next to their peers. Rounds of the codecs alternate in one process, so that what
//! else the machine does falls on all alike; the ratio is what counts.

mod build;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use k8s_openapi::api::core::v1::Pod as SerdePod;
use k8s_pb::api::core::v1::Pod as ProstPod;
use kubernetes_types::core::v1::Pod;
use kubewright::codec::{json, protobuf};
use kubewright::object::Message;
use prost::Message as _;

const GOLDEN: &[u8] = include_bytes!("../../fixtures/golden/core.v1.Pod.json");
const REAL: &[u8] = include_bytes!("../pod.json");
const ROUNDS: usize = 21;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let schemas = PathBuf::from(arguments.next().unwrap_or_else(|| "schemas".to_owned()));
    generate(&schemas);
    if arguments.next().is_none() {
        build::check("kubernetes-types");
        build::check("k8s-openapi");
    }
    println!("{:<28}{:>10}{:>10}{:>8}", "", "ours us", "peer us", "ratio");
    for (name, text) in [("golden Pod", GOLDEN), ("real Pod", REAL)] {
        let pod = decode(text);
        let compact = encode(&pod);
        let wire = protobuf::encode(&pod);
        let serde: SerdePod = serde_json::from_slice(&compact).expect("k8s-openapi decodes it");
        let prost = ProstPod::decode(wire.as_slice()).expect("prost decodes it");
        row(name, "JSON decode", || drop(decode(black_box(&compact))), || drop(serde_json::from_slice::<SerdePod>(black_box(&compact))));
        row(name, "JSON encode", || drop(black_box(encode(&pod))), || drop(black_box(serde_json::to_vec(&serde))));
        row(name, "protobuf decode", || drop(decode_wire(black_box(&wire))), || drop(ProstPod::decode(black_box(wire.as_slice()))));
        row(name, "protobuf encode", || drop(black_box(protobuf::encode(&pod))), || drop(black_box(prost.encode_to_vec())));
    }
}

/// Schemas to files in memory, from a cold start of the process.
fn generate(schemas: &std::path::Path) {
    let start = Instant::now();
    let Ok((_, Ok(sets))) = kubewright_codegen::load(schemas) else {
        println!("gen: {} does not hold sets without problems", schemas.display());
        return;
    };
    let read = start.elapsed();
    let files = kubewright_codegen::emit::emit(&sets).iter().count();
    println!("gen, cold: {} sets, {files} files; read {read:.1?}, all {:.1?}", sets.len(), start.elapsed());
}

fn decode(text: &[u8]) -> Pod {
    let mut pod = Pod::default();
    if json::decode(text, &mut pod, None).is_err() {
        unreachable!("the fixture is a Pod");
    }
    pod
}

fn decode_wire(wire: &[u8]) -> Pod {
    let mut pod = Pod::default();
    if protobuf::decode(wire, &mut pod).is_err() {
        unreachable!("the fixture is a Pod");
    }
    pod
}

fn encode(pod: &dyn Message) -> Vec<u8> {
    let mut out = Vec::new();
    json::encode(pod, &mut out);
    out
}

fn row(object: &str, what: &str, ours: impl Fn(), peer: impl Fn()) {
    let repeat = calibrate(&ours);
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        a.push(time(&ours, repeat));
        b.push(time(&peer, repeat));
    }
    let (a, b) = (median(a), median(b));
    println!("{:<28}{a:>10.2}{b:>10.2}{:>8.2}", format!("{object}, {what}"), a / b);
}

/// How often to repeat for a round of about ten milliseconds.
fn calibrate(work: &impl Fn()) -> u32 {
    let once = time(work, 10).max(0.05);
    (10_000.0 / once) as u32 + 1
}

/// Microseconds per call.
fn time(work: &impl Fn(), repeat: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..repeat {
        work();
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(repeat)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
