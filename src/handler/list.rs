//! GET of a collection: which objects, of which revision, and on which page.

use std::sync::Arc;

use crate::cache::Cached;
use crate::intake;
use crate::reply::{ListMeta, Source};
use crate::server::Response;
use crate::status::ApiError;
use crate::store::{Entry, Range, Revision, StoreError};

use super::Call;
use super::call::store_failed;
use super::get::{fresh, reach};
use super::list_options::ListOptions;
use super::token::Token;

/// How many entries are read at a time where a selector may drop most of them.
const CHUNK: usize = 1_000;

/// Answers with a page of the collection.
pub(super) async fn list(call: Call) -> Result<Response, ApiError> {
    let options = ListOptions::read(&call.request.query, call.kind(), false)?;
    let listed = read(&call, &options).await?;
    call.reply_list(&listed.sources(), &listed.meta)
}

/// Objects of one revision.
pub(super) struct Listed {
    pub(super) items: Vec<Arc<Cached>>,
    pub(super) meta: ListMeta,
}

impl Listed {
    /// The objects, to be encoded.
    pub(super) fn sources(&self) -> Vec<Source<'_>> {
        self.items.iter().map(|item| Source::Cached(item)).collect()
    }
}

/// Which state a list shows.
enum State {
    /// The cache's, once it has reached what was asked for.
    Cached { limit: usize },
    /// The store's, as of a revision (`None`: now).
    Exact { revision: Option<Revision>, start: Option<String>, limit: usize },
}

/// Reads a page.
pub(super) async fn read(call: &Call, options: &ListOptions) -> Result<Listed, ApiError> {
    match settle(call, options).await? {
        State::Cached { limit } => from_cache(call, options, limit),
        State::Exact { revision, start, limit } => from_store(call, options, revision, start, limit).await,
    }
}

/// Chooses the state by resourceVersion, resourceVersionMatch, limit and continue, and waits for it.
async fn settle(call: &Call, options: &ListOptions) -> Result<State, ApiError> {
    let revision = options.revision().map_err(|why| ApiError::bad_request(format!("invalid resource version: {why}")))?;
    if !options.token.is_empty() {
        return resume(call, options, revision);
    }
    let limit = options.limit;
    match (revision, options.version_match.as_str()) {
        (None, _) => fresh(call.cache()).await.map(|_| State::Cached { limit }),
        (Some(0), _) => Ok(State::Cached { limit: 0 }),
        (Some(exact), "Exact") => Ok(State::Exact { revision: Some(exact), start: None, limit }),
        (Some(exact), "") if limit > 0 => Ok(State::Exact { revision: Some(exact), start: None, limit }),
        (Some(least), _) => reach(call.cache(), least).await.map(|()| State::Cached { limit }),
    }
}

fn resume(call: &Call, options: &ListOptions, revision: Option<Revision>) -> Result<State, ApiError> {
    if revision.is_some_and(|revision| revision != 0) {
        return Err(ApiError::bad_request("specifying resource version is not allowed when using continue"));
    }
    let token = Token::decode(&options.token)?;
    let limit = if revision == Some(0) { 0 } else { options.limit };
    Ok(State::Exact { revision: token.revision, start: Some(call.prefix() + &token.start), limit })
}

fn from_cache(call: &Call, options: &ListOptions, limit: usize) -> Result<Listed, ApiError> {
    let prefix = call.prefix();
    let (revision, all) = match narrowed(call, options) {
        None => call.cache().list(&prefix),
        Some(key) => (call.cache().revision(), call.cache().get(&key).into_iter().collect()),
    };
    let encoder = call.encoder();
    let mut page = Pager::new(options, limit);
    let total = all.len();
    for (at, cached) in all.into_iter().enumerate() {
        if options.matches(&encoder, Source::Cached(&cached))? {
            page.push(cached);
        }
        if page.is_full() {
            return Ok(page.finish(&prefix, revision, (total - at - 1) as u64));
        }
    }
    Ok(page.finish(&prefix, revision, 0))
}

