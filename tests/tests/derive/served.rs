//! A derived kind behind a server, next to generated ones.

use std::sync::Arc;

use kubewright::model::facts::PLAIN;
use kubewright::options::Serve;
use kubewright::registry::{Registry, Resource};
use kubewright::server::{App, Server};
use kubewright::store::embedded::Embedded;
use kubewright_tests::{Answer, send};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::widget::{v1, v2};

const V1: &str = "/apis/widgets.example.com/v1/namespaces/default/widgets";
const V2: &str = "/apis/widgets.example.com/v2/namespaces/default/widgets";

fn install(registry: &mut Registry) {
    registry.add(kubernetes_types::core::namespaces());
    registry.add(wardle_types::wardle::flunders());
    registry.add(Resource::of::<v2::Widget>().seen_as::<v2::Widget, v1::Widget>());
}

/// A server in this process; it ends with its runtime.
struct Running {
    base: String,
    _runtime: Runtime,
}

impl Running {
    fn start() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let server = runtime.block_on(async {
            let app = App { set: "widgets", title: "Widgets", release: "1.0", facts: &PLAIN, install };
            let here = "127.0.0.1:0".parse().expect("an address");
            let options =
                Serve { listen: here, data: "".into(), kubeconfig: "".into(), runtime_config: Vec::new(), feature_gates: Vec::new() };
            let listener = TcpListener::bind(here).await.expect("a port");
            Server::with(&app, &options, Arc::new(Embedded::in_memory().expect("a store")), listener).await.expect("a server")
        });
        let base = format!("http://{}", server.address());
        runtime.spawn(server.run(std::future::pending()));
        Self { base, _runtime: runtime }
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        send(&self.base, method, path, &[("content-type", "application/json")], &body)
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &Value::Null)
    }

    /// A server with one widget, created through the first version.
    fn with_widget() -> Self {
        let server = Self::start();
        let widget = json!({"apiVersion": "widgets.example.com/v1", "kind": "Widget", "metadata": {"name": "w"}, "spec": {"size": 3}});
        let created = server.send("POST", V1, &widget);
        assert_eq!(created.status, 201, "{}", created.text());
        assert_eq!((created.at("/kind"), created.at("/apiVersion")), (json!("Widget"), json!("widgets.example.com/v1")));
        assert_eq!((created.at("/spec"), created.at("/metadata/generation")), (json!({"size": 3}), json!(1)));
        server
    }
}

