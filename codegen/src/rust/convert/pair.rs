//! Pairs of types that correspond, with the rules between them; which pairs lose something on the way to the spoke.

mod steps;

use std::collections::BTreeMap;

use kubewright_model::{Desc, Field, Special};
use proc_macro2::Ident;

use super::Free;
use super::link::{Chain, Inner, Link, Lookup, Union, Work, compatible};
use crate::rust::layout::{Layout, Place, field_idents, ident};
use crate::set::{Side as Of, Step, TypeDef, TypeLens};

/// A hub type and its counterpart.
pub(super) struct Pair<'a> {
    /// Where the hub's type lives.
    pub hub_place: Place,
    /// Where the version's type lives.
    pub spoke_place: Place,
    /// The hub's type.
    pub hub: Side<'a>,
    /// The version's type.
    pub spoke: Side<'a>,
    /// Values that both have.
    pub links: Vec<Link<'a>>,
    /// One field against one field per arm.
    pub unions: Vec<Union<'a>>,
    /// Text that depends on another field.
    pub lookups: Vec<Lookup<'a>>,
    /// Everything else.
    pub works: Vec<Work<'a>>,
    /// Registered as a kind's conversion: its functions are public and always take the stored object.
    pub kind: bool,
    /// The hub has data that the version cannot say.
    pub loses: bool,
    name: String,
}

/// A type with its Rust field names.
pub(super) struct Side<'a> {
    /// The type.
    pub desc: &'a Desc,
    /// Per field.
    pub idents: Vec<Ident>,
}

impl<'a> Side<'a> {
    fn new(def: &'a TypeDef) -> Self {
        Self { desc: &def.desc, idents: field_idents(def) }
    }

    /// Fields with their Rust names.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'a Field, &Ident)> {
        self.desc.fields.iter().zip(&self.idents)
    }
}

impl Pair<'_> {
    /// Name of the function from the hub.
    pub(super) fn view_ident(&self) -> Ident {
        ident(&format!("{}_view", self.name))
    }
    /// Name of the function to the hub.
    pub(super) fn put_ident(&self) -> Ident {
        ident(&format!("{}_put", self.name))
    }
    /// Whether the function to the hub takes what is stored.
    pub(super) fn takes_stored(&self) -> bool {
        self.kind || self.loses
    }
}

/// `kind` and `apiVersion` of an object: the encoder knows them, objects in memory leave them empty.
pub(super) fn is_type_meta(field: &Field) -> bool {
    field.number == 0 && (field.name == "kind" || field.name == "apiVersion")
}

/// Hub and spoke by full protobuf name, and the rules between them.
type PairKey = (String, String, Vec<Step>);

/// Positions of pairs of the same types, by their rules.
type Known = Vec<(Vec<Step>, usize)>;

/// The pairs of a module, in the order of need.
pub(super) struct Pairs<'a> {
    layout: &'a Layout<'a>,
    list: Vec<Pair<'a>>,
    /// By the names of hub and spoke: the pairs, which differ by their rules.
    index: BTreeMap<(String, String), Known>,
    names: Free,
}

impl<'a> Pairs<'a> {
    /// No pairs yet.
    pub(super) fn new(layout: &'a Layout<'a>) -> Self {
        Self { layout, list: Vec::new(), index: BTreeMap::new(), names: Free::default() }
    }

    /// Where types live.
    pub(super) fn layout(&self) -> &'a Layout<'a> {
        self.layout
    }

