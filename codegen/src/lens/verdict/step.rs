//! What becomes of the values that a rule is about.

use kubewright_model::{Field, Shape, Special, Type};
use serde_json::{Value as Json, json};

use super::{Claims, Place, Walk, sample};
use crate::lens::fidelity;
use crate::lens::relation::{Relation, relation};
use crate::lens::rule::Pair;
use crate::set::{Fidelity, Path, Side, Step, Value};

const EXACT: Fidelity = Fidelity::Exact;

fn remembered(value: Json, back: Json) -> Fidelity {
    Fidelity::Remembered { value, back }
}

fn lost(value: Json, back: Json) -> Fidelity {
    Fidelity::Lost { value, back }
}

/// Fields that differ in `?` or in the size of integers.
pub(super) fn loose(hub: &Field, spoke: &Field) -> (Fidelity, Fidelity) {
    let zero = zero(hub);
    let narrow = |from: &Field, to: &Field| matches!((&from.ty, &to.ty), (Type::I64, Type::I32));
    let view = if narrow(hub, spoke) {
        remembered(json!(i64::MAX), json!(i32::MAX))
    } else if hub.optional && !spoke.optional {
        remembered(zero.clone(), Json::Null)
    } else {
        EXACT
    };
    let put = if fidelity::narrowed(hub, spoke).is_some() {
        lost(json!(i64::MAX), json!(i32::MAX))
    } else if spoke.optional && !hub.optional {
        Fidelity::Respelled { value: zero, back: Json::Null }
    } else {
        EXACT
    };
    (view, put)
}

fn zero(field: &Field) -> Json {
    match field.ty {
        Type::Bool => json!(false),
        Type::I32 | Type::I64 => json!(0),
        Type::F64 => json!(0.0),
        Type::String | Type::Bytes => json!(""),
        Type::Message(_) => match field.element().and_then(|element| Special::named(&element.proto_name())) {
            Some(Special::Quantity) => json!("0"),
            Some(Special::Duration) => json!("0s"),
            Some(Special::IntOrString) => json!(0),
            Some(Special::Time | Special::MicroTime) => Json::Null,
            _ => json!({}),
        },
    }
}

/// Adds what a rule takes care of. What it only reads stays with the rules of others.
pub(super) fn claims(step: &Step, found: &mut Claims) {
    match step {
        Step::Tag { side: Side::Hub, tag, .. } => found.hub.push(tag.clone()),
        Step::Tag { side: Side::Spoke, tag, .. } => found.spoke.push(tag.clone()),
        Step::Lookup { hub, spoke, .. } => {
            found.hub.push(hub.clone());
            found.spoke.push(spoke.clone());
        }
        Step::Entry { side: Side::Hub, path, .. } => found.spoke.push(path.clone()),
        Step::Entry { side: Side::Spoke, path, .. } => found.hub.push(path.clone()),
        Step::Item { list, spoke, .. } => {
            found.hub.push(list.clone());
            found.spoke.push(spoke.clone());
        }
        Step::When { arms, .. } => arms.iter().flat_map(|arm| &arm.steps).for_each(|step| claims(step, found)),
        Step::Present { .. } => {}
        other => other.clone().each_path(&mut |side, path| {
            let paths = if side == Side::Hub { &mut found.hub } else { &mut found.spoke };
            paths.push(path.clone());
        }),
    }
}

fn word(value: &Value) -> &'static str {
    match value {
        Value::Unset { .. } => "unset",
        Value::Head { .. } => "head",
        Value::Table(_) => "table",
        Value::Scale { .. } => "scale",
        Value::Form { .. } => "form",
        Value::Keyed { .. } => "keyed",
        Value::Raw => "opaque",
    }
}

