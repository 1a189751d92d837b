//! How a kind is shown and reached: columns, selectable fields, subresources. What leads nowhere is left to the definition's own words.

use kubewright_model::{Action, Column, Subresource, Text, Verbs};
use serde_json::Value;

use super::path::{End, follow};
use crate::import::write::{Map, Node};

/// Types of columns.
const TYPES: [&str; 5] = ["string", "integer", "number", "boolean", "date"];

/// The columns of a version, that of the name before them. None when it states none.
pub(super) fn columns(version: &Value) -> Vec<Column> {
    let stated = version.get("additionalPrinterColumns").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let made: Vec<Column> = stated.iter().filter_map(column).collect();
    if made.is_empty() {
        return made;
    }
    let name = Column { format: "name".into(), ..Column::new("Name", ".metadata.name") };
    std::iter::once(name).chain(made).collect()
}

fn column(stated: &Value) -> Option<Column> {
    let text = |key: &str| stated.get(key).and_then(Value::as_str).unwrap_or_default();
    let (name, path, ty) = (text("name"), text("jsonPath"), text("type"));
    if name.is_empty() || !path.starts_with('.') {
        return None;
    }
    let age = ty == "date" && !path.contains([',', '(']);
    Some(Column {
        name: name.to_owned().into(),
        ty: Text::from(TYPES.into_iter().find(|known| *known == ty).unwrap_or("string")),
        format: text("format").to_owned().into(),
        priority: stated.get("priority").and_then(Value::as_i64).and_then(|priority| i32::try_from(priority).ok()).unwrap_or_default(),
        cell: if age { format!("age({path})") } else { path.to_owned() }.into(),
        doc: text("description").trim_end().to_owned().into(),
    })
}

/// Columns as lines.
pub(super) fn lines(columns: &[Column], schema: &Value) -> Vec<Node> {
    columns.iter().map(|column| line(column, schema)).collect()
}

fn line(column: &Column, schema: &Value) -> Node {
    let mut map = Map::new().with("name", Node::text(&*column.name));
    let age = column.cell.strip_prefix("age(").and_then(|rest| rest.strip_suffix(')'));
    let leads = follow(schema, age.unwrap_or(&column.cell)).is_some();
    match age {
        Some(path) if !leads => map.push("jsonPath", Node::text(path)),
        Some(_) => map.push("cell", Node::text(&*column.cell)),
        None => map.push(if leads { "path" } else { "jsonPath" }, Node::text(&*column.cell)),
    }
    if column.ty != "string" {
        map.push("type", Node::text(&*column.ty));
    }
    map.push_text("format", &column.format);
    if column.priority != 0 {
        map.push("priority", Node::whole(column.priority));
    }
    map.push_text("doc", &column.doc);
    map.into()
}

/// The fields that selectors may name.
pub(super) fn selectable(version: &Value, schema: &Value) -> Vec<Text> {
    let stated = version.get("selectableFields").and_then(Value::as_array).into_iter().flatten();
    let paths = stated.filter_map(|field| field.get("jsonPath").and_then(Value::as_str));
    paths.filter(|path| follow(schema, path) == Some(End::Value)).map(|path| Text::from(path.to_owned())).collect()
}

/// The subresources that the schema has the fields for.
pub(super) fn subresources(version: &Value, schema: &Value) -> Vec<Subresource> {
    let Some(stated) = version.get("subresources") else { return Vec::new() };
    let mut made = Vec::new();
    if stated.get("status").is_some() && follow(schema, ".status").is_some() {
        made.push(Subresource::part("status"));
    }
    if let Some(scale) = stated.get("scale") {
        let path = |key: &str| Text::from(scale.get(key).and_then(Value::as_str).unwrap_or_default().to_owned());
        let (spec_replicas, status_replicas, selector) = (path("specReplicasPath"), path("statusReplicasPath"), path("labelSelectorPath"));
        let leads = |path: &str| follow(schema, path).is_some();
        if leads(&spec_replicas) && leads(&status_replicas) && (selector.is_empty() || leads(&selector)) {
            let action = Action::Scale { spec_replicas, status_replicas, selector };
            made.push(Subresource { name: "scale".into(), verbs: Verbs::STATUS, speaks: None, options: None, action });
        }
    }
    made
}

/// Subresources as the kind writes them.
pub(super) fn subresource_lines(subresources: &[Subresource]) -> Map {
    let mut map = Map::new();
    for sub in subresources {
        let mut line = Map::new();
        if let Action::Scale { spec_replicas, status_replicas, selector } = &sub.action {
            if spec_replicas != ".spec.replicas" {
                line.push("replicas", Node::text(&**spec_replicas));
            }
            if status_replicas != ".status.replicas" {
                line.push("observed", Node::text(&**status_replicas));
            }
            line.push_text("selector", selector);
        }
        map.push(&*sub.name, line);
    }
    map
}
