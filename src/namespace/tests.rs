//! Namespaces that change under the hands of who works on them.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::{Value, json};

use crate::handler::tests::{V1, api_over, ask, named};
use crate::server::Api;
use crate::store::{BoxFuture, Embedded, Entry, Page, Range, Revision, Store, StoreError, Watch};

use super::controller::finish;
use super::going::Going;

const NAMESPACE: &str = "/registry/namespaces/ns";
const GADGETS: &str = "/registry/gadgets.example.com/gadgets/";

/// What is done to the Namespace in between, once: its value replaced, or it taken away.
enum Meddling {
    Replace(Bytes),
    Remove,
}

/// A store in which the Namespace changes just before a key is written, or just after it is listed.
struct Meddled {
    inner: Arc<Embedded>,
    plan: Mutex<Option<(&'static str, Meddling)>>,
}

impl Meddled {
    async fn meddle(&self, key: &str) {
        let due = self.plan.lock().expect("a plan").take_if(|(at, _)| key.contains(*at));
        if let Some((_, meddling)) = due {
            set(&*self.inner, meddling).await;
        }
    }

    fn plan(&self, at: &'static str, meddling: Meddling) {
        *self.plan.lock().expect("a plan") = Some((at, meddling));
    }
}

impl Store for Meddled {
    fn get(&self, key: &str, revision: Option<Revision>) -> BoxFuture<'_, Result<Option<Entry>, StoreError>> {
        self.inner.get(key, revision)
    }
    fn range(&self, range: Range) -> BoxFuture<'_, Result<Page, StoreError>> {
        Box::pin(async move {
            let prefix = range.prefix.clone();
            let page = self.inner.range(range).await;
            self.meddle(&prefix).await;
            page
        })
    }
    fn put_if(&self, key: &str, value: Bytes, expected: Revision) -> BoxFuture<'_, Result<Revision, StoreError>> {
        let key = key.to_owned();
        Box::pin(async move {
            self.meddle(&key).await;
            self.inner.put_if(&key, value, expected).await
        })
    }
    fn delete_if(&self, key: &str, expected: Revision) -> BoxFuture<'_, Result<Revision, StoreError>> {
        let key = key.to_owned();
        Box::pin(async move {
            self.meddle(&key).await;
            self.inner.delete_if(&key, expected).await
        })
    }
    fn watch(&self, prefix: &str, after: Revision) -> BoxFuture<'_, Result<Watch, StoreError>> {
        self.inner.watch(prefix, after)
    }
    fn revision(&self) -> BoxFuture<'_, Result<Revision, StoreError>> {
        self.inner.revision()
    }
    fn compact(&self, before: Revision) -> BoxFuture<'_, Result<(), StoreError>> {
        self.inner.compact(before)
    }
}

async fn set(store: &dyn Store, meddling: Meddling) {
    let modified = store.get(NAMESPACE, None).await.expect("a store").map_or(0, |entry| entry.modified);
    match meddling {
        Meddling::Replace(value) => store.put_if(NAMESPACE, value, modified).await,
        Meddling::Remove => store.delete_if(NAMESPACE, modified).await,
    }
    .expect("no one else writes");
}

/// A server with a namespace, an object in it, and the forms of the Namespace: alive, deleted, and made again.
struct Setting {
    store: Arc<Meddled>,
    api: Arc<Api>,
    gadgets: String,
    alive: Bytes,
    deleted: Bytes,
    again: Bytes,
}

impl Setting {
    async fn new() -> Self {
        let inner = Arc::new(Embedded::in_memory().expect("a store"));
        let store = Arc::new(Meddled { inner, plan: Mutex::default() });
        let api = api_over(Arc::clone(&store) as Arc<dyn Store>).await;
        let value = async || store.get(NAMESPACE, None).await.expect("a store").expect("a namespace").value;
        let make = async || ask(&api, "POST /api/v1/namespaces", json!({"metadata": {"name": "ns"}})).await;
        make().await;
        let again = value().await;
        set(&*store.inner, Meddling::Remove).await;
        make().await;
        let alive = value().await;
        let gadgets = V1.replace("default", "ns");
        assert_eq!(ask(&api, &format!("POST {gadgets}"), named("a", json!({}))).await.0, 201);
        ask(&api, "DELETE /api/v1/namespaces/ns", Value::Null).await;
        let deleted = value().await;
        Self { store: Arc::clone(&store), api: Arc::clone(&api), gadgets, alive, deleted, again }
    }

