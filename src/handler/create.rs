//! POST on a collection.

use http::StatusCode;

use crate::intake;
use crate::metadata::{self, NAME_ATTEMPTS};
use crate::namespace;
use crate::object::Object;
use crate::object::path::{metadata as meta_of, metadata_mut};
use crate::reply::Source;
use crate::rule::default;
use crate::server::Response;
use crate::status::{ApiError, Details};
use crate::store::{Entry, StoreError};

use super::call::{decode, store_failed};
use super::options::WriteOptions;
use super::{Call, body, change, credit, validation};

/// Answers with the object as it was created.
pub(super) async fn create(call: Call) -> Result<Response, ApiError> {
    let options = WriteOptions::read(&call.request, "CreateOptions")?;
    let mut sent = body::take(&call, &options)?;
    let object = insert(&call, sent.object, &options, &mut sent.warnings).await?;
    call.reply(StatusCode::CREATED, Source::Fresh(&*object), &sent.warnings)
}

/// Creates an object of the request's version; answers with the hub object.
pub(crate) async fn insert(
    call: &Call,
    mut object: Object,
    options: &WriteOptions,
    warnings: &mut Vec<String>,
) -> Result<Object, ApiError> {
    let kind = call.kind();
    let mut name = String::new();
    if let Some(meta) = metadata_mut(&mut *object) {
        metadata::clear_system_fields(meta);
        metadata::adopt_namespace(meta, kind, call.target.namespace.as_deref())?;
        warnings.extend(metadata::dedup_owners(meta));
        if kind.strategy.generation {
            meta.generation = 1;
        }
        name.clone_from(&meta.name);
    }
    namespace::admit(call, &name).await?;
    let parts: Vec<usize> = change::parts(kind).filter_map(|part| object.descriptor().field(part)).collect();
    for field in &parts {
        object.clear(*field);
    }
    if !parts.is_empty() {
        // What was cleared has defaults too.
        default::apply(&mut *object);
    }
    namespace::label(kind, &mut *object);
    let write = credit::Write {
        resource: call.resource(),
        version: call.version(),
        before: None,
        hub: None,
        manager: &options.manager,
        subresource: "",
    };
    credit::credit(&write, &mut *object)?;
    namespace::prepare_create(kind, &mut *object);
    let generated = meta_of(&*object).is_some_and(|meta| meta.name.is_empty() && !meta.generate_name.is_empty());
    let attempts = if generated { NAME_ATTEMPTS } else { 1 };
    let mut taken = None;
    for _ in 0..attempts {
        let hub = finish(call, object.boxed_clone(), options)?;
        match store(call, hub, options).await? {
            Ok(hub) => return Ok(hub),
            Err((name, current)) => taken = Some((name, current)),
        }
    }
    let (name, current) = taken.unwrap_or_default();
    Err(exists(call, &name, current, generated))
}

/// Gives the object its name and identity, converts and validates it.
fn finish(call: &Call, mut object: Object, options: &WriteOptions) -> Result<Object, ApiError> {
    if let Some(meta) = metadata_mut(&mut *object) {
        if meta.name.is_empty() && !meta.generate_name.is_empty() {
            meta.name = metadata::generated_name(&meta.generate_name);
        }
        metadata::stamp(meta);
    }
    namespace::label(call.kind(), &mut *object);
    let hub = intake::to_hub(call.version(), object, None).map_err(|error| intake::conversion_failed(&error))?;
    validation::check_create(call.kind(), &*hub, &call.api.registry.gates)?;
    if let (Some(meta), false) = (meta_of(&*hub), options.dry_run) {
        metadata::refuse_revision(meta)?;
    }
    Ok(hub)
}

/// Writes the object, unless its name is taken: then the name, and what has it.
async fn store(call: &Call, mut hub: Object, options: &WriteOptions) -> Result<Result<Object, (String, Option<Entry>)>, ApiError> {
    let name = meta_of(&*hub).map(|meta| meta.name.clone()).unwrap_or_default();
    let key = call.key(&name);
    if options.dry_run {
        let current = call.api.store.get(&key, None).await.map_err(|error| store_failed(&error))?;
        return Ok(if current.is_some() { Err((name, current)) } else { Ok(hub) });
    }
    let bytes = intake::encode_stored(call.resource(), &*hub)?;
    match call.api.store.put_if(&key, bytes.into(), 0).await {
        Ok(revision) => {
            namespace::admit_written(call, &name, revision).await?;
            if let Some(meta) = metadata_mut(&mut *hub) {
                meta.resource_version = revision.to_string();
            }
            Ok(Ok(hub))
        }
        Err(StoreError::Conflict { current }) => Ok(Err((name, current))),
        Err(error) => Err(store_failed(&error)),
    }
}

fn exists(call: &Call, name: &str, current: Option<Entry>, generated: bool) -> ApiError {
    let kind = call.kind();
    let mut error = ApiError::already_exists(&kind.group, &kind.plural, name);
    if generated {
        error.message.push_str(", the server was not able to generate a unique name for the object");
        return error.with_details(Details { retry_after: 1, ..Details::of(&kind.group, &kind.plural, name) });
    }
    let stored = current.and_then(|entry| decode(call.resource(), entry).ok());
    let deleted = stored.and_then(|stored| Some(meta_of(&*stored.hub)?.deletion_timestamp.is_some()));
    if deleted == Some(true) {
        error.message.insert_str(0, "object is being deleted: ");
    }
    error
}
