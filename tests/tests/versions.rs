//! One stored object through every version of its kind, over HTTP.

use kubewright_tests::Server;
use serde_json::{Value, json};

const ALPHA: &str = "/apis/wardle.example.com/v1alpha1/namespaces/default/flunders";
const BETA: &str = "/apis/wardle.example.com/v1beta1/namespaces/default/flunders";

fn flunder(version: &str, spec: &Value) -> Value {
    json!({"apiVersion": format!("wardle.example.com/{version}"), "kind": "Flunder", "metadata": {"name": "one"}, "spec": spec})
}

#[test]
fn a_flunder_lives_in_both_versions() {
    let server = Server::start("wardle", &[]);
    let created = server.request("POST", ALPHA, &flunder("v1alpha1", &json!({"reference": "x"})));
    assert_eq!(created.status, 201, "{}", created.text());
    assert_eq!(created.at("/spec"), json!({"reference": "x", "referenceType": "Flunder"}), "defaulted in the version it was sent in");

    let seen = server.get(&format!("{BETA}/one"));
    assert_eq!(seen.at("/spec"), json!({"flunderReference": "x", "referenceType": "Flunder"}));
    assert_eq!(seen.at("/metadata/resourceVersion"), created.at("/metadata/resourceVersion"));

    // The beta can say what the alpha cannot: both references at once.
    let mut object = seen.json();
    object["spec"]["fischerReference"] = json!("y");
    let updated = server.request("PUT", &format!("{BETA}/one"), &object);
    assert_eq!(updated.status, 200, "{}", updated.text());

    // A write through the alpha keeps what it cannot see.
    let mut object = server.get(&format!("{ALPHA}/one")).json();
    assert_eq!(object["spec"], json!({"reference": "x", "referenceType": "Flunder"}));
    object["spec"]["reference"] = json!("z");
    let updated = server.request("PUT", &format!("{ALPHA}/one"), &object);
    assert_eq!(updated.status, 200, "{}", updated.text());
    assert_eq!(
        server.get(&format!("{BETA}/one")).at("/spec"),
        json!({"flunderReference": "z", "fischerReference": "y", "referenceType": "Flunder"})
    );

    let listed = server.get(ALPHA);
    assert_eq!(listed.at("/items/0/spec/reference"), json!("z"));
    assert_eq!(listed.at("/apiVersion"), json!("wardle.example.com/v1alpha1"));
    let version = listed.at("/metadata/resourceVersion");

    let deleted = server.request("DELETE", &format!("{BETA}/one"), &Value::Null);
    assert_eq!(deleted.status, 200, "{}", deleted.text());
    for (path, field) in [(ALPHA, "/object/spec/reference"), (BETA, "/object/spec/flunderReference")] {
        let since = version.as_str().unwrap_or_default();
        let events = server.get(&format!("{path}?watch=true&timeoutSeconds=1&resourceVersion={since}"));
        let event: Value = serde_json::from_slice(&events.body).expect("one event");
        assert_eq!(event["type"], json!("DELETED"));
        assert_eq!(event.pointer(field), Some(&json!("z")), "{event}");
    }
}

#[test]
fn removed_versions_are_served_only_when_named() {
    let server = Server::start("kubernetes", &[]);
    assert_eq!(server.get("/apis/rbac.authorization.k8s.io/v1alpha1").status, 404);
    drop(server);

    let server = Server::start("kubernetes", &["--runtime-config", "rbac.authorization.k8s.io/v1alpha1=true"]);
    let alpha = "/apis/rbac.authorization.k8s.io/v1alpha1/namespaces/default/rolebindings";
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1alpha1", "kind": "RoleBinding", "metadata": {"name": "b"},
        "subjects": [{"kind": "User", "name": "jane"}, {"kind": "ServiceAccount", "name": "bot", "namespace": "default"}],
        "roleRef": {"kind": "Role", "name": "reader"},
    });
    let created = server.request("POST", alpha, &binding);
    assert_eq!(created.status, 201, "{}", created.text());
    assert!(created.header("warning").contains("deprecated"), "{:?}", created.headers);
    assert_eq!(created.at("/subjects/0/apiVersion"), json!("rbac.authorization.k8s.io/v1alpha1"));

    let seen = server.get("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings/b");
    assert_eq!(seen.at("/subjects/0"), json!({"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"}));
    assert_eq!(seen.at("/subjects/1"), json!({"kind": "ServiceAccount", "name": "bot", "namespace": "default"}));
    assert_eq!(seen.at("/roleRef/apiGroup"), json!("rbac.authorization.k8s.io"));
    assert_eq!(seen.header("warning"), "");

    let mut object = seen.json();
    object["metadata"]["labels"] = json!({"through": "v1"});
    let updated = server.request("PUT", "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings/b", &object);
    assert_eq!(updated.status, 200, "{}", updated.text());
    assert_eq!(server.get(&format!("{alpha}/b")).at("/metadata/labels/through"), json!("v1"));
}

#[test]
fn acknowledged_writes_survive_a_crash() {
    let mut server = Server::start("wardle", &[]);
    let created = server.request("POST", BETA, &flunder("v1beta1", &json!({"flunderReference": "x"})));
    assert_eq!(created.status, 201, "{}", created.text());
    server.crash_and_restart(&[]);
    let seen = server.get(&format!("{BETA}/one"));
    assert_eq!(seen.at("/metadata/uid"), created.at("/metadata/uid"));
    assert_eq!(seen.at("/metadata/resourceVersion"), created.at("/metadata/resourceVersion"));
}

#[test]
fn a_server_that_is_asked_to_end_drains_and_exits_with_0() {
    let server = Server::start("wardle", &[]);
    assert!(server.kubeconfig().is_file());
    assert_eq!(server.get("/readyz").text(), "ok");
    assert!(server.terminate().success());
}
