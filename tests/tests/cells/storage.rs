//! Volumes, claims and their classes.

use serde_json::{Value, json};

use super::{assert_cells, cell};

#[test]
fn volumes() {
    let volume = |meta: Value, spec: Value| json!({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": meta, "spec": spec, "status": {"phase": "Bound"}});
    let all = json!(["ReadWriteOncePod", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOnce"]);
    assert_cells(
        &volume(
            json!({"name": "v"}),
            json!({
                "capacity": {"storage": "10Gi"}, "accessModes": all, "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "fast",
                "claimRef": {"namespace": "ns", "name": "c"}, "volumeMode": "Block", "volumeAttributesClassName": "gold",
            }),
        ),
        &json!([
            ["Capacity", "10Gi"],
            ["Access Modes", "RWO,ROX,RWX,RWOP"],
            ["Reclaim Policy", "Retain"],
            ["Status", "Bound"],
            ["Claim", "ns/c"],
            ["StorageClass", "fast"],
            ["VolumeAttributesClass", "gold"],
            ["Reason", ""],
            ["VolumeMode", "Block"],
        ]),
    );
    let marked = json!({"deletionTimestamp": "2030-01-02T11:00:00Z", "annotations": {"volume.beta.kubernetes.io/storage-class": "old"}});
    assert_cells(
        &volume(marked, json!({"storageClassName": "new"})),
        &json!([
            ["Capacity", "0"],
            ["Access Modes", ""],
            ["Status", "Terminating"],
            ["Claim", ""],
            ["StorageClass", "old"],
            ["VolumeAttributesClass", "<unset>"],
            ["VolumeMode", "<unset>"],
        ]),
    );
}

#[test]
fn claims() {
    let status = json!({"phase": "Bound", "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"]});
    let claim = |meta: Value, spec: Value| json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": meta, "spec": spec, "status": status});
    for (object, expected) in [
        (
            claim(json!({}), json!({"volumeName": "v", "storageClassName": "fast", "volumeMode": "Filesystem"})),
            json!([
                ["Status", "Bound"],
                ["Volume", "v"],
                ["Capacity", "1Gi"],
                ["Access Modes", "RWO"],
                ["StorageClass", "fast"],
                ["VolumeMode", "Filesystem"]
            ]),
        ),
        (
            claim(json!({"deletionTimestamp": "2030-01-02T11:00:00Z"}), json!({})),
            json!([
                ["Status", "Terminating"],
                ["Volume", ""],
                ["Capacity", ""],
                ["Access Modes", ""],
                ["StorageClass", ""],
                ["VolumeAttributesClass", "<unset>"]
            ]),
        ),
    ] {
        assert_cells(&object, &expected);
    }
}

#[test]
fn classes() {
    let class = |annotations: Value| json!({"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "c", "annotations": annotations}, "provisioner": "p"});
    for (annotations, expected) in [
        (json!({}), "c"),
        (json!({"storageclass.kubernetes.io/is-default-class": "false"}), "c"),
        (json!({"storageclass.kubernetes.io/is-default-class": "true"}), "c (default)"),
        (json!({"storageclass.beta.kubernetes.io/is-default-class": "true"}), "c (default)"),
    ] {
        assert_eq!(cell(&class(annotations), "Name"), expected);
    }
    assert_cells(
        &class(json!({})),
        &json!([["ReclaimPolicy", "Delete"], ["VolumeBindingMode", "Immediate"], ["AllowVolumeExpansion", false]]),
    );
    let attributes = json!({"apiVersion": "storage.k8s.io/v1", "kind": "VolumeAttributesClass", "driverName": "d", "metadata": {
        "name": "gold", "annotations": {"volumeattributesclass.alpha.kubernetes.io/is-default-class": "true"},
    }});
    assert_cells(&attributes, &json!([["Name", "gold (default)"], ["DriverName", "d"]]));
}

#[test]
fn drivers() {
    let of = |kind: &str, spec: Value| json!({"apiVersion": "storage.k8s.io/v1", "kind": kind, "spec": spec});
    for (object, expected) in [
        (
            of("CSIDriver", json!({})),
            json!([
                ["AttachRequired", true],
                ["PodInfoOnMount", false],
                ["StorageCapacity", false],
                ["TokenRequests", "<unset>"],
                ["RequiresRepublish", false],
                ["Modes", "<none>"],
            ]),
        ),
        (
            of(
                "CSIDriver",
                json!({"attachRequired": false, "tokenRequests": [{"audience": "a"}, {"audience": "b"}], "volumeLifecycleModes": ["Persistent", "Ephemeral"]}),
            ),
            json!([["AttachRequired", false], ["TokenRequests", "a,b"], ["Modes", "Persistent,Ephemeral"],]),
        ),
        (of("CSINode", json!({"drivers": [{"name": "a", "nodeID": ""}]})), json!([["Drivers", 1]])),
        (
            of("VolumeAttachment", json!({"attacher": "a", "nodeName": "n", "source": {}})),
            json!([["Attacher", "a"], ["PV", ""], ["Node", "n"], ["Attached", false]]),
        ),
    ] {
        assert_cells(&object, &expected);
    }
}
