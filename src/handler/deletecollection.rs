//! DELETE of a collection: a list, each of whose objects is then deleted.

use crate::metadata::of as metadata;
use crate::server::Response;
use crate::status::ApiError;

use super::Call;
use super::delete::{DeleteOptions, remove};
use super::list;
use super::list_options::ListOptions;

/// Answers with the objects as they were listed. Objects that are gone meanwhile are no error; any other error ends the work.
pub(super) async fn delete_collection(call: Call) -> Result<Response, ApiError> {
    let options = DeleteOptions::read(&call)?;
    let chosen = ListOptions::read(&call.request.query, call.kind(), false)?;
    let listed = list::read(&call, &chosen).await?;
    for item in &listed.items {
        let Some(meta) = metadata(&*item.object) else { continue };
        match remove(&call, &meta.name, &options).await {
            Err(error) if error.code != 404 => return Err(error),
            _ => {}
        }
    }
    call.reply_list(&listed.sources(), &listed.meta)
}
