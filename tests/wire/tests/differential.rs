//! Random objects go through prost and come back: what the codec writes, prost-build's code for the same IDL reads, and the other way round.

mod random;

use std::collections::BTreeMap;

use kubewright::codec::protobuf;
use kubewright::model::{Desc, Ref};
use kubewright::object::{Dyn, Object};
use kubewright::registry::Registry;
use kubewright_wire_tests::MESSAGES;
use random::Dice;

/// How many objects of each type.
const OBJECTS: u64 = 60;

/// Every message type of the program that is reachable from a kind, by full name.
fn types() -> BTreeMap<String, &'static Desc> {
    let mut registry = Registry::default();
    kubernetes_types::install(&mut registry);
    let kinds = registry.resources.iter().flat_map(|resource| &resource.versions);
    let mut open: Vec<Ref> = kinds.flat_map(|seen| [seen.kind.ty.clone(), seen.kind.list_ty.clone()]).collect();
    let mut found = BTreeMap::new();
    while let Some(next) = open.pop() {
        let Ref::Static(desc) = next else { continue };
        if found.insert(desc().proto_name(), desc()).is_none() {
            open.extend(desc().fields.iter().filter_map(|field| field.element().cloned()));
        }
    }
    found
}

fn decoded(desc: &'static Desc, bytes: &[u8]) -> Object {
    let mut object: Object = Box::new(Dyn::of(desc));
    protobuf::decode(bytes, &mut *object).unwrap_or_else(|error| panic!("{}: {error} at {}", desc.name, error.path()));
    object
}

/// The types of both sides, but for those whose form is written by hand: they are part of the others.
fn pairs() -> Vec<(&'static Desc, kubewright_wire_tests::Round)> {
    let types = types();
    let of = |(name, round): &(&str, kubewright_wire_tests::Round)| {
        let desc = types.get(*name).copied().filter(|desc| desc.special.is_none())?;
        Some((desc, *round))
    };
    MESSAGES.iter().filter_map(of).collect()
}

#[test]
fn prost_reads_what_the_codec_writes_and_the_codec_what_prost_writes() {
    let pairs = pairs();
    assert!(pairs.len() > 300, "only {} types", pairs.len());
    let (mut same, mut all) = (0, 0);
    for (desc, round) in pairs {
        for seed in 0..OBJECTS {
            let mut object: Object = Box::new(Dyn::of(desc));
            random::fill(&mut *object, &mut Dice::new(seed), 0);
            let ours = protobuf::encode(&*object);
            let theirs = round(&ours).unwrap_or_else(|error| panic!("{} {seed}: {error}", desc.name));
            assert_eq!(protobuf::encode(&*decoded(desc, &theirs)), ours, "{} {seed}", desc.name);
            // Prost leaves out keys and values of maps that are empty; everything else is the same to the byte.
            same += u32::from(theirs == ours);
            all += 1;
        }
    }
    assert!(same * 2 > all, "only {same} of {all} objects are the same to the byte");
}

#[test]
fn parts_that_are_missing_mean_the_same_to_both() {
    for (desc, round) in pairs() {
        for seed in 0..OBJECTS {
            let mut dice = Dice::new(seed);
            let mut object: Object = Box::new(Dyn::of(desc));
            random::fill(&mut *object, &mut dice, 0);
            let partial = random::without_some(&protobuf::encode(&*object), &mut dice);
            let theirs = round(&partial).unwrap_or_else(|error| panic!("{} {seed}: {error}", desc.name));
            assert_eq!(protobuf::encode(&*decoded(desc, &theirs)), protobuf::encode(&*decoded(desc, &partial)), "{} {seed}", desc.name);
        }
    }
}
