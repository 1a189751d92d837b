//! The Table form: columns with their meaning, and a row of cells for each object.

use std::borrow::Cow;

use jiff::Timestamp;
use kubewright_model::{Column, Kind};
use serde_json::Value;

use crate::codec::json;
use crate::handler::Call;
use crate::negotiate::TransformKind;
use crate::object::Message;
use crate::printer::Cell;
use crate::registry::Resource;
use crate::reply::{Encoder, Source, wire};
use crate::rule::quote::quoted;
use crate::status::ApiError;

/// What a row holds of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Include {
    /// Nothing.
    None,
    /// Type and metadata.
    Metadata,
    /// All of it.
    Object,
}

/// The table of one kind.
pub(crate) struct Table<'a> {
    columns: Cow<'a, [Column]>,
    /// One for each column; `None` for an expression that means nothing.
    cells: Vec<Option<Cell>>,
    include: Include,
    /// The cells show the hub object, whatever version was asked for.
    of_hub: bool,
}

impl<'a> Table<'a> {
    /// The table that a request asks for.
    pub(crate) fn read(call: &'a Call) -> Result<Self, ApiError> {
        let asked = call.output.transform.as_ref().is_some_and(|transform| transform.kind == TransformKind::Table);
        let include = match call.request.query.get("includeObject").unwrap_or_default() {
            "None" => Include::None,
            "Object" => Include::Object,
            "" | "Metadata" => Include::Metadata,
            other if asked => {
                let why = format!("includeObject: Invalid value: {}: must be 'Metadata', 'Object', 'None', or empty", quoted(other));
                return Err(ApiError::bad_request(format!("Unable to convert to Table as requested: {why}")));
            }
            _ => Include::Metadata,
        };
        let (kind, of_hub) = shown(call.resource(), call.endpoint.version);
        let columns = with_name(kind);
        let cells = if asked { columns.iter().map(|column| column.cell.parse().ok()).collect() } else { Vec::new() };
        Ok(Self { columns, cells, include, of_hub })
    }

    /// The table as JSON. `meta`: metadata of the list, as JSON. Without `state_columns` the columns are `null`.
    pub(crate) fn encode(
        &self,
        encoder: &Encoder<'_>,
        items: &[Source<'_>],
        meta: &[u8],
        version: &'static str,
        state_columns: bool,
    ) -> Result<Vec<u8>, ApiError> {
        let mut out = Vec::new();
        wire::open_json(&mut out, "Table", &format!("meta.k8s.io/{version}"));
        out.extend_from_slice(b",\"metadata\":");
        out.extend_from_slice(meta);
        out.extend_from_slice(b",\"columnDefinitions\":");
        let definitions = if state_columns { self.columns.iter().map(definition).collect() } else { Value::Null };
        out.extend_from_slice(definitions.to_string().as_bytes());
        out.extend_from_slice(b",\"rows\":[");
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            self.row(encoder, *item, version, &mut out)?;
        }
        out.extend_from_slice(b"]}");
        Ok(out)
    }

    fn row(&self, encoder: &Encoder<'_>, item: Source<'_>, version: &'static str, out: &mut Vec<u8>) -> Result<(), ApiError> {
        let cells = if self.of_hub { self.cells(item.hub()) } else { encoder.with_view(item, |object| self.cells(object))? };
        out.extend_from_slice(b"{\"cells\":");
        out.extend_from_slice(cells.to_string().as_bytes());
        out.extend_from_slice(b",\"object\":");
        match self.include {
            Include::None => out.extend_from_slice(b"null"),
            Include::Metadata => {
                out.extend_from_slice(&Encoder { media: crate::negotiate::Media::Json, ..*encoder }.partial(item, version)?);
            }
            Include::Object => out.extend_from_slice(&encoder.whole(item)?),
        }
        out.push(b'}');
        Ok(())
    }

    fn cells(&self, object: &dyn Message) -> Value {
        let (value, now) = (json::to_value(object), Timestamp::now());
        let desc = Some(object.descriptor());
        self.cells.iter().map(|cell| cell.as_ref().map_or(Value::Null, |cell| cell.evaluate(&value, desc, now))).collect()
    }
}

/// The columns that tables of a version have. Their cells are those of the hub object when the version has no columns of its own.
pub fn columns(resource: &Resource, version: usize) -> Cow<'_, [Column]> {
    with_name(shown(resource, version).0)
}

/// The kind whose columns are shown, and whether it is the hub in place of the one asked for.
fn shown(resource: &Resource, version: usize) -> (&Kind, bool) {
    let (asked, hub) = (&resource.versions[version].kind, &resource.versions[resource.hub].kind);
    let of_hub = asked.columns.is_empty() && !hub.columns.is_empty();
    (if of_hub { hub } else { asked }, of_hub)
}

/// The columns of a kind: its own, after the name unless that is among them; name and creation when it has none.
fn with_name(kind: &Kind) -> Cow<'_, [Column]> {
    if kind.columns.iter().any(|column| column.name == "Name") {
        return Cow::Borrowed(&kind.columns);
    }
    let own = if kind.columns.is_empty() { vec![created()] } else { kind.columns.to_vec() };
    Cow::Owned([vec![name()], own].concat())
}

fn name() -> Column {
    Column {
        name: "Name".into(),
        ty: "string".into(),
        format: "name".into(),
        priority: 0,
        cell: ".metadata.name".into(),
        doc: "Name that is unique within the namespace, or within the cluster for kinds without namespaces.".into(),
    }
}

fn created() -> Column {
    Column {
        name: "Created At".into(),
        ty: "date".into(),
        format: "".into(),
        priority: 0,
        cell: ".metadata.creationTimestamp".into(),
        doc: "When the server created the object, in RFC 3339 form and UTC.".into(),
    }
}

fn definition(column: &Column) -> Value {
    serde_json::json!({"name": column.name, "type": column.ty, "format": column.format, "description": column.doc, "priority": column.priority})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_name_is_always_there() {
        let mut kind = sample::kind("", "v1", "Thing", "things");
        let heads = |kind: &Kind| with_name(kind).iter().map(|column| column.name.clone().into_owned()).collect::<Vec<_>>();
        assert_eq!(heads(&kind), ["Name", "Created At"]);
        kind.columns = vec![Column { name: "Size".into(), ..created() }].into();
        assert_eq!(heads(&kind), ["Name", "Size"]);
        kind.columns = vec![Column { name: "Age".into(), ..created() }, name()].into();
        assert_eq!(heads(&kind), ["Age", "Name"]);
    }
}