#[test]
fn versions_tied_by_from() {
    let server = Running::with_widget();
    let seen = server.get(&format!("{V2}/w"));
    assert_eq!((seen.at("/kind"), seen.at("/apiVersion")), (json!("Widget"), json!("widgets.example.com/v2")));
    assert_eq!(seen.at("/spec/width"), json!(3), "{}", seen.text());

    let mut object = seen.json();
    object["spec"]["colour"] = json!("red");
    let updated = server.send("PUT", &format!("{V2}/w"), &object);
    assert_eq!((updated.status, updated.at("/spec")), (200, json!({"width": 3, "colour": "red"})), "{}", updated.text());

    let mut object = server.get(&format!("{V1}/w")).json();
    assert_eq!(object["spec"], json!({"size": 3}));
    object["spec"]["size"] = json!(4);
    let updated = server.send("PUT", &format!("{V1}/w"), &object);
    assert_eq!((updated.status, updated.at("/spec")), (200, json!({"size": 4})), "{}", updated.text());
    assert_eq!(server.get(&format!("{V2}/w")).at("/spec"), json!({"width": 4, "colour": "red"}), "what v1 cannot say is kept");

    let patch =
        send(&server.base, "PATCH", &format!("{V1}/w"), &[("content-type", "application/merge-patch+json")], br#"{"spec":{"size":5}}"#);
    assert_eq!((patch.status, patch.at("/spec/size")), (200, json!(5)), "{}", patch.text());
    assert_eq!(server.get(&format!("{V2}/w")).at("/spec"), json!({"width": 5, "colour": "red"}));

    let refused = server.send("PATCH", &format!("{V2}/w"), &Value::Null);
    assert_eq!(refused.status, 415, "{}", refused.text());
    object["spec"]["size"] = json!(101);
    object["metadata"]["resourceVersion"] = patch.at("/metadata/resourceVersion");
    let refused = server.send("PUT", &format!("{V1}/w"), &object);
    assert_eq!((refused.status, refused.at("/reason")), (422, json!("Invalid")), "{}", refused.text());
}

#[test]
fn lists_and_watches() {
    let server = Running::with_widget();
    let list = server.get(V2);
    assert_eq!((list.at("/kind"), list.at("/apiVersion")), (json!("WidgetList"), json!("widgets.example.com/v2")));
    assert_eq!(list.at("/items/0/spec/width"), json!(3), "{}", list.text());
    let events = server.get(&format!("{V1}?watch=true&timeoutSeconds=1"));
    let event: Value = serde_json::Deserializer::from_slice(&events.body).into_iter().next().and_then(Result::ok).expect("an event");
    assert_eq!((&event["type"], &event["object"]["kind"]), (&json!("ADDED"), &json!("Widget")));
    assert_eq!((&event["object"]["apiVersion"], &event["object"]["spec"]), (&json!("widgets.example.com/v1"), &json!({"size": 3})));

    let accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    let table = send(&server.base, "GET", V2, &[("accept", accept)], b"");
    let columns: Vec<_> = table.at("/columnDefinitions").as_array().into_iter().flatten().map(|column| column["name"].clone()).collect();
    assert_eq!(columns, ["Name", "Width", "Colour"], "{}", table.text());
    assert_eq!(table.at("/rows/0/cells/0"), json!("w"));
    assert_eq!(table.at("/rows/0/cells/1"), json!(3));

    let wire = send(&server.base, "GET", &format!("{V2}/w"), &[("accept", "application/vnd.kubernetes.protobuf")], b"");
    let envelope = kubewright::codec::envelope::unwrap(&wire.body).expect("an envelope");
    assert_eq!((&*envelope.api_version, &*envelope.kind), ("widgets.example.com/v2", "Widget"));
    let mut widget = v2::Widget::default();
    kubewright::codec::protobuf::decode(envelope.raw, &mut widget).expect("a widget");
    assert_eq!((&*widget.metadata.name, widget.spec.width), ("w", 3));
}

#[test]
fn subresources() {
    let server = Running::with_widget();
    let mut object = server.get(&format!("{V1}/w/status")).json();
    object["status"] = json!({"phase": "Ready"});
    object["spec"]["size"] = json!(9);
    let updated = server.send("PUT", &format!("{V1}/w/status"), &object);
    assert_eq!((updated.status, updated.at("/status")), (200, json!({"phase": "Ready"})), "{}", updated.text());
    assert_eq!(updated.at("/spec/size"), json!(3), "the spec is not the status subresource's");
    let scale = server.get(&format!("{V2}/w/scale"));
    assert_eq!((scale.at("/kind"), scale.at("/spec/replicas")), (json!("Scale"), json!(3)), "{}", scale.text());
}

#[test]
fn documents() {
    let server = Running::start();
    let resources = server.get("/apis/widgets.example.com/v2").at("/resources");
    let names: Vec<_> = resources.as_array().into_iter().flatten().map(|resource| resource["name"].clone()).collect();
    assert_eq!(names, ["widgets", "widgets/scale", "widgets/status"], "{resources}");
    assert_eq!((&resources[0]["kind"], &resources[0]["shortNames"]), (&json!("Widget"), &json!(["wd"])));
    let group = server.get("/apis/widgets.example.com");
    assert_eq!(group.at("/preferredVersion/version"), json!("v2"), "{}", group.text());

    let definitions = server.get("/openapi/v2").at("/definitions");
    let widget = &definitions["com.example.widgets.v2.Widget"];
    assert_eq!(widget["properties"].as_object().map(serde_json::Map::len), Some(5), "{widget}");
    for property in ["kind", "apiVersion"] {
        assert_eq!(widget["properties"][property]["type"], "string", "{widget}");
    }
    let kind = json!([{"group": "widgets.example.com", "kind": "Widget", "version": "v2"}]);
    assert_eq!(widget["x-kubernetes-group-version-kind"], kind);
    assert!(definitions["com.example.wardle.v1beta1.Flunder"].is_object() && definitions["io.k8s.api.core.v1.Namespace"].is_object());
    assert!(definitions["com.example.widgets.v1.WidgetList"].is_object());
}
