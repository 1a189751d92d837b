//! What becomes of every value of a kind between a version and the hub: exact, respelled, remembered or lost, with a counter-example.

mod step;

use std::collections::BTreeMap;

use kubewright_model::{Desc, Field, Ref, Shape};
use serde_json::{Value as Json, json};

use super::Conversions;
use super::relation::{Relation, relation};
use super::rule::Pair;
use crate::resolve::Model;
use crate::set::{Fidelity, Leaf, Path, Resource, Side, Step, TypeLens};

/// The leaves of every resource of every set, by version.
pub(super) fn leaves(model: &Model<'_>, made: &[Vec<Conversions>]) -> Vec<Vec<Vec<Vec<Leaf>>>> {
    let of_set = |(at, made): (usize, &Vec<Conversions>)| {
        let resources = model.sets.get(at).map(|set| set.resources.as_slice()).unwrap_or_default();
        resources.iter().zip(made).map(|(resource, lenses)| of_resource(model, resource, lenses)).collect()
    };
    made.iter().enumerate().map(of_set).collect()
}

fn of_resource(model: &Model<'_>, resource: &Resource, lenses: &[Vec<TypeLens>]) -> Vec<Vec<Leaf>> {
    let Some(hub) = resource.versions.get(resource.hub) else { return Vec::new() };
    let of_version = |(at, lenses): (usize, &Vec<TypeLens>)| {
        let spoke = resource.versions.get(at).filter(|_| at != resource.hub);
        let ends = spoke.and_then(|spoke| Some((model.resolve(&hub.ty)?, model.resolve(&spoke.ty)?)));
        let Some((hub, spoke)) = ends else { return Vec::new() };
        let mut walk = Walk { model, lenses, open: Vec::new(), leaves: Vec::new() };
        walk.pair(hub, spoke, Vec::new(), Claims::default(), &Place::default());
        walk.leaves
    };
    lenses.iter().enumerate().map(of_version).collect()
}

/// Where a pair of messages stands in a kind.
#[derive(Clone, Debug, Default)]
struct Place {
    hub: Vec<String>,
    spoke: Vec<String>,
}

impl Place {
    /// Further in, on both sides.
    fn at(&self, hub: &[String], spoke: &[String]) -> Self {
        let join = |above: &[String], below: &[String]| above.iter().chain(below).cloned().collect();
        Self { hub: join(&self.hub, hub), spoke: join(&self.spoke, spoke) }
    }

    /// Further in, on one side; the other has no place.
    fn alone(&self, side: Side, path: &[String]) -> Self {
        let mut place = if side == Side::Hub { self.at(path, &[]) } else { self.at(&[], path) };
        if side == Side::Hub {
            place.spoke.clear();
        } else {
            place.hub.clear();
        }
        place
    }

    /// Among the items of these fields.
    fn items(mut self, shape: Shape) -> Self {
        if shape != Shape::One {
            self.hub.push("[]".to_owned());
            self.spoke.push("[]".to_owned());
        }
        self
    }
}

/// What rules are about, on both sides.
#[derive(Clone, Debug, Default)]
struct Claims {
    hub: Vec<Path>,
    spoke: Vec<Path>,
}

impl Claims {
    /// Those inside a field that both sides have.
    fn inside(&self, name: &str) -> Self {
        let cut = |paths: &[Path]| {
            let inner = paths.iter().filter(|path| path.len() > 1 && path.first().is_some_and(|first| first == name));
            inner.map(|path| path.iter().skip(1).cloned().collect()).collect()
        };
        Self { hub: cut(&self.hub), spoke: cut(&self.spoke) }
    }
}

struct Walk<'m, 'l> {
    model: &'m Model<'m>,
    lenses: &'l [TypeLens],
    /// The pairs that are being walked, from outside in.
    open: Vec<(*const Desc, *const Desc)>,
    leaves: Vec<Leaf>,
}

