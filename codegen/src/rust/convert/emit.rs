//! The two functions of a pair.

mod deep;
mod entry;
mod form;
mod item;
mod literal;
mod notation;
mod parts;
mod union;
mod value;
mod work;

use kubewright_model::{Field, Shape};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::link::{Chain, Inner, Link, Work};
use super::pair::{Pairs, is_type_meta, key_of};
use super::{Aliases, Free, PairRef, access};
use crate::rust::layout::ident;
use crate::set::Side;
use deep::{Presence, Write};
use notation::Between;
use value::Value;

/// Which way a function goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    View,
    Put,
}

/// A function while it is put together.
struct Body<'p, 'a> {
    pair: PairRef<'p, 'a>,
    pairs: &'p Pairs<'a>,
    names: &'p Aliases<'p>,
    way: Way,
    /// Values that have to be taken before the parts move.
    before: Vec<TokenStream>,
    /// Values of the target's own fields, by name.
    fields: Vec<(String, TokenStream)>,
    /// Messages of the source that are taken apart, with their variables.
    opened: Vec<(String, Ident)>,
    /// Values that go deeper.
    deep: Vec<Write<'a>>,
    /// What is done to the target at last.
    after: Vec<TokenStream>,
    free: Free,
    mutable_source: bool,
    mutable_stored: bool,
}

/// `view` and `put` of a pair.
pub(super) fn functions<'a>(pair: PairRef<'_, 'a>, pairs: &Pairs<'a>, names: &Aliases<'_>) -> [TokenStream; 2] {
    [Way::View, Way::Put].map(|way| function(pair, pairs, names, way))
}

