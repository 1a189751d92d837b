//! Services, endpoints, ingresses.

use serde_json::{Value, json};

use super::{assert_cells, cell};

fn service(spec: &Value, ingress: &Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": spec, "status": {"loadBalancer": {"ingress": ingress}}})
}

#[test]
fn services() {
    let port = |port: i32, node: i32, protocol: &str| json!({"port": port, "nodePort": node, "protocol": protocol, "targetPort": port});
    for (spec, ingress, outside, inside, ports) in [
        (
            json!({"type": "ClusterIP", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"], "ports": [port(80, 0, "TCP")]}),
            json!([]),
            "<none>",
            "10.0.0.1",
            "80/TCP",
        ),
        (
            json!({"type": "ClusterIP", "clusterIPs": ["None"], "externalIPs": ["1.2.3.4", "1.2.3.3"]}),
            json!([]),
            "1.2.3.4,1.2.3.3",
            "None",
            "<none>",
        ),
        (
            json!({"type": "NodePort", "clusterIPs": ["10.0.0.1"], "ports": [port(80, 30080, "TCP"), port(53, 0, "UDP")]}),
            json!([]),
            "<none>",
            "10.0.0.1",
            "80:30080/TCP,53/UDP",
        ),
        (json!({"type": "LoadBalancer", "clusterIPs": ["10.0.0.1"]}), json!([]), "<pending>", "10.0.0.1", "<none>"),
        (
            json!({"type": "LoadBalancer", "externalIPs": ["9.9.9.9"]}),
            json!([{"ip": "5.5.5.5"}, {"hostname": "a.example.com"}, {"ip": "1.1.1.1", "hostname": "unseen"}, {"ip": "5.5.5.5"}]),
            "1.1.1.1,5.5.5.5,a.example.com,9.9.9.9",
            "<none>",
            "<none>",
        ),
        (json!({"type": "LoadBalancer", "externalIPs": ["9.9.9.9"]}), json!([]), "9.9.9.9", "<none>", "<none>"),
        (json!({"type": "ExternalName", "externalName": "db.example.com"}), json!([]), "db.example.com", "<none>", "<none>"),
        (json!({"type": "Newer"}), json!([]), "<unknown>", "<none>", "<none>"),
    ] {
        assert_cells(&service(&spec, &ingress), &json!([["External-IP", outside], ["Cluster-IP", inside], ["Port(s)", ports]]));
    }
    assert_eq!(cell(&service(&json!({"selector": {"b": "2", "a": "1"}}), &json!([])), "Selector"), "a=1,b=2");
    assert_eq!(cell(&service(&json!({}), &json!([])), "Selector"), "<none>");
}

#[test]
fn endpoints() {
    let addresses = |last: std::ops::Range<u8>| last.map(|last| json!({"ip": format!("10.0.0.{last}")})).collect::<Vec<_>>();
    for (subsets, expected) in [
        (json!([]), "<none>"),
        (json!([{"addresses": addresses(1..3), "ports": [{"port": 80, "protocol": "TCP"}]}]), "10.0.0.1:80,10.0.0.2:80"),
        (
            json!([{"addresses": addresses(1..3), "ports": [{"port": 80}, {"port": 443}]}]),
            "10.0.0.1:80,10.0.0.2:80,10.0.0.1:443 + 1 more...",
        ),
        (json!([{"addresses": addresses(1..2)}, {"addresses": [{"ip": "fd00::1"}], "ports": [{"port": 53}]}]), "10.0.0.1,[fd00::1]:53"),
        (json!([{"addresses": addresses(1..9)}]), "10.0.0.1,10.0.0.2,10.0.0.3 + 5 more..."),
    ] {
        assert_eq!(cell(&json!({"apiVersion": "v1", "kind": "Endpoints", "subsets": subsets}), "Endpoints"), expected);
    }
}

#[test]
fn endpoint_slices() {
    for (ports, endpoints, expected) in [
        (json!([]), json!([]), ["<unset>", "<unset>"]),
        (
            json!([{"port": 80}, {"name": "http"}, {}, {"port": 1}]),
            json!([{"addresses": ["a", "b"]}, {"addresses": ["c"]}]),
            ["80,http,* + 1 more...", "a,b,c"],
        ),
        (json!([{"name": "", "port": 0}]), json!([{"addresses": ["a", "b"]}, {"addresses": ["c", "d", "e"]}]), ["0", "a,b,c + 2 more..."]),
    ] {
        let slice = json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4", "endpoints": endpoints, "ports": ports});
        assert_cells(&slice, &json!([["AddressType", "IPv4"], ["Ports", expected[0]], ["Endpoints", expected[1]]]));
    }
}

#[test]
fn ingresses() {
    let hosts = |hosts: &[&str]| hosts.iter().map(|host| json!({"host": host})).collect::<Vec<_>>();
    for (spec, ingress, expected) in [
        (json!({}), json!([]), json!([["Class", "<none>"], ["Hosts", "*"], ["Address", ""], ["Ports", "80"]])),
        (
            json!({"ingressClassName": "nginx", "rules": hosts(&["a", "", "b"]), "tls": [{"hosts": ["a"]}]}),
            json!([{"ip": "2.2.2.2"}, {"hostname": "lb.example.com"}, {"ip": "1.1.1.1"}]),
            json!([["Class", "nginx"], ["Hosts", "a,b"], ["Address", "1.1.1.1,2.2.2.2,lb.example.com"], ["Ports", "80, 443"]]),
        ),
        (json!({"rules": hosts(&["a", "b", "c", "d", "e"])}), json!([]), json!([["Hosts", "a,b,c + 2 more..."]])),
    ] {
        let object = json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "spec": spec, "status": {"loadBalancer": {"ingress": ingress}}});
        assert_cells(&object, &expected);
    }
}

#[test]
fn what_refers_to_something() {
    let of = |kind: &str, spec: Value| json!({"apiVersion": "networking.k8s.io/v1", "kind": kind, "spec": spec});
    for (object, name, expected) in [
        (of("IngressClass", json!({})), "Parameters", "<none>"),
        (of("IngressClass", json!({"parameters": {"kind": "Config", "name": "c"}})), "Parameters", "Config/c"),
        (of("IngressClass", json!({"parameters": {"apiGroup": "x.org", "kind": "Config", "name": "c"}})), "Parameters", "Config.x.org/c"),
        (of("IPAddress", json!({})), "ParentRef", "<none>"),
        (of("IPAddress", json!({"parentRef": {"resource": "services", "namespace": "ns", "name": "s"}})), "ParentRef", "services/ns/s"),
        (of("IPAddress", json!({"parentRef": {"group": "X.org", "resource": "things", "name": "s"}})), "ParentRef", "things.x.org/s"),
        (of("NetworkPolicy", json!({"podSelector": {}})), "Pod-Selector", "<none>"),
        (of("NetworkPolicy", json!({"podSelector": {"matchLabels": {"a": "b"}}})), "Pod-Selector", "a=b"),
        (of("ServiceCIDR", json!({"cidrs": ["10.0.0.0/8", "fd00::/64"]})), "CIDRs", "10.0.0.0/8,fd00::/64"),
    ] {
        assert_eq!(cell(&object, name), expected, "{object}");
    }
}