    /// The pairs.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Pair<'a>> {
        self.list.iter()
    }

    /// The pair at a position.
    pub(super) fn get(&self, at: usize) -> Option<&Pair<'a>> {
        self.list.get(at)
    }

    /// The pair of a kind's types.
    pub(super) fn kind(&self, hub: &str, spoke: &str) -> Option<&Pair<'a>> {
        self.list.iter().find(|pair| pair.kind && pair.hub.desc.proto_name() == hub && pair.spoke.desc.proto_name() == spoke)
    }

    /// Adds a kind's types and all that they hold.
    pub(super) fn add_kind(&mut self, hub: &str, spoke: &str, lenses: &'a [TypeLens]) {
        if let Some(at) = self.add((hub.to_owned(), spoke.to_owned(), steps_of(lenses, hub, spoke)), lenses)
            && let Some(pair) = self.list.get_mut(at)
        {
            pair.kind = true;
        }
    }

    fn add(&mut self, key: PairKey, lenses: &'a [TypeLens]) -> Option<usize> {
        let (hub, spoke, steps) = key;
        let known = self.index.entry((hub.clone(), spoke.clone())).or_default();
        if let Some((_, at)) = known.iter().find(|(of, _)| *of == steps) {
            return Some(*at);
        }
        let (hub_at, spoke_at) = (self.layout.find(&hub)?, self.layout.find(&spoke)?);
        let at = self.list.len();
        known.push((steps.clone(), at));
        let name = self.names.name(&hub_at.def.desc.name);
        self.list.push(Pair {
            hub_place: hub_at.place.clone(),
            spoke_place: spoke_at.place.clone(),
            hub: Side::new(hub_at.def),
            spoke: Side::new(spoke_at.def),
            links: Vec::new(),
            unions: Vec::new(),
            lookups: Vec::new(),
            works: Vec::new(),
            kind: false,
            loses: false,
            name,
        });
        self.link(at, &hub_at.def.desc, &spoke_at.def.desc, steps, lenses);
        Some(at)
    }

    fn link(&mut self, at: usize, hub: &'a Desc, spoke: &'a Desc, steps: Vec<Step>, lenses: &'a [TypeLens]) {
        let (here, below) = push_down(hub, spoke, steps);
        let mut rules = Rules::default();
        for step in here {
            self.step(&mut rules, hub, spoke, step, lenses);
        }
        for field in hub.fields.iter().filter(|field| !is_type_meta(field)) {
            let key = key_of(field);
            let Some(other) = spoke.fields.iter().find(|other| key_of(other) == key) else { continue };
            let pushed: Vec<Step> = below.get(key).cloned().unwrap_or_default();
            if !rules.claims_hub(key) && !rules.claims_spoke(key) {
                let path = [key.to_owned()];
                if let Some(link) = self.link_of(hub, spoke, &path, &path, &pushed, lenses) {
                    debug_assert_eq!(key_of(other), key);
                    rules.links.push(link);
                }
            }
        }
        if let Some(pair) = self.list.get_mut(at) {
            (pair.links, pair.unions, pair.lookups, pair.works) = (rules.links, rules.unions, rules.lookups, rules.works);
        }
    }

    fn link_of(
        &mut self,
        hub: &'a Desc,
        spoke: &'a Desc,
        from: &[String],
        to: &[String],
        pushed: &[Step],
        lenses: &'a [TypeLens],
    ) -> Option<Link<'a>> {
        let (hub, spoke) = (self.chain(hub, from)?, self.chain(spoke, to)?);
        let inner = match compatible(hub.field(), spoke.field())? {
            Inner::Pair(_) => {
                let (hub, spoke) = (hub.field().element()?.proto_name(), spoke.field().element()?.proto_name());
                let mut steps = steps_of(lenses, &hub, &spoke);
                steps.extend_from_slice(pushed);
                Inner::Pair(self.add((hub, spoke, steps), lenses)?)
            }
            same => same,
        };
        Some(Link { hub, spoke, inner, notation: None })
    }

    /// The fields along a path; `None` when it leads nowhere.
    fn chain(&self, desc: &'a Desc, path: &[String]) -> Option<Chain<'a>> {
        let mut parts = Vec::new();
        let mut current = Some(desc);
        for name in path {
            let desc = current?;
            let at = desc.fields.iter().position(|field| key_of(field) == name)?;
            let field = desc.fields.get(at)?;
            let def = self.layout.find(&desc.proto_name())?.def;
            parts.push((field, field_idents(def).into_iter().nth(at)?));
            let next = field.element().map(kubewright_model::Ref::proto_name);
            current = next.and_then(|name| self.layout.find(&name)).map(|located| &located.def.desc);
        }
        Chain::new(parts)
    }

    /// Finds out which pairs lose something, once all are known.
    pub(super) fn settle(&mut self) {
        loop {
            let losing: Vec<usize> =
                (0..self.list.len()).filter(|at| self.list.get(*at).is_some_and(|pair| !pair.loses && self.loses(pair))).collect();
            if losing.is_empty() {
                return;
            }
            for at in losing {
                if let Some(pair) = self.list.get_mut(at) {
                    pair.loses = true;
                }
            }
        }
    }

    fn loses(&self, pair: &Pair<'a>) -> bool {
        let worked = |key: &str| pair.works.iter().flat_map(|work| work.claims(Of::Hub)).any(|chain| chain.is(key));
        let said = |key: &str| {
            pair.links.iter().any(|link| link.hub.is(key)) || pair.lookups.iter().any(|lookup| lookup.hub.is(key)) || worked(key)
        };
        let hidden = pair.hub.desc.fields.iter().any(|field| !is_type_meta(field) && !said(key_of(field)));
        let inner = pair.links.iter().any(|link| matches!(link.inner, Inner::Pair(at) if self.get(at).is_some_and(|pair| pair.loses)));
        let notation =
            pair.links.iter().any(|link| link.notation.is_some() || (!matches!(link.inner, Inner::Pair(_)) && super::emit::forgets(link)));
        let works = pair.works.iter().any(Work::remembers);
        let guarded = pair
            .works
            .iter()
            .any(|work| matches!(work, Work::Entry { held: Some(held), .. } if self.get(held.pair).is_some_and(|pair| pair.loses)));
        hidden || inner || notation || works || guarded || !pair.unions.is_empty()
    }
}

