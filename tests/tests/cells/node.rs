//! Nodes, namespaces and what is counted in them.

use serde_json::{Value, json};

use super::{assert_cells, cell};

#[test]
fn nodes() {
    let ready = |status: &str| json!([{"type": "MemoryPressure", "status": "False"}, {"type": "Ready", "status": status}]);
    for (conditions, unschedulable, expected) in [
        (ready("True"), false, "Ready"),
        (ready("False"), false, "NotReady"),
        (ready("Unknown"), false, "NotReady"),
        (json!([]), false, "Unknown"),
        (ready("True"), true, "Ready,SchedulingDisabled"),
        (json!([]), true, "Unknown,SchedulingDisabled"),
    ] {
        assert_eq!(cell(&node(&json!({}), unschedulable, &json!({"conditions": conditions})), "Status"), expected);
    }
    for (labels, expected) in [
        (json!({}), "<none>"),
        (json!({"node-role.kubernetes.io/worker": "", "node-role.kubernetes.io/control-plane": ""}), "control-plane,worker"),
        (json!({"kubernetes.io/role": "b", "node-role.kubernetes.io/a": "x", "node-role.kubernetes.io/": ""}), "a,b"),
        (json!({"kubernetes.io/role": "a", "node-role.kubernetes.io/a": "x"}), "a"),
    ] {
        assert_eq!(cell(&node(&labels, false, &json!({})), "Roles"), expected);
    }
    let info = json!({
        "machineID": "", "systemUUID": "", "bootID": "", "kernelVersion": "6.1", "osImage": "", "containerRuntimeVersion": "containerd://2",
        "kubeletVersion": "v1.36.2", "kubeProxyVersion": "", "operatingSystem": "", "architecture": "",
    });
    let addresses = json!([{"type": "Hostname", "address": "n"}, {"type": "InternalIP", "address": "10.0.0.1"}, {"type": "InternalIP", "address": "fd00::1"}]);
    assert_cells(
        &node(&json!({}), false, &json!({"nodeInfo": info, "addresses": addresses})),
        &json!([
            ["Version", "v1.36.2"],
            ["Internal-IP", "10.0.0.1"],
            ["External-IP", "<none>"],
            ["OS-Image", "<unknown>"],
            ["Kernel-Version", "6.1"],
            ["Container-Runtime", "containerd://2"],
            ["Age", "<unknown>"],
        ]),
    );
}

fn node(labels: &Value, unschedulable: bool, status: &Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n", "labels": labels}, "spec": {"unschedulable": unschedulable}, "status": status})
}

#[test]
fn quotas() {
    let quota = json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q"}, "status": {
        "hard": {"pods": "4", "limits.memory": "2Gi", "limits.cpu": "2", "cpu": "1"}, "used": {"pods": "2", "limits.cpu": "500m"},
    }});
    assert_cells(&quota, &json!([["Request", "cpu: 0/1, pods: 2/4"], ["Limit", "limits.cpu: 500m/2, limits.memory: 0/2Gi"]]));
    assert_cells(&json!({"apiVersion": "v1", "kind": "ResourceQuota"}), &json!([["Request", ""], ["Limit", ""]]));
}

#[test]
fn component_statuses() {
    for (conditions, expected) in [
        (json!([{"type": "Healthy", "status": "True", "message": "ok"}]), json!([["Status", "Healthy"], ["Message", "ok"], ["Error", ""]])),
        (
            json!([{"type": "Healthy", "status": "False", "error": "no"}]),
            json!([["Status", "Unhealthy"], ["Message", ""], ["Error", "no"]]),
        ),
        (json!([]), json!([["Status", "Unknown"], ["Message", ""], ["Error", ""]])),
    ] {
        assert_cells(&json!({"apiVersion": "v1", "kind": "ComponentStatus", "conditions": conditions}), &expected);
    }
}

#[test]
fn events_of_both_groups() {
    let core = |more: Value| {
        let mut event = json!({
            "apiVersion": "v1", "kind": "Event", "metadata": {"name": "e"}, "type": "Normal", "reason": "Pulled", "message": " it was pulled\n",
            "involvedObject": {"kind": "Pod", "name": "p", "fieldPath": "spec.containers{a}"}, "firstTimestamp": "2030-01-02T09:00:00Z",
            "lastTimestamp": "2030-01-02T11:59:00Z", "source": {"component": "kubelet", "host": "n"},
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            event[key] = value.clone();
        }
        event
    };
    for (more, expected) in [
        (
            json!({}),
            json!([
                ["Last Seen", "60s"],
                ["First Seen", "3h"],
                ["Type", "Normal"],
                ["Object", "pod/p"],
                ["Subobject", "spec.containers{a}"],
                ["Source", "kubelet, n"],
                ["Message", "it was pulled"],
                ["Count", 1],
                ["Name", "e"],
            ]),
        ),
        (json!({"count": 7, "involvedObject": {"kind": "Node"}}), json!([["Count", 7], ["Object", "node"], ["Subobject", ""]])),
        (
            json!({"count": 7, "series": {"count": 9, "lastObservedTime": "2030-01-02T11:59:58.000000Z"}}),
            json!([["Count", 9], ["Last Seen", "2s"]]),
        ),
        (
            json!({"firstTimestamp": null, "lastTimestamp": null, "eventTime": "2030-01-02T11:00:00.000000Z"}),
            json!([["Last Seen", "60m"], ["First Seen", "60m"]]),
        ),
        (json!({"source": {}, "reportingComponent": "c", "reportingInstance": ""}), json!([["Source", "c"]])),
    ] {
        assert_cells(&core(more), &expected);
    }
    let event = json!({
        "apiVersion": "events.k8s.io/v1", "kind": "Event", "eventTime": "2030-01-02T11:00:00.000000Z", "note": "x ", "reportingController": "c",
        "reportingInstance": "i", "regarding": {"kind": "Pod", "name": "p"}, "deprecatedCount": 3,
    });
    assert_cells(&event, &json!([["Last Seen", "60m"], ["Object", "pod/p"], ["Source", "c, i"], ["Message", "x"], ["Count", 3]]));
}
