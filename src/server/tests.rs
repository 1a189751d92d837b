//! The listener over a small API: what does not need objects.

use std::time::Duration;

use kubewright_model::facts::PLAIN;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{App, Server, thing};
use crate::options::Serve;
use crate::store::embedded::Embedded;
use crate::{registry::Registry, sample};

const APP: App = App { set: "sample", title: "Sample", release: "1.36", facts: &PLAIN, install };

fn install(registry: &mut Registry) {
    *registry = sample::registry();
}

async fn server() -> Server {
    serving(&APP).await
}

async fn serving(app: &App) -> Server {
    let options = Serve::of(&["--runtime-config=autoscaling/v1=false"]);
    let store = Embedded::in_memory().expect("a store");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    Server::with(app, &options, std::sync::Arc::new(store), listener).await.expect("a server")
}

/// Sends a request over a connection of its own and reads to its end: head and body.
async fn ask(address: std::net::SocketAddr, line: &str, headers: &str, body: &[u8]) -> (String, String) {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let head = format!("{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
    stream.write_all(head.as_bytes()).await.expect("sent");
    // The server may answer, and close, before it has read everything.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_lowercase(), body.to_owned())
}

#[tokio::test]
async fn every_path_is_answered_as_by_kubernetes() {
    let server = server().await;
    let address = server.address();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async { drop(stopped.await) }));
    let status = |code: u16, reason: &str, message: &str| {
        format!(
            "{{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{{}},\"status\":\"Failure\",\"message\":\"{message}\",\"reason\":\"{reason}\",\"details\":{{}},\"code\":{code}}}\n"
        )
    };
    let missing = status(404, "NotFound", "the server could not find the requested resource");
    let method = status(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    let page = "404 page not found\n".to_owned();
    let cases = [
        ("GET /healthz", 200, "ok".to_owned()),
        ("POST /livez", 200, "ok".to_owned()),
        ("HEAD /readyz", 200, String::new()),
        ("GET /readyz/ping", 200, "ok".to_owned()),
        ("GET /readyz/nosuch", 404, page.clone()),
        ("GET /nosuch", 404, page.clone()),
        ("GET /API/v1", 404, page.clone()),
        ("GET /apis//v1", 404, page.clone()),
        ("GET /apis/nosuch.example.org/v1", 404, page.clone()),
        ("GET /apis/nosuch.example.org/v1/things", 404, page),
        ("GET /apis/apps/v9", 404, missing.clone()),
        ("GET /apis/apps/v9/deployments", 404, missing.clone()),
        ("GET /apis/autoscaling/v1/horizontalpodautoscalers", 404, missing.clone()),
        ("GET /api/v1//namespaces", 404, missing.clone()),
        ("GET /api/v1/namespaces/ns/ConfigMaps", 404, missing),
        ("POST /api", 405, method.clone()),
        ("PUT /apis/apps/v1", 405, method.clone()),
        ("PUT /version", 405, method.clone()),
        ("TRACE /api/v1/namespaces/ns/configmaps", 405, method.clone()),
        ("CONNECTX /api/v1/namespaces/ns/configmaps", 405, method),
        ("GET /openapi/v3/nosuch", 404, String::new()),
    ];
    for (line, code, want) in cases {
        let (head, body) = ask(address, line, "", b"").await;
        assert!(head.starts_with(&format!("http/1.1 {code} ")), "{line}: {head}");
        assert_eq!(body, want, "{line}");
        assert!(head.contains("\r\naudit-id: ") && head.contains("\r\ncache-control: no-cache, private"), "{line}: {head}");
    }
    let (head, _) = ask(address, "GET /healthz", "Audit-ID: mine\r\n", b"").await;
    assert!(head.contains("\r\naudit-id: mine"), "{head}");
    let (head, body) = ask(address, "POST /apis/apps", "", &vec![b' '; super::limit::BODY + 1]).await;
    assert!(head.starts_with("http/1.1 413 ") && body.contains("limit is 3145728"), "{head}");

    drop(stop);
    let ended = tokio::time::timeout(Duration::from_secs(5), running).await.expect("in time").expect("no panic");
    assert!(ended.is_ok());
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn objects_live_and_their_watchers_are_let_go() {
    let server = serving(&App { set: "things", title: "Things", release: "1.2", facts: &PLAIN, install: thing::install }).await;
    let address = server.address();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async { drop(stopped.await) }));
    let things = "/apis/things.example.com/v1/namespaces/ns/things";
    let json = "Content-Type: application/json\r\n";
    let body = br#"{"apiVersion":"things.example.com/v1","kind":"Thing","metadata":{"name":"a"},"color":"red"}"#;

    let (head, created) = ask(address, &format!("POST {things}"), json, body).await;
    assert!(head.starts_with("http/1.1 201 "), "{head}\n{created}");
    assert!(head.contains("warning: 299 - \"things.example.com/v1 thing is deprecated in v1.2+\""), "{head}");
    let (head, again) = ask(address, &format!("POST {things}"), json, body).await;
    assert!(head.starts_with("http/1.1 409 ") && again.contains("things.things.example.com \\\"a\\\" already exists"), "{head}\n{again}");
    let (head, refused) = ask(address, &format!("GET {things}/a"), "Accept: text/html\r\n", b"").await;
    assert!(head.starts_with("http/1.1 406 "), "{head}\n{refused}");
    let (head, read) = ask(address, &format!("GET {things}/a"), "Accept: application/yaml\r\n", b"").await;
    assert!(head.contains("content-type: application/yaml") && read.contains("color: red\n"), "{head}\n{read}");

    let watcher = tokio::spawn(async move { ask(address, "GET /apis/things.example.com/v1/things?watch=1", "", b"").await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(stop);
    let ended = tokio::time::timeout(Duration::from_secs(5), running).await.expect("in time").expect("no panic");
    assert!(ended.is_ok());
    let (_, events) = watcher.await.expect("no panic");
    assert!(events.contains("\"ADDED\"") && events.ends_with("0\r\n\r\n"), "{events}");
}
