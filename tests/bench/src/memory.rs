//! What decoded objects take of the heap, next to their peers.

use std::alloc::System;
use std::hint::black_box;

use kubernetes_types::core::v1::{Pod, PodList};
use kubewright_bench::{GOLDEN, ITEMS, ProstPod, ProstPodList, REAL, SerdePod, SerdePodList, Wire};
use kubewright_bench::{dynamic_from_json, from_json, from_protobuf, list, pod};
use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait as _};
use prost::Message as _;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static HEAP: PeakMemAlloc<&StatsAlloc<System>> = PeakMemAlloc::new(&INSTRUMENTED_SYSTEM);

/// What making one object took.
struct Use {
    /// The most it held at a time while being made.
    peak: usize,
    /// What it holds.
    retained: usize,
    /// How often it asked.
    allocations: usize,
}

fn measure<T>(make: impl Fn() -> T) -> Use {
    // What is made once per process, such as lookup tables, is not the object's.
    drop(black_box(make()));
    HEAP.reset_peak_memory();
    let region = Region::new(&INSTRUMENTED_SYSTEM);
    let object = black_box(make());
    let change = region.change();
    let retained = change.bytes_allocated - change.bytes_deallocated;
    drop(object);
    Use { peak: HEAP.get_peak_memory(), retained, allocations: change.allocations + change.reallocations }
}

fn main() {
    println!("\n{:<44}{:>11}{:>11}{:>8}{:>7}", "memory", "ours", "peer", "ratio", "aim");
    let (golden, real, list) = (pod(GOLDEN), pod(REAL), list());
    let (ours, peer) = (measure(|| from_json::<PodList>(&list.json)), measure(|| serde::<SerdePodList>(&list)));
    kilobytes("1,000-Pod list from JSON, peak kB", 0.7, ours.peak, peer.peak);
    kilobytes("1,000-Pod list from JSON, retained kB", 0.7, ours.retained, peer.retained);
    count("1,000-Pod list from JSON, allocations a Pod", ours.allocations / ITEMS, peer.allocations / ITEMS);
    let dynamic = measure(|| dynamic_from_json::<PodList>(&list.json));
    kilobytes("dynamic 1,000-Pod list / generated, kB", 2.0, dynamic.peak, ours.peak);
    let (ours, peer) = (measure(|| from_protobuf::<PodList>(&list.protobuf)), measure(|| ProstPodList::decode(list.protobuf.as_slice())));
    kilobytes("1,000-Pod list from protobuf, peak kB", 0.7, ours.peak, peer.peak);
    count("1,000-Pod list from protobuf, allocations", ours.allocations / ITEMS, peer.allocations / ITEMS);
    for (name, wire) in [("golden Pod", &golden), ("real Pod", &real)] {
        let (ours, peer) = (measure(|| from_json::<Pod>(&wire.json)), measure(|| serde::<SerdePod>(wire)));
        kilobytes(&format!("{name} from JSON, peak kB"), 0.7, ours.peak, peer.peak);
        count(&format!("{name} from JSON, allocations"), ours.allocations, peer.allocations);
        let (ours, peer) = (measure(|| from_protobuf::<Pod>(&wire.protobuf)), measure(|| ProstPod::decode(wire.protobuf.as_slice())));
        count(&format!("{name} from protobuf, allocations"), ours.allocations, peer.allocations);
    }
    sizes();
}

/// Bytes of the structs alone.
fn sizes() {
    let (ours, peer) = (size_of::<Pod>(), size_of::<SerdePod>());
    println!("{:<44}{ours:>11}{peer:>11}{:>8.2}", "Pod as a struct, bytes", ours as f64 / peer as f64);
}

fn serde<T: k8s_openapi::serde::de::DeserializeOwned>(wire: &Wire) -> T {
    serde_json::from_slice(&wire.json).expect("k8s-openapi decodes it")
}

fn kilobytes(name: &str, aim: f64, ours: usize, peer: usize) {
    let ratio = ours as f64 / peer as f64;
    println!("{name:<44}{:>11.1}{:>11.1}{ratio:>8.2}{aim:>7.2}", ours as f64 / 1000.0, peer as f64 / 1000.0);
}

fn count(name: &str, ours: usize, peer: usize) {
    println!("{name:<44}{ours:>11}{peer:>11}{:>8.2}", ours as f64 / peer as f64);
}
