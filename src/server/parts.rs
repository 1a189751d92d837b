//! Interim.
use super::*;
use crate::object::Object;
use crate::request::{Request, Target};
use crate::status::ApiError;
use crate::store::Entry;
pub(super) async fn handle(_api: Arc<Api>, _endpoint: Endpoint, _target: Target, _request: Request) -> Result<Response, ApiError> {
    Err(ApiError::internal("no"))
}
pub(super) fn decode_stored(_r: &Resource, _e: &Entry) -> Result<Object, String> {
    Err(String::new())
}
pub(super) fn prefix(resource: &Resource, _ns: &str) -> String {
    format!("/registry/{}/", resource.key)
}
pub(super) async fn ensure_defaults(_: &Arc<Api>) -> Result<(), ApiError> {
    Ok(())
}
