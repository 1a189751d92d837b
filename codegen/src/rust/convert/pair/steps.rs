//! Rules brought to the fields they are about.

use kubewright_model::Desc;

use super::{Pairs, Rules, steps_of};
use crate::rust::convert::link::{Chain, Held, Inner, Item, Link, Lookup, Notation, Union, Work};
use crate::rust::layout::field_idents;
use crate::set::{Path, Side as Of, Step, TypeLens, Value};

/// The two types of a pair.
#[derive(Clone, Copy)]
struct Between<'a> {
    hub: &'a Desc,
    spoke: &'a Desc,
}

impl<'a> Between<'a> {
    fn of(self, side: Of) -> &'a Desc {
        if side == Of::Hub { self.hub } else { self.spoke }
    }
}

impl<'a> Pairs<'a> {
    pub(super) fn step(&mut self, rules: &mut Rules<'a>, hub: &'a Desc, spoke: &'a Desc, step: Step, lenses: &'a [TypeLens]) {
        let between = Between { hub, spoke };
        match step {
            Step::Move { .. } | Step::Value { .. } | Step::Within { .. } => rules.links.extend(self.single(hub, spoke, &step, lenses)),
            Step::Union { hub_tag, arms, spoke_tag, spoke_value } => {
                let (Some(tag), Some(value)) = (self.chain(hub, &hub_tag), self.chain(spoke, &spoke_value)) else { return };
                let arms = arms.into_iter().filter_map(|(name, path)| {
                    let link = self.link_of(hub, spoke, &path, &spoke_value, &[], lenses)?;
                    Some((name, link))
                });
                let arms = arms.collect();
                let Some(spoke_tag_chain) = self.chain(spoke, &spoke_tag) else { return };
                rules.unions.push(Union { hub_tag: tag, spoke_tag: spoke_tag_chain, spoke_value: value, arms });
                rules.links.extend(self.link_of(hub, spoke, &hub_tag, &spoke_tag, &[], lenses));
            }
            Step::Lookup { by, hub: from, spoke: to, rows } => {
                let chains = (self.chain(hub, &by), self.chain(spoke, &by), self.chain(hub, &from), self.chain(spoke, &to));
                if let (Some(hub_by), Some(spoke_by), Some(hub), Some(spoke)) = chains {
                    rules.lookups.push(Lookup { hub_by, spoke_by, hub, spoke, rows });
                }
            }
            Step::When { hub_by, spoke_by, arms } => {
                let arms = arms.into_iter().map(|arm| {
                    let links = arm.steps.iter().filter_map(|step| self.single(hub, spoke, step, lenses)).collect();
                    (arm.tag, links)
                });
                let arms = arms.collect();
                if let (Some(hub_by), Some(spoke_by)) = (self.chain(hub, &hub_by), self.chain(spoke, &spoke_by)) {
                    rules.works.push(Work::When { hub_by, spoke_by, arms });
                }
            }
            Step::Item { .. } => {
                let item = self.item(between, &step, lenses);
                rules.works.extend(item.map(|item| Work::Item(Box::new(item))));
            }
            Step::Entry { side, map, key, path, of, go } => {
                let (Some(map), Some(at)) = (self.chain(between.of(side), &map), self.chain(between.of(side.other()), &path)) else {
                    return;
                };
                let held = of.and_then(|name| self.held(side, &at, name, lenses));
                rules.works.push(Work::Entry { side, map, key, at, held, go });
            }
            other => rules.works.extend(self.work(between, other)),
        }
    }

