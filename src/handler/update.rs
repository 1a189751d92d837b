//! PUT of an object, or of what a subresource shows of it.

use http::StatusCode;
use kubewright_model::Action;

use crate::metadata;
use crate::object::Message;
use crate::object::path::{metadata as meta_of, metadata_mut};
use crate::reply::Source;
use crate::scale;
use crate::server::Response;
use crate::status::ApiError;

use super::call::Stored;
use super::change::{Outcome, Scope, apply};
use super::options::WriteOptions;
use super::{Call, body, create, credit};

/// Answers with the object as it now is.
pub(super) async fn update(call: Call) -> Result<Response, ApiError> {
    let options = WriteOptions::read(&call.request, "UpdateOptions")?;
    if let Some(Action::Scale { .. }) = call.action() {
        return scale::update(&call, &options).await;
    }
    let mut sent = body::take(&call, &options)?;
    if let Some(meta) = metadata_mut(&mut *sent.object) {
        metadata::adopt_namespace(meta, call.kind(), call.target.namespace.as_deref())?;
        metadata::check_name(meta, call.name())?;
        sent.warnings.extend(metadata::dedup_owners(meta));
        if credit::is_reset_by(&call.request.body) {
            credit::reset(meta);
        }
    }
    let scope = Scope::of(&call);
    loop {
        let Some(stored) = call.stored(call.name()).await? else {
            if !(call.kind().strategy.create_on_update && scope == Scope::Whole) {
                return Err(call.not_found(call.name()));
            }
            let object = create::insert(&call, sent.object, &options, &mut sent.warnings).await?;
            return call.reply(StatusCode::CREATED, Source::Fresh(&*object), &sent.warnings);
        };
        check_uid(&call, &*sent.object, &stored)?;
        if let Outcome::Done(object) = apply(&call, &stored, sent.object.boxed_clone(), &scope, &options).await? {
            return call.reply(StatusCode::OK, Source::Fresh(&*object), &sent.warnings);
        }
    }
}

/// A uid in the body must be the object's.
pub(crate) fn check_uid(call: &Call, sent: &dyn Message, stored: &Stored) -> Result<(), ApiError> {
    let (Some(sent), Some(found)) = (meta_of(sent), meta_of(&*stored.hub)) else { return Ok(()) };
    if sent.uid.is_empty() || sent.uid == found.uid {
        return Ok(());
    }
    let why = format!(
        "StorageError: invalid object, Code: 4, Key: {}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {}, \
         UID in object meta: {}",
        stored.entry.key, sent.uid, found.uid
    );
    Err(ApiError::conflict_because(&call.kind().group, &call.kind().plural, call.name(), &why))
}
