//! What the attributes of a struct say of its kind.

use std::borrow::Cow;

use darling::util::SpannedValue;
use darling::{Error, error::Accumulator};
use kubewright_model::{Action, Column, Desc, Enabled, Kind, Lifecycle, Ref, Speaks, Strategy, Subresource, Text, Verbs};
use proc_macro2::Ident;

use crate::attr::{ColumnAttr, ResourceAttr};

/// The kind, in terms of the user's types: `list` is the struct of its lists.
pub(crate) fn kind(attr: &ResourceAttr, name: String, desc: &Desc, list: &Ident, errors: &mut Accumulator) -> Kind {
    let lower = name.to_lowercase();
    let namespaced = match attr.scope.as_ref().map(|scope| (scope.as_str(), scope.span())) {
        None | Some(("Namespaced", _)) => true,
        Some(("Cluster", _)) => false,
        Some((_, span)) => {
            errors.push(Error::custom("expected \"Namespaced\" or \"Cluster\"").with_span(&span));
            true
        }
    };
    if let Some(kind) = attr.kind.as_ref().filter(|kind| !kind.starts_with(|c: char| c.is_ascii_uppercase())) {
        errors.push(
            Error::custom("a kind is written in camel case and starts with a capital, such as \"Widget\"")
                .with_span(&SpannedValue::span(kind)),
        );
    }
    let list_kind = attr.list_kind.clone().unwrap_or_else(|| format!("{name}List"));
    Kind {
        group: (*attr.group).clone().into(),
        version: (*attr.version).clone().into(),
        ty: Ref::Named(attr.ident.to_string().into()),
        list_ty: Ref::Named(list.to_string().into()),
        kind: name.into(),
        list_kind: list_kind.into(),
        plural: attr.plural.clone().unwrap_or_else(|| format!("{lower}s")).into(),
        singular: attr.singular.clone().unwrap_or(lower).into(),
        namespaced,
        short_names: texts(&attr.short_names.0),
        categories: texts(&attr.categories.0),
        verbs: Verbs::ALL,
        subresources: subresources(attr).into(),
        columns: attr.column.iter().map(column).collect::<Vec<_>>().into(),
        selectable: texts(&attr.selectable.0),
        lifecycle: lifecycle(attr),
        enabled: Enabled::On,
        strategy: Strategy { generation: desc.field("spec").is_some(), ..Strategy::CUSTOM },
    }
}

fn lifecycle(attr: &ResourceAttr) -> Lifecycle {
    let text = |text: &Option<String>| text.clone().unwrap_or_default().into();
    Lifecycle {
        introduced: text(&attr.introduced),
        deprecated: text(&attr.deprecated),
        removed: text(&attr.removed),
        replacement: text(&attr.replacement),
        warning: Text::default(),
    }
}

fn texts(texts: &[String]) -> Cow<'static, [Text]> {
    texts.iter().cloned().map(Into::into).collect::<Vec<_>>().into()
}

fn subresources(attr: &ResourceAttr) -> Vec<Subresource> {
    let scale = attr.scale.as_ref().map(|scale| Subresource {
        name: "scale".into(),
        verbs: Verbs::STATUS,
        speaks: Some(Speaks {
            group: "autoscaling".into(),
            version: "v1".into(),
            kind: "Scale".into(),
            ty: Ref::Named("::kubewright::scale::Scale".into()),
        }),
        options: None,
        action: Action::Scale {
            spec_replicas: scale.replicas.clone().into(),
            status_replicas: scale.observed.clone().into(),
            selector: scale.selector.clone().into(),
        },
    });
    let status = attr.status.is_present().then(|| Subresource::part("status"));
    scale.into_iter().chain(status).collect()
}

fn column(attr: &ColumnAttr) -> Column {
    Column {
        name: attr.name.clone().into(),
        ty: attr.ty.clone().unwrap_or_else(|| "string".to_owned()).into(),
        format: attr.format.clone().into(),
        priority: attr.priority,
        cell: attr.cell.clone().into(),
        doc: attr.doc.clone().into(),
    }
}