impl<'m> Walk<'m, '_> {
    /// The leaves of one rule.
    pub(super) fn step(&mut self, pair: Pair<'m>, step: &Step, place: &Place) {
        match step {
            Step::Move { hub, spoke } => self.tied(pair, (hub, spoke), Vec::new(), place, "move"),
            Step::Within { hub, spoke, steps } => self.tied(pair, (hub, spoke), steps.clone(), place, "each"),
            Step::Value { hub, spoke, value } => {
                if let (Some(left), Some(right)) = (pair.follow(Side::Hub, hub), pair.follow(Side::Spoke, spoke)) {
                    let both = fidelity::of_value(left, right, value);
                    self.push(place.at(hub, spoke), word(value), both.view, both.put);
                }
            }
            Step::Union { hub_tag, arms, spoke_tag, spoke_value } => {
                for (_, arm) in arms {
                    let value = pair.follow(Side::Hub, arm).map(sample).unwrap_or_default();
                    self.push(place.at(arm, spoke_value), "union", remembered(value, Json::Null), EXACT);
                }
                self.tied(pair, (hub_tag, spoke_tag), Vec::new(), place, "union");
            }
            Step::Lookup { hub, spoke, rows, .. } => {
                let put = match rows.iter().find(|(_, hub, spoke)| hub != spoke) {
                    Some((_, hub, spoke)) => Fidelity::Respelled { value: json!(hub), back: json!(spoke) },
                    None => EXACT,
                };
                self.push(place.at(hub, spoke), "lookup", EXACT, put);
            }
            Step::When { arms, .. } => arms.iter().flat_map(|arm| &arm.steps).for_each(|step| self.step(pair, step, place)),
            Step::Entry { .. } | Step::Item { .. } => self.kept(pair, step, place),
            Step::Join { .. } | Step::Entries { .. } => self.several(pair, step, place),
            Step::Compute { hub, spoke, .. } => {
                for path in hub {
                    self.push(place.alone(Side::Hub, path), "compute", Fidelity::Unproved, EXACT);
                }
                for path in spoke {
                    self.push(place.alone(Side::Spoke, path), "compute", EXACT, Fidelity::Unproved);
                }
            }
            Step::Tag { .. } | Step::Fixed { .. } | Step::Reset { .. } | Step::Present { .. } => self.one_sided(pair, step, place),
        }
    }

    /// Two fields that a rule ties as they are.
    fn tied(&mut self, pair: Pair<'m>, (hub, spoke): (&Path, &Path), rules: Vec<Step>, place: &Place, rule: &'static str) {
        if let (Some(left), Some(right)) = (pair.follow(Side::Hub, hub), pair.follow(Side::Spoke, spoke)) {
            self.values((left, right), rules, Claims::default(), place.at(hub, spoke), rule);
        }
    }

    /// What one side has alone.
    fn one_sided(&mut self, pair: Pair<'m>, step: &Step, place: &Place) {
        match step {
            Step::Tag { side: Side::Hub, tag, .. } => {
                self.push(place.alone(Side::Hub, tag), "tag", remembered(json!("another"), Json::Null), EXACT);
            }
            Step::Tag { side: Side::Spoke, tag, arms } => {
                let first = arms.first().map(|(value, _)| json!(value)).unwrap_or_default();
                self.push(place.alone(Side::Spoke, tag), "tag", EXACT, lost(json!("another"), first));
            }
            Step::Fixed { side, path, value, always } => {
                let value: Json = serde_json::from_str(value).unwrap_or_default();
                let Some(field) = pair.follow(*side, path) else { return };
                let (view, put) = match (side, always) {
                    (Side::Hub, false) => (remembered(sample(field), Json::Null), EXACT),
                    _ if fidelity::only_value(field, &value) => (EXACT, EXACT),
                    (Side::Hub, true) => (lost(sample(field), value), EXACT),
                    (Side::Spoke, _) => (EXACT, lost(sample(field), value)),
                };
                self.push(place.alone(*side, path), if *always { "constant" } else { "added" }, view, put);
            }
            Step::Present { side, path } => {
                let appears = Fidelity::Respelled { value: Json::Null, back: json!({}) };
                let (view, put) = if *side == Side::Hub { (appears, EXACT) } else { (EXACT, appears) };
                self.push(place.alone(*side, path), "hoist", view, put);
            }
            Step::Reset { path } => {
                let value = pair.follow(Side::Hub, path).map(sample).unwrap_or_default();
                self.push(place.alone(Side::Hub, path), "drop", lost(value, Json::Null), EXACT);
            }
            _ => {}
        }
    }

    /// Values that the other side keeps as text.
    fn kept(&mut self, pair: Pair<'m>, step: &Step, place: &Place) {
        match step {
            Step::Entry { side, map, key, path, .. } => {
                let entry: Path = map.iter().chain([key]).cloned().collect();
                let text =
                    pair.follow(side.other(), path).is_some_and(|field| matches!(field.ty, Type::String) && field.shape == Shape::One);
                let (hub, spoke) = if *side == Side::Hub { (&entry, path) } else { (path, &entry) };
                let respelled = Fidelity::Respelled { value: json!("{ }"), back: json!("{}") };
                let (view, put) = match side {
                    _ if text => (EXACT, EXACT),
                    Side::Spoke => (EXACT, respelled),
                    Side::Hub => (respelled, EXACT),
                };
                self.inside(pair, step, &place.at(hub, spoke));
                self.push(place.at(hub, spoke), "annotation", view, put);
            }
            Step::Item { list, spoke, rest, .. } => {
                let pairs = json!([{"name": "picked"}, {"name": "other"}]);
                match rest {
                    None => self.push(place.at(list, spoke), "item", remembered(pairs, json!("picked")), EXACT),
                    Some(rest) => {
                        let entry: Path = rest.map.iter().chain([&rest.key]).cloned().collect();
                        self.inside(pair, step, &place.at(list, &entry));
                        let turned = json!([{"name": "other"}, {"name": "picked"}]);
                        let order = Fidelity::Respelled { value: pairs, back: turned };
                        let appears = Fidelity::Respelled { value: Json::Null, back: json!("[..]") };
                        self.push(place.alone(Side::Spoke, &entry), "item", EXACT, appears);
                        let view = if rest.all { EXACT } else { order };
                        let put = if rest.all { lost(json!(1), json!(2)) } else { EXACT };
                        self.push(place.at(list, spoke), "item", view, put);
                    }
                }
            }
            _ => {}
        }
    }

    /// What a text holds of another type.
    fn inside(&mut self, pair: Pair<'m>, step: &Step, place: &Place) {
        let Some((hub, spoke)) = pair.held_by(step) else { return };
        if let Relation::Pair(left, right) = relation(pair.model, &hub, &spoke) {
            self.pair(left, right, Vec::new(), Claims::default(), &place.clone().items(hub.shape));
        }
    }

    /// Several fields against one.
    fn several(&mut self, pair: Pair<'m>, step: &Step, place: &Place) {
        match step {
            Step::Join { side, text, parts, by } => {
                let whole = json!(format!("a{by}b"));
                for part in parts {
                    let (hub, spoke) = if *side == Side::Hub { (text, part) } else { (part, text) };
                    let number = pair.follow(side.other(), part).is_some_and(|field| !matches!(field.ty, Type::String));
                    let (view, put) = match (side, number) {
                        (Side::Spoke, true) => (EXACT, lost(json!("a"), json!(""))),
                        (Side::Spoke, false) => (remembered(whole.clone(), json!("a")), EXACT),
                        (Side::Hub, _) => (EXACT, lost(whole.clone(), json!("a"))),
                    };
                    self.push(place.at(hub, spoke), "join", view, put);
                }
            }
            Step::Entries { side, map, fields } => {
                for (key, field) in fields {
                    let entry: Path = map.iter().chain([key]).cloned().collect();
                    let (hub, spoke) = if *side == Side::Hub { (&entry, field) } else { (field, &entry) };
                    self.push(place.at(hub, spoke), "entries", EXACT, EXACT);
                }
                let other = json!({"another": "x"});
                let (view, put) =
                    if *side == Side::Hub { (remembered(other, Json::Null), EXACT) } else { (EXACT, lost(other, Json::Null)) };
                self.push(place.alone(*side, map), "entries", view, put);
            }
            _ => {}
        }
    }
}
