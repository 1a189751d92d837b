//! Names: of groups, versions, kinds, resources, types, fields and enum values.

use std::collections::HashMap;

use heck::AsSnakeCase;

use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::field::{Body, Field, Type};
use crate::raw::group::{File, Group, Set, Version};
use crate::raw::kind::Kind;
use crate::raw::value::Words;
use crate::resolve::kinds::plural;
use crate::source::Span;

pub(super) fn check(set: &Set, problems: &mut Collector) {
    if let Some(name) = &set.set
        && name.value != set.name
    {
        let problem =
            Diagnostic::new("name-set", name.span, format!("the set in the directory `{}` calls itself `{}`", set.name, name.value));
        problems.report(problem.help(format!("write `set: {}`, or rename the directory", set.name)));
    }
    let mut groups: HashMap<&str, Span> = HashMap::new();
    for group in &set.groups {
        if let Some(first) = groups.insert(&group.group.value, group.group.span) {
            let problem =
                Diagnostic::new("name-group", group.group.span, format!("two directories describe the group `{}`", group.group.value));
            problems.report(problem.other(first, "the other").help("move the versions of one group into one directory"));
        }
        self::group(group, problems);
        for version in &group.versions {
            self::version(version, problems);
        }
    }
}

fn group(group: &Group, problems: &mut Collector) {
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(lower)
    };
    if !group.group.value.is_empty() && !group.group.value.split('.').all(label) {
        let problem = Diagnostic::new("name-group", group.group.span, format!("`{}` is no name of a group", group.group.value));
        problems.report(problem.help("groups are domain names in lower case, such as `wardle.example.com`"));
    }
}

fn lower(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn version(version: &Version, problems: &mut Collector) {
    if !is_version(&version.name.value) {
        let problem = Diagnostic::new("name-version", version.name.span, format!("`{}` is no name of a version", version.name.value));
        problems.report(problem.help("versions are named v1, v1beta1, v2alpha3"));
    }
    let mut plurals: HashMap<String, Span> = HashMap::new();
    for file in &version.files {
        let types = match file {
            File::Types(types) => types,
            File::Kind(kind) => {
                self::kind(kind, problems);
                let span = kind.plural.as_ref().map_or(kind.kind.span, |plural| plural.span);
                if let Some(first) = kind.resource.then(|| plurals.insert(plural(kind), span)).flatten() {
                    let problem =
                        Diagnostic::new("name-plural", span, format!("two kinds of this version are served as `{}`", plural(kind)));
                    problems.report(problem.other(first, "first here").help("give one of them another `plural:`"));
                }
                fields(&kind.fields, problems);
                implied(kind, problems);
                &kind.types
            }
        };
        for ty in types {
            self::ty(ty, problems);
        }
    }
}

/// `v` and a number, and perhaps `alpha` or `beta` and a number.
fn is_version(name: &str) -> bool {
    let digits = |text: &str| text.starts_with(|c: char| ('1'..='9').contains(&c)) && text.chars().all(|c| c.is_ascii_digit());
    let Some(rest) = name.strip_prefix('v') else { return false };
    let parts = rest.split_once("alpha").or_else(|| rest.split_once("beta"));
    parts.map_or_else(|| digits(rest), |(major, minor)| digits(major) && digits(minor))
}

fn kind(kind: &Kind, problems: &mut Collector) {
    for name in std::iter::once(&kind.kind).chain(&kind.list_kind) {
        pascal(name, "kind", problems);
    }
    for name in [&kind.plural, &kind.singular].into_iter().flatten().chain(&kind.short_names) {
        if !name.value.starts_with(|c: char| c.is_ascii_lowercase()) || !name.value.chars().all(lower) {
            let problem = Diagnostic::new("name-resource", name.span, format!("`{}` is no name of a resource", name.value));
            problems.report(problem.help("resources are named in lower case letters, digits and `-`, starting with a letter"));
        }
    }
}

/// Fields that every object has are not written again.
fn implied(kind: &Kind, problems: &mut Collector) {
    let metadata = kind.metadata.as_ref().map(|_| "metadata");
    for field in kind.fields.iter().filter(|field| ["kind", "apiVersion"].into_iter().chain(metadata).any(|name| field.name.value == name))
    {
        let problem = Diagnostic::new("field-implied", field.name.span, format!("every object has the field `{}`", field.name.value));
        problems.report(
            problem
                .help("leave it out; `metadata: {...}` of the kind says how metadata is written, and `metadata: false` that it has none"),
        );
    }
}

fn ty(ty: &Type, problems: &mut Collector) {
    pascal(&ty.name, "type", problems);
    if let Some(span) = ty.mixed {
        let problem = Diagnostic::new("type-body", span, "a type is a message, an enum or an alias, not two of them");
        problems.report(problem.help("keep one of `fields`, `enum` and `alias`"));
    }
    match &ty.body {
        Body::Message { fields, .. } => self::fields(fields, problems),
        Body::Enum { values, .. } => enum_values(ty, values, problems),
        Body::Alias(_) => {}
    }
}

fn enum_values(ty: &Type, values: &[(Words, String)], problems: &mut Collector) {
    if values.is_empty() {
        problems.report(Diagnostic::new("enum-values", ty.name.span, format!("the enum `{}` has no values", ty.name.value)));
    }
    let mut known: HashMap<&str, Span> = HashMap::new();
    for (value, _) in values {
        if let Some(first) = known.insert(&value.value, value.span) {
            let problem = Diagnostic::new("enum-values", value.span, format!("`{}` stands twice in this enum", value.value));
            problems.report(problem.other(first, "first here"));
        }
    }
}

fn pascal(name: &Words, what: &str, problems: &mut Collector) {
    let good = name.value.starts_with(|c: char| c.is_ascii_uppercase()) && name.value.chars().all(|c| c.is_ascii_alphanumeric());
    if !good {
        let problem = Diagnostic::new("name-type", name.span, format!("`{}` is no name of a {what}", name.value));
        let better = heck::AsPascalCase(&name.value).to_string();
        problems.report(problem.help(format!("kinds and types are named like `{better}`: letters and digits, starting with a capital")));
    }
}

fn fields(fields: &[Field], problems: &mut Collector) {
    for wrapper in fields.iter().filter_map(|field| field.wrapper.as_ref()) {
        pascal(wrapper, "message", problems);
    }
    let mut known: HashMap<String, Span> = HashMap::new();
    for field in fields {
        let name = &field.name.value;
        let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-$".contains(c));
        let rust = field.rust.as_ref().map_or_else(|| AsSnakeCase(name).to_string(), |rust| rust.value.clone());
        if !good && (field.rust.is_none() || field.proto.is_none()) {
            let problem = Diagnostic::new("name-field", field.name.span, format!("`{name}` is no name of a field"));
            problems.report(problem.help("fields are named like `clusterIP`: letters and digits, starting with a letter"));
        } else if let Some(first) = known.insert(rust.clone(), field.name.span) {
            let problem = Diagnostic::new("name-clash", field.name.span, format!("`{name}` and another field are both `{rust}` in Rust"));
            problems.report(problem.other(first, "the other").help("give one of them another name with `rust:`"));
        }
    }
}