    /// A rule that ties one field to one field.
    fn single(&mut self, hub: &'a Desc, spoke: &'a Desc, step: &Step, lenses: &'a [TypeLens]) -> Option<Link<'a>> {
        match step {
            Step::Move { hub: from, spoke: to } => self.link_of(hub, spoke, from, to, &[], lenses),
            Step::Within { hub: from, spoke: to, steps } => self.link_of(hub, spoke, from, to, steps, lenses),
            Step::Value { hub: from, spoke: to, value } => {
                let (hub, spoke) = (self.chain(hub, from)?, self.chain(spoke, to)?);
                let item = |name: &str| {
                    let list = if matches!(value, Value::Keyed { list: Of::Hub, .. }) { hub.field() } else { spoke.field() };
                    let def = self.layout.find(&list.element()?.proto_name())?.def;
                    let at = def.desc.fields.iter().position(|field| field.name == *name)?;
                    field_idents(def).into_iter().nth(at)
                };
                let (key, of) = match value {
                    Value::Keyed { key, value, .. } => (item(key), value.as_deref().and_then(item)),
                    _ => (None, None),
                };
                Some(Link { hub, spoke, inner: Inner::Same, notation: Some(Notation { value: value.clone(), key, of }) })
            }
            _ => None,
        }
    }

    /// An item of a list against a field.
    fn item(&mut self, between: Between<'a>, step: &Step, lenses: &'a [TypeLens]) -> Option<Item<'a>> {
        let Step::Item { list, fits, value, spoke, rest } = step else { return None };
        let list = self.chain(between.hub, list)?;
        let ty = list.field().element()?.proto_name();
        let inside = &self.layout.find(&ty)?.def.desc;
        let fits = fits.iter().map(|(path, text)| Some((self.chain(inside, path)?, text.clone()))).collect::<Option<_>>()?;
        let (value, field) = (self.chain(inside, value)?, self.chain(between.spoke, spoke)?);
        let rest = match rest {
            None => None,
            Some(rest) => {
                let map = self.chain(between.spoke, &rest.map)?;
                let held = rest.of.clone().and_then(|name| self.held(Of::Spoke, &list, name, lenses));
                Some((map, rest.key.clone(), held, rest.all))
            }
        };
        Some(Item { list, ty, fits, value, field, rest })
    }

    /// The pair of a field's type and of what a text holds of it.
    fn held(&mut self, side: Of, at: &Chain<'a>, name: String, lenses: &'a [TypeLens]) -> Option<Held> {
        let own = at.field().element()?.proto_name();
        let (hub, spoke) = if side == Of::Hub { (name.clone(), own) } else { (own, name.clone()) };
        let steps = steps_of(lenses, &hub, &spoke);
        Some(Held { pair: self.add((hub, spoke, steps), lenses)?, name })
    }

    /// A rule whose values need nothing from other pairs.
    fn work(&self, between: Between<'a>, step: Step) -> Option<Work<'a>> {
        let chain = |side: Of, path: &Path| self.chain(between.of(side), path);
        let by_name = |side: Of, paths: Vec<(String, Path)>| -> Option<Vec<(String, Chain<'a>)>> {
            paths.into_iter().map(|(name, path)| Some((name, chain(side, &path)?))).collect()
        };
        let all = |side: Of, paths: &[Path]| -> Option<Vec<Chain<'a>>> { paths.iter().map(|path| chain(side, path)).collect() };
        Some(match step {
            Step::Tag { side, tag, arms } => Work::Tag { side, tag: chain(side, &tag)?, arms: by_name(side.other(), arms)? },
            Step::Fixed { side, path, value, always } => Work::Fixed { side, at: chain(side, &path)?, value, always },
            Step::Join { side, text, parts, by } => Work::Join { side, text: chain(side, &text)?, parts: all(side.other(), &parts)?, by },
            Step::Entries { side, map, fields } => Work::Entries { side, map: chain(side, &map)?, fields: by_name(side.other(), fields)? },
            Step::Compute { hub, spoke, view, put } => {
                Work::Compute { hub: all(Of::Hub, &hub)?, spoke: all(Of::Spoke, &spoke)?, view, put }
            }
            Step::Present { side, path } => Work::Present { side, at: chain(side, &path)? },
            Step::Reset { path } => Work::Reset { at: chain(Of::Hub, &path)? },
            _ => return None,
        })
    }
}
