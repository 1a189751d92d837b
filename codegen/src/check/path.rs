//! Paths into a type: `.spec.ports[*].port`. What a map or a type without fields holds is not looked into.

use kubewright_model::{Desc, Field, Shape, Text};

use crate::diagnostic::nearest;
use crate::resolve::Model;

/// Where a path leads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'m> {
    /// To a field.
    Field(&'m Field),
    /// Into a map, or a type with a form of its own.
    Inside,
}

/// Follows a path from a type; the error says where it ends, and perhaps what was meant.
pub(super) fn follow<'m>(model: &'m Model<'_>, from: &'m Desc, path: &str) -> Result<Found<'m>, (String, Option<String>)> {
    let Some(body) = path.strip_prefix('.').filter(|body| !body.is_empty()) else {
        return Err((format!("a path starts with a dot; `{path}` does not"), Some(format!(".{path}"))));
    };
    let mut desc = from;
    let mut segments = segments(body).into_iter().peekable();
    while let Some((name, items)) = segments.next() {
        let Some(field) = member(model, desc, name) else {
            let known: Vec<&str> = members(model, desc);
            return Err((format!("{} has no field `{name}`", desc.name), nearest(name, known).map(str::to_owned)));
        };
        let last = segments.peek().is_none();
        match field.shape {
            _ if last => return Ok(Found::Field(field)),
            Shape::Map | Shape::MapOfLists => return Ok(Found::Inside),
            Shape::List if !items => return Err((format!("`{name}` is a list; write `{name}[*]` for its items"), None)),
            _ => match field.element() {
                None => return Err((format!("`{name}` has no fields"), None)),
                Some(element) => match model.resolve(element) {
                    Some(inner) => desc = inner,
                    None => return Ok(Found::Inside),
                },
            },
        }
    }
    Ok(Found::Inside)
}

/// Names, and whether a bracket follows. Brackets may hold dots.
pub(crate) fn segments(path: &str) -> Vec<(&str, bool)> {
    let mut depth = 0_usize;
    let dot_outside = |c: char| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '.' && depth == 0
    };
    path.split(dot_outside).map(|segment| segment.split_once('[').map_or((segment, false), |(name, _)| (name, true))).collect()
}

/// The field with a JSON name, in inlined parts too.
pub(super) fn member<'m>(model: &'m Model<'_>, desc: &'m Desc, name: &str) -> Option<&'m Field> {
    let own = desc.fields.iter().find(|field| field.name == name && !field.inline && !field.no_json);
    own.or_else(|| desc.fields.iter().filter(|field| field.inline).find_map(|field| member(model, model.element(field)?, name)))
}

/// The names of all fields, those of inlined parts included.
pub(super) fn members<'m>(model: &'m Model<'_>, desc: &'m Desc) -> Vec<&'m str> {
    let inlined = desc.fields.iter().filter(|field| field.inline).filter_map(|field| model.element(field));
    let mut names: Vec<&str> = inlined.flat_map(|part| members(model, part)).collect();
    names.extend(desc.fields.iter().filter(|field| !field.inline).map(|field: &Field| -> &Text { &field.name }).map(|name| &**name));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split() {
        for (path, expected) in [
            ("a.b", vec![("a", false), ("b", false)]),
            ("a[*].b", vec![("a", true), ("b", false)]),
            ("a[?b.c=d].e", vec![("a", true), ("e", false)]),
        ] {
            assert_eq!(segments(path), expected, "{path}");
        }
    }
}
