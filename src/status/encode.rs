//! Status objects as JSON values, members in the order Kubernetes writes them.

use serde_json::{Map, Value, json};

use super::{ApiError, Details};

/// The Status of an error.
pub fn status_json(error: &ApiError) -> Value {
    let metadata = if error.metadata_continue.is_empty() { json!({}) } else { json!({"continue": error.metadata_continue}) };
    let mut status = head(metadata, "Failure");
    put(&mut status, "message", &error.message);
    put(&mut status, "reason", error.reason);
    if let Some(about) = &error.details {
        status.insert("details".to_owned(), details(about));
    }
    status.insert("code".to_owned(), error.code.into());
    Value::Object(status)
}

/// The Status of a success, as DELETE answers it: neither code nor reason.
pub fn success(about: &Details) -> Value {
    let mut status = head(json!({}), "Success");
    status.insert("details".to_owned(), details(about));
    Value::Object(status)
}

/// The Status of something that was posted to an object.
pub fn created() -> Value {
    let mut status = head(json!({}), "Success");
    status.insert("code".to_owned(), 201.into());
    Value::Object(status)
}

fn head(metadata: Value, status: &str) -> Map<String, Value> {
    let mut head = Map::new();
    put(&mut head, "kind", "Status");
    put(&mut head, "apiVersion", "v1");
    head.insert("metadata".to_owned(), metadata);
    put(&mut head, "status", status);
    head
}

fn details(about: &Details) -> Value {
    let mut out = Map::new();
    put(&mut out, "name", &about.name);
    put(&mut out, "group", &about.group);
    put(&mut out, "kind", &about.kind);
    put(&mut out, "uid", &about.uid);
    if !about.causes.is_empty() {
        let causes = about.causes.iter().map(|cause| {
            let mut out = Map::new();
            put(&mut out, "reason", &cause.reason);
            put(&mut out, "message", &cause.message);
            put(&mut out, "field", &cause.field);
            Value::Object(out)
        });
        out.insert("causes".to_owned(), causes.collect());
    }
    if about.retry_after > 0 {
        out.insert("retryAfterSeconds".to_owned(), about.retry_after.into());
    }
    Value::Object(out)
}

/// Adds a member unless it is empty.
fn put(out: &mut Map<String, Value>, key: &str, text: &str) {
    if !text.is_empty() {
        out.insert(key.to_owned(), text.into());
    }
}