async fn from_store(
    call: &Call,
    options: &ListOptions,
    revision: Option<Revision>,
    start: Option<String>,
    limit: usize,
) -> Result<Listed, ApiError> {
    let (prefix, encoder) = (call.prefix(), call.encoder());
    let chunk = if options.is_selective() && limit > 0 { limit.max(CHUNK) } else { limit };
    let mut page = Pager::new(options, limit);
    let mut range = Range { prefix: prefix.clone(), start, limit: chunk, revision };
    loop {
        let found = ranged(call, range.clone()).await?;
        range.revision = Some(found.revision);
        let count = found.entries.len();
        for (at, entry) in found.entries.into_iter().enumerate() {
            range.start = Some(format!("{}\0", entry.key));
            let cached = cached(call, entry)?;
            if options.matches(&encoder, Source::Cached(&cached))? {
                page.push(Arc::new(cached));
            }
            if page.is_full() {
                return Ok(page.finish(&prefix, found.revision, (count - at - 1) as u64 + found.remaining));
            }
        }
        if found.remaining == 0 {
            return Ok(page.finish(&prefix, found.revision, 0));
        }
    }
}

/// Reads the store; a revision that is yet to come is waited for, one that is gone is expired.
async fn ranged(call: &Call, range: Range) -> Result<crate::store::Page, ApiError> {
    if let Some(revision) = range.revision {
        reach(call.cache(), revision).await?;
    }
    let (start, prefix) = (range.start.clone(), range.prefix.clone());
    call.api.store.range(range).await.map_err(|error| match (error, start) {
        (StoreError::Compacted { .. }, Some(start)) if !call.request.query.get("continue").unwrap_or_default().is_empty() => {
            let token = Token { revision: None, start: start.strip_prefix(&prefix).unwrap_or(&start).to_owned() };
            let why = "The provided continue parameter is too old to display a consistent list result. Start a new list without it, or go on with \
                       the token in this response: the rest of the list will then be newer than the pages before";
            ApiError::expired_continue(why, token.encode())
        }
        (error, _) => store_failed(&error),
    })
}

fn cached(call: &Call, entry: Entry) -> Result<Cached, ApiError> {
    let object = intake::decode_stored(call.resource(), &entry).map_err(ApiError::internal)?;
    Ok(Cached::new(entry.key, entry.modified, object))
}

/// The only key that can match, when a field selector names the object (and the namespace, if the path does not).
fn narrowed(call: &Call, options: &ListOptions) -> Option<String> {
    let name = options.fields.exact("metadata.name")?;
    let namespace = match call.namespace() {
        "" if call.kind().namespaced => options.fields.exact("metadata.namespace")?,
        namespace => namespace,
    };
    Some(intake::key(call.resource(), namespace, name))
}

/// A page that fills up.
struct Pager {
    items: Vec<Arc<Cached>>,
    limit: usize,
    selective: bool,
}

impl Pager {
    fn new(options: &ListOptions, limit: usize) -> Self {
        Self { items: Vec::new(), limit, selective: options.is_selective() }
    }

    fn push(&mut self, item: Arc<Cached>) {
        self.items.push(item);
    }

    fn is_full(&self) -> bool {
        self.limit > 0 && self.items.len() >= self.limit
    }

    /// `following`: how many objects come after the last one looked at, selected or not.
    fn finish(self, prefix: &str, revision: Revision, following: u64) -> Listed {
        let last = self.items.last().filter(|_| following > 0);
        let token = last.map(|last| Token::after(&last.key, prefix, revision).encode()).unwrap_or_default();
        let remaining = (following > 0 && !self.selective).then(|| i64::try_from(following).unwrap_or(i64::MAX));
        Listed { items: self.items, meta: ListMeta { revision, token, remaining } }
    }
}
