//! Code of a program that answers for the server.

use http::StatusCode;
use serde_json::{Value, json};

use super::{V1, api, ask, named};
use crate::codec::json as codec;
use crate::connect::{Answer, Asked};
use crate::object::path::metadata_mut;
use crate::server::full;
use crate::status::ApiError;

/// Tells what it was asked.
async fn echo(asked: Asked) -> Result<Answer, ApiError> {
    let told = json!({
        "method": asked.request.method.as_str(),
        "object": asked.object.map(|object| codec::to_value(&*object)["metadata"]["name"].clone()),
        "tail": asked.target.tail,
        "query": asked.request.query.get("speed"),
    });
    Ok(Answer::Response(full(StatusCode::OK, "application/json", told.to_string())))
}

/// Gives what was posted a name.
async fn ticket(asked: Asked) -> Result<Answer, ApiError> {
    let mut sent = asked.sent.ok_or_else(|| ApiError::bad_request("nothing was sent"))?;
    if let Some(meta) = metadata_mut(&mut *sent) {
        meta.name = format!("{}-1", asked.target.name());
    }
    Ok(Answer::Object(sent))
}

#[tokio::test]
async fn connectors_answer_for_subresources() {
    let api = api().await;
    ask(&api, &format!("POST {V1}"), named("a", json!({"size": 1}))).await;
    let (code, status) = ask(&api, &format!("GET {V1}/a/drive"), Value::Null).await;
    assert_eq!((code, &status["reason"], &status["details"]["kind"]), (501, &json!("NotImplemented"), &json!("gadgets/drive")));
    api.connectors.add("gadgets.example.com", "gadgets/drive", echo);
    api.connectors.add("gadgets.example.com", "gadgets/ticket", ticket);
    let (code, told) = ask(&api, &format!("PUT {V1}/a/drive/far/away?speed=9"), Value::Null).await;
    assert_eq!((code, told), (200, json!({"method": "PUT", "object": "a", "tail": "far/away", "query": "9"})));
    assert_eq!(ask(&api, &format!("GET {V1}/b/drive"), Value::Null).await.0, 404);
    let (code, made) = ask(&api, &format!("POST {V1}/a/ticket"), json!({"spec": {"color": "red"}})).await;
    assert_eq!((code, &made["kind"], &made["metadata"]["name"]), (201, &json!("Gadget"), &json!("a-1")));
    assert_eq!(made["spec"], json!({"size": 1, "color": "red"}));
    assert_eq!(ask(&api, &format!("POST {V1}/a/ticket"), json!({"kind": "Other"})).await.0, 400);
}
