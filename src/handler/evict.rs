//! POST of an Eviction: the object is deleted with the delete options inside.

use kubewright_model::Speaks;

use crate::codec::json;
use crate::meta::v1;
use crate::object::Message;
use crate::object::Value;
use crate::object::path::{get_path, metadata};
use crate::server::Response;
use crate::status::ApiError;

use super::delete::{DeleteOptions, Fate, remove};
use super::options::WriteOptions;
use super::{Call, connect};

/// Answers with a Status.
pub(super) async fn evict(call: Call, speaks: Speaks) -> Result<Response, ApiError> {
    let written = WriteOptions::read(&call.request, "CreateOptions")?;
    let sent = connect::taken(&call, &speaks, &written)?;
    same_name(&call, &*sent.object, &speaks)?;
    let mut options = DeleteOptions::checked(delete_options(&*sent.object)?)?;
    options.dry_run |= written.dry_run;
    match remove(&call, call.name(), &options).await? {
        Fate::Removed(_) | Fate::Marked(_) => Ok(call.reply_created()),
        Fate::Moved => Err(call.conflict(call.name())),
    }
}

/// What is posted to an object names that object.
pub(super) fn same_name(call: &Call, sent: &dyn Message, speaks: &Speaks) -> Result<(), ApiError> {
    let named = metadata(sent).map(|meta| meta.name.as_str()).unwrap_or_default();
    if named == call.name() {
        return Ok(());
    }
    Err(ApiError::bad_request(format!("name in URL does not match name in {} object", speaks.kind)))
}

fn delete_options(eviction: &dyn Message) -> Result<v1::DeleteOptions, ApiError> {
    let mut options = v1::DeleteOptions::default();
    if let Some(Value::Msg(sent)) = get_path(eviction, ".deleteOptions") {
        json::from_value(&json::to_value(sent), &mut options, None).map_err(|error| ApiError::bad_request(error.to_string()))?;
    }
    Ok(options)
}
