//! Bytes to objects. The form is told by the content.

use super::kinds::{self, Known};
use super::write::compact;
use super::{Document, Problem};
use crate::codec::json::{self, Findings, TypeMeta};
use crate::codec::{envelope, protobuf, yaml};
use crate::meta::v1::WatchEvent;
use crate::object::Object;
use crate::registry::Registry;

/// The objects of a file: one, or those of a YAML file with several documents. A file without any is a problem.
pub fn read<'r>(registry: &'r Registry, bytes: &[u8]) -> Result<Vec<Document<'r>>, Problem> {
    if bytes.starts_with(envelope::MAGIC) {
        return of_protobuf(registry, bytes).map(|document| vec![document]);
    }
    if is_json(bytes) {
        return of_json(registry, bytes).map(|document| vec![document]);
    }
    let documents = yaml::documents(bytes).map_err(|error| Problem::yaml(&error))?;
    let objects: Vec<Document<'r>> =
        documents.into_iter().enumerate().map(|(at, text)| of_yaml(registry, bytes, at, &text)).collect::<Result<_, _>>()?;
    if objects.is_empty() { Err(Problem::new("there is no object in it")) } else { Ok(objects) }
}

/// Whether the text begins as a JSON object that is one. YAML's own mappings in braces begin so too.
fn is_json(bytes: &[u8]) -> bool {
    let mut rest = bytes.trim_ascii_start();
    let braces = rest.first() == Some(&b'{');
    rest = rest.get(1..).unwrap_or_default().trim_ascii_start();
    braces && matches!(rest.first(), Some(b'"' | b'}') | None)
}

fn of_protobuf<'r>(registry: &'r Registry, bytes: &[u8]) -> Result<Document<'r>, Problem> {
    let framed = envelope::unwrap(bytes).map_err(|error| Problem::protobuf(&error))?;
    let meta = TypeMeta { api_version: framed.api_version, kind: framed.kind };
    let (known, mut object) = empty(registry, &meta, true)?;
    protobuf::decode(framed.raw, &mut *object).map_err(|error| Problem::protobuf(&error))?;
    let document = document(meta, known, object, Findings::default());
    // A frame that says nothing holds an event only if its JSON would be known as one.
    if document.kind.is_empty() && !is_event(&TypeMeta::default(), &compact(&document)) {
        return Err(Problem::new("the object does not say its `kind`"));
    }
    Ok(document)
}

fn of_json<'r>(registry: &'r Registry, bytes: &[u8]) -> Result<Document<'r>, Problem> {
    object(registry, bytes, |error| Problem::json(bytes, error))
}

/// `text` is the document's JSON, `at` its position among those of the file.
fn of_yaml<'r>(registry: &'r Registry, file: &[u8], at: usize, text: &[u8]) -> Result<Document<'r>, Problem> {
    let located = |problem: Problem| Problem { at: problem.at.or_else(|| yaml::locate(file, at, "")), ..problem };
    object(registry, text, |error| Problem::in_yaml(file, at, error)).map_err(located)
}

fn object<'r>(registry: &'r Registry, text: &[u8], problem: impl Fn(&json::JsonError) -> Problem) -> Result<Document<'r>, Problem> {
    let meta = json::type_meta(text).map_err(|error| problem(&error))?;
    let (known, mut object) = empty(registry, &meta, is_event(&meta, text))?;
    let mut findings = Findings::default();
    json::decode(text, &mut *object, Some(&mut findings)).map_err(|error| problem(&error))?;
    Ok(document(meta, known, object, findings))
}

fn document(meta: TypeMeta, known: Known<'_>, object: Object, findings: Findings) -> Document<'_> {
    Document { api_version: meta.api_version, kind: meta.kind, object, known, findings }
}

/// Whether an object that says nothing about itself is the event of a watch, the only one that may.
fn is_event(meta: &TypeMeta, text: &[u8]) -> bool {
    if !meta.kind.is_empty() || !meta.api_version.is_empty() {
        return false;
    }
    let (mut event, mut findings) = (WatchEvent::default(), Findings::default());
    let read = json::decode(text, &mut event, Some(&mut findings));
    read.is_ok() && findings.is_empty() && !event.object.as_bytes().is_empty()
}

fn empty<'r>(registry: &'r Registry, meta: &TypeMeta, event: bool) -> Result<(Known<'r>, Object), Problem> {
    let (api_version, kind) = match (meta.api_version.as_str(), meta.kind.as_str()) {
        ("", "") if event => ("v1", "WatchEvent"),
        (_, "") => return Err(Problem::new("the object does not say its `kind`")),
        ("", _) => return Err(Problem::new("the object does not say its `apiVersion`")),
        both => both,
    };
    kinds::find(registry, api_version, kind).map_err(|unknown| Problem::new(unknown.to_string()))
}
