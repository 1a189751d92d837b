//! Kinds as written to kinds of the model.

use kubewright_model::{Action, Column, Enabled, Kind, Lifecycle, NameRule, Ref, Speaks, Strategy, Subresource, Text, Verb, Verbs};

use super::names::{Item, Names, Package, Target, has_list, list_kind};
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::group::{Set, Version};
use crate::raw::kind::{self as raw, Life};
use crate::raw::value::Words;

/// What holds around a kind.
pub(super) struct Place<'a, 'n> {
    pub(super) set: &'a Set,
    pub(super) version: &'a Version,
    pub(super) names: &'n Names<'a>,
    pub(super) package: usize,
}

impl<'a> Place<'a, '_> {
    fn here(&self) -> &Package<'a> {
        &self.names.packages[self.package]
    }

    /// The kind as the model has it.
    pub(super) fn kind(&self, kind: &raw::Kind, problems: &mut Collector) -> Kind {
        let here = self.here();
        let named = |name: &str| Ref::Named(format!("{}.{name}", here.proto).into());
        let lower = kind.kind.value.to_lowercase();
        let list = if has_list(kind) { list_kind(kind) } else { String::new() };
        let lifecycle = lifecycle(&self.version.life, &kind.life);
        Kind {
            group: here.group.to_owned().into(),
            version: here.version.to_owned().into(),
            kind: text(&kind.kind),
            list_ty: named(if list.is_empty() { &kind.kind.value } else { &list }),
            list_kind: list.into(),
            plural: plural(kind).into(),
            singular: kind.singular.as_ref().map_or(lower.into(), text),
            namespaced: kind.namespaced,
            short_names: kind.short_names.iter().map(text).collect(),
            categories: kind.categories.iter().map(text).collect(),
            verbs: kind.verbs.as_deref().map_or(Verbs::ALL, verbs),
            subresources: kind.subresources.iter().filter_map(|sub| self.subresource(sub, problems)).collect(),
            columns: kind.columns.iter().map(column).collect(),
            selectable: kind.selectable.iter().map(text).collect(),
            ty: named(&kind.kind.value),
            enabled: self.enabled(&lifecycle, &kind.life),
            lifecycle,
            strategy: strategy(kind),
        }
    }

    fn enabled(&self, lifecycle: &Lifecycle, own: &Life) -> Enabled {
        let release = self.set.release.as_ref().map(|release| release.value.as_str()).unwrap_or_default();
        let gone = !release.is_empty() && !lifecycle.removed.is_empty() && number(release) >= number(&lifecycle.removed);
        let level = level(&self.version.name.value);
        let on = self.set.levels.as_ref().is_none_or(|levels| levels.iter().any(|on| on.value == level));
        let served = own.served.or(self.version.life.served).unwrap_or(true);
        match (gone, on && served) {
            (true, _) => Enabled::Removed,
            (false, true) => Enabled::On,
            (false, false) => Enabled::Off,
        }
    }

    fn subresource(&self, sub: &raw::Subresource, problems: &mut Collector) -> Option<Subresource> {
        let Some(action) = action(sub) else {
            let problem =
                Diagnostic::new("subresource-unknown", sub.name.span, format!("nothing is known about a subresource `{}`", sub.name.value));
            problems.report(problem.help(
                "status, scale and finalize are known; any other states the `part` of the object it writes, the methods it takes to `connect`, \
                 the `options` it is read with, or the `action` of what is posted",
            ));
            return None;
        };
        let implied = matches!(action, Action::Scale { .. }).then_some("autoscaling/v1 Scale");
        let speaks = match (&sub.speaks, implied) {
            (Some(words), _) => Some(self.speaks(&words.value, words, problems)?),
            (None, Some(implied)) => Some(self.speaks(implied, &sub.name, problems)?),
            (None, None) => None,
        };
        let options = match (&sub.options, &action) {
            (Some(words), _) => Some(self.speaks(&words.value, words, problems)?),
            (None, Action::Connect { .. }) => speaks.clone(),
            (None, _) => None,
        };
        let verbs = sub.verbs.as_deref().map_or_else(|| usual_verbs(&action), verbs);
        Some(Subresource { name: text(&sub.name), verbs, speaks, options, action })
    }

    /// `autoscaling/v1 Scale`: a kind of this set, or of any other.
    fn speaks(&self, written: &str, at: &Words, problems: &mut Collector) -> Option<Speaks> {
        let found = written.split_once(' ').and_then(|(group_version, kind)| {
            let (group, version) = group_version.split_once('/').unwrap_or(("core", group_version));
            let package = self.names.package(self.set.name.as_str(), group, version)?;
            matches!(self.names.find(package, kind), Some(Target::Item(home, Item::Message)) if home == package).then_some((package, kind))
        });
        let Some((package, kind)) = found else {
            let problem = Diagnostic::new("speaks-unknown", at.span, format!("there is no kind `{written}` for this subresource to speak"));
            problems
                .report(problem.help("write `speaks: <group>/<version> <Kind>`, with a kind of this set or of one that is read with it"));
            return None;
        };
        let package = &self.names.packages[package];
        Some(Speaks {
            group: package.group.to_owned().into(),
            version: package.version.to_owned().into(),
            kind: kind.to_owned().into(),
            ty: Ref::Named(format!("{}.{kind}", package.proto).into()),
        })
    }
}

