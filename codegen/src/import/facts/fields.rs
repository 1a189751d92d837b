//! A field of a facts document to a field of a schema.

use serde_json::Value;

use super::names::{Found, Names};
use super::{is, tags, text, texts};
use crate::import::report::Report;
use crate::import::write::{Map, Node};

/// Fields that only carry the kind and the version of an object, which schemas imply.
const TYPE_META: [&str; 2] = ["TypeMeta", "meta/v1.TypeMeta"];

/// The fields of a message as they stand under `fields:`, and the types of the package that they name.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) map: Map,
    pub(super) uses: Vec<String>,
}

/// Writes the fields of a message. `skip` names one that the kind implies.
pub(super) fn fields(owner: Found<'_>, names: &Names<'_>, skip: Option<&str>, report: &mut Report) -> Fields {
    let mut out = Fields::default();
    let Some((written, key)) = names.fields(owner) else { return out };
    for field in written {
        let implied = TYPE_META.contains(&text(field, "type")) && is(field, "inline");
        if implied || skip == Some(text(field, "json")) {
            continue;
        }
        if field.get("proto").is_none() {
            report.add("a field without a protobuf number is left out", place(owner, field));
            continue;
        }
        let scope = Scope { names, owner, key };
        let (name, map, uses) = scope.field(field, report);
        out.map.push(name, map);
        out.uses.extend(uses);
    }
    out
}

/// How the metadata of a kind is written, where it is not as usual.
pub(super) fn metadata(field: &Value, owner: Found<'_>, report: &mut Report) -> Option<Map> {
    let omit = if is(field, "omitempty") || is(field, "omitzero") { "empty" } else { "never" };
    let required = required(field, omit);
    let mut map = Map::new();
    if omit == "never" {
        map.push("omit", Node::text(omit));
    }
    if required {
        map.push("required", Node::flag(true));
    }
    checks(field, owner, &mut map, report);
    (!map.is_empty()).then_some(map)
}

fn place(owner: Found<'_>, field: &Value) -> String {
    let name = text(field, "json");
    format!("{} {}.{}", owner.key, owner.name, if name.is_empty() { text(field, "go") } else { name })
}

/// Where a field stands: in a message of one package, written in the terms of another when the message is defined as a foreign struct.
struct Scope<'a, 'n> {
    names: &'n Names<'a>,
    owner: Found<'a>,
    key: &'a str,
}

impl Scope<'_, '_> {
    fn field(&self, field: &Value, report: &mut Report) -> (String, Map, Vec<String>) {
        let (json, proto) = (text(field, "json"), &field["proto"]);
        let inline = is(field, "inline");
        let name = if inline { inlined_name(field) } else { json.to_owned() };
        let notation = self.names.notation(text(field, "type"), text(field, "alias"), self.key, self.owner.key);
        let collection = notation.text.starts_with("list(") || notation.text.starts_with("map(");
        let optional = is(field, "pointer") && !collection;
        let mut map = Map::new();
        if let Some(number) = proto.get("number").and_then(Value::as_i64) {
            map.push("tag", Node::whole(number));
        }
        map.push("type", Node::text(format!("{}{}", notation.text, if optional { "?" } else { "" })));
        if inline {
            map.push("inline", Node::flag(true));
        } else if is(field, "jsonSkipped") {
            map.push("json", Node::flag(false));
        } else {
            presence(field, is(self.owner.value, "openapi"), optional || collection, &mut map);
        }
        let proto_name = text(proto, "name");
        if !inline && proto_name != name {
            map.push_text("proto", proto_name);
        }
        if let Some(message) = self.list_message(field) {
            map.push("wrapped", Node::text(message));
        }
        self.merging(field, collection, &notation.text, &mut map, report);
        self.values(field, &mut map, report);
        (name, map, notation.uses)
    }

    /// The named list type that is a message of its own.
    fn list_message(&self, field: &Value) -> Option<String> {
        let alias = text(field, "alias");
        let named = alias.strip_prefix("map[").and_then(|rest| rest.split_once(']')).map_or(alias, |(_, value)| value);
        let found = self.names.find(named, self.key)?;
        (is(found.value, "proto") && text(found.value, "type").starts_with("[]")).then(|| found.name.to_owned())
    }

    /// How lists, maps and messages merge.
    fn merging(&self, field: &Value, collection: bool, notation: &str, map: &mut Map, report: &mut Report) {
        match text(field, "listType") {
            kind @ ("atomic" | "set") if collection || notation == "bytes" => map.push("list", Node::text(kind)),
            "" | "map" => {}
            kind => report.add(format!("`listType={kind}` says nothing about a field that is no list"), place(self.owner, field)),
        }
        let keys = texts(field, "listMapKeys");
        if !keys.is_empty() {
            map.push("keys", Node::words(keys.iter().copied()));
        }
        map.push_text("map", [text(field, "mapType"), text(field, "structType")].concat().as_str());
        map.push_text("patch", text(field, "patchStrategy"));
        let merge_key = text(field, "patchMergeKey");
        if !(text(field, "listType") == "map" && keys == [merge_key]) {
            map.push_text("mergeKey", merge_key);
        }
    }

    /// Gates, defaults and checks.
    fn values(&self, field: &Value, map: &mut Map, report: &mut Report) {
        if let Some(gates) = texts(field, "featureGates").first() {
            let gates: Vec<&str> = gates.split(',').collect();
            map.push("gate", if gates.len() == 1 { Node::text(gates[0]) } else { Node::words(gates) });
        }
        if let Some(default) = field.get("default") {
            map.push("default", Node::json(default));
        }
        checks(field, self.owner, map, report);
    }
}

/// What the validation tags of a field say.
fn checks(field: &Value, owner: Found<'_>, map: &mut Map, report: &mut Report) {
    match tags::field_rules(&texts(field, "validation")) {
        Ok(tags) => {
            let known = text(field, "listType");
            if tags.list.as_deref().is_some_and(|list| list != known) {
                report.add("a validation tag states another list type than the field", place(owner, field));
            }
            map.entries.extend(tags.keys.entries);
        }
        Err(tag) => report.add("a validation tag cannot be expressed", format!("{}: {tag}", place(owner, field))),
    }
}

/// Whether JSON leaves a field out, and whether documents require it.
fn presence(field: &Value, documented: bool, leaves_out: bool, map: &mut Map) {
    let omit = match (is(field, "omitzero"), is(field, "omitempty")) {
        (true, _) => "zero",
        (_, true) => "empty",
        _ => "never",
    };
    if omit != if leaves_out { "empty" } else { "never" } {
        map.push("omit", Node::text(omit));
    }
    let required = if documented { is(field, "openapiRequired") } else { required(field, omit) };
    if required != (omit == "never") {
        map.push("required", Node::flag(required));
    }
}

/// `+required` wins; otherwise a field that is always written, and not marked optional.
fn required(field: &Value, omit: &str) -> bool {
    is(field, "required") || (!is(field, "optional") && omit == "never")
}

/// An inlined field has no JSON name: its protobuf name, or its Go name with a small first letter.
fn inlined_name(field: &Value) -> String {
    let proto = text(&field["proto"], "name");
    if !proto.is_empty() {
        return proto.to_owned();
    }
    let go = text(field, "go");
    let mut letters = go.chars();
    letters.next().map(|first| first.to_ascii_lowercase().to_string() + letters.as_str()).unwrap_or_default()
}
