//! The laws of every conversion between the versions of every kind, with random objects: what was written is what is read, also over a stored
//! object it does not fit; and what is written back unchanged changes nothing. Values that a conversion is said to lose are left out.

#[path = "laws/random.rs"]
mod random;

use std::collections::BTreeMap;

use kubewright::codec::json;
use kubewright::object::Object;
use kubewright::registry::{Conversion, Registry, Resource, Version};
use kubewright::rule::default;
use kubewright_codegen::set::{Fidelity, Leaf};
use serde_json::{Map, Value};

use random::Random;

/// Random objects for each pair of versions.
const CASES: u64 = 150;

/// What becomes of the values of each kind and version: `apiVersion kind` to its leaves.
fn verdicts() -> BTreeMap<String, Vec<Leaf>> {
    let (_, sets) = kubewright_codegen::load(&kubewright_tests::root().join("schemas")).expect("schemas can be read");
    let sets = sets.unwrap_or_else(|problems| panic!("{problems}"));
    let mut found = BTreeMap::new();
    for resource in sets.into_iter().flat_map(|set| set.resources) {
        for (kind, leaves) in resource.versions.iter().zip(resource.leaves) {
            found.insert(format!("{} {}", kind.api_version(), kind.kind), leaves);
        }
    }
    found
}

/// A version of a kind against its hub.
struct Pair<'a> {
    name: String,
    hub: &'a Version,
    spoke: &'a Version,
    conversion: &'a dyn Conversion,
    leaves: &'a [Leaf],
}

#[test]
fn conversions_keep_their_laws() {
    let mut registry = Registry::default();
    kubernetes_types::install(&mut registry);
    wardle_types::install(&mut registry);
    let verdicts = verdicts();
    let pairs: Vec<Pair<'_>> = registry.resources.iter().flat_map(|resource| pairs(resource, &verdicts)).collect();
    assert!(pairs.len() > 10, "there are versions to convert between");
    let broken: Vec<String> = pairs.iter().filter_map(Pair::broken).collect();
    assert!(broken.is_empty(), "{} of {} pairs:\n\n{}", broken.len(), pairs.len(), broken.join("\n"));
}

fn pairs<'a>(resource: &'a Resource, verdicts: &'a BTreeMap<String, Vec<Leaf>>) -> Vec<Pair<'a>> {
    let Some(hub) = resource.versions.get(resource.hub) else { return Vec::new() };
    let of = |spoke: &'a Version| {
        let conversion = spoke.conversion.as_deref()?;
        let name = format!("{} {}", spoke.kind.api_version(), spoke.kind.kind);
        let leaves = verdicts.get(&name).map(Vec::as_slice).unwrap_or_default();
        Some(Pair { name, hub, spoke, conversion, leaves })
    };
    resource.versions.iter().filter_map(of).collect()
}

impl Pair<'_> {
    /// The first law that is broken, with the smallest object that was found to break it.
    fn broken(&self) -> Option<String> {
        for seed in 1..=CASES {
            let mut random = Random::new(seed);
            let (hub, spoke) = (random.object(self.hub), random.object(self.spoke));
            if self.unchanged(&hub).is_some() {
                return Some(self.report("written back unchanged", &smallest(hub, |object| self.unchanged(object))));
            }
            if self.read_back(&spoke, None).is_some() {
                return Some(self.report("created", &smallest(spoke, |object| self.read_back(object, None))));
            }
            if self.read_back(&spoke, Some(&hub)).is_some() {
                return Some(self.report("written over another", &smallest(spoke, |object| self.read_back(object, Some(&hub)))));
            }
        }
        None
    }

    fn report(&self, law: &str, (object, difference): &(Value, (Value, Value))) -> String {
        let (before, after) = difference;
        format!("{}, {law}: {object}\n  before {before}\n  after  {after}\n", self.name)
    }

    /// A hub object that is seen through the version and written back.
    fn unchanged(&self, hub: &Value) -> Option<(Value, Value)> {
        let before = object(self.hub, hub);
        let seen = self.conversion.view(object(self.hub, hub)).ok()?;
        let after = self.conversion.put(seen, Some(object(self.hub, hub))).ok()?;
        self.differ(&before, &after, |leaf| (&leaf.hub, &leaf.view))
    }

    /// An object of the version that is written, and read again.
    fn read_back(&self, spoke: &Value, stored: Option<&Value>) -> Option<(Value, Value)> {
        let before = object(self.spoke, spoke);
        let put = self.conversion.put(object(self.spoke, spoke), stored.map(|stored| object(self.hub, stored))).ok()?;
        let after = self.conversion.view(put).ok()?;
        self.differ(&before, &after, |leaf| (&leaf.spoke, &leaf.put))
    }

    /// Both, where they differ in something that is not said to get lost or spelled another way.
    fn differ<'l>(
        &'l self,
        before: &Object,
        after: &Object,
        end: impl Fn(&'l Leaf) -> (&'l Vec<String>, &'l Fidelity),
    ) -> Option<(Value, Value)> {
        let (mut before, mut after) = (json::to_value(&**before), json::to_value(&**after));
        for leaf in self.leaves {
            let (path, fidelity) = end(leaf);
            if !matches!(fidelity, Fidelity::Exact | Fidelity::Remembered { .. }) {
                // Of a message that is always there, an empty one counts as none.
                let empty = leaf.rule == "hoist";
                remove(&mut before, path, empty);
                remove(&mut after, path, empty);
            }
        }
        (before != after).then_some((before, after))
    }
}

/// An object of a version, with its defaults.
fn object(version: &Version, value: &Value) -> Object {
    let mut made = (version.new)();
    json::from_value(value, &mut *made, None).unwrap_or_else(|error| panic!("{value}: {error}"));
    default::apply(&mut *made);
    made
}

/// Takes away what is at a path, in every item, with what is empty then; or only what is empty already.
fn remove(value: &mut Value, path: &[String], empty: bool) {
    let Some((first, rest)) = path.split_first() else { return };
    match (first.as_str(), value) {
        ("[]", Value::Array(items)) => items.iter_mut().for_each(|item| remove(item, rest, empty)),
        ("[]", Value::Object(entries)) => entries.values_mut().for_each(|value| remove(value, rest, empty)),
        (name, Value::Object(entries)) => {
            if let Some(inner) = entries.get_mut(name) {
                remove(inner, rest, empty);
            }
            let nothing = entries.get(name).and_then(Value::as_object).is_some_and(Map::is_empty);
            if nothing || (rest.is_empty() && !empty) {
                entries.remove(name);
            }
        }
        _ => {}
    }
}

/// The smallest object that still shows a difference, by taking parts away.
fn smallest(mut object: Value, broken: impl Fn(&Value) -> Option<(Value, Value)>) -> (Value, (Value, Value)) {
    while let Some(less) = random::smaller(&object).into_iter().find(|less| broken(less).is_some()) {
        object = less;
    }
    let difference = broken(&object).unwrap_or_default();
    (object, difference)
}