/// What a subresource does; `None` when it does not say.
fn action(sub: &raw::Subresource) -> Option<Action> {
    let path = |words: &Option<Words>, implied: &'static str| words.as_ref().map_or(Text::Borrowed(implied), text);
    if let Some(part) = &sub.part {
        return Some(Action::Part(part.value.trim_start_matches('.').to_owned().into()));
    }
    if let Some(methods) = &sub.connect {
        let methods = methods.iter().map(|method| method.value.as_str()).collect();
        return Some(Action::Connect { methods, tail: sub.tail });
    }
    if sub.options.is_some() || sub.text {
        return Some(Action::Read { text: sub.text });
    }
    match (sub.action.as_ref().map(|action| action.value.as_str()), sub.name.value.as_str()) {
        (Some("evict"), _) => Some(Action::Evict),
        (Some("bind"), _) => Some(Action::Bind),
        (Some(_), _) => Some(Action::Ask),
        (None, "finalize") => Some(Action::Finalize),
        (None, "status") => Some(Action::Part("status".into())),
        (None, "scale") => Some(Action::Scale {
            spec_replicas: path(&sub.replicas, ".spec.replicas"),
            status_replicas: path(&sub.observed, ".status.replicas"),
            selector: path(&sub.selector, ""),
        }),
        (None, _) => None,
    }
}

/// What a subresource can do that states no verbs.
pub(crate) fn usual_verbs(action: &Action) -> Verbs {
    match action {
        Action::Part(_) | Action::Scale { .. } => Verbs::STATUS,
        Action::Finalize => Verbs::NONE.with(Verb::Update),
        Action::Connect { methods, .. } => methods.verbs(),
        Action::Read { .. } => Verbs::NONE.with(Verb::Get),
        Action::Evict | Action::Bind | Action::Ask => Verbs::NONE.with(Verb::Create),
    }
}

/// Resource name of a kind.
pub(crate) fn plural(kind: &raw::Kind) -> String {
    kind.plural.as_ref().map_or_else(|| format!("{}s", kind.kind.value.to_lowercase()), |plural| plural.value.clone())
}

/// A release as numbers, so that 1.9 comes before 1.10.
pub(crate) fn number(release: &str) -> Vec<u64> {
    release.trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

/// Stability level of a version by its name.
fn level(version: &str) -> &'static str {
    match version {
        _ if version.contains("alpha") => "alpha",
        _ if version.contains("beta") => "beta",
        _ => "ga",
    }
}

fn text(words: &Words) -> Text {
    words.value.clone().into()
}

fn verbs(words: &[Words]) -> Verbs {
    Verb::ALL.into_iter().filter(|verb| words.iter().any(|word| word.value == verb.as_str())).collect()
}

/// The kind's own word, else its version's.
fn lifecycle(version: &Life, kind: &Life) -> Lifecycle {
    let either = |own: &Option<Words>, default: &Option<Words>| own.as_ref().or(default.as_ref()).map(text).unwrap_or_default();
    Lifecycle {
        introduced: either(&kind.introduced, &version.introduced),
        deprecated: either(&kind.deprecated, &version.deprecated),
        removed: either(&kind.removed, &version.removed),
        replacement: either(&kind.replacement, &version.replacement),
        warning: either(&kind.warning, &version.warning),
    }
}

fn column(column: &raw::Column) -> Column {
    let cell = column.path.as_ref().or(column.json_path.as_ref()).or(column.cell.as_ref()).map(text).unwrap_or_default();
    Column {
        name: text(&column.name),
        ty: if column.ty.is_empty() { "string".into() } else { column.ty.clone().into() },
        format: column.format.clone().into(),
        priority: i32::try_from(column.priority).unwrap_or_default(),
        cell,
        doc: column.doc.clone().into(),
    }
}

fn strategy(kind: &raw::Kind) -> Strategy {
    Strategy {
        generation: kind.generation.unwrap_or_else(|| kind.fields.iter().any(|field| field.name.value == "spec")),
        unconditional_update: kind.unconditional_update,
        create_on_update: kind.create_on_update,
        delete_returns_object: kind.delete_returns_object,
        names: match kind.names.as_ref().map(|names| names.value.as_str()) {
            Some("label") => NameRule::Label,
            Some("label1035") => NameRule::Label1035,
            Some("path") => NameRule::PathSegment,
            _ => NameRule::Subdomain,
        },
    }
}
