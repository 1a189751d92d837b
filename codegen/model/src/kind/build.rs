//! Kinds as constants: the words in which generated and derived code states a kind.

use std::borrow::Cow;

use super::{Action, Column, Enabled, Kind, Lifecycle, Methods, NameRule, Speaks, Strategy, Subresource, Verb, Verbs};
use crate::desc::{Desc, Ref, Text, set};

const NONE: Text = Cow::Borrowed("");

impl Kind {
    /// A kind of cluster scope with every verb and no subresources. Its list type is stated with [`Kind::list`].
    pub const fn new(
        group: &'static str,
        version: &'static str,
        kind: &'static str,
        plural: &'static str,
        singular: &'static str,
        desc: fn() -> &'static Desc,
    ) -> Self {
        Self {
            group: Cow::Borrowed(group),
            version: Cow::Borrowed(version),
            kind: Cow::Borrowed(kind),
            list_kind: NONE,
            plural: Cow::Borrowed(plural),
            singular: Cow::Borrowed(singular),
            namespaced: false,
            short_names: Cow::Borrowed(&[]),
            categories: Cow::Borrowed(&[]),
            verbs: Verbs::ALL,
            subresources: Cow::Borrowed(&[]),
            columns: Cow::Borrowed(&[]),
            selectable: Cow::Borrowed(&[]),
            ty: Ref::Static(desc),
            list_ty: Ref::Named(NONE),
            lifecycle: Lifecycle { introduced: NONE, deprecated: NONE, removed: NONE, replacement: NONE, warning: NONE },
            enabled: Enabled::On,
            strategy: Strategy::CUSTOM,
        }
    }

    /// The kind and type of its list.
    pub const fn list(mut self, kind: &'static str, desc: fn() -> &'static Desc) -> Self {
        set!(self.list_kind, Cow::Borrowed(kind));
        set!(self.list_ty, Ref::Static(desc));
        self
    }
    /// Objects live in a namespace.
    pub const fn namespaced(mut self) -> Self {
        self.namespaced = true;
        self
    }
    /// Abbreviations clients may type.
    pub const fn short_names(mut self, names: &'static [Text]) -> Self {
        set!(self.short_names, Cow::Borrowed(names));
        self
    }
    /// Groups of resources clients may ask for together.
    pub const fn categories(mut self, categories: &'static [Text]) -> Self {
        set!(self.categories, Cow::Borrowed(categories));
        self
    }
    /// What can be done with it, when that is not everything.
    pub const fn verbs(mut self, verbs: Verbs) -> Self {
        self.verbs = verbs;
        self
    }
    /// What lies below an object's path.
    pub const fn subresources(mut self, subresources: &'static [Subresource]) -> Self {
        set!(self.subresources, Cow::Borrowed(subresources));
        self
    }
    /// Columns of its Table form.
    pub const fn columns(mut self, columns: &'static [Column]) -> Self {
        set!(self.columns, Cow::Borrowed(columns));
        self
    }
    /// Field paths that field selectors may name.
    pub const fn selectable(mut self, paths: &'static [Text]) -> Self {
        set!(self.selectable, Cow::Borrowed(paths));
        self
    }
    /// First release with it.
    pub const fn introduced(mut self, release: &'static str) -> Self {
        set!(self.lifecycle.introduced, Cow::Borrowed(release));
        self
    }
    /// First release that warns.
    pub const fn deprecated(mut self, release: &'static str) -> Self {
        set!(self.lifecycle.deprecated, Cow::Borrowed(release));
        self
    }
    /// First release without it.
    pub const fn removed(mut self, release: &'static str) -> Self {
        set!(self.lifecycle.removed, Cow::Borrowed(release));
        self
    }
    /// What to use instead, as `group/version Kind`.
    pub const fn replacement(mut self, kind: &'static str) -> Self {
        set!(self.lifecycle.replacement, Cow::Borrowed(kind));
        self
    }
    /// What clients of a deprecated version are told.
    pub const fn warning(mut self, text: &'static str) -> Self {
        set!(self.lifecycle.warning, Cow::Borrowed(text));
        self
    }
    /// Whether it is served unless switched.
    pub const fn enabled(mut self, enabled: Enabled) -> Self {
        self.enabled = enabled;
        self
    }
    /// `metadata.generation` stays unset.
    pub const fn without_generation(mut self) -> Self {
        self.strategy.generation = false;
        self
    }
    /// PUT without a resourceVersion overwrites.
    pub const fn unconditional_update(mut self) -> Self {
        self.strategy.unconditional_update = true;
        self
    }
    /// PUT of an object that does not exist creates it.
    pub const fn create_on_update(mut self) -> Self {
        self.strategy.create_on_update = true;
        self
    }
    /// DELETE answers with the object instead of a Status.
    pub const fn delete_returns_object(mut self) -> Self {
        self.strategy.delete_returns_object = true;
        self
    }
    /// How names are checked.
    pub const fn names(mut self, rule: NameRule) -> Self {
        self.strategy.names = rule;
        self
    }
}