fn function<'a>(pair: PairRef<'_, 'a>, pairs: &Pairs<'a>, names: &Aliases<'_>, way: Way) -> TokenStream {
    let (hub, spoke) = (names.ty(&pair.hub_place, pair.hub.desc), names.ty(&pair.spoke_place, pair.spoke.desc));
    let mut body = Body::new(pair, pairs, names, way);
    body.fill();
    let (from, to, name) = match way {
        Way::View => (&hub, &spoke, pair.view_ident()),
        Way::Put => (&spoke, &hub, pair.put_ident()),
    };
    let public = pair.kind.then(|| quote! { pub });
    let docs = pair.kind.then(|| {
        let text = match way {
            Way::View => format!(" What the version shows of the hub's `{}`.", pair.hub.desc.name),
            Way::Put => format!(" The hub's `{}` after a write through the version.", pair.hub.desc.name),
        };
        quote! { #[doc = #text] }
    });
    let statements = body.statements(to);
    let source = body.source();
    let uses = |name: &Ident| statements.to_string().split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| *name == word);
    let parameter = if uses(&source) { source.clone() } else { ident(&format!("_{source}")) };
    let mutable = body.mutable_source.then(|| quote! { mut });
    let stored = ident("stored");
    let (stored_parameter, stored_let) = match (way, pair.takes_stored(), uses(&stored)) {
        (Way::Put, true, true) => {
            let mutable = body.mutable_stored.then(|| quote! { mut });
            (Some(quote! { , stored: Option<#hub> }), Some(quote! { let #mutable stored = stored.unwrap_or_default(); }))
        }
        (Way::Put, true, false) => (Some(quote! { , _stored: Option<#hub> }), None),
        _ => (None, None),
    };
    quote! {
        #docs
        #public fn #name(#mutable #parameter: #from #stored_parameter) -> #to {
            #stored_let
            #statements
        }
    }
}

/// Whether the version's value does not say all of the hub's.
pub(super) fn forgets(link: &Link<'_>) -> bool {
    notation::forgets(link.hub.field(), link.spoke.field())
}

impl<'p, 'a> Body<'p, 'a> {
    fn new(pair: PairRef<'p, 'a>, pairs: &'p Pairs<'a>, names: &'p Aliases<'p>, way: Way) -> Self {
        let mut free = Free::default();
        for name in ["hub", "spoke", "stored"] {
            free.name(name);
        }
        let (before, fields, deep, after) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self {
            pair,
            pairs,
            names,
            way,
            before,
            fields,
            opened: Vec::new(),
            deep,
            after,
            free,
            mutable_source: false,
            mutable_stored: false,
        }
    }

    fn source(&self) -> Ident {
        ident(if self.way == Way::View { "hub" } else { "spoke" })
    }

    fn target(&self) -> Ident {
        ident(if self.way == Way::View { "spoke" } else { "hub" })
    }

    /// The chains of a link by direction: where the value comes from, and where it goes.
    fn ends<'l>(&self, link: &'l Link<'a>) -> (&'l Chain<'a>, &'l Chain<'a>) {
        if self.way == Way::View { (&link.hub, &link.spoke) } else { (&link.spoke, &link.hub) }
    }

    fn fill(&mut self) {
        let pair = self.pair;
        for union in &pair.unions {
            self.union_before(union);
        }
        for lookup in &pair.lookups {
            self.lookup(lookup);
        }
        for work in &pair.works {
            self.work(work);
        }
        for link in &pair.links {
            self.link(link);
        }
        if self.way == Way::Put {
            for union in &pair.unions {
                self.union_after(union);
            }
        }
    }

    fn link(&mut self, link: &Link<'a>) {
        let (_, to) = self.ends(link);
        let value = self.value(link);
        self.set(to, value);
    }

    /// The value of a link, converted: taken beforehand when it lies deeper.
    fn value(&mut self, link: &Link<'a>) -> TokenStream {
        let (from, _) = self.ends(link);
        let source = self.plain(from);
        let stored = self.stored_of(link);
        self.convert(link, source, stored)
    }

    /// A link's value from an expression for it, over the stored one where that matters.
    fn convert(&self, link: &Link<'a>, source: TokenStream, stored: Option<TokenStream>) -> TokenStream {
        let (from, to) = self.ends(link);
        if let Some(between) = Between::of(link) {
            let stored = stored.unwrap_or_else(|| quote! { Default::default() });
            return if self.way == Way::View { between.view(&source) } else { between.put(&source, &stored) };
        }
        if let (Way::Put, Some(stored), true) = (self.way, &stored, notation::forgets(link.hub.field(), link.spoke.field())) {
            let view = way_of(Way::View, link.inner, to.field(), from.field(), quote! { hub });
            let put = way_of(Way::Put, link.inner, from.field(), to.field(), quote! { spoke });
            let (view, put) = (notation::closure("hub", &view), notation::closure("spoke", &put));
            return quote! { convert::keep(#stored, #source, #view, #put) };
        }
        self.between(link.inner, from.field(), to.field(), source, stored)
    }

    /// A value of one field as one of another.
    fn between(&self, inner: Inner, from: &Field, to: &Field, source: TokenStream, stored: Option<TokenStream>) -> TokenStream {
        let pair = if let Inner::Pair(at) = inner { self.pairs.get(at) } else { None };
        Value { from, to, inner, pair, view: self.way == Way::View, source, stored }.emit()
    }

    /// A value as it is in the source: a field, or a variable for what lies deeper.
    fn plain(&mut self, from: &Chain<'a>) -> TokenStream {
        let (source, last) = (self.source(), from.ident());
        if !from.is_deep() {
            return quote! { #source.#last };
        }
        if let Some(part) = self.opened(from) {
            return part;
        }
        self.mutable_source = true;
        let name = ident(&self.free.name(&last.to_string()));
        let taken = access::take(&source, from);
        self.before.push(quote! { let #name = #taken; });
        quote! { #name }
    }

    /// A part of a message of the source that nothing else looks at, so that it is taken apart as a whole.
    fn opened(&mut self, from: &Chain<'a>) -> Option<TokenStream> {
        let [(field, name)] = from.parents.as_slice() else { return None };
        let key = key_of(field);
        let quiet = |work: &Work<'a>| matches!(work, Work::Present { .. } | Work::Fixed { .. } | Work::Reset { .. });
        let alone = self.pair.unions.is_empty() && self.pair.lookups.is_empty() && self.pair.works.iter().all(quiet);
        let linked = self.pair.links.iter().any(|link| self.ends(link).0.is(key));
        if !field.optional || !alone || linked {
            return None;
        }
        let known = self.opened.iter().find(|(known, _)| known == key).map(|(_, name)| name.clone());
        let variable = known.unwrap_or_else(|| {
            let (source, variable) = (self.source(), ident(&self.free.name(&name.to_string())));
            self.before.push(quote! { let #variable = #source.#name.map(|#name| *#name).unwrap_or_default(); });
            self.opened.push((key.to_owned(), variable.clone()));
            variable
        });
        let last = from.ident();
        Some(quote! { #variable.#last })
    }

    /// The stored counterpart of a link's value, when it matters.
    fn stored_of(&mut self, link: &Link<'a>) -> Option<TokenStream> {
        if self.way == Way::View {
            return None;
        }
        let matters = match link.inner {
            Inner::Pair(at) => self.pairs.get(at)?.takes_stored(),
            _ => Between::of(link).map_or_else(|| notation::forgets(link.hub.field(), link.spoke.field()), |between| between.remembers()),
        };
        matters.then(|| self.stored(&link.hub))
    }

    fn set(&mut self, to: &Chain<'a>, value: TokenStream) {
        if !to.is_deep() {
            self.fields.push((key_of(to.field()).to_owned(), value));
            return;
        }
        let name = work::single(&value).unwrap_or_else(|| {
            let name = ident(&self.free.name(&format!("{}_value", to.ident())));
            // What is collected from an iterator is asked for its size below, so its type must stand here.
            let ty = match (to.field().shape, to.field().element()) {
                (Shape::List, Some(_)) => Some(quote! { : Vec<_> }),
                (Shape::Map, Some(_)) => Some(quote! { : std::collections::BTreeMap<_, _> }),
                _ => None,
            };
            self.before.push(quote! { let #name #ty = #value; });
            name
        });
        self.deep.push(Write { to: to.clone(), value: name });
    }

    /// The writes to messages of the target, those of one message together.
    fn deep_writes(&self) -> Vec<TokenStream> {
        let parents = |write: &Write<'a>| write.to.path().split_last().map(|(_, parents)| parents.join(".")).unwrap_or_default();
        let mut groups: Vec<(String, Vec<&Write<'a>>)> = Vec::new();
        for write in &self.deep {
            let path = parents(write);
            match groups.iter_mut().find(|(known, _)| *known == path) {
                Some((_, writes)) => writes.push(write),
                None => groups.push((path, vec![write])),
            }
        }
        let target = self.target();
        groups.iter().map(|(path, writes)| deep::write(&target, writes, self.presence(path))).collect()
    }

    fn presence(&self, path: &str) -> Presence {
        let side = if self.way == Way::View { Side::Spoke } else { Side::Hub };
        let always = |work: &Work<'a>| matches!(work, Work::Present { side: of, at } if *of == side && at.path().join(".") == path);
        let outermost = path.split('.').next().unwrap_or_default();
        if self.pair.works.iter().any(always) {
            Presence::Always
        } else if self.fields.iter().any(|(key, _)| key == outermost) {
            Presence::Shared
        } else if self.way == Way::View {
            Presence::Fresh
        } else {
            Presence::Own
        }
    }

    /// The value of one of the target's fields.
    fn field(&self, field: &Field, name: &Ident) -> TokenStream {
        if is_type_meta(field) {
            return quote! { #name: String::new() };
        }
        let value = self.fields.iter().find(|(key, _)| key == key_of(field)).map(|(_, value)| value);
        match (value, self.way) {
            (Some(value), _) if *name == value.to_string() => quote! { #name },
            (Some(value), _) => quote! { #name: #value },
            (None, Way::View) => quote! { #name: Default::default() },
            (None, Way::Put) => quote! { #name: stored.#name },
        }
    }

    fn statements(&self, to: &TokenStream) -> TokenStream {
        let side = if self.way == Way::View { &self.pair.spoke } else { &self.pair.hub };
        let fields = side.fields().map(|(field, name)| self.field(field, name));
        let (before, deep, after, target) = (&self.before, self.deep_writes(), &self.after, self.target());
        let value = quote! { #to { #(#fields),* } };
        if after.is_empty() && deep.is_empty() {
            quote! { #(#before)* #value }
        } else {
            quote! { #(#before)* let mut #target = #value; #(#deep)* #(#after)* #target }
        }
    }
}

/// A plain value, one way or the other.
fn way_of(way: Way, inner: Inner, from: &Field, to: &Field, source: TokenStream) -> TokenStream {
    Value { from, to, inner, pair: None, view: way == Way::View, source, stored: None }.emit()
}