/// The rules of a pair while they are put together.
#[derive(Default)]
struct Rules<'a> {
    links: Vec<Link<'a>>,
    unions: Vec<Union<'a>>,
    lookups: Vec<Lookup<'a>>,
    works: Vec<Work<'a>>,
}

impl Rules<'_> {
    fn claims_hub(&self, key: &str) -> bool {
        let arms = self.unions.iter().flat_map(|union| &union.arms).any(|(_, link)| link.hub.is(key));
        let works = self.works.iter().flat_map(|work| work.claims(Of::Hub)).any(|chain| chain.is(key));
        arms || works || self.links.iter().any(|link| link.hub.is(key)) || self.lookups.iter().any(|lookup| lookup.hub.is(key))
    }
    fn claims_spoke(&self, key: &str) -> bool {
        let values = self.unions.iter().any(|union| union.spoke_value.is(key));
        let works = self.works.iter().flat_map(|work| work.claims(Of::Spoke)).any(|chain| chain.is(key));
        values || works || self.links.iter().any(|link| link.spoke.is(key)) || self.lookups.iter().any(|lookup| lookup.spoke.is(key))
    }
}

fn steps_of(lenses: &[TypeLens], hub: &str, spoke: &str) -> Vec<Step> {
    lenses.iter().filter(|lens| lens.hub == hub && lens.spoke == spoke).flat_map(|lens| lens.steps.iter().cloned()).collect()
}

/// What names a field among its siblings: its JSON name, or the protobuf name of an inlined part.
pub(super) fn key_of(field: &Field) -> &str {
    if field.name.is_empty() { field.proto() } else { &field.name }
}

/// Splits rules into those of this level and those that lie wholly in one field of one message on both sides.
fn push_down(hub: &Desc, spoke: &Desc, steps: Vec<Step>) -> (Vec<Step>, BTreeMap<String, Vec<Step>>) {
    let (mut here, mut below) = (Vec::new(), BTreeMap::<String, Vec<Step>>::new());
    for step in steps {
        match common_field(&step).filter(|name| is_message(hub, name) && is_message(spoke, name)) {
            Some(name) => below.entry(name).or_default().push(step.map_paths(|path| path.iter().skip(1).cloned().collect())),
            None => here.push(step),
        }
    }
    (here, below)
}

fn is_message(desc: &Desc, name: &str) -> bool {
    let field = desc.fields.iter().find(|field| key_of(field) == name);
    field.is_some_and(|field| {
        field.shape == kubewright_model::Shape::One
            && field.element().is_some_and(|element| Special::named(&element.proto_name()).is_none())
    })
}

/// The field that all paths of a rule go through, when they go beyond it.
fn common_field(step: &Step) -> Option<String> {
    let paths = step.paths();
    let first = paths.first()?.first()?;
    paths.iter().all(|path| path.len() > 1 && path.first() == Some(first)).then(|| first.clone())
}
