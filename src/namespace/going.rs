//! One namespace on its way out, told apart from another that has its name.

use std::sync::Arc;

use crate::handler::{Call, Stored};
use crate::object::Message;
use crate::object::path::metadata;
use crate::server::Api;
use crate::status::ApiError;

use super::content;

/// A Namespace that was seen deleted. What its content is cleared by must ask [`Going::stored`] first: a name can be taken again.
pub(super) struct Going {
    /// Position of the Namespace resource.
    at: usize,
    pub(super) name: String,
    uid: String,
}

impl Going {
    /// A Namespace, if it is deleted.
    pub(super) fn of(at: usize, namespace: &dyn Message) -> Option<Self> {
        let meta = metadata(namespace).filter(|meta| meta.deletion_timestamp.is_some())?;
        Some(Self { at, name: meta.name.clone(), uid: meta.uid.clone() })
    }

    /// A request about the Namespace itself.
    pub(super) fn call(&self, api: &Arc<Api>) -> Result<Call, ApiError> {
        content::call(api, self.at, api.registry.resources[self.at].hub, None)
    }

    /// The Namespace as the store has it now; `None` once it is gone, or another has its name.
    pub(super) async fn stored(&self, api: &Arc<Api>) -> Result<Option<Stored>, ApiError> {
        let stored = self.call(api)?.stored(&self.name).await?;
        Ok(stored.filter(|stored| Self::of(self.at, &*stored.hub).is_some_and(|now| now.uid == self.uid)))
    }
}