impl<'m> Walk<'m, '_> {
    fn push(&mut self, place: Place, rule: &'static str, view: Fidelity, put: Fidelity) {
        self.leaves.push(Leaf { hub: place.hub, spoke: place.spoke, rule, view, put });
    }

    /// Everything in a pair of messages, whose rules are those of its types and some of its place.
    fn pair(&mut self, hub: &'m Desc, spoke: &'m Desc, local: Vec<Step>, outer: Claims, place: &Place) {
        let key = (std::ptr::from_ref(hub), std::ptr::from_ref(spoke));
        if self.open.contains(&key) {
            return;
        }
        self.open.push(key);
        let (start, pair) = (self.leaves.len(), Pair { model: self.model, hub, spoke });
        let (here, below) = self.rules(hub, spoke, local);
        let mut claims = outer;
        for step in &here {
            step::claims(step, &mut claims);
            self.step(pair, step, place);
        }
        for field in hub.fields.iter().filter(|field| field.number != 0) {
            self.twins(spoke, field, &claims, &below, place);
        }
        for field in spoke.fields.iter().filter(|field| field.number != 0) {
            let twin = hub.fields.iter().any(|other| name(other) == name(field) && !is_claimed(&claims.hub, other));
            if !twin {
                self.alone(Side::Spoke, field, &claims.spoke, &[], place);
            }
        }
        self.open.pop();
        self.collapse(start, place);
    }

    /// The rules of a pair: those of this level, and those that lie wholly in one message of both sides.
    fn rules(&self, hub: &Desc, spoke: &Desc, local: Vec<Step>) -> (Vec<Step>, BTreeMap<String, Vec<Step>>) {
        let (left, right) = (hub.proto_name(), spoke.proto_name());
        let own = self.lenses.iter().filter(|lens| lens.hub == left && lens.spoke == right).flat_map(|lens| lens.steps.iter().cloned());
        let (mut here, mut below) = (Vec::new(), BTreeMap::<String, Vec<Step>>::new());
        for step in own.chain(local) {
            let paths = step.paths();
            let first = paths.first().and_then(|path| path.first()).cloned().unwrap_or_default();
            let common = paths.iter().all(|path| path.len() > 1 && path.first() == Some(&first));
            let message = |desc: &Desc| desc.fields.iter().any(|field| name(field) == first && field.shape == Shape::One);
            if common && message(hub) && message(spoke) {
                below.entry(first).or_default().push(step.map_paths(|path| path.iter().skip(1).cloned().collect()));
            } else {
                here.push(step);
            }
        }
        (here, below)
    }

    /// A field of the hub against the version's of the same name, when no rule of this level is about them.
    fn twins(&mut self, spoke: &'m Desc, field: &'m Field, claims: &Claims, below: &BTreeMap<String, Vec<Step>>, place: &Place) {
        let twin = spoke.fields.iter().find(|other| name(other) == name(field)).filter(|other| !is_claimed(&claims.spoke, other));
        let (Some(other), false) = (twin, is_claimed(&claims.hub, field)) else {
            return self.alone(Side::Hub, field, &claims.hub, &[], place);
        };
        let path = [name(field).to_owned()];
        let at = place.at(&path, &path);
        let rules = below.get(name(field)).cloned().unwrap_or_default();
        self.values((field, other), rules, claims.inside(name(field)), at, "");
    }

    /// Two fields that say the same, but for what is inside.
    fn values(&mut self, (hub, spoke): (&'m Field, &'m Field), rules: Vec<Step>, inner: Claims, at: Place, rule: &'static str) {
        match relation(self.model, hub, spoke) {
            Relation::Pair(left, right) => self.pair(left, right, rules, inner, &at.items(hub.shape)),
            Relation::Same | Relation::Differs(_) => self.push(at, rule, Fidelity::Exact, Fidelity::Exact),
            Relation::Loose(_) => {
                let (view, put) = step::loose(hub, spoke);
                self.push(at, rule, view, put);
            }
        }
    }

    /// A field that one side has alone, or those of its parts that no rule is about.
    fn alone(&mut self, side: Side, field: &'m Field, claims: &[Path], above: &[String], place: &Place) {
        let path: Path = above.iter().cloned().chain([name(field).to_owned()]).collect();
        if claims.contains(&path) {
            return;
        }
        let partly = claims.iter().any(|claim| claim.starts_with(&path));
        if let Some(desc) = self.model.element(field).filter(|_| partly) {
            desc.fields.iter().for_each(|field| self.alone(side, field, claims, &path, place));
            return;
        }
        let value = sample(field);
        let (view, put) = if side == Side::Hub {
            (Fidelity::Remembered { value, back: Json::Null }, Fidelity::Exact)
        } else {
            (Fidelity::Exact, Fidelity::Lost { value, back: Json::Null })
        };
        self.push(place.alone(side, &path), "only", view, put);
    }

    /// Leaves of a message in which everything is the same become one.
    fn collapse(&mut self, start: usize, place: &Place) {
        let inner = self.leaves.get(start..).unwrap_or_default();
        if !place.hub.is_empty() && !inner.is_empty() && inner.iter().all(|leaf| leaf.is_exact() && leaf.rule.is_empty()) {
            self.leaves.truncate(start);
            self.push(place.clone(), "", Fidelity::Exact, Fidelity::Exact);
        }
    }
}

/// JSON name; of inlined parts, the protobuf name.
fn name(field: &Field) -> &str {
    if field.inline { field.proto() } else { &field.name }
}

/// Whether a rule is about the field as a whole.
fn is_claimed(paths: &[Path], field: &Field) -> bool {
    paths.iter().any(|path| matches!(path.as_slice(), [only] if only == name(field)))
}

/// Some value of a field.
fn sample(field: &Field) -> Json {
    use kubewright_model::{Special, Type};
    let rules: Json = serde_json::from_str(&field.rules).unwrap_or_default();
    let first = rules.get("enum").and_then(|all| all.get(0)).cloned();
    let special = field.element().and_then(|element: &Ref| Special::named(&element.proto_name()));
    let one = first.unwrap_or_else(|| match (&field.ty, special) {
        (Type::Bool, _) => json!(true),
        (Type::I32 | Type::I64, _) => rules.get("minimum").cloned().unwrap_or(json!(1)),
        (Type::F64, _) => json!(1.5),
        (Type::String, _) => json!("x"),
        (Type::Bytes, _) => json!("AQ=="),
        (_, Some(Special::Time)) => json!("2030-01-01T00:00:00Z"),
        (_, Some(Special::MicroTime)) => json!("2030-01-01T00:00:00.000000Z"),
        (_, Some(Special::Duration)) => json!("1s"),
        (_, Some(Special::Quantity)) => json!("1"),
        (_, Some(Special::IntOrString)) => json!(1),
        (Type::Message(_), _) => json!({}),
    });
    match field.shape {
        Shape::One => one,
        Shape::List => json!([one]),
        Shape::Map => json!({ "x": one }),
        Shape::MapOfLists => json!({ "x": [one] }),
    }
}
