//! Real kubectls against the default server: what people type, in the order they type it.

use std::io::{BufRead, BufReader};

use kubewright_tests::{Kubectl, Server};

#[test]
fn kubectl_1_20() {
    let server = Server::start("default", &[]);
    if let Some(kubectl) = Kubectl::find("kubectl-1.20", &server) {
        daily_work(&kubectl);
    }
}

#[test]
fn current_kubectl() {
    let server = Server::start("default", &[]);
    if let Some(kubectl) = Kubectl::find("kubectl-current", &server) {
        daily_work(&kubectl);
    }
}

fn daily_work(kubectl: &Kubectl) {
    discovery(kubectl);
    flunders(kubectl);
    watching(kubectl);
    deployments(kubectl);
    selecting(kubectl);
    refusals(kubectl);
    kubectl.run("delete namespace work --wait");
    assert!(!kubectl.run("get namespaces -o name").contains("namespace/work"));
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
}

fn discovery(kubectl: &Kubectl) {
    has(&kubectl.run("version"), &["Server Version"]);
    has(&kubectl.run("api-versions"), &["apps/v1", "v1", "wardle.example.com/v1alpha1", "wardle.example.com/v1beta1"]);
    has(&kubectl.run("api-resources"), &["flunders", "fischers", "configmaps", "deployments", "rolebindings", "fl "]);
    has(&kubectl.run("explain flunders.spec"), &["FIELDS", "flunderReference", "referenceType"]);
    has(&kubectl.run("explain pods.spec.containers"), &["imagePullPolicy", "livenessProbe"]);
    has(&kubectl.run("explain deployments --recursive"), &["progressDeadlineSeconds"]);
    has(&kubectl.run("get --raw /healthz"), &["ok"]);
    has(&kubectl.run("get --raw /apis/wardle.example.com"), &["APIGroup"]);
}

const FLUNDER: &str = "
apiVersion: wardle.example.com/v1alpha1
kind: Flunder
metadata: {name: first, namespace: work, labels: {app: demo}}
spec: {reference: other}
";

fn flunders(kubectl: &Kubectl) {
    has(&kubectl.run("create namespace work"), &["namespace/work created"]);
    has(&kubectl.run_with(&["apply", "-f", "-"], FLUNDER), &["first created"]);
    has(&kubectl.run_with(&["apply", "-f", "-"], FLUNDER), &["first unchanged"]);
    has(&kubectl.run_with(&["apply", "-f", "-"], &FLUNDER.replace("other", "another")), &["first configured"]);
    has(
        &kubectl.run("get flunders.v1beta1.wardle.example.com first -n work -o yaml"),
        &["flunderReference: another", "apiVersion: wardle.example.com/v1beta1"],
    );
    has(&kubectl.run("get flunders.v1alpha1.wardle.example.com first -n work -o json"), &["\"reference\": \"another\""]);
    assert_eq!(kubectl.run("get fl first -n work -o jsonpath={.spec.flunderReference}"), "another");
    has(&kubectl.run("get flunders -n work"), &["NAME", "REFERS TO", "AGE", "first", "Flunder"]);
    has(&kubectl.run("get flunders -n work -o wide"), &["FLUNDER", "FISCHER", "another"]);
    kubectl.run("label flunder first -n work tier=front");
    kubectl.run("annotate flunder first -n work note=seen");
    has(&kubectl.run("get flunders -n work -l tier=front,app=demo -o name"), &["first"]);
    kubectl.run_with(&["patch", "flunder", "first", "-n", "work", "--type=merge", "-p", r#"{"spec":{"flunderReference":"merged"}}"#], "");
    let operation = r#"[{"op":"replace","path":"/spec/flunderReference","value":"patched"}]"#;
    kubectl.run_with(&["patch", "flunder", "first", "-n", "work", "--type=json", "-p", operation], "");
    let strategic = r#"{"metadata":{"finalizers":["example.com/keep"]}}"#;
    kubectl.run_with(&["patch", "flunder", "first", "-n", "work", "-p", strategic], "");
    kubectl.run_with(
        &["patch", "flunder", "first", "-n", "work", "-p", r#"{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/keep"]}}"#],
        "",
    );
    let all = kubectl.run("get flunder first -n work -o yaml");
    has(&all, &["flunderReference: patched", "tier: front", "note: seen"]);
    assert!(!all.contains("example.com/keep"), "{all}");
    kubectl.run("delete flunder first -n work --wait");
    has(&kubectl.refuse("get flunder first -n work", ""), &["NotFound"]);
}

fn watching(kubectl: &Kubectl) {
    let mut watch = kubectl.start("get configmaps -n work -w --no-headers");
    let mut lines = BufReader::new(watch.stdout.take().expect("standard output")).lines();
    kubectl.run("create configmap seen -n work --from-literal=a=1");
    let line = lines.next().expect("a line").expect("text");
    has(&line, &["seen", "1"]);
    watch.kill().expect("kill");
    watch.wait().expect("an exit status");
}

const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: work}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: 'nginx:1.27', ports: [{containerPort: 80}]}
";

fn deployments(kubectl: &Kubectl) {
    has(&kubectl.run_with(&["create", "-f", "-"], DEPLOYMENT), &["web created"]);
    kubectl.run("scale deployment web -n work --replicas=3");
    assert_eq!(kubectl.run("get deployment web -n work -o jsonpath={.spec.replicas}"), "3");
    let strategic = r#"{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}}"#;
    kubectl.run_with(&["patch", "deployment", "web", "-n", "work", "-p", strategic], "");
    let names = kubectl.run("get deployment web -n work -o jsonpath={.spec.template.spec.containers[*].name}");
    has(&names, &["web", "side"]);
    let policies = kubectl.run("get deployment web -n work -o jsonpath={.spec.template.spec.containers[*].imagePullPolicy}");
    has(&policies, &["IfNotPresent", "Always"]);
    has(&kubectl.run_with(&["apply", "-f", "-"], DEPLOYMENT), &["web configured"]);
    has(&kubectl.run("get deployments -n work -o wide"), &["READY", "0/3", "nginx:1.27", "app=web"]);
    has(&kubectl.run("describe deployment web -n work"), &["RollingUpdate", "25% max unavailable"]);
    kubectl.run("delete deployment web -n work");
}

fn selecting(kubectl: &Kubectl) {
    for index in 0..7 {
        kubectl.run(&format!("create configmap many-{index} -n work --from-literal=n={index}"));
    }
    let names = kubectl.run("get configmaps -n work --chunk-size=3 -o name");
    assert_eq!(names.lines().filter(|name| name.contains("many-")).count(), 7, "{names}");
    has(&kubectl.run("get configmaps -n work --field-selector metadata.name=many-4 -o name"), &["many-4"]);
    kubectl.run("label configmaps many-1 many-2 -n work pick=me");
    let picked = kubectl.run("get configmaps -n work -l pick -o name");
    assert_eq!(picked.lines().count(), 2, "{picked}");
    kubectl.run("delete configmaps -n work -l pick=me");
    kubectl.run("delete configmaps -n work --all");
    assert_eq!(kubectl.run("get configmaps -n work -o name"), "");
}

fn refusals(kubectl: &Kubectl) {
    let unknown = FLUNDER.replace("reference:", "refference:");
    has(&kubectl.refuse("apply -f -", &unknown), &["refference"]);
    has(&kubectl.refuse("create configmap Bad_Name -n work", ""), &["Bad_Name"]);
    has(&kubectl.refuse("create configmap x -n nowhere", ""), &["namespaces \"nowhere\" not found"]);
}