    /// Finishes the deleted namespace, as the controller saw it.
    async fn finish(&self) {
        let at = super::resource(&self.api.registry).expect("a kind");
        let entry = Entry { key: NAMESPACE.into(), value: self.deleted.clone(), created: 1, modified: 1 };
        let object = crate::intake::decode_stored(&self.api.registry.resources[at], &entry).expect("a namespace");
        finish(&self.api, &Going::of(at, &*object).expect("deleted")).await.expect("finished");
    }

    /// The codes of the namespace and of the object in it.
    async fn codes(&self) -> (u16, u16) {
        let namespace = ask(&self.api, "GET /api/v1/namespaces/ns", Value::Null).await.0;
        (namespace, ask(&self.api, &format!("GET {}/a", self.gadgets), Value::Null).await.0)
    }

    async fn value(&self) -> Option<Bytes> {
        self.store.get(NAMESPACE, None).await.expect("a store").map(|entry| entry.value)
    }
}

#[tokio::test]
async fn a_deleted_namespace_is_finished() {
    let setting = Setting::new().await;
    // More than a page of them.
    let page = setting.store.range(Range { prefix: GADGETS.into(), ..Range::default() }).await.expect("a page");
    let writes = (0..600).map(|number| {
        let (store, value) = (Arc::clone(&setting.store), page.entries[0].value.clone());
        tokio::spawn(async move { store.inner.put_if(&format!("{GADGETS}ns/a{number}"), value, 0).await })
    });
    for write in writes.collect::<Vec<_>>() {
        write.await.expect("a write").expect("written");
    }
    setting.finish().await;
    let page = setting.store.range(Range { prefix: GADGETS.into(), ..Range::default() }).await.expect("a page");
    assert_eq!((setting.value().await, page.entries.len()), (None, 0));
}

#[tokio::test]
async fn a_namespace_made_again_keeps_its_content() {
    let setting = Setting::new().await;
    for value in [&setting.alive, &setting.again] {
        set(&*setting.store.inner, Meddling::Replace(value.clone())).await;
        setting.finish().await;
        assert_eq!((setting.codes().await, setting.value().await.as_ref()), ((200, 200), Some(value)));
    }
}

#[tokio::test]
async fn a_namespace_made_again_meanwhile_keeps_its_content() {
    let setting = Setting::new().await;
    setting.store.plan("gadgets/ns/", Meddling::Replace(setting.again.clone()));
    setting.finish().await;
    assert!(setting.store.plan.lock().expect("a plan").is_none());
    assert_eq!((setting.codes().await, setting.value().await.as_ref()), ((200, 200), Some(&setting.again)));
}

#[tokio::test]
async fn a_namespace_made_again_at_the_last_moment_is_not_finalized() {
    let setting = Setting::new().await;
    setting.store.plan(NAMESPACE, Meddling::Replace(setting.again.clone()));
    setting.finish().await;
    assert!(setting.store.plan.lock().expect("a plan").is_none());
    assert_eq!(setting.value().await.as_ref(), Some(&setting.again));
}

#[tokio::test]
async fn objects_made_while_their_namespace_goes_are_taken_back() {
    let setting = Setting::new().await;
    for (meddling, expected) in [(Meddling::Replace(setting.deleted.clone()), 403), (Meddling::Remove, 404)] {
        set(&*setting.store.inner, Meddling::Replace(setting.alive.clone())).await;
        setting.store.plan("gadgets/ns/", meddling);
        let (code, status) = ask(&setting.api, &format!("POST {}", setting.gadgets), named("b", json!({}))).await;
        assert_eq!(code, expected, "{status}");
        let page = setting.store.range(Range { prefix: GADGETS.into(), ..Range::default() }).await.expect("a page");
        assert!(page.entries.iter().all(|entry| !entry.key.ends_with("/b")), "{expected}");
    }
}