impl Subresource {
    /// A part of the object with a path of its own: get, patch, update.
    pub const fn part(name: &'static str) -> Self {
        Self::new(name, Action::Part(Cow::Borrowed(name)))
    }
    /// The `scale` subresource, with the paths of the wanted number, the observed number and the selector (may be empty).
    pub const fn scale(name: &'static str, spec_replicas: &'static str, status_replicas: &'static str, selector: &'static str) -> Self {
        let (spec, status) = (Cow::Borrowed(spec_replicas), Cow::Borrowed(status_replicas));
        Self::new(name, Action::Scale { spec_replicas: spec, status_replicas: status, selector: Cow::Borrowed(selector) })
    }
    /// The `finalize` step: update.
    pub const fn finalize(name: &'static str) -> Self {
        Self::new(name, Action::Finalize).verbs(Verbs::NONE.with(Verb::Update))
    }
    /// A part of the object whose path is not the name: get, patch, update.
    pub const fn part_at(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Action::Part(Cow::Borrowed(path)))
    }
    /// A connection by these methods, also below its path if it has a tail.
    pub const fn connect(name: &'static str, methods: Methods, tail: bool) -> Self {
        Self::new(name, Action::Connect { methods, tail }).verbs(methods.verbs())
    }
    /// What something else holds of the object: get.
    pub const fn read(name: &'static str, text: bool) -> Self {
        Self::new(name, Action::Read { text }).verbs(Verbs::NONE.with(Verb::Get))
    }
    /// Takes an Eviction: create.
    pub const fn evict(name: &'static str) -> Self {
        Self::new(name, Action::Evict).verbs(Verbs::NONE.with(Verb::Create))
    }
    /// Takes a Binding: create.
    pub const fn bind(name: &'static str) -> Self {
        Self::new(name, Action::Bind).verbs(Verbs::NONE.with(Verb::Create))
    }
    /// Takes a request that code of the program answers: create.
    pub const fn ask(name: &'static str) -> Self {
        Self::new(name, Action::Ask).verbs(Verbs::NONE.with(Verb::Create))
    }
    const fn new(name: &'static str, action: Action) -> Self {
        Self { name: Cow::Borrowed(name), verbs: Verbs::STATUS, speaks: None, options: None, action }
    }
    /// What can be done with it.
    pub const fn verbs(mut self, verbs: Verbs) -> Self {
        self.verbs = verbs;
        self
    }
    /// The kind it reads and writes, when that is not its parent's.
    pub const fn speaks(mut self, group: &'static str, version: &'static str, kind: &'static str, desc: fn() -> &'static Desc) -> Self {
        std::mem::forget(self.speaks.replace(Speaks::new(group, version, kind, desc)));
        self
    }
    /// The kind whose fields are query parameters of a GET.
    pub const fn options(mut self, group: &'static str, version: &'static str, kind: &'static str, desc: fn() -> &'static Desc) -> Self {
        std::mem::forget(self.options.replace(Speaks::new(group, version, kind, desc)));
        self
    }
}

impl Speaks {
    const fn new(group: &'static str, version: &'static str, kind: &'static str, desc: fn() -> &'static Desc) -> Self {
        Self { group: Cow::Borrowed(group), version: Cow::Borrowed(version), kind: Cow::Borrowed(kind), ty: Ref::Static(desc) }
    }
}

impl Column {
    /// A text column, shown always.
    pub const fn new(name: &'static str, cell: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), ty: Cow::Borrowed("string"), format: NONE, priority: 0, cell: Cow::Borrowed(cell), doc: NONE }
    }
    /// The OpenAPI type of its cells.
    pub const fn ty(mut self, ty: &'static str) -> Self {
        set!(self.ty, Cow::Borrowed(ty));
        self
    }
    /// The OpenAPI format of its cells.
    pub const fn format(mut self, format: &'static str) -> Self {
        set!(self.format, Cow::Borrowed(format));
        self
    }
    /// Above 0: only in wide output.
    pub const fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }
    /// What it shows.
    pub const fn doc(mut self, doc: &'static str) -> Self {
        set!(self.doc, Cow::Borrowed(doc));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desc::text;

    static COLOUR: Kind = Kind::new("example.com", "v1", "Colour", "colours", "colour", desc)
        .list("ColourList", desc)
        .namespaced()
        .short_names(const { &[text("co")] })
        .subresources(const { &[Subresource::part("status"), Subresource::scale("scale", ".spec.n", ".status.n", "")] })
        .columns(const { &[Column::new("Hue", ".spec.hue").ty("integer")] });

    fn desc() -> &'static Desc {
        static DESC: Desc = Desc::new("Colour", "com.example.v1", "com.example.v1", &[]);
        &DESC
    }

    #[test]
    fn a_kind_is_a_constant() {
        assert_eq!(COLOUR.api_version(), "example.com/v1");
        assert_eq!(COLOUR.short_names.as_ref(), ["co"]);
        assert_eq!(COLOUR.subresource("status").map(|sub| sub.verbs), Some(Verbs::STATUS));
        assert_eq!(COLOUR.columns[0].ty, "integer");
        assert_eq!(COLOUR.list_ty.proto_name(), "com.example.v1.Colour");
    }
}
