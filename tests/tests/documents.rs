//! The OpenAPI documents as a server sends them: in every encoding, valid, and good enough for `kubectl explain`.

#[path = "../../codegen/tests/compare/mod.rs"]
mod compare;
#[path = "../../codegen/model/src/openapi/tests/decode.rs"]
mod decode;

use std::io::Read;
use std::process::Command;

use compare::{Tables, first_difference};
use kubewright_tests::{Kubectl, Server, corpora, root, skip};
use serde_json::Value;

const PROTOBUF: &str = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../codegen/model/tests/fixtures");

#[test]
fn version_2_in_three_encodings() {
    let server = Server::start("kubernetes", &[]);
    let json = server.get("/openapi/v2");
    let document = json.json();
    if let Some(corpora) = corpora() {
        let text = std::fs::read(corpora.join("kubernetes-1.36/live/openapi.v2.nodesc.json")).expect("the recorded document is there");
        let theirs = serde_json::from_slice(&text).expect("the recorded document is JSON");
        let differences = Tables::of(&document).differences(&Tables::of(&theirs));
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    }
    for accept in [PROTOBUF, "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"] {
        let answer = server.send("GET", "/openapi/v2", &[("accept", accept)], b"");
        assert_eq!((answer.header("content-type"), answer.header("etag")), (PROTOBUF, json.header("etag")));
        let decoded = decode::document(FIXTURES, "v2", &answer.body);
        assert_eq!(first_difference(&decoded, &document), None, "{accept}");
    }
    let packed = server.send("GET", "/openapi/v2", &[("accept-encoding", "gzip")], b"");
    assert_eq!((packed.header("content-encoding"), packed.header("etag")), ("gzip", json.header("etag")));
    assert!(unpacked(&packed.body) == json.body, "what was packed differs from the JSON");
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).expect("gzip");
    out
}

#[test]
fn version_3_documents_keep_and_move() {
    let server = Server::start("kubernetes", &[]);
    let index = server.get("/openapi/v3").json();
    let url = index["paths"]["apis/apps/v1"]["serverRelativeURL"].as_str().expect("an address").to_owned();
    let kept = server.get(&url);
    assert_eq!((kept.status, kept.header("cache-control")), (200, "public, immutable"));
    let components = &kept.json()["components"]["schemas"];
    let gvks = &components["io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent"]["x-kubernetes-group-version-kind"];
    assert_eq!(gvks.as_array().map(Vec::len), Some(2), "{gvks}");
    let protobuf = server.send("GET", &url, &[("accept", "application/com.github.proto-openapi.spec.v3@v1.0+protobuf")], b"");
    assert_eq!(protobuf.header("etag"), kept.header("etag"));
    assert_eq!(
        decode::document(FIXTURES, "v3", &protobuf.body)["paths"].as_object().map(serde_json::Map::len),
        kept.json()["paths"].as_object().map(serde_json::Map::len)
    );
    let output = Command::new("curl")
        .args(["-s", "-o", "-", "-w", "%{http_code} %{redirect_url}"])
        .arg(format!("{}/openapi/v3/apis/apps/v1?hash=OLD", server.url()))
        .output();
    if let Ok(output) = output {
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("301 {}{url}", server.url()));
    }
}

#[test]
fn version_3_passes_an_independent_validator() {
    let python = root().join("target/clients/openapi/bin/python");
    if !python.exists() {
        return skip("OpenAPI 3.0 documents under an independent validator", "run tests/clients/install");
    }
    let server = Server::start("kubernetes", &["--runtime-config=api/all=true"]);
    let output = Command::new(python).arg(root().join("tests/clients/openapi.py")).arg(server.url()).output().expect("python runs");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

/// Every kind that is served, by every client there is.
#[test]
fn kubectl_explains_everything() {
    let server = Server::start("kubernetes", &["--runtime-config=api/all=true"]);
    let mut versions = vec!["v1".to_owned()];
    let groups = server.get("/apis").json();
    for version in groups["groups"].as_array().into_iter().flatten().flat_map(|group| group["versions"].as_array().into_iter().flatten()) {
        versions.extend(version["groupVersion"].as_str().map(str::to_owned));
    }
    for client in ["kubectl-1.20", "kubectl-current"] {
        let Some(kubectl) = Kubectl::find(client, &server) else { continue };
        let mut explained = 0;
        for version in &versions {
            let path = if version == "v1" { "/api/v1".to_owned() } else { format!("/apis/{version}") };
            let resources = server.get(&path).json();
            for name in names(&resources) {
                let text = kubectl.run(&format!("explain {name} --recursive --api-version={version}"));
                assert!(text.contains("FIELDS") && text.contains("metadata"), "{client} explain {name} of {version}:\n{text}");
                explained += 1;
            }
        }
        assert!(explained >= 90, "{client} explained {explained} kinds");
    }
}

fn names(resources: &Value) -> Vec<String> {
    let all = resources["resources"].as_array().into_iter().flatten();
    all.filter_map(|resource| resource["name"].as_str()).filter(|name| !name.contains('/')).map(str::to_owned).collect()
}
