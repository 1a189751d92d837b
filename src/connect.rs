//! What code of a program answers for the server: connections to what objects stand for, their logs, requests for tokens, reviews.
//!
//! The server finds the object, reads the body, and negotiates; a [`Connect`] does the rest. Where none is registered, the answer is 501.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use http::Method;

use crate::object::Object;
use crate::request::{Request, Target};
use crate::server::{Api, Response};
use crate::status::ApiError;

/// Answers requests for a subresource or for a kind that is only posted. Async functions of an [`Asked`] implement it.
pub trait Connect: Send + Sync {
    /// Answers one request.
    fn connect(&self, asked: Asked) -> Answering<'_>;
}

/// An answer in the making.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, ApiError>> + Send + 'a>>;

/// One request.
pub struct Asked {
    /// What the path names; its `tail` is what follows the subresource.
    pub target: Target,
    /// The request itself: method, query, headers, body.
    pub request: Request,
    /// The object that the subresource belongs to, in the version of the path; `None` for a kind that is only posted.
    pub object: Option<Object>,
    /// What was posted, with its defaults; `None` where requests have no body of a known kind.
    pub sent: Option<Object>,
}

/// What a program answers.
pub enum Answer {
    /// An object of the kind that was posted: it is sent in the form the client asked for, with 201.
    Object(Object),
    /// Anything else, as it is.
    Response(Response),
}

impl<F, A> Connect for F
where
    F: Fn(Asked) -> A + Send + Sync,
    A: Future<Output = Result<Answer, ApiError>> + Send + 'static,
{
    fn connect(&self, asked: Asked) -> Answering<'_> {
        Box::pin(self(asked))
    }
}

/// Who answers what.
#[derive(Default)]
pub struct Connectors {
    table: RwLock<HashMap<(String, String), Arc<dyn Connect>>>,
}

impl Connectors {
    /// Makes `connector` answer for a resource of a group, such as `pods/exec` or `tokenreviews`; it takes the place of an earlier one.
    pub fn add(&self, group: &str, resource: &str, connector: impl Connect + 'static) {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        table.insert((group.to_owned(), resource.to_owned()), Arc::new(connector));
    }

    /// Who answers for a resource of a group.
    pub fn find(&self, group: &str, resource: &str) -> Option<Arc<dyn Connect>> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        table.get(&(group.to_owned(), resource.to_owned())).cloned()
    }
}

/// Answers for a path that is no resource's.
pub(crate) async fn plain(api: &Api, path: &str, request: &Request) -> Result<Response, ApiError> {
    if request.method != Method::GET {
        return Err(ApiError::method_not_allowed());
    }
    let path = path.trim_end_matches('/');
    let connector = api.connectors.find("", path).ok_or_else(|| ApiError::not_implemented("", path, ""))?;
    match connector.connect(Asked { target: Target::default(), request: request.clone(), object: None, sent: None }).await? {
        Answer::Response(response) => Ok(response),
        Answer::Object(_) => Err(ApiError::internal(format!("{path} answers with no object"))),
    }
}

impl fmt::Debug for Connectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        f.debug_set().entries(table.keys()).finish()
    }
}
