//! Errors against what a live kube-apiserver 1.36 sends.

use super::{ApiError, Cause, Details, status_json, success};

#[test]
fn statuses_are_those_of_kubernetes() {
    let required = || Cause::new("FieldValueRequired", "Required value: name or generateName is required", "metadata.name");
    let invalid = || Cause::new("FieldValueInvalid", "Invalid value: \"-\": no", "spec.a");
    let cases = [
        (
            ApiError::not_found("", "configmaps", "missing"),
            r#""message":"configmaps \"missing\" not found","reason":"NotFound","details":{"name":"missing","kind":"configmaps"},"code":404}"#,
        ),
        (
            ApiError::not_found("apps", "deployments", "x"),
            r#""message":"deployments.apps \"x\" not found","reason":"NotFound","details":{"name":"x","group":"apps","kind":"deployments"},"code":404}"#,
        ),
        (
            ApiError::router_not_found(),
            r#""message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}"#,
        ),
        (
            ApiError::already_exists("", "configmaps", "a"),
            r#""message":"configmaps \"a\" already exists","reason":"AlreadyExists","details":{"name":"a","kind":"configmaps"},"code":409}"#,
        ),
        (
            ApiError::conflict("", "configmaps", "a"),
            r#""message":"Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again","reason":"Conflict","details":{"name":"a","kind":"configmaps"},"code":409}"#,
        ),
        (
            ApiError::invalid("", "ConfigMap", "", vec![required()]),
            r#""message":"ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required","reason":"Invalid","details":{"kind":"ConfigMap","causes":[{"reason":"FieldValueRequired","message":"Required value: name or generateName is required","field":"metadata.name"}]},"code":422}"#,
        ),
        (
            ApiError::invalid("g", "Thing", "x", vec![required(), invalid(), required()]),
            r#""message":"Thing.g \"x\" is invalid: [metadata.name: Required value: name or generateName is required, spec.a: Invalid value: \"-\": no]","reason":"Invalid","details":{"name":"x","group":"g","kind":"Thing","causes":[{"reason":"FieldValueRequired","message":"Required value: name or generateName is required","field":"metadata.name"},{"reason":"FieldValueInvalid","message":"Invalid value: \"-\": no","field":"spec.a"},{"reason":"FieldValueRequired","message":"Required value: name or generateName is required","field":"metadata.name"}]},"code":422}"#,
        ),
        (
            ApiError::too_large_resource_version(9, 5),
            r#""message":"Timeout: Too large resource version: 9, current: 5","reason":"Timeout","details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}],"retryAfterSeconds":1},"code":504}"#,
        ),
        (ApiError::internal("why"), r#""message":"why","code":500}"#),
        (
            ApiError::internal_error("why"),
            r#""message":"Internal error occurred: why","reason":"InternalError","details":{"causes":[{"message":"why"}]},"code":500}"#,
        ),
    ];
    for (error, want) in cases {
        let want = format!(r#"{{"kind":"Status","apiVersion":"v1","metadata":{{}},"status":"Failure",{want}"#);
        assert_eq!(status_json(&error).to_string(), want);
    }
}

#[test]
fn expired_lists_say_where_to_go_on() {
    let json = status_json(&ApiError::expired_continue("too old", "token"));
    assert_eq!((&json["metadata"], &json["reason"]), (&serde_json::json!({"continue": "token"}), &"Expired".into()));
}

#[test]
fn successes_have_no_code() {
    let about = Details { uid: "u".to_owned(), ..Details::of("", "configmaps", "a") };
    let want =
        r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"a","kind":"configmaps","uid":"u"}}"#;
    assert_eq!(success(&about).to_string(), want);
}
